"""Weight packs: list, details, import. Imports common and words."""
