"""A laid garment's front ends where the parse's neckline is."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from engine.arrays import BoolMask, Labels
from engine.category import UPPER
from engine.labels import Seg
from engine.networks.flow import SIZE, rest_grid
from engine.warping import displaced
from engine.warping.necklines import to_neckline

COLUMNS = slice(70, 122)


def neckline(deep: int) -> BoolMask:
    """A garment whose front begins at row 60 beside the neck, and so many rows deeper in its middle."""
    x = np.arange(SIZE[1])
    begins = 60 + deep * np.clip(1 - np.square((x - 96) / 26), 0, 1)
    return np.arange(SIZE[0])[:, None] >= begins[None]


def parse(deep: int) -> Labels:
    garment = neckline(deep)
    labels = np.where(garment, np.uint8(Seg.UPPER), np.uint8(Seg.BACKGROUND))
    labels[30:, COLUMNS][~garment[30:, COLUMNS]] = Seg.NECK
    return labels


def moved(front: BoolMask, labels: Labels) -> BoolMask:
    field = to_neckline(front, labels, UPPER)
    assert field is not None
    grid = displaced(rest_grid(SIZE, torch.device("cpu")), field)
    laid = F.grid_sample(torch.from_numpy(front)[None, None].float(), grid, padding_mode="border", align_corners=False)
    return np.asarray(laid[0, 0].numpy() > 0.5)


@pytest.mark.parametrize(("laid", "wanted"), [(12, 20), (20, 12), (16, 16)])
def test_the_front_goes_to_the_neckline(laid: int, wanted: int) -> None:
    found = moved(neckline(laid), parse(wanted))
    away = np.abs(found.argmax(axis=0) - neckline(wanted).argmax(axis=0))[COLUMNS]
    assert away.max() <= 2
    assert away.mean() < 1


def test_what_is_far_below_stays() -> None:
    field = to_neckline(neckline(12), parse(20), UPPER)
    assert field is not None
    assert np.abs(field[90, 96]).max() > 0.02
    assert np.abs(field[170:]).max() < 1e-3


def test_another_edge_is_none_of_the_neckline() -> None:
    assert to_neckline(neckline(12), np.roll(parse(12), 60, axis=0), UPPER) is None


def test_without_a_neck_nothing_moves() -> None:
    labels = parse(20)
    labels[labels == Seg.NECK] = Seg.BACKGROUND
    assert to_neckline(neckline(12), labels, UPPER) is None
