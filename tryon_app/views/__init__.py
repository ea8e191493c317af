"""The widgets, in rooms from common things up to the window. Imports the model; never the engine or its worker."""
