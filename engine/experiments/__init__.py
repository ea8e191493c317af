"""Experiments that compare methods: train each by the one training loop, measure all on the same pairs, report.

Imports training's recipes, try-on, metrics and below; nothing imports it but the command line.
"""
