"""The networks reproduce the published ones: keys, shapes and outputs for weights by the fill rule."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine import networks
from engine.networks.alias import AliasGenerator
from engine.networks.alias.norm import AliasNorm, Maps
from engine.networks.alias.normalisation import masked_norm
from engine.weights.strict import expected_shapes
from tests.fill import fill_state_dict, normal, person_labels, soft_misalignment
from tests.packs import filled

DATA = Path(__file__).parents[2] / "data"
SHAPES = json.loads((DATA / "state_dict_shapes.json").read_text())
PUBLISHED = {"segmentation": "seg", "matching": "gmm", "alias": "alias"}
TOLERANCE = 1e-4


def golden(name: str) -> NDArray[np.float32]:
    with np.load(DATA / "networks.npz") as arrays:
        return np.asarray(arrays[name])


def assert_golden(made: Tensor, name: str) -> None:
    wanted = golden(name)
    assert made.shape == wanted.shape
    error = float(np.abs(made.numpy() - wanted).max())
    assert error <= TOLERANCE


def tensor(name: str, shape: tuple[int, ...]) -> Tensor:
    return torch.from_numpy(normal(name, shape))


def maps(height: int, width: int) -> tuple[Tensor, Tensor]:
    """One-hot labels (1, 7, H, W) and misalignment (1, 1, H, W) of the reference."""
    labels = torch.from_numpy(person_labels(height, width))
    parse = F.one_hot(labels, 7).permute(2, 0, 1)[None].float()
    return parse, torch.from_numpy(soft_misalignment(height, width))[None, None]


@pytest.mark.parametrize("kind", PUBLISHED)
def test_keys_and_shapes_are_the_published_ones(kind: str) -> None:
    published = {key: tuple(shape) for key, shape in SHAPES[PUBLISHED[kind]].items()}
    made = expected_shapes(kind, {})
    assert made == published
    assert list(made) == list(published)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_state_loads_strictly(kind: str) -> None:
    network = networks.build(kind, {"width": 4})
    state = network.state_dict()
    network.load_state_dict(state, strict=True)
    missing = dict(list(state.items())[1:])
    for wrong in (missing, {**state, "another": torch.zeros(1)}):
        with pytest.raises(RuntimeError, match="Error"):
            network.load_state_dict(wrong, strict=True)


@torch.inference_mode()
def test_segmentation_output() -> None:
    made = filled("segmentation")(tensor("seg.input", (1, 21, 256, 192)))
    assert_golden(made[0, :, ::4, ::4], "seg_output_every4")


@torch.inference_mode()
def test_matching_output() -> None:
    person, cloth = tensor("gmm.person", (1, 7, 256, 192)), tensor("gmm.cloth", (1, 3, 256, 192))
    theta, grid = filled("matching")(person, cloth, size=(1024, 768))
    assert_golden(theta[0], "gmm_theta")
    assert_golden(grid[0, ::16, ::16], "gmm_grid_every16")


def alias_output(height: int, width: int, seed: int = 0) -> Tensor:
    network = filled("alias", seed=seed)
    assert isinstance(network, AliasGenerator)
    x = tensor(f"alias.input.{height}", (1, 9, height, width)).clamp(-1, 1)
    with torch.inference_mode():
        made: Tensor = network(x, *maps(height, width))
    return made


def test_alias_output_at_256() -> None:
    """Here the smallest scale has 2 x 1 pixels, which magnifies rounding: see `engine.networks.alias.rounding`."""
    assert_golden(alias_output(256, 128)[0, :, ::2, ::2], "alias_output_256_every2")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_weights_agree_with_float64(seed: int) -> None:
    """At a size whose smallest scale has 12 pixels: on two, float32 itself is up to 4e-4 off (`HANDFUL`)."""
    size = (512, 384)
    network = filled("alias", seed=seed).double()
    x = tensor("alias.input.512", (1, 9, *size)).clamp(-1, 1)
    with torch.inference_mode():
        exact = network(*(t.double() for t in (x, *maps(*size))))
    assert float((alias_output(*size, seed) - exact).abs().max()) <= TOLERANCE


@pytest.mark.slow
def test_alias_output_at_1024() -> None:
    assert_golden(alias_output(1024, 768)[0, :, ::8, ::8], "alias_output_1024_every8")


@torch.inference_mode()
def test_masked_norm_output() -> None:
    x = tensor("aliasnorm.input", (1, 6, 32, 24))
    assert_golden(masked_norm(x, maps(32, 24)[1])[0], "masknorm_output")


@torch.inference_mode()
def test_alias_norm_output() -> None:
    norm = AliasNorm(6, 8, hidden=128).eval()
    prefix = "aliasnorm."
    shapes = {prefix + key: tuple(value.shape) for key, value in norm.state_dict().items()}
    norm.load_state_dict({key.removeprefix(prefix): value for key, value in fill_state_dict(shapes).items()})
    parse, mask = maps(32, 24)
    labels = torch.cat([parse[:, :2], parse[:, 2:3] - mask, parse[:, 3:], mask], dim=1)
    assert_golden(norm(tensor("aliasnorm.input", (1, 6, 32, 24)), Maps(labels, mask), None)[0], "aliasnorm_mask_output")
