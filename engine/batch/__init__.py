"""Catalogues: people x garments by the thousand, on one machine or many; what was made is written down line by line.

Imports tryon, analysis, data, weights, imaging and system. `plan` says what is to be made, `manifest` what was,
`run` makes the rest by one of three engines: `flow` (this process), `processes`, `cluster` (Ray); `export` copies it
under other names. The modules that a program with a window reads (`item`, `manifest`) import no torch by themselves.
"""
