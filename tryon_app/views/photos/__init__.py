"""Where photos are put in: the two slots. Imports common and words."""
