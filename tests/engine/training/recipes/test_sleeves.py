"""The recipe of the sleeves' length: what it learns from, and what it shows."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.data.batches import raw_batch, to_batch
from engine.data.layout import VitonDataset
from engine.data.raw.labelled_garments import labelled_garments
from engine.data.sample import resized
from engine.networks.sleeves import SIZE
from engine.training import recipes
from engine.training.recipes.sleeves import length_loss, limits_loss
from tests.engine.data.raw.test_labelled_garments import home
from tests.engine.training.runs import options


def test_a_length_far_off_counts_less_where_it_is_doubted() -> None:
    true = torch.tensor([[0.5, 1.9]])
    sure, doubting = (torch.tensor([[0.5, logarithm]]) for logarithm in (-2.0, 0.0))
    assert float(length_loss(sure, true)) > float(length_loss(doubting, true))
    right = torch.tensor([[0.5, 0.5]])
    assert float(length_loss(sure, right)) < float(length_loss(doubting, right))


def test_arms_that_cannot_be_seen_say_nothing() -> None:
    made = torch.tensor([[1.0, 0.0]], requires_grad=True)
    one = length_loss(made, torch.tensor([[0.5, torch.nan]]))
    assert float(one.detach()) == pytest.approx(0.5)
    nothing = length_loss(made, torch.full((1, 2), torch.nan))
    nothing.backward()
    assert float(nothing.detach()) == 0
    assert made.grad is not None
    assert bool((made.grad == 0).all())


def test_it_learns_from_pairs_that_stay_the_same(rendered_root: Path, tmp_path: Path) -> None:
    data = VitonDataset(rendered_root, "train", paired=True)
    recipe = recipes.make("sleeves", options("sleeves", tmp_path, dropout=0.0))
    (phase,) = recipe.phases
    prepared = recipe.prepare(
        to_batch(raw_batch([resized(data.sample(index), SIZE) for index in range(6)])), [1] * 6, 0
    )
    seen = []
    for _ in range(30):
        (loss,) = phase(prepared, 0).values()
        phase.optimiser.zero_grad()
        loss.backward()
        phase.optimiser.step()
        seen.append(float(loss.detach()))
    assert sum(seen[-3:]) < 0.7 * sum(seen[:3])


def test_batches_tell_how_far_a_garment_reaches_along_the_arms(rendered_root: Path, tmp_path: Path) -> None:
    data = VitonDataset(rendered_root, "train", paired=True)
    batch = to_batch(raw_batch([data.sample(index) for index in range(4)]))
    known = batch.sleeves[~batch.sleeves.isnan()]
    assert batch.sleeves.shape == (4, 2)
    assert len(known)
    assert 0 <= float(known.min()) <= float(known.max()) <= 2
    recipe = recipes.make("sleeves", options("sleeves", tmp_path))
    prepared = recipe.prepare(batch, [1, 2, 3, 4], 0)
    assert torch.equal(prepared["sleeves"].isnan(), batch.sleeves.isnan())


def test_samples_show_lengths_as_bars(tmp_path: Path) -> None:
    recipe = recipes.make("sleeves", options("sleeves", tmp_path))
    batch = {
        "garment": torch.full((1, 4, *SIZE), -1.0),
        "image": torch.zeros(1, 3, *SIZE),
        "sleeves": torch.tensor([[0.5, torch.nan]]),
    }
    with torch.no_grad():
        sheet = recipe.samples(recipe.network.eval(), batch)
    bars = sheet[: SIZE[0], SIZE[1] : 2 * SIZE[1]].mean(axis=2) > 127
    down = [int(bars[:, column].sum()) for column in (16, 48, 80)]
    assert down[1] == pytest.approx(SIZE[0] / 4, abs=2)
    assert down[2] == 0
    assert np.diff(bars.astype(int), axis=0).max() <= 0, "they hang"


def test_a_length_between_its_limits_is_as_good_as_another() -> None:
    limits = torch.tensor([[0.2, 0.8]])
    inside, edge, beyond = (limits_loss(torch.tensor([[length, -1.0]]), limits) for length in (0.5, 0.8, 1.2))
    assert torch.equal(inside, edge)
    assert float(beyond) > float(edge)
    sure = limits_loss(torch.tensor([[0.5, -4.0]]), limits)
    assert float(sure) > float(inside), "nor is anything known as exactly as that"


def test_garments_photographed_at_home_are_shown_beside_the_pairs(rendered_root: Path, tmp_path: Path) -> None:
    folder = home(tmp_path / "home")
    recipe = recipes.make("sleeves", options("sleeves", tmp_path, home=str(folder), home_share=0.5))
    data = VitonDataset(rendered_root, "train", paired=True)
    batch = to_batch(raw_batch([resized(data.sample(index), SIZE) for index in range(4)]))
    prepared = recipe.prepare(batch, [1, 2, 3, 4], 0)
    assert prepared["home"].shape == (2, 4, *SIZE)
    assert prepared["reach"].shape == (2, 2)
    assert torch.equal(prepared["home"], recipe.prepare(batch, [1, 2, 3, 4], 5)["home"])
    (phase,) = recipe.phases
    assert phase(prepared, 0).keys() == {"length", "home"}
    with torch.no_grad():
        found = recipe.validate(recipe.network.eval(), [prepared])
    assert found.keys() == {"error", "wrong", "home_wrong"}
    assert recipe.notes() == {"home": "home", "home_garments": len(labelled_garments(folder, SIZE)[0])}
