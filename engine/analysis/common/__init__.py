"""What the analyses of persons and garments share: estimators, doubts, edges, skin. Imports weights, values and
below."""
