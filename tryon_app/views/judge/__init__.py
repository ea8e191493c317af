"""The page on which somebody says which of two pictures is better, in a window of its own.

Imports model and common; no engine is started for it.
"""
