"""Painters of other papers: what they are shown, what they make, and that all of them learns."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from engine.graph import PAINTERS
from engine.networks import build, config_of
from engine.networks.painting import NAMES, Seen, blank

SIZE = (64, 64)
READ = {
    "pix2pix": {"agnostic", "pose", "cloth"},
    "cpvton": {"agnostic", "pose", "laid"},
    "clothflow": {"agnostic", "pose", "laid", "laid_mask", "parse"},
    "acgpn": {"agnostic", "pose", "laid", "laid_mask", "parse", "region", "limbs", "limbs_mask"},
}


def seen(seed: int = 0) -> Seen:
    drawn = torch.Generator().manual_seed(seed)
    return Seen(*(torch.rand(getattr(blank(SIZE), name).shape, generator=drawn) for name in NAMES))


def network(kind: str) -> nn.Module:
    torch.manual_seed(0)
    return build(kind, {"width": 4}).eval()


@pytest.mark.parametrize("kind", PAINTERS)
def test_a_painter_reads_what_its_paper_gives_it_and_nothing_else(kind: str) -> None:
    paint, shown = network(kind), seen()
    picture = paint(shown).picture
    assert picture.shape == (1, 3, *SIZE)
    assert picture.abs().max() <= 1
    read = {name for name in NAMES if not torch.equal(paint(_other(shown, name)).picture, picture)}
    assert read == READ[kind]


def _other(shown: Seen, name: str) -> Seen:
    return replace(shown, **{name: getattr(shown, name).flip(-1)})


@pytest.mark.parametrize("kind", PAINTERS)
def test_every_weight_learns_and_a_state_makes_it_again(kind: str) -> None:
    paint = network(kind).train()
    made = paint(seen())
    (made.picture.square().mean() + made.rendered.square().mean()).backward()
    still = [
        name for name, one in paint.named_parameters() if one.ndim > 1 and not (one.grad is not None and one.grad.any())
    ]
    assert not still
    again = build(kind, config_of(paint)).eval()
    again.load_state_dict(paint.state_dict())
    assert torch.equal(again(seen()).picture, paint.eval()(seen()).picture)


def test_the_cloth_is_shown_where_the_mask_says_so() -> None:
    made = network("cpvton")(seen())
    assert made.shown is not None
    assert torch.equal(made.picture, seen().laid * made.shown + made.rendered * (1 - made.shown))


@pytest.mark.parametrize("kind", PAINTERS)
def test_other_sizes_are_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="256, 192"):
        network(kind)(blank((60, 64)))
