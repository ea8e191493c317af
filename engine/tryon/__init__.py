"""The try-on: the executor of the table of stages, the stages, and what is done with their values. Imports analysis,
warping, weights, values and below; no training."""
