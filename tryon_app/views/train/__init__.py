"""Training: dialog, monitor, runs. Imports evaluate, packs, common and words."""
