"""The main window, which puts all other views together. Imports any view; none imports it."""
