"""Pictures as arrays: reading, colour, frames, filling, saving. Imports labels, pose and system; knows no person,
no garment and no network."""
