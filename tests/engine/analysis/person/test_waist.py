"""Pieces of a top that look like trousers are the top's; the waist stays where it is."""

import numpy as np
import pytest

from engine.analysis.person.waist import with_one_waist
from engine.labels import Lip

WAIST = 150


def clothes(upper: Lip = Lip.UPPER, lower: Lip = Lip.PANTS) -> np.ndarray:
    """A person 60 cells wide: a head, a top down to the waist, and trousers."""
    probabilities = np.full((20, 256, 192), 1e-3, np.float32)
    probabilities[Lip.BACKGROUND] = 1
    for label, rows in ((Lip.FACE, slice(20, 60)), (upper, slice(60, WAIST)), (lower, slice(WAIST, 256))):
        probabilities[:, rows, 66:126] = 1e-3
        probabilities[label, rows, 66:126] = 1
    return probabilities / probabilities.sum(axis=0)


@pytest.mark.parametrize("upper", [Lip.UPPER, Lip.DRESS, Lip.COAT])
@pytest.mark.parametrize("lower", [Lip.PANTS, Lip.SKIRT])
def test_a_piece_of_a_top_that_looks_like_trousers_is_the_tops(upper: Lip, lower: Lip) -> None:
    probabilities = clothes(upper, lower)
    piece = slice(95, 105), slice(80, 90)
    probabilities[lower, *piece], probabilities[upper, *piece] = 0.7, 0.25
    made = with_one_waist(probabilities)
    assert (made.argmax(axis=0)[60 : WAIST - 4, 66:126] == upper).all()
    assert np.allclose(made.sum(axis=0), probabilities.sum(axis=0), atol=1e-5)


def test_the_waist_stays_and_so_does_what_is_no_clothing() -> None:
    probabilities = clothes()
    labels, made = probabilities.argmax(axis=0), with_one_waist(probabilities)
    assert (made.argmax(axis=0) != labels).sum() <= 2 * 60  # a row or two of cells
    rest = [label for label in Lip if label not in (Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.PANTS, Lip.SKIRT)]
    assert np.array_equal(made[rest], probabilities[rest])


def test_no_clothes_at_all_are_no_trouble() -> None:
    nothing = np.zeros((20, 64, 48), np.float32)
    nothing[Lip.BACKGROUND] = 1
    assert np.array_equal(with_one_waist(nothing), nothing)
