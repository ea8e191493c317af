"""The network that reads the length of sleeves, beyond what every network keeps to."""

import torch

from engine import networks
from engine.networks.sleeves import SleeveLength, SleevesConfig
from tests.engine.networks.contract import NetworkContract


class TestSleeveLength(NetworkContract):
    kind = "sleeves"
    config_class = SleevesConfig
    network_class = SleeveLength
    shapes = ((4, 128, 96),)
    outputs = ((2,),)
    wrong = (((1, 3, 128, 96),), ((1, 4, 128),), ((1, 4, 256, 192),))

    def test_default_is_the_published_width(self) -> None:
        assert SleevesConfig().width == 16


def test_a_new_network_says_the_elbow_and_does_not_believe_it() -> None:
    torch.manual_seed(0)
    network = networks.build("sleeves", {"width": 4}).eval()
    with torch.no_grad():
        length, doubt = network(torch.rand(8, 4, 128, 96)).unbind(dim=1)
    assert float((length - 1).abs().max()) < 0.7
    assert float(doubt.exp().min()) > 0.35, "of which nothing is corrected"
