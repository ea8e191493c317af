"""Training: the loop and what every recipe shares. Imports losses, metrics, data, weights and below; the recipes only
by their table."""
