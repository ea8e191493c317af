"""Recipes of the flow and of what learns through it: aligned segmentation, the inside of the collar."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.data.batches import Batch, raw_batch, to_batch
from engine.data.layout import VitonDataset
from engine.errors import TryOnError
from engine.labels import Lip, Seg
from engine.networks.flow import rest_grid
from engine.networks.segmentation import SegmentationGenerator
from engine.training import recipes
from engine.training.init_weights import begin_with, with_widths
from engine.training.losses import maps
from engine.training.recipes.collar import skin_loss
from engine.training.recipes.flow import FlowRecipe, bending, bent, folds, level_losses
from engine.training.recipes.laying import FrozenFlow, drawn_hands
from engine.training.recipes.segmentation import SegmentationRecipe, cross_entropy, dice_loss
from engine.weights import read_pack
from tests.engine.training.runs import different, options, random_pack, run, state


@pytest.fixture(scope="module")
def batch(rendered_root: Path) -> Batch:
    data = VitonDataset(rendered_root, "train", paired=True)
    return to_batch(raw_batch([data.sample(index) for index in range(3)]))


def arms_in(labels: Tensor) -> Tensor:
    return torch.isin(labels, torch.tensor([int(Seg.LEFT_ARM), int(Seg.RIGHT_ARM)]))


def test_losses_of_the_flow_fall(batch: Batch, tmp_path: Path) -> None:
    """On pairs that stay the same: a flow begins with nothing, so that the first steps of a run show little."""
    recipe = recipes.make("flow", options("flow", tmp_path))
    (phase,) = recipe.phases
    prepared = recipe.prepare(batch, [1, 2, 3], 0)
    seen = []
    for _ in range(20):
        losses = phase(prepared, 0)
        phase.optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        phase.optimiser.step()
        seen.append(float((losses["cloth"] + losses["mask"]).detach()))
    assert sum(seen[-3:]) < 0.7 * sum(seen[:3])


@pytest.mark.parametrize("kind", ["flow", "collar", "marks"])
def test_resumed_run_has_the_same_bits_as_an_unbroken_one(kind: str, rendered_root: Path, tmp_path: Path) -> None:
    from tests.engine.training.runs import after

    run(kind, rendered_root, tmp_path / "whole", steps=3, precision="bf16-mixed")
    for resume in (False, True):
        stop = None if resume else after(1, "pause")
        run(kind, rendered_root, tmp_path / "broken", steps=3, precision="bf16-mixed", resume=resume, abort_fn=stop)
    whole, broken = (state(tmp_path / name) for name in ("whole", "broken"))
    for part in ("networks", "average", "optimisers", "numbers"):
        assert different(whole[part], broken[part]) == []


def test_flow_sees_whole_and_agnostic_parses_by_its_seeds(batch: Batch, tmp_path: Path) -> None:
    def made(seeds: list[int], **changes: float) -> dict[str, Tensor]:
        recipe = recipes.make("flow", options("flow", tmp_path, **changes))
        assert isinstance(recipe, FlowRecipe)
        return recipe.prepare(batch, seeds, 0)

    whole = made([1, 2, 3], whole=1.0, moved=0.0, neckless=0.0)
    assert torch.equal(whole["condition"], maps.with_neck(batch.labels, batch.parse))
    assert bool((whole["condition"] == Seg.NECK).any())
    agnostic = made([1, 2, 3], whole=0.0)
    known = agnostic["condition"] < 13
    assert torch.equal(agnostic["condition"][known], batch.agnostic_parse.argmax(dim=1)[known])
    assert torch.equal(agnostic["wanted"], batch.segmentation[:, 3:4])
    assert not bool((made([1, 2, 3], whole=1.0, neckless=1.0)["condition"] == Seg.NECK).any())
    moved = made([1, 2, 3], whole=1.0, moved=1.0, neckless=0.0)
    assert 0 < float((moved["condition"] != whole["condition"]).float().mean()) < 0.1
    again, alone = made([1, 2, 3]), made([7, 2, 9])
    assert torch.equal(again["condition"], made([1, 2, 3])["condition"])
    assert torch.equal(again["condition"][1], alone["condition"][1])


def test_no_bend_moves_nothing() -> None:
    labels = torch.randint(0, 13, (2, 64, 48), generator=torch.Generator().manual_seed(0))
    assert torch.equal(bent(labels, torch.zeros(2, 2, 12, 9)), labels)


def test_straight_flows_cost_nothing_and_bends_do() -> None:
    size = (16, 12)
    straight = 0.3 * rest_grid(size, torch.device("cpu")).permute(0, 3, 1, 2) + 0.1
    assert float(bending(straight)) < 1e-5
    bump = straight.clone()
    bump[0, :, 8, 6] += 0.2
    assert float(bending(bump)) > 0.01


def test_folds_are_where_the_garment_turns_over() -> None:
    still = torch.zeros(1, 2, 8, 8)
    assert not bool(folds(still).any())
    turned = still.clone()
    turned[:, 0, :, 4:] -= 0.6  # more than two columns back, beside one that stays
    assert folds(turned)[0, 0, 0].tolist() == [0, 0, 0, 1, 0, 0, 0]


def test_losses_of_the_right_flow_are_near_zero() -> None:
    """A garment that is worn as it lies, eight pixels further to the right."""
    cloth = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(0)) * 2 - 1
    mask = torch.zeros(1, 1, 64, 96)
    mask[..., 16:48, 24:64] = 1
    worn = {name: x.roll(8, dims=3) for name, x in (("image", cloth), ("region", mask))}
    whole = {"cloth": cloth, "cloth_mask": mask, "front": mask}
    parts = {**whole, "wanted": worn["region"], "counts": torch.ones_like(mask), **worn}
    flow = torch.zeros(1, 2, 32, 48)
    before = level_losses(flow, parts)
    flow[:, 0] = -8 * 2 / 96
    after = level_losses(flow, parts)
    assert all(float(value) < 1e-3 for value in after)
    assert all(float(value) > 0.05 for value in before[:3])


@torch.no_grad()
def test_the_front_has_to_end_where_the_neck_begins(batch: Batch, tmp_path: Path) -> None:
    """The whole garment may lie on the neck, the front of it may not, once a network tells the two apart."""
    pack = random_pack("collar", tmp_path)
    plain, recipe = (recipes.make("flow", options("flow", tmp_path, collar=where)) for where in ("", str(pack)))
    assert isinstance(recipe, FlowRecipe)
    assert isinstance(plain, FlowRecipe)
    assert "collar" in recipe.notes()
    assert plain.notes() == {}
    seeds = [1, 2, 3]
    whole, front = plain.prepare(batch, seeds, 0), recipe.prepare(batch, seeds, 0)
    skin = torch.isin(maps.with_neck(batch.labels, batch.parse), torch.tensor([int(Seg.NECK), int(Seg.FACE)]))
    assert torch.equal(whole["front"], batch.cloth_mask)
    assert not bool(whole["counts"][:, 0][skin].any())
    assert bool((front["counts"][:, 0][skin] == 1).all())
    assert torch.equal(front["front"], batch.cloth_mask * (1 - front["inside"]))
    found = recipe.validate(recipe.network.eval(), [front])
    assert 0 <= found["neck_iou"] <= 1
    assert "neck_iou" not in plain.validate(plain.network.eval(), [whole])


def test_skin_loss_counts_what_lies_on_the_laid_garment() -> None:
    skin, cloth = torch.zeros(1, 1, 1, 4), torch.zeros(1, 1, 1, 4)
    skin[..., 0], cloth[..., 1] = 1, 1
    parts = {"skin": skin, "cloth": cloth}
    right, wrong = (torch.tensor(marks).reshape(1, 1, 1, 4) for marks in ([1.0, 0, 1, 0], [0.0, 1, 0, 0]))
    assert float(skin_loss(right, parts, 2.0)) < 1e-3
    assert float(skin_loss(wrong, parts, 3.0)) == pytest.approx(2 * float(skin_loss(wrong, parts, 1.0)), rel=1e-3)


def test_aligned_segmentation_reads_the_laid_garment_and_learns_the_neck(
    batch: Batch, rendered_root: Path, tmp_path: Path
) -> None:
    plain, aligned = (
        recipes.make("segmentation", options("segmentation", tmp_path, half_size=0.0, **more))
        for more in ({}, {"flow": str(random_pack("flow", rendered_root))})
    )
    assert isinstance(aligned, SegmentationRecipe)
    assert isinstance(aligned.network, SegmentationGenerator)
    assert aligned.network.config.aligned
    before, after = (recipe.prepare(batch, [1, 2, 3], 0) for recipe in (plain, aligned))
    assert torch.equal(before["input"][:, 4:], after["input"][:, 4:])
    # an untrained flow lays the garment where it lies
    assert torch.allclose(before["input"][:, :4], after["input"][:, :4], atol=1e-4)
    assert torch.equal(after["labels"] == Seg.NECK, batch.parse == Lip.NECK)
    assert not bool((before["labels"] == Seg.NECK).any())


def test_segmentation_may_be_kept_from_seeing_bare_limbs(batch: Batch, tmp_path: Path) -> None:
    """All arms stand for what the lines of the agnostic parse leave: the rendered ones are as thin as the lines."""
    arms = arms_in(batch.labels)
    parse = batch.segmentation
    bare = replace(batch, agnostic_parse=parse, bare_limbs=arms)
    shown, hidden = (
        recipes.make("segmentation", options("segmentation", tmp_path, half_size=0.0, sees_limbs=sees))
        for sees in (True, False)
    )
    before, after = (one.prepare(bare, [1, 2, 3], 0)["input"][:, 4:17] for one in (shown, hidden))
    assert arms.any()
    assert torch.equal(before, parse)
    assert torch.equal((before != after).any(dim=1), arms)
    assert bool((after.argmax(dim=1)[arms] == Seg.BACKGROUND).all())
    assert isinstance(hidden.network, SegmentationGenerator)
    assert not hidden.network.config.sees_limbs


def test_flow_may_be_kept_from_seeing_bare_limbs_and_hands(batch: Batch, tmp_path: Path) -> None:
    arms = arms_in(batch.labels)
    upper = arms & (torch.arange(batch.labels.shape[1]) < 110)[:, None]
    bare = replace(batch, agnostic_parse=batch.segmentation, bare_limbs=upper)
    seen = []
    for more in ({}, {"sees_limbs": False}, {"pockets": 1.0}):
        recipe = recipes.make("flow", options("flow", tmp_path, whole=0.0, **more))
        seen.append(arms_in(recipe.prepare(bare, [1, 2, 3], 0)["agnostic"]))
    assert upper.any()
    assert (arms & ~upper).any()
    for one, left in zip(seen, (arms, arms & ~upper, torch.zeros_like(arms)), strict=True):
        assert torch.equal(one, left)


def test_hands_that_are_not_shown_are_a_share_of_all() -> None:
    drawn = drawn_hands(range(1000), 0.25)
    assert drawn.shape == (1000, 2)
    assert drawn.float().mean() == pytest.approx(0.25, abs=0.05)
    assert bool((drawn[:, 0] != drawn[:, 1]).any())
    assert not drawn_hands(range(10), 0.0).any()


def test_frozen_flow_is_shown_what_it_was_trained_on(batch: Batch, rendered_root: Path) -> None:
    """A segmentation that learns on a flow without limbs must not learn on one that reads them."""
    arms = arms_in(batch.labels)
    bare = replace(batch, agnostic_parse=batch.segmentation, bare_limbs=arms)
    frozen = FrozenFlow(str(random_pack("flow", rendered_root)))
    shown: list[Tensor] = []
    frozen.network.register_forward_pre_hook(lambda _, given: shown.append(given[0][:, :13]))
    frozen(bare)
    frozen.network.config = replace(frozen.network.config, sees_limbs=False)
    frozen(bare)
    assert torch.equal((shown[0] != shown[1]).any(dim=1), arms)


def test_aligned_segmentation_learns_and_says_by_which_flow(rendered_root: Path, tmp_path: Path) -> None:
    flow = str(random_pack("flow", rendered_root))
    precise = {"precision": "bf16-mixed", "validate_every": 1}
    outcome = run("segmentation", rendered_root, tmp_path, steps=2, flow=flow, dice=1.0, arms=1.5, **precise)
    assert 0 <= outcome.numbers["neck_iou"] <= 1
    pack = read_pack(tmp_path / "pack")
    assert pack.configs["segmentation"]["aligned"] is True
    assert pack.provenance["segmentation"]["notes"]["flow"] == "pack f 1"  # type: ignore[index]


def test_run_begins_with_the_flow_of_the_pack_it_begins_with(rendered_root: Path, tmp_path: Path) -> None:
    """A pack with segmentation and flow makes the segmentation an aligned one, also where its weights are not yet."""
    from engine.networks import build
    from engine.weights import write_pack

    parts = {kind: build(kind, {"width": 4}) for kind in ("segmentation", "flow")}
    pack = str(write_pack(tmp_path / "pack", "both", parts, "1", "for tests only", [(256, 192)], "random").folder)
    chosen = with_widths(recipes.preset("segmentation", "small"), "segmentation", pack)
    recipe = recipes.make("segmentation", chosen)
    assert isinstance(recipe.network, SegmentationGenerator)
    assert recipe.network.config.aligned
    assert begin_with(recipe, pack) == "both 1"


@pytest.mark.parametrize("kind", ["collar", "marks"])
def test_recipes_on_a_flow_need_one(kind: str, rendered_root: Path, tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="trained flow") as refused:
        run(kind, rendered_root, tmp_path / "run", flow="")
    assert "\n" not in str(refused.value)
    run("matching", rendered_root, tmp_path / "other", steps=1)
    with pytest.raises(TryOnError, match="run of the matching recipe"):
        run(kind, rendered_root, tmp_path / "run", flow=str(tmp_path / "other"))


def test_flow_comes_from_a_run_too(rendered_root: Path, tmp_path: Path) -> None:
    run("flow", rendered_root, tmp_path / "flow", steps=1)
    run("collar", rendered_root, tmp_path / "collar", steps=1, flow=str(tmp_path / "flow"))
    assert state(tmp_path / "collar")["notes"] == {"flow": "a run after 1 steps"}


def test_class_weights_of_one_change_nothing() -> None:
    logits = torch.randn(1, 13, 4, 4, generator=torch.Generator().manual_seed(0))
    labels = torch.randint(0, 13, (1, 4, 4))
    assert torch.equal(cross_entropy(logits, labels, torch.ones(13)), cross_entropy(logits, labels))


def test_dice_loss_is_zero_where_right_and_ignores_what_is_not_there() -> None:
    truth = torch.zeros(1, 13, 8, 8)
    truth[:, Seg.UPPER, :4], truth[:, Seg.BACKGROUND, 4:] = 1, 1
    known = torch.ones(1, 8, 8, dtype=torch.bool)
    assert float(dice_loss(truth * 50, truth, known)) < 1e-3
    assert float(dice_loss(-truth * 50, truth, known)) > 0.9
    assert np.isclose(float(dice_loss(truth * 50, torch.zeros_like(truth), known)), 0)
