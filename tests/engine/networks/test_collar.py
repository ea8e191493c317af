"""The network that finds the inside of a collar, beyond what every network keeps to."""

from pathlib import Path

import numpy as np
import torch

from engine import networks
from engine.networks.collar import CollarConfig, CollarMask, necks
from tests.engine.networks.contract import NetworkContract
from tests.fill import normal
from tests.packs import filled

DATA = Path(__file__).parents[2] / "data"


class TestCollarMask(NetworkContract):
    kind = "collar"
    config_class = CollarConfig
    network_class = CollarMask
    shapes = ((4, 64, 96),)
    outputs = ((1, 64, 96),)
    wrong = (((1, 3, 64, 96),), ((1, 4, 64),), ((1, 4, 60, 96),))

    def test_default_is_the_published_width(self) -> None:
        assert CollarConfig().width == 16


@torch.inference_mode()
def test_logits_are_those_of_another_implementation() -> None:
    garment = torch.from_numpy(normal("flow.garment", (1, 4, 256, 192))).clamp(-1, 1)
    made = filled("collar")(garment)[0, :, ::16, ::16].numpy()
    with np.load(DATA / "flow.npz") as arrays:
        assert np.abs(made - arrays["collar_every16"]).max() < 1e-4


def test_new_network_finds_nothing() -> None:
    torch.manual_seed(0)
    network = networks.build("collar", {"width": 4}).eval()
    with torch.no_grad():
        assert float(torch.sigmoid(network(torch.rand(1, 4, 64, 96))).mean()) < 0.2


@torch.no_grad()
def test_a_close_look_is_at_the_neck_wherever_that_is() -> None:
    """A garment that lies elsewhere is marked at the same places."""
    network = networks.build("collar", {"width": 4, "close": True}).eval()
    picture = torch.zeros(1, 4, 384, 288)
    picture[..., 60:320, 60:220] = torch.rand(1, 1, 26, 16).repeat_interleave(10, 2).repeat_interleave(10, 3)
    picture[:, 3] = picture[:, 0] > 0
    moved = picture.roll((40, -30), dims=(2, 3))
    assert (network(picture).roll((40, -30), dims=(2, 3)) - network(moved)).abs().max() < 1e-3
    there, back = necks(picture[:, 3:])
    corner = torch.tensor([0.3, -0.4, 1.0])
    assert torch.allclose(back[0] @ torch.cat([there[0] @ corner, torch.ones(1)]), corner[:2], atol=1e-6)
    marks = torch.sigmoid(network(picture))[0, 0]
    assert bool((marks[320:] < 1e-3).all())
    assert bool((marks[70:150, 100:180] > 1e-3).all())


@torch.no_grad()
def test_a_close_look_at_nothing_finds_no_more_than_another() -> None:
    network = networks.build("collar", {"width": 4, "close": True}).eval()
    assert float(torch.sigmoid(network(torch.zeros(2, 4, 64, 96))).mean()) < 0.2
