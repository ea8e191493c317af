"""The dense flow: its outputs for weights by the fill rule, its start, its correlation, and sampling along it."""

from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine import networks
from engine.networks import flow as flows
from engine.networks.flow import AppearanceFlow, FlowConfig
from engine.networks.flow.network import Head, correlation
from tests.engine.networks.contract import NetworkContract
from tests.fill import normal
from tests.packs import filled

DATA = Path(__file__).parents[2] / "data"


def calm(network: nn.Module) -> AppearanceFlow:
    """The network with heads that add little: flows of several pictures, as filled ones have, magnify rounding."""
    for head in network.modules():
        if isinstance(head, Head):
            for parameter in cast(nn.Conv2d, head[-1]).parameters():
                parameter.data *= 0.02
    return cast(AppearanceFlow, network)


class TestAppearanceFlow(NetworkContract):
    kind = "flow"
    config_class = FlowConfig
    network_class = AppearanceFlow
    shapes = ((19, 64, 96), (4, 64, 96))
    outputs = ((2, 2, 3), (2, 4, 6), (2, 8, 12), (2, 16, 24))
    wrong = (
        ((1, 18, 64, 96), (1, 4, 64, 96)),
        ((1, 19, 64, 96), (1, 3, 64, 96)),
        ((1, 19, 64, 96), (1, 4, 96, 64)),
        ((2, 19, 64, 96), (1, 4, 64, 96)),
        ((1, 19, 60, 96), (1, 4, 60, 96)),
    )

    @pytest.fixture
    def network(self) -> nn.Module:
        return calm(filled(self.kind, {"width": 4}))

    def test_default_is_the_published_width(self) -> None:
        assert FlowConfig().width == 32


@pytest.mark.parametrize(
    ("level", "name", "every"), [(0, "flow_8x6", 1), (1, "flow_16x12_every2", 2), (3, "flow_64x48_every8", 8)]
)
@torch.inference_mode()
def test_flow_is_that_of_another_implementation(level: int, name: str, every: int) -> None:
    person, garment = (
        torch.from_numpy(normal(f"flow.{part}", (1, planes, 256, 192))).clamp(-1, 1)
        for part, planes in (("person", 19), ("garment", 4))
    )
    made = calm(filled("flow"))(person, garment)[level][0, :, ::every, ::every].numpy()
    with np.load(DATA / "flow.npz") as arrays:
        assert np.abs(made - arrays[name]).max() < 1e-4


def test_new_network_leaves_the_garment_where_it_is() -> None:
    torch.manual_seed(0)
    network = networks.build("flow", {"width": 4}).eval()
    picture = torch.rand(1, 3, 128, 96)
    with torch.no_grad():
        made = network(torch.rand(1, 19, 64, 96), torch.rand(1, 4, 64, 96))
    assert not any(bool(one.any()) for one in made)
    assert torch.allclose(flows.carried(picture, made[-1]), picture, atol=1e-5)


def test_correlation_is_every_place_with_those_around_it() -> None:
    rng = np.random.default_rng(0)
    person, garment = (rng.standard_normal((2, 4, 5, 6)).astype(np.float32) for _ in range(2))
    made = correlation(torch.from_numpy(person), torch.from_numpy(garment), 1).numpy()
    beyond = np.pad(garment, ((0, 0), (0, 0), (1, 1), (1, 1)))
    for b, dy, dx, y, x in np.ndindex(2, 3, 3, 5, 6):
        wanted = person[b, :, y, x] @ beyond[b, :, y + dy, x + dx] / 2
        assert abs(made[b, dy * 3 + dx, y, x] - wanted) < 1e-5


def test_flow_is_measured_in_half_pictures() -> None:
    picture = torch.arange(8.0).expand(1, 1, 4, 8)
    flow = torch.zeros(1, 2, 2, 4)
    flow[:, 0] = 2 * 2 / 8  # two columns to the right
    assert flows.carried(picture, flow)[0, 0, 0].tolist() == [2, 3, 4, 5, 6, 7, 7, 7]
    assert flows.carried(picture, flow, "zeros")[0, 0, 0].tolist() == [2, 3, 4, 5, 6, 7, 0, 0]


def test_carrying_keeps_the_precision_and_passes_gradients_on() -> None:
    flow = torch.zeros(1, 2, 4, 4, requires_grad=True)
    picture = torch.linspace(0, 1, 8).expand(1, 1, 8, 8).to(torch.bfloat16)
    moved = flows.carried(picture, flow)
    assert moved.dtype == torch.bfloat16
    moved.float().sum().backward()
    assert flow.grad is not None
    assert float(flow.grad[:, 0, 1:3, 1:3].min()) > 0
    assert float(flow.grad[:, 1, 1:3, 1:3].abs().max()) < 1e-3


def test_inputs_have_their_places() -> None:
    mask = torch.zeros(1, 1, 8, 8)
    mask[..., :4] = 1
    made = flows.garment_planes(torch.full((1, 3, 8, 8), -0.5), mask)
    assert made[0, :, 0, 0].tolist() == [-0.5, -0.5, -0.5, 1]
    assert made[0, :, 0, 7].tolist() == [1, 1, 1, 0]
    parts: list[Tensor] = [torch.full((1, planes, 8, 8), float(planes)) for planes in (13, 3, 3)]
    assert flows.person_planes(*parts)[0, :, 0, 0].tolist() == [13.0] * 13 + [3.0] * 6


def test_thinned_is_the_mean() -> None:
    picture = torch.arange(4.0).reshape(1, 1, 2, 2).repeat(1, 1, 256, 192)
    assert torch.equal(flows.thinned(picture), torch.full((1, 1, 256, 192), 1.5))
    small = picture[..., :256, :192]
    assert flows.thinned(small) is small
