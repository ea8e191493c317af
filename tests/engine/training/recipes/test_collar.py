"""The recipe of the collar's inside, beyond what every recipe keeps to."""

from pathlib import Path

import pytest
import torch

from engine.data.batches import raw_batch, to_batch
from engine.data.layout import VitonDataset
from engine.data.raw.drawn_collars import drawn_collars
from engine.networks.collar import CollarConfig
from engine.training import recipes
from tests.engine.data.raw.test_drawn_collars import drawn
from tests.engine.training.runs import options


def test_drawn_collars_are_shown_beside_the_pairs(rendered_root: Path, tmp_path: Path) -> None:
    folder = drawn(tmp_path / "drawn")
    recipe = recipes.make("collar", options("collar", tmp_path, drawn=str(folder), drawn_weight=5.0, worn=0.5))
    plain = recipes.make("collar", options("collar", tmp_path))
    data = VitonDataset(rendered_root, "train", paired=True)
    batch = to_batch(raw_batch([data.sample(index) for index in range(2)]))
    prepared = recipe.prepare(batch, [1, 2], 0)
    assert prepared["drawn"].shape == (2, 4, 384, 288)
    assert torch.equal(prepared["collar"].unique(), torch.tensor([0.0, 1.0]))
    (phase,), (other,) = recipe.phases, plain.phases
    other.network.load_state_dict(phase.network.state_dict())
    found, without = phase(prepared, 0), other(plain.prepare(batch, [1, 2], 0), 0)
    assert found.keys() == {"inside", "spread", "drawn"}
    assert found["inside"].item() == pytest.approx(0.5 * without["inside"].item(), rel=1e-4)
    with torch.no_grad():
        score = recipe.validate(recipe.network.eval(), [prepared])
        worn = plain.validate(recipe.network.eval(), [prepared])
    assert score["worn"] == worn["iou"]
    assert score["iou"] == pytest.approx((worn["iou"] + score["drawn"]) / 2)
    notes = recipe.notes()
    assert (notes["drawn"], notes["drawn_collars"]) == ("drawn", len(drawn_collars(folder, CollarConfig().size)[0]))
    assert "drawn" not in plain.notes()
