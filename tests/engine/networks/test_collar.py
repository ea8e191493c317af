"""The network that finds the inside of a collar, beyond what every network keeps to."""

from pathlib import Path

import numpy as np
import torch

from engine import networks
from engine.networks.collar import CollarConfig, CollarMask
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
