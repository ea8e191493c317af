"""One module a computed stage of `engine.graph`, named like it.

Each has `run(context, *inputs)`, whose inputs are the values that the stage reads, in the table's order and for several
jobs at once; it returns the stage's value for each job.
"""
