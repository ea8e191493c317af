"""Numbers that say how good pictures, parses and poses are. Imports values, data, networks and below; no training."""
