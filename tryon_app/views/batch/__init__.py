"""The window of a batch: people x garments in a grid, how far it is, and saving all of it."""
