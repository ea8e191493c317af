"""Bradley-Terry strengths of votes whose answer is known."""

import numpy as np
import pytest

from engine.experiments.preference import Vote, preferences, strengths


def test_of_two_the_strengths_are_the_odds() -> None:
    a, b = strengths(np.array([[0.0, 30.0], [10.0, 0.0]]))
    assert a / b == pytest.approx(3)
    assert a * b == pytest.approx(1)


def test_three_strengths_are_found_again() -> None:
    true = np.array([4.0, 2.0, 1.0])
    wins = 600 * true[:, None] / (true[:, None] + true[None, :])
    np.fill_diagonal(wins, 0)
    assert strengths(wins) == pytest.approx(true / 2)


def test_votes_become_an_ordered_table() -> None:
    votes = [Vote(str(n), "a", "b", "a") for n in range(12)] + [Vote(str(n), "b", "a", "a") for n in range(4)]
    votes += [Vote("t", "b", "c", ""), Vote("t", "c", "b", "")]
    found = preferences(votes)
    assert found[0].method == "a"
    assert {one.method: one.votes for one in found} == {"a": 16, "b": 18, "c": 2}
    for one in found:
        assert 0 < one.low <= one.share <= one.high < 1
    assert found[0].low > 0.5
    assert preferences([]) == []
    assert preferences(votes) == found, "the draws are seeded"
