"""The lists at the sides: garments and history. Imports common and words."""
