"""The try-on: from a person and a garment to the picture of the person wearing it, stage by stage."""
