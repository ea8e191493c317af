"""Detail drawn on enlarged pictures: consistent between garment and person, and only where it belongs."""

from pathlib import Path

import pytest
import torch

from engine.data.batches import Batch, raw_batch, to_batch
from engine.data.layout import VitonDataset
from engine.networks.alias import MULTIPLE
from engine.training.losses.detail import grain, textures
from engine.training.recipe import Prepared
from engine.training.recipes.alias_input import AliasInput, load_warper
from tests.engine.training.runs import random_matching

SIZE = (512, 384)


@pytest.fixture(scope="module")
def batch(rendered_root: Path) -> Batch:
    dataset = VitonDataset(rendered_root, "train", paired=True, size=SIZE)
    return to_batch(raw_batch([dataset.sample(index) for index in range(4)]))


@pytest.fixture(scope="module")
def prepared(batch: Batch, rendered_root: Path) -> tuple[Prepared, Prepared]:
    """Without and with detail, both with the outlines of the data, which detail would smooth."""
    trained = load_warper(str(random_matching(rendered_root)))
    parts = trained.network, trained.warper
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.training.losses.maps.smoothed", lambda labels: labels)
        return AliasInput(*parts, 0.0)(batch, range(4), True), AliasInput(*parts, 0.5)(batch, range(4), True)


def test_textures_are_the_same_for_the_same_seeds_and_bounded() -> None:
    once, again = textures(range(20), (128, 96)), textures(range(20), (128, 96))
    assert torch.equal(once, again)
    assert once.shape == (20, 3, 128, 96)
    assert once.abs().max() <= 0.5
    assert torch.equal(textures([7], (128, 96))[0], once[7])
    assert len({round(float(one.std()), 5) for one in once}) == 20
    assert torch.equal(grain([3], (128, 96)), grain([2, 3], (128, 96))[1:])


def test_detail_on_the_person_is_that_of_the_warped_garment(prepared: tuple[Prepared, Prepared], batch: Batch) -> None:
    plain, detailed = prepared
    on_garment = (detailed["input"] - plain["input"])[:, 6:9]
    on_person = detailed["truth"] - plain["truth"]
    clipped = detailed["truth"].abs() == 1
    covered = (plain["clothes"] > 0) & (plain["misalignment"] == 0) & ~clipped.any(dim=1, keepdim=True)
    shown = (batch.image == batch.agnostic_image).all(dim=1, keepdim=True)
    compared = (covered & ~shown).expand(-1, 3, -1, -1)
    assert compared.sum() > 1000
    assert torch.allclose(on_garment[compared], on_person[compared], atol=1e-5)
    assert on_person[compared].abs().max() > 0.1


def test_grain_is_only_where_the_agnostic_image_shows_it(prepared: tuple[Prepared, Prepared], batch: Batch) -> None:
    plain, detailed = prepared
    shown = (batch.image == batch.agnostic_image).all(dim=1, keepdim=True)
    changed = (detailed["truth"] != plain["truth"]).any(dim=1, keepdim=True)
    invented = ~shown & (plain["clothes"] == 0)
    assert invented.sum() > 1000
    assert not (changed & invented).any()
    in_agnostic = (detailed["input"] - plain["input"])[:, :3]
    elsewhere = (shown & (plain["clothes"] == 0)).expand(-1, 3, -1, -1)
    assert torch.equal(in_agnostic[elsewhere], (detailed["truth"] - plain["truth"])[elsewhere])
    assert in_agnostic[elsewhere].std() > 0.001


def test_shapes_are_what_the_generator_takes(prepared: tuple[Prepared, Prepared]) -> None:
    for name, channels in {"input": 9, "parse": 7, "misalignment": 1, "clothes": 1, "truth": 3}.items():
        shape = prepared[1][name].shape
        assert shape == (4, channels, *SIZE)
        assert shape[2] % MULTIPLE == shape[3] % MULTIPLE == 0
    assert prepared[1]["input"].abs().max() <= 1
