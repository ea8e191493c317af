"""The desktop window on `engine`: views show the model, the model asks the workers, the workers call the engine."""
