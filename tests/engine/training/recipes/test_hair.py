"""What the recipe of the hair matte learns and measures."""

from pathlib import Path

import pytest
import torch
from torch import nn

from engine.data.raw.hair_batches import HairBatch
from engine.training import recipes
from engine.training.recipes.hair import slopes
from tests.engine.training.recipes.test_recipes import LEARNED
from tests.engine.training.runs import losses, options, run


def batch() -> HairBatch:
    """Hair on the left with an outline two pixels wide, which the parse has two pixels too far to the right."""
    share = torch.zeros(1, 1, 32, 32)
    share[..., :14], share[..., 14], share[..., 15] = 1, 0.75, 0.25
    hair = torch.zeros_like(share)
    hair[..., :18] = 1
    return HairBatch(torch.zeros(1, 3, 32, 32), hair, 1 - hair, share, torch.ones_like(share))


class _Says(nn.Module):
    def __init__(self, share: torch.Tensor) -> None:
        super().__init__()
        self.logits = torch.logit(share, eps=1e-6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits


def test_the_error_is_that_of_the_outline(tmp_path: Path) -> None:
    recipe = recipes.make("hair", options("hair", tmp_path))
    seen = batch()
    prepared = recipe.prepare(seen, [0], 0)
    assert recipe.validate(_Says(seen.share), [prepared]) == pytest.approx({"error": 0, "parse_error": 0.5}, abs=1e-5)
    assert recipe.validate(_Says(seen.share * 0 + 0.25), [prepared])["error"] == pytest.approx(0.25, abs=1e-5)
    blind = recipe.prepare(HairBatch(seen.photo, seen.hair, seen.worn, seen.share, seen.known * 0), [0], 0)
    assert recipe.validate(_Says(seen.share * 0), [blind])["error"] == 0, "what nobody knows is no error"


def test_slopes_are_what_is_lost_of_strands() -> None:
    known, error = torch.ones(1, 1, 4, 4), torch.zeros(1, 1, 4, 4)
    assert slopes(error + 0.5, known) == 0
    error[..., 2:] = 0.6
    assert slopes(error, known) == pytest.approx(0.6 / 3)
    known[..., 2] = 0
    assert slopes(error, known) == 0


def test_it_learns_a_little(rendered_root: Path, tmp_path: Path) -> None:
    run("hair", rendered_root, tmp_path, steps=40, width=8)
    seen = losses(tmp_path)
    whole = {step: sum(seen[step][name] for name in LEARNED["hair"]) for step in seen}
    begin, end = (sum(whole[step] for step in steps) for steps in ((1, 2, 3), (38, 39, 40)))
    assert end < 0.7 * begin
