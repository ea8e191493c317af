"""Measuring packs and runs on held-out pairs and photos. Imports everything but the command line."""
