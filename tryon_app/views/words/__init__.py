"""What the user reads about stages, numbers, doubts and errors, in one place. Imports the model only."""
