"""The masked normalisation against its definition, on masks of every kind."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.networks.alias.normalisation import instance_norm, masked_norm
from engine.networks.statistics import EPSILON

Array = NDArray[np.float64]
SHAPE = (2, 5, 32, 24)


def by_definition(x: Array, mask: Array) -> Array:
    """One pixel, one channel at a time: VITON-HD, section 3.4, in the form of the published weights."""
    made = np.zeros_like(x)
    for region in (mask, 1 - mask):
        for b, c in np.ndindex(x.shape[:2]):
            weight = region[b, 0]
            count = weight.sum() if weight.sum() != 0 else 1.0
            filled = x[b, c] * weight + (x[b, c] * weight).sum() / count * (1 - weight)
            scaled = (filled - filled.mean()) / np.sqrt(filled.var() + 1e-5)
            made[b, c] += scaled * np.sqrt(count / weight.size)
    return made


def masks() -> dict[str, Array]:
    rng = np.random.default_rng(3)
    height, width = SHAPE[2:]
    half = np.zeros((height, width))
    half[:, : width // 2] = 1
    single = np.zeros((height, width))
    single[7, 5] = 1
    soft = np.clip(np.linspace(-2, 3, width), 0, 1)[None].repeat(height, 0)
    kinds = {
        "empty": np.zeros((height, width)),
        "full": np.ones((height, width)),
        "half": half,
        "one pixel": single,
        "all but one": 1 - single,
        "soft edge": soft,
        "random": rng.random((height, width)),
        "faint": np.full((height, width), 1 / 255),
    }
    return {name: np.stack([mask, mask])[:, None] for name, mask in kinds.items()}


@pytest.fixture
def x() -> Array:
    return 3 * np.random.default_rng(4).standard_normal(SHAPE) + 1


@pytest.mark.parametrize("name", masks())
def test_masked_norm_is_its_definition(x: Array, name: str) -> None:
    mask = masks()[name]
    wanted = by_definition(x, mask)
    assert np.abs(masked_norm(torch.from_numpy(x), torch.from_numpy(mask)).numpy() - wanted).max() < 1e-9
    single = masked_norm(torch.from_numpy(x).float(), torch.from_numpy(mask).float()).numpy()
    assert np.abs(single - wanted).max() < 1e-4


def test_samples_with_different_masks_do_not_mix(x: Array) -> None:
    mixed = np.stack([masks()["half"][0], masks()["empty"][0]])
    made = masked_norm(torch.from_numpy(x), torch.from_numpy(mixed)).numpy()
    assert np.abs(made - by_definition(x, mixed)).max() < 1e-9


def test_each_region_of_a_hard_mask_is_normalised_by_itself(x: Array) -> None:
    """The meaning of the formula: what the misaligned region holds does not change the rest."""
    mask = masks()["half"]
    region = np.broadcast_to(mask == 1, x.shape)
    other = np.where(region, 5 * x - 20, x)
    a, b = (masked_norm(torch.from_numpy(one), torch.from_numpy(mask)).numpy() for one in (x, other))
    assert np.abs(a - b).max() < 1e-4  # moving and stretching the region is undone, but for the epsilon
    inside = a[region].reshape(*SHAPE[:2], -1)
    assert np.abs(inside.mean(axis=2)).max() < 1e-9
    assert np.abs(inside.var(axis=2) - 1).max() < 1e-4


@pytest.mark.parametrize("name", ["empty", "full"])
def test_mask_without_two_regions_is_instance_norm(x: Array, name: str) -> None:
    made = masked_norm(torch.from_numpy(x), torch.from_numpy(masks()[name]))
    assert torch.allclose(made, instance_norm(torch.from_numpy(x)))


def test_instance_norm_is_its_definition(x: Array) -> None:
    wanted = (x - x.mean(axis=(2, 3), keepdims=True)) / np.sqrt(x.var(axis=(2, 3), keepdims=True) + EPSILON)
    assert np.abs(instance_norm(torch.from_numpy(x)).numpy() - wanted).max() < 1e-9


def test_gradient() -> None:
    x = torch.randn(1, 2, 4, 3, dtype=torch.double, requires_grad=True)
    mask = torch.rand(1, 1, 4, 3, dtype=torch.double)
    assert torch.autograd.gradcheck(lambda value: masked_norm(value, mask), x)


@pytest.mark.parametrize("name", masks())
def test_constant_input_is_zero(name: str) -> None:
    """A flat feature has no variance; the epsilon must keep it finite."""
    made = masked_norm(torch.full(SHAPE, 2.0), torch.from_numpy(masks()[name]).float())
    assert bool(made.isfinite().all())
