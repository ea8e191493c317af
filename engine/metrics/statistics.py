"""How sure a number over pairs is: bootstrap intervals, a paired test, and its correction for many comparisons.

All draws are seeded: the same numbers give the same answers.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_LEVEL = 0.95
_EXACT = 12  # pairs up to which all sign flips are tried


def bootstrap_interval(values: Sequence[float], draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """The 95 % percentile interval of the mean (Efron, 1979), pairs drawn with replacement; NaN for fewer than two.

    NaNs among the values are left out.
    """
    known = _known(values)
    if len(known) < 2:
        return float("nan"), float("nan")
    places = np.random.default_rng(seed).integers(len(known), size=(draws, len(known)))
    low, high = np.quantile(known[places].mean(axis=1), [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)


def paired_test(a: Sequence[float], b: Sequence[float], draws: int = 10_000, seed: int = 0) -> float:
    """Two-sided p of a sign-flip permutation test (Fisher, 1935): how often chance makes the means differ as much.

    a, b: numbers of the same pairs; pairs in which one is NaN are left out. All 2^n flips are tried up to 12 pairs,
    else so many are drawn, the observed one counted among them. NaN where no pair is left.
    """
    difference = _known(np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64))
    count = len(difference)
    if not count:
        return float("nan")
    if count <= _EXACT:
        signs = np.array(list(product((1, -1), repeat=count)))
        return float((_sums(signs, difference) >= _threshold(difference)).mean())
    signs = np.random.default_rng(seed).choice((-1, 1), size=(draws, count))
    return float((1 + (_sums(signs, difference) >= _threshold(difference)).sum()) / (draws + 1))


def holm(ps: Sequence[float]) -> list[float]:
    """p values corrected for their number (Holm, 1979): what each has to be below the level of the whole family.

    NaN stays NaN and is not counted.
    """
    known = sorted((p, place) for place, p in enumerate(ps) if not np.isnan(p))
    made, largest = [float("nan")] * len(ps), 0.0
    for rank, (p, place) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        made[place] = largest
    return made


def _known(values: Sequence[float] | Numbers) -> Numbers:
    array = np.asarray(values, dtype=np.float64)
    return np.asarray(array[~np.isnan(array)])


def _sums(signs: NDArray[np.int_], difference: Numbers) -> Numbers:
    return np.asarray(np.abs(signs @ difference), dtype=np.float64)


def _threshold(difference: Numbers) -> float:
    """The observed sum, a little less, so that rounding does not lose those that equal it."""
    return float(abs(difference.sum()) * (1 - 1e-12))
