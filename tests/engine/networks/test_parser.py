"""The networks of the analysis beyond what every network keeps to."""

import pytest
import torch
from torch import nn

from engine.networks.garment import GarmentConfig, GarmentMask
from engine.networks.outer import OuterLayer
from engine.networks.parser import ParserConfig, PersonParser, find_joints
from engine.training.recipes.parser import gaussians
from tests.engine.networks.contract import NetworkContract


class _Ours(NetworkContract):
    shapes = ((3, 64, 96),)
    wrong = (((1, 4, 64, 96),), ((1, 3, 64),), ((1, 3, 60, 96),))
    default: int

    def test_default_is_the_published_width(self) -> None:
        assert self.config_class().width == self.default


class TestPersonParser(_Ours):
    kind = "parser"
    config_class = ParserConfig
    network_class = PersonParser
    outputs = ((20, 64, 96), (25, 32, 48))
    default = 24


class TestOuterLayer(_Ours):
    kind = "outer"
    config_class = ParserConfig
    network_class = OuterLayer
    outputs = ((3, 64, 96),)
    default = 24


class TestGarmentMask(_Ours):
    kind = "garment"
    config_class = GarmentConfig
    network_class = GarmentMask
    outputs = ((1, 64, 96),)
    default = 12


@pytest.mark.parametrize(("network", "most"), [(PersonParser(), 4.5e6), (GarmentMask(), 1e6)])
def test_networks_are_small(network: nn.Module, most: float) -> None:
    """In half precision both fit into 25 MB with room to spare."""
    assert sum(parameter.numel() for parameter in network.parameters()) < most


def test_coats_and_things_are_seen_with_the_parsers_body() -> None:
    parser, outer = PersonParser(ParserConfig(width=4)).eval(), OuterLayer(ParserConfig(width=4)).eval()
    body = {name: value for name, value in parser.state_dict().items() if not name.startswith(("parse.", "heat."))}
    missing, unexpected = outer.load_state_dict(body, strict=False)
    assert not unexpected
    assert all(name.startswith("outer.") for name in missing)
    x = torch.rand(1, 3, 64, 32)
    assert all(map(torch.equal, parser.features(x), outer.features(x)))


def test_new_maps_are_smooth() -> None:
    """The four pixels that one cell becomes begin alike."""
    parse, heat = PersonParser(ParserConfig(width=4)).eval()(torch.randn(1, 3, 64, 64))
    for maps in (parse, heat):
        assert torch.equal(maps[..., ::2, ::2], maps[..., 1::2, 1::2])
    assert float(torch.sigmoid(heat.detach()).mean()) < 0.1


def test_joints_are_found_between_pixels() -> None:
    truth = torch.rand(2, 25, 3, generator=torch.Generator().manual_seed(0)) * torch.tensor([80.0, 110.0, 1.0]) + 8
    truth[..., 2] = 1
    maps = gaussians(truth, (64, 48), sigma=2.0)
    found = find_joints(torch.logit(maps.clamp(1e-6, 1 - 1e-6)))
    assert float((found[..., :2] - truth[..., :2]).abs().max()) < 0.7
    assert bool((found[..., 2] > 0.8).all())


def test_joints_of_empty_maps_are_unsure_and_inside() -> None:
    found = find_joints(torch.full((1, 25, 16, 12), -6.0))
    assert bool((found[..., 2] < 0.01).all())
    assert bool((found[..., :2] >= 0).all())
