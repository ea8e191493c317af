"""Evaluating packs and comparing two. Imports canvas, packs, common and words."""
