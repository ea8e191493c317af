"""Data sets of pairs in the VITON-HD layout: reading, checking, caching, augmenting, batching. Imports imaging,
category, networks and below; no training."""
