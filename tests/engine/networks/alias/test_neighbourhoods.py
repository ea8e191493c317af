"""Distinct label neighbourhoods are found exactly."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional as F

from engine.networks.alias.neighbourhoods import Neighbourhoods, find
from tests.fill import person_labels


def every_patch(codes: Tensor, vectors: Tensor) -> Tensor:
    """(B, H, W, L, 5, 5): each pixel's neighbourhood, cut out one by one."""
    outside = len(vectors)
    padded = F.pad(codes, (2, 2, 2, 2), value=outside).unfold(1, 5, 1).unfold(2, 5, 1)
    return torch.cat([vectors, torch.zeros(1, vectors.shape[1])])[padded].movedim(-1, 3)


def found_patches(found: Neighbourhoods) -> Tensor:
    """(K, L, 5, 5): each neighbourhood put together of its patches; places beyond the border are known by the rest."""
    patches = torch.cat([found.patches, torch.zeros_like(found.patches[:1])])[found.places]
    whole = torch.zeros(len(found), found.patches.shape[1], 5, 5)
    for place in range(9):
        known = (found.places[:, place] < len(found.patches)).nonzero()[:, 0]
        top, left = divmod(place, 3)
        whole[known, :, top : top + 3, left : left + 3] = patches[known, place]
    return whole


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 9), st.integers(1, 9), st.integers(1, 6), st.integers(0, 2**31 - 1))
def test_every_pixel_gets_its_own_neighbourhood(batch: int, height: int, width: int, values: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    codes = torch.from_numpy(rng.integers(0, values, (batch, height, width)))
    vectors = torch.from_numpy(rng.standard_normal((values, 3)).astype(np.float32))
    found = find(codes, vectors)
    assert torch.equal(found_patches(found)[found.index], every_patch(codes, vectors))
    assert torch.equal(found.middle[found.index], vectors[codes])


def test_numbers_are_distinct_and_all_used() -> None:
    codes = torch.from_numpy(person_labels(64, 48))[None]
    found = find(codes, torch.eye(7))
    distinct = torch.unique(every_patch(codes, torch.eye(7)).flatten(0, 2), dim=0)
    # a border patch of zeros and an inner one can look alike, so `places` may tell apart what the labels do not
    assert len(found) >= len(distinct)
    assert torch.equal(torch.unique(found.index), torch.arange(len(found)))


def test_the_border_is_told_from_an_empty_label() -> None:
    codes = torch.zeros(1, 8, 8, dtype=torch.long)
    found = find(codes, torch.zeros(1, 2))
    assert len(found) == 25  # nine kinds of corner, edge and middle, each at a distance of one or two pixels
    inside = F.pad(torch.ones(1, 1, 8, 8), (1, 1, 1, 1)).unfold(2, 3, 1).unfold(3, 3, 1)[0]
    assert torch.equal((found.places < len(found.patches))[found.index[0]], inside[0].flatten(2) == 1)


@pytest.mark.parametrize("values", [3, 300, 70_000])
def test_codes_of_any_size_are_combined_exactly(values: int) -> None:
    codes = torch.from_numpy(np.random.default_rng(0).integers(0, values, (1, 24, 18)))
    vectors = torch.arange(values, dtype=torch.float32)[:, None] + 1
    found = find(codes, vectors)
    assert torch.equal(found_patches(found)[found.index], every_patch(codes, vectors))


def test_piecewise_constant_maps_have_few() -> None:
    assert find(torch.from_numpy(person_labels(512, 384))[None], torch.eye(7)).share < 0.02
