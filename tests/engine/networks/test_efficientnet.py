"""EfficientNet-Lite0 as the person parser's encoder: its shapes, its order of layers, its published weights."""

from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import TryOnError
from engine.networks import build, config_of
from engine.networks.efficientnet import CHANNELS, levels, load_published
from engine.networks.parser import ParserConfig, PersonParser


def published(encoder: nn.ModuleList) -> dict[str, torch.Tensor]:
    """A state dict as the package's: other names, the same order, a classifier behind."""
    state = {f"_blocks.{number}": value + 1 for number, value in enumerate(encoder.state_dict().values())}
    return state | {"_conv_head.weight": torch.zeros(1), "_bn1.weight": torch.zeros(1), "_fc.bias": torch.zeros(1)}


def test_levels_halve_the_picture() -> None:
    x, sizes = torch.randn(1, 3, 64, 96), []
    for level in levels():
        x = level.eval()(x)
        sizes.append((x.shape[1], *x.shape[2:]))
    assert sizes == [(width, 64 >> number, 96 >> number) for number, width in enumerate(CHANNELS, 1)]


def test_published_weights_are_taken_in_their_order(tmp_path: Path) -> None:
    encoder = nn.ModuleList(levels())
    state = published(encoder)
    torch.save(state, tmp_path / "lite0.pth")
    load_published(encoder, tmp_path / "lite0.pth")
    taken = list(encoder.state_dict().values())
    assert all(torch.equal(own, theirs) for own, theirs in zip(taken, state.values(), strict=False))


@pytest.mark.parametrize("content", [{"a": torch.zeros(1)}, {}])
def test_other_weights_are_refused(tmp_path: Path, content: dict[str, torch.Tensor]) -> None:
    torch.save(content, tmp_path / "other.pth")
    with pytest.raises(TryOnError, match="EfficientNet-Lite0"):
        load_published(nn.ModuleList(levels()), tmp_path / "other.pth")


def test_unknown_encoder() -> None:
    with pytest.raises(ValueError, match="lite0"):
        levels("lite9")


def test_parser_on_the_encoder_gives_what_the_other_gives() -> None:
    network = PersonParser(ParserConfig(width=4, encoder="lite0")).eval()
    x = torch.randn(1, 3, 64, 96)
    with torch.no_grad():
        shapes = [one.shape for one in network(x)]
        assert shapes == [one.shape for one in PersonParser(ParserConfig(width=4)).eval()(x)]
    again = build("parser", config_of(network))
    again.load_state_dict(network.state_dict())
    with torch.no_grad():
        assert torch.equal(again.eval()(x)[0], network(x)[0])
