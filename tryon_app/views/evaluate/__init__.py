"""Evaluating packs, comparing two, and experiments. Imports canvas, packs, judge, common and words."""
