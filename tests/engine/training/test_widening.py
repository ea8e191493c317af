"""A segmentation generator that becomes wider computes what it did, and learns with all of its channels."""

from pathlib import Path

import pytest
import torch

from engine.errors import TryOnError
from engine.networks.segmentation import SegmentationConfig, SegmentationGenerator
from engine.training import recipes
from engine.training.init_weights import begin_with, with_widths
from engine.training.widening import widened
from engine.weights import read_pack, write_pack


def generator(width: int, seed: int = 0) -> SegmentationGenerator:
    torch.manual_seed(seed)
    return SegmentationGenerator(SegmentationConfig(width=width, dropout=0.0))


def test_it_computes_the_same_and_what_is_new_learns_from_the_first_step() -> None:
    narrow, wide = generator(4), generator(6, seed=1)
    before = wide.state_dict()["conv3.0.weight"].clone()
    wide.load_state_dict(widened(narrow, wide))
    x = torch.rand(2, 21, 64, 48)
    with torch.no_grad():
        assert torch.allclose(wide.logits(x), narrow.logits(x), atol=1e-4)
    assert torch.equal(wide.state_dict()["conv3.0.weight"][16:], before[16:]), "what is new is as it was drawn"
    wide.logits(x).square().mean().backward()
    heard = dict(wide.named_parameters())["conv7.0.weight"].grad
    assert heard is not None
    for old, new in ((slice(0, 16), slice(16, 24)), (slice(24, 40), slice(40, 48))):
        assert (heard[:16, old].abs().amax(dim=(0, 2, 3)) > 0).all()
        assert (heard[:16, new].abs().amax(dim=(0, 2, 3)) > 0).all()


def test_a_run_may_begin_wider_than_the_pack_and_not_narrower(tmp_path: Path) -> None:
    parts = {"segmentation": generator(4)}
    pack = str(write_pack(tmp_path / "pack", "p", parts, "1", "for tests only", [(256, 192)], "random").folder)
    options = recipes.preset("segmentation", "small", {"width": "6"})
    recipe = recipes.make("segmentation", with_widths(options, "segmentation", pack, ["width"]))
    assert begin_with(recipe, pack) == "p 1"
    assert isinstance(recipe.network, SegmentationGenerator)
    assert recipe.network.config.width == 6
    x = torch.rand(1, 21, 64, 48)
    with torch.no_grad():
        assert torch.allclose(recipe.network.eval()(x), read_pack(Path(pack)).load("segmentation").eval()(x), atol=1e-4)
    narrower = recipes.preset("segmentation", "small", {"width": "2"})
    with pytest.raises(TryOnError, match="has width = 4, not 2"):
        with_widths(narrower, "segmentation", pack, ["width"])
    assert with_widths(recipes.preset("segmentation", "small"), "segmentation", pack).width == 4  # type: ignore[attr-defined]
