"""Losses, and the maps they read. Imports networks, data and below; knows no loop and no recipe."""
