"""Which method people prefer: the Bradley-Terry model of votes between two, with bootstrap intervals.

Bradley and Terry, Biometrika 1952: method i is preferred to j with probability s_i / (s_i + s_j). Strengths are found
by the iteration of Hunter (Annals of Statistics, 2004). A tie counts half for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 300
_PRIOR = 0.5  # votes each way between any two, so that one who always wins has a finite strength
_DRAWS = 500


@dataclass(frozen=True)
class Vote:
    """What somebody said of one pair's two pictures: `chosen` is `left`, `right`, or "" for neither."""

    pair: str
    left: str
    right: str
    chosen: str


@dataclass(frozen=True)
class Preference:
    """Of a method: in which share of comparisons with the average of all it would be preferred, with its interval."""

    method: str
    share: float
    low: float
    high: float
    votes: int


def preferences(votes: Sequence[Vote], seed: int = 0) -> list[Preference]:
    """Every method that was voted on, the most preferred first; intervals by drawing votes with replacement."""
    methods = sorted({name for vote in votes for name in (vote.left, vote.right)})
    if not methods:
        return []
    sides, gained = _numbers(votes, methods)
    drawn = np.random.default_rng(seed).integers(len(votes), size=(_DRAWS, len(votes)))
    found = _shares(_wins(sides[None], gained[None], len(methods)))[0]
    low, high = np.quantile(_shares(_wins(sides[drawn], gained[drawn], len(methods))), [0.025, 0.975], axis=0)
    counts = np.bincount(sides.ravel(), minlength=len(methods))
    made = [
        Preference(name, float(found[place]), float(low[place]), float(high[place]), int(counts[place]))
        for place, name in enumerate(methods)
    ]
    return sorted(made, key=lambda one: -one.share)


def strengths(wins: Floats) -> Floats:
    """The likeliest strengths (..., n), of geometric mean 1, of `wins` (..., n, n): wins[i, j] times i beat j."""
    games, total = wins + np.swapaxes(wins, -1, -2), wins.sum(axis=-1)
    found = np.ones(wins.shape[:-1])
    for _ in range(_ROUNDS):
        found = total / (games / (found[..., :, None] + found[..., None, :])).sum(axis=-1)
        found /= np.exp(np.log(found).mean(axis=-1, keepdims=True))
    return found


def _numbers(votes: Sequence[Vote], methods: Sequence[str]) -> tuple[NDArray[np.int_], Floats]:
    """Left and right of every vote (votes, 2) by their places among the methods, and what the left one gained."""
    place = {name: number for number, name in enumerate(methods)}
    gained = [0.5 if not vote.chosen else float(vote.chosen == vote.left) for vote in votes]
    return np.array([(place[vote.left], place[vote.right]) for vote in votes]), np.array(gained)


def _wins(sides: NDArray[np.int_], gained: Floats, methods: int) -> Floats:
    """The wins (draws, methods, methods) of votes that were drawn: sides (draws, votes, 2), gained (draws, votes)."""
    wins = np.full((len(sides), methods, methods), _PRIOR)
    wins[:, range(methods), range(methods)] = 0
    draws = np.arange(len(sides))[:, None]
    np.add.at(wins, (draws, sides[..., 0], sides[..., 1]), gained)
    np.add.at(wins, (draws, sides[..., 1], sides[..., 0]), 1 - gained)
    return wins


def _shares(wins: Floats) -> Floats:
    """Of strengths: the probability of being chosen against a method of strength 1."""
    found = strengths(wins)
    return np.asarray(found / (found + 1))
