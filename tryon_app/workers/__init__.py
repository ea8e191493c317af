"""The only place that calls the engine: one child process, what is said to it, and how pictures get there and back."""
