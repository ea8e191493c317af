"""The recipe of marked sleeves, beyond what every recipe keeps to."""

from pathlib import Path

import pytest
import torch

from engine.category.worn_sleeves import BODY, LEFT, RIGHT, UNKNOWN
from engine.data.batches import Batch, raw_batch, to_batch
from engine.data.layout import VitonDataset
from engine.training import recipes
from engine.training.recipes.marks import marks_loss
from tests.engine.training.runs import options


@pytest.fixture(scope="module")
def batch(rendered_root: Path) -> Batch:
    data = VitonDataset(rendered_root, "train", paired=True)
    return to_batch(raw_batch([data.sample(index) for index in range(3)]))


def test_only_what_is_known_counts() -> None:
    worn = torch.full((1, 8, 8), UNKNOWN)
    logits = torch.full((1, 2, 8, 8), -20.0)
    assert float(marks_loss(logits, worn)) == 0
    worn[0, 0], worn[0, 1], worn[0, 2] = LEFT, BODY, RIGHT
    logits[0, 0, 0] = logits[0, 1, 2] = logits[0, :, 5] = 20
    assert float(marks_loss(logits, worn)) < 1e-6
    assert float(marks_loss(logits.flip(1), worn)) > 5, "left is not right"


def test_a_turned_garment_is_carried_from_where_it_is_seen(batch: Batch, tmp_path: Path) -> None:
    """The garment as the network sees it, carried, is the same however it was turned."""
    made = []
    for turned in (0.0, 30.0):
        recipe = recipes.make("marks", options("marks", tmp_path, turned=turned, stretched=turned / 200))
        made.append(recipe.prepare(batch, [1, 2, 3], 0))
    masks = [
        torch.nn.functional.grid_sample(one["garment"][:, 3:], one["places"], align_corners=False) > 0.5 for one in made
    ]
    inside = (made[1]["places"].abs() < 0.95).all(dim=-1)[:, None]
    assert float((masks[0] == masks[1])[inside].float().mean()) > 0.97
    assert not torch.equal(made[0]["garment"], made[1]["garment"])
    known = [one["worn"] != UNKNOWN for one in made]
    assert bool(known[1].any())
    assert not bool((known[1] & ~known[0]).any())
