"""Plain photos with a parse, as the networks of the analysis learn from: reading, altering, batching. Imports data
and below."""
