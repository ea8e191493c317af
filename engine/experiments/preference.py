"""Which method people prefer: the Bradley-Terry model of votes between two, with bootstrap intervals.

Bradley and Terry, Biometrika 1952: method i is preferred to j with probability s_i / (s_i + s_j). Strengths are found
by the iteration of Hunter (Annals of Statistics, 2004). A tie counts half for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 500
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
    found = _shares(_wins(votes, methods))
    random = np.random.default_rng(seed)
    drawn = [
        _shares(_wins([votes[place] for place in random.integers(len(votes), size=len(votes))], methods))
        for _ in range(_DRAWS)
    ]
    low, high = np.quantile(np.stack(drawn), [0.025, 0.975], axis=0)
    made = [
        Preference(
            name,
            float(found[place]),
            float(low[place]),
            float(high[place]),
            sum(name in (vote.left, vote.right) for vote in votes),
        )
        for place, name in enumerate(methods)
    ]
    return sorted(made, key=lambda one: -one.share)


def strengths(wins: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strengths (n,), their geometric mean 1, that make `wins` (n, n) most likely: wins[i, j] times i beat j."""
    games, total = wins + wins.T, wins.sum(axis=1)
    found = np.ones(len(wins))
    for _ in range(_ROUNDS):
        sums = found[:, None] + found[None, :]
        found = total / (games / sums).sum(axis=1)
        found /= np.exp(np.log(found).mean())
    return found


def _wins(votes: Sequence[Vote], methods: Sequence[str]) -> NDArray[np.float64]:
    place = {name: number for number, name in enumerate(methods)}
    wins = np.full((len(methods), len(methods)), _PRIOR)
    np.fill_diagonal(wins, 0)
    for vote in votes:
        left, right = place[vote.left], place[vote.right]
        gained = 0.5 if not vote.chosen else float(vote.chosen == vote.left)
        wins[left, right] += gained
        wins[right, left] += 1 - gained
    return wins


def _shares(wins: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(wins) == 1:
        return np.array([0.5])
    found = strengths(wins)
    return np.asarray(found / (found + 1))
