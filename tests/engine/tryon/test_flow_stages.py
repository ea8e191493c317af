"""Packs with a flow: prewarp, aligned segmentation with the neck, collar, sleeves, dense warp and its handles."""

from dataclasses import replace
from typing import cast

import cv2
import numpy as np
import pytest
import torch
from torch import nn

from engine import graph
from engine.errors import TryOnError
from engine.labels import Lip, Seg, without_neck
from engine.networks import build
from engine.networks.collar import CollarMask
from engine.networks.flow import AppearanceFlow
from engine.networks.flow.network import Head
from engine.pose import Joint
from engine.system.progress import ProgressTracker
from engine.tryon.context import Options
from engine.tryon.pipeline import Job, TryOnPipeline
from engine.tryon.stages.result import finished
from engine.values import (
    Agnostic,
    Collar,
    Garment,
    MarkedParts,
    Person,
    Prewarp,
    Segmentation,
    Sleeves,
    TryOnResult,
    Value,
)
from engine.warping.beyond import gone_on
from engine.weights import read_pack, write_pack
from engine.weights.refinements import Refinements
from tests.engine.warping.garments import BODY
from tests.engine.warping.garments import garment as drawn
from tests.engine.warping.test_along_arms import pose
from tests.packs import LIVELY, filled, narrow_networks
from tests.rendered import rendered_pair

SIZE = (512, 384)
Networks = dict[str, nn.Module]


def flow_networks(right: float = 0.0) -> Networks:
    """Narrow networks, of a garment's photo too, with a flow that moves it by a share of the width to the right."""
    torch.manual_seed(0)
    flow = cast(AppearanceFlow, build("flow", {"width": 4}).eval())
    with torch.no_grad():
        bias = cast(Head, flow.second[-1])[-1].bias
        cast(torch.Tensor, bias)[0] = -2 * right
    aligned = filled("segmentation", {"width": 4, "aligned": True}, LIVELY)
    collar = filled("collar", {"width": 4}, LIVELY)
    sleeves = filled("sleeves", {"width": 4}, LIVELY)
    marks = filled("marks", {"width": 4}, LIVELY)
    return narrow_networks() | {
        "segmentation": aligned,
        "flow": flow,
        "collar": collar,
        "marks": marks,
        "sleeves": sleeves,
    }


def pipeline_of(networks: Networks) -> TryOnPipeline:
    return TryOnPipeline(networks, "cpu", size=SIZE)


@pytest.fixture(scope="module")
def person() -> Person:
    pair = rendered_pair(1, SIZE)
    return Person(pair.image, pair.pose, pair.parse)


@pytest.fixture(scope="module")
def garment() -> Garment:
    pair = rendered_pair(2, SIZE)
    return Garment(pair.cloth, pair.cloth_mask)


@pytest.fixture(scope="module")
def still() -> TryOnPipeline:
    return pipeline_of(flow_networks())


@pytest.fixture(scope="module")
def result(still: TryOnPipeline, person: Person, garment: Garment) -> TryOnResult:
    return still.run(person, garment)


def given(pipeline: TryOnPipeline, person: Person, garment: Garment, **edits: dict[str, object]) -> TryOnResult:
    return pipeline.executor.run([Job(person, garment, given=edits)], Options(SIZE), ProgressTracker())[0]


def test_all_stages_are_done_and_the_spline_is_left_out(result: TryOnResult) -> None:
    asked = [one.name for one in graph.TRY_ON if one.name != "hair"]  # of which these packs know nothing
    assert [name for name in result.values if name not in ("person", "garment")] == asked
    assert {"collar", "parts", "sleeves", "prewarp"} <= result.timings.keys()
    assert "matching" not in pipeline_of(flow_networks()).networks
    assert cast(Prewarp, result.values["prewarp"]).field.shape == (2, 64, 48)


def test_flow_that_moves_nothing_leaves_the_garment_without_its_collar(result: TryOnResult, garment: Garment) -> None:
    inside = cast(Collar, result.values["collar"]).mask
    assert set(np.unique(inside)) == {0, 255}
    assert not inside[garment.mask < 128].any(), "a part of the garment"
    wanted = np.where(inside > 0, 0, garment.mask)
    assert np.abs(result.warp.cloth.astype(int) - gone_on(garment.image, wanted)).max() <= 1
    assert np.abs(result.warp.mask.astype(int) - wanted).max() <= 1


def test_marked_sleeves_are_of_the_garment_and_each_apart(result: TryOnResult, garment: Garment) -> None:
    marked = cast(MarkedParts, result.values["parts"]).mask
    assert set(np.unique(marked)) == {0, 255}
    assert not marked[garment.mask < 128].any()


def test_flow_moves_the_garment(person: Person, garment: Garment) -> None:
    networks = flow_networks(right=0.125)
    del networks["collar"]
    warp = pipeline_of(networks).run(person, garment).warp
    shift = SIZE[1] // 8
    photo = gone_on(garment.image, garment.mask)
    assert np.abs(warp.cloth[:, shift:].astype(int) - photo[:, :-shift]).max() <= 1
    assert np.abs(warp.mask[:, shift:].astype(int) - garment.mask[:, :-shift]).max() <= 1
    assert not warp.mask[:, : shift - 1].any(), "masks end where the photo ends"


@pytest.mark.parametrize("own", [True, False])
def test_generators_that_learned_before_a_white_wall_see_no_cloth_beyond_its_edge(
    own: bool, person: Person, garment: Garment
) -> None:
    """Cloth goes on there where a pack's pictures are laid together; a published pack's generator sees all."""
    pipeline = TryOnPipeline(narrow_networks(), "cpu", size=SIZE, refinements=Refinements(assemble=own))
    made = pipeline.run(person, garment)
    beyond = made.warp.mask == 0
    assert beyond.any()
    cloth = np.where(beyond[..., None], np.uint8(0), made.warp.cloth)
    laid = {"points": made.warp.points, "cloth": cloth, "mask": made.warp.mask}
    assert np.array_equal(given(pipeline, person, garment, warp=laid).raw, made.raw) == own


def test_handles_lie_over_the_laid_garment_and_take_it_along(
    still: TryOnPipeline, person: Person, garment: Garment
) -> None:
    told = {"mask": np.zeros(SIZE, np.uint8)}  # no inside of a collar, whose place has no colours of its own
    laid = given(still, person, garment, collar=told).warp
    points = laid.points
    assert points is not None
    assert points.shape == (25, 2)
    columns = np.flatnonzero((garment.mask > 127).any(axis=0)) / SIZE[1] * 2 - 1
    assert (points[:, 0].min(), points[:, 0].max()) == pytest.approx((columns[0], columns[-1]), abs=0.03)
    same = given(still, person, garment, collar=told, warp={"points": points}).warp
    assert np.array_equal(same.cloth, laid.cloth)
    moved = given(still, person, garment, collar=told, warp={"points": points + np.float32([0.25, 0])}).warp
    shift = SIZE[1] // 8
    assert np.abs(moved.cloth[:, 2 * shift :].astype(int) - laid.cloth[:, shift:-shift]).max() <= 2
    one = points.copy()
    one[12] += 0.1
    bent = given(still, person, garment, collar=told, warp={"points": one}).warp
    changed = (bent.cloth != laid.cloth).any(axis=2)
    middle = ((points[12][::-1] + 1) / 2 * SIZE).astype(int)
    assert changed[middle[0] - 20 : middle[0] + 20, middle[1] - 20 : middle[1] + 20].mean() > 0.3


def test_handles_without_a_person_are_refused(still: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    with pytest.raises(TryOnError, match="need the person"):
        still.warp_along(result.warp.points, garment)
    with pytest.raises(TryOnError, match="25 pairs"):
        given(still, result.person, garment, warp={"points": np.zeros((4, 2), np.float32)})


@pytest.mark.parametrize("flow", [True, False])
def test_a_laid_garment_is_pushed_about_whatever_has_laid_it(flow: bool, person: Person, garment: Garment) -> None:
    networks = flow_networks() if flow else narrow_networks()
    networks.pop("collar", None)
    pipeline = pipeline_of(networks)
    laid = given(pipeline, person, garment).warp
    nothing = given(pipeline, person, garment, warp={"displacement": np.zeros((4, 3, 2), np.float32)}).warp
    assert np.abs(nothing.cloth.astype(int) - laid.cloth).max() <= 1
    right = np.zeros((32, 24, 2), np.float32)
    right[..., 0] = -0.25
    pushed = given(pipeline, person, garment, warp={"displacement": right})
    shift = SIZE[1] // 8
    assert np.abs(pushed.warp.cloth[:, shift:].astype(int) - laid.cloth[:, :-shift]).max() <= 1
    assert np.abs(pushed.warp.mask[:, shift:].astype(int) - laid.mask[:, :-shift]).max() <= 1
    assert np.array_equal(pushed.warp.displacement, right)
    assert np.array_equal(pushed.warp.points, laid.points), "the points are moved before"


@pytest.mark.parametrize("wrong", [np.zeros((4, 3)), np.zeros((4, 3, 3)), np.full((4, 3, 2), np.nan)])
def test_what_is_no_displacement_is_refused(
    wrong: np.ndarray, still: TryOnPipeline, person: Person, garment: Garment
) -> None:
    with pytest.raises(TryOnError, match="displacement"):
        given(still, person, garment, warp={"displacement": wrong})


def test_stage_alone_makes_what_it_reads_of_optional_ones(still: TryOnPipeline, result: TryOnResult) -> None:
    alone = still.segmentation(result.agnostic, result.garment)
    assert np.array_equal(alone.labels, result.segmentation.labels)
    laid = still.warp(result.agnostic, alone, result.garment)
    assert np.array_equal(laid.mask, result.warp.mask)


def test_no_garment_is_predicted_where_none_arrives(still: TryOnPipeline, result: TryOnResult) -> None:
    """Networks that know nothing call half the picture garment; of a small one only its surroundings may be."""
    small = np.zeros(SIZE, np.uint8)
    small[200:300, 150:230] = 255
    labels = still.segmentation(result.agnostic, Garment(result.garment.image, small)).labels
    rows, columns = (np.flatnonzero((labels == Seg.UPPER).any(axis=axis)) for axis in (1, 0))
    assert len(rows), "there is some"
    assert 200 - 12 <= rows[0] <= rows[-1] < 300 + 12
    assert 150 - 12 <= columns[0] <= columns[-1] < 230 + 12
    assert (result.segmentation.labels == Seg.UPPER)[:180].any(), "a larger garment lies elsewhere too"


def test_segmentation_reads_the_garment_as_it_is_laid(person: Person, garment: Garment) -> None:
    """One that the flow moves is read as one that lies there; a network that is not aligned reads it as it is."""
    shift, networks = SIZE[1] // 8, flow_networks(right=0.125)
    del networks["collar"]
    there = Garment(np.roll(garment.image, shift, axis=1), np.roll(garment.mask, shift, axis=1))
    laid = pipeline_of(networks).run(person, garment).segmentation
    still = flow_networks()
    del still["collar"]
    lies = pipeline_of(still).run(person, there).segmentation
    assert (laid.labels == lies.labels).mean() > 0.98
    plain = narrow_networks()["segmentation"]
    unaligned, published = (
        pipeline_of(parts).run(person, garment).segmentation
        for parts in (networks | {"segmentation": plain}, narrow_networks())
    )
    assert np.array_equal(unaligned.labels, published.labels)


def laid_for(rule: str, monkeypatch: pytest.MonkeyPatch, answer: int | None = None) -> list[np.ndarray]:
    """What a rule of the predicted parse is told to be laid, from now on; it changes nothing, or answers one label."""
    seen: list[np.ndarray] = []

    def told(labels: np.ndarray, laid: np.ndarray, *_: object) -> np.ndarray:
        seen.append(laid)
        return labels if answer is None else np.full_like(labels, answer)

    monkeypatch.setattr(f"engine.tryon.stages.segmentation.{rule}", told)
    return seen


def tidying(right: float = 0.0) -> TryOnPipeline:
    return TryOnPipeline(flow_networks(right), "cpu", size=SIZE, refinements=Refinements(tidy_parse=True))


def test_sleeves_are_told_where_the_flow_lays_them(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = laid_for("with_cuffs_as_laid", monkeypatch)
    tidying(right=0.125).run(person, garment)
    shift = SIZE[1] // 8
    assert np.array_equal(seen[0][:, shift:], garment.mask[:, :-shift] >= 128), "as finely as the picture is"


def test_the_neckline_is_that_of_the_laid_front_but_for_standing_collars(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = laid_for("with_neckline_as_laid", monkeypatch, answer=Seg.BACKGROUND)
    tidy = tidying()
    result = tidy.run(person, garment)
    inside = cast(Collar, result.values["collar"]).mask >= 128
    assert inside.any()
    assert np.array_equal(seen[0], (garment.mask >= 128) & ~inside)
    assert not (result.segmentation.labels == Seg.UPPER).any(), "what it answers is taken"
    stands = "engine.tryon.stages.segmentation.standing_collar"
    monkeypatch.setattr(stands, lambda one: np.zeros(one.size, np.bool_))
    tidy.run(person, garment)
    assert len(seen) == 1


def test_what_flies_is_off_before_the_parse_is_tidied(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = laid_for("without_what_flies", monkeypatch, answer=Seg.BACKGROUND)
    made = tidying().run(person, garment).segmentation.labels
    assert (seen[0] == Seg.UPPER).any(), "it knows who is seen in the photo"
    assert not (made == Seg.UPPER).any()


def test_limbs_are_even_before_the_parse_is_told_what_is_seen(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = laid_for("with_even_limbs", monkeypatch, answer=Seg.BACKGROUND)
    laid_for("without_what_flies", monkeypatch, answer=Seg.LEFT_ARM)
    made = tidying().run(person, garment).segmentation.labels
    assert hands[0].dtype == np.bool_
    assert not (made == Seg.HAIR).any(), "what is seen is what it answers"


def test_what_is_inside_a_collar_has_no_notches(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for the collar's network that is in doubt in the middle of the opening, and sees another far away."""
    networks = flow_networks()
    logits = torch.full((1, 1, 256, 192), -6.0)
    logits[..., 64:100, 60:132] = 3.0
    logits[..., 80:100, 90:100] = -1.0
    logits[..., 64:80, 20:50] = 3.0
    monkeypatch.setattr(networks["collar"], "forward", lambda _: logits)
    even = Garment(np.full((*SIZE, 3), 128, np.uint8), np.full(SIZE, 255, np.uint8))
    marked = cast(Collar, pipeline_of(networks).run(person, even).values["collar"]).mask
    assert (marked[140:196, 124:260] == 255).all()
    assert not marked[:, :110].any()


def test_collar_opens_the_neckline_unless_the_parse_is_sure(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for the segmentation that takes all for garment, and the left half a little for neck."""
    networks = flow_networks()
    probabilities = torch.full((1, 13, 256, 192), 0.01)
    probabilities[:, Seg.UPPER] = 0.9
    probabilities[:, Seg.NECK, :, :96] = 0.1
    monkeypatch.setattr(networks["segmentation"], "forward", lambda _: probabilities)
    marks = np.zeros(SIZE, np.uint8)
    marks[200:300] = 255
    everywhere = Garment(garment.image, np.full(SIZE, 255, np.uint8))
    made = given(pipeline_of(networks), person, everywhere, collar={"mask": marks})
    labels, left, right = made.segmentation.labels, slice(0, 180), slice(204, None)
    assert (labels[210:290, left] == Seg.NECK).all()
    assert (labels[210:290, right] == Seg.UPPER).all()
    assert (labels[:190] == Seg.UPPER).all()
    assert not made.warp.mask[210:290].any()


def test_the_front_closes_the_neckline_where_the_parse_is_unsure(
    person: Person, garment: Garment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for the segmentation that takes all for neck, and the left half for garment nearly as well; where no
    collar is told, as in a pack that has no network for it, nothing is closed."""
    networks = flow_networks()
    probabilities = torch.full((1, 13, 256, 192), 0.01)
    probabilities[:, Seg.NECK] = 0.9
    probabilities[:, Seg.UPPER, :, :96] = 0.6
    marks = np.zeros(SIZE, np.uint8)
    marks[:200] = 255
    everywhere = Garment(garment.image, np.full(SIZE, 255, np.uint8))
    told = {"collar": {"mask": marks}}
    for without, edits in ((False, told), (True, {})):
        parts = {name: one for name, one in networks.items() if name != "collar" or not without}
        monkeypatch.setattr(parts["segmentation"], "forward", lambda _: probabilities.clone())
        labels = given(pipeline_of(parts), person, everywhere, **edits).segmentation.labels
        assert (labels[210:, :180] == (Seg.NECK if without else Seg.UPPER)).all()
        assert (labels[210:, 204:] == Seg.NECK).all()
        assert (labels[:190] == Seg.NECK).all(), "the inside of the collar"


def test_neck_is_background_to_the_generator_and_changes_in_the_picture(result: TryOnResult) -> None:
    labels = np.full(SIZE, Seg.UPPER, np.uint8)
    old = result.person.parse == Lip.UPPER
    labels[old] = Seg.NECK
    parts = result.person, result.agnostic, Segmentation(labels), result.warp
    told, untold = (finished(result.raw, *parts, knows_neck=knows).changed for knows in (True, False))
    assert told[old].min() == 255
    assert untold.any()
    assert not (without_neck(labels) == Seg.NECK).any()


def test_finishing_alone_knows_the_neck_as_the_whole_does(person: Person, garment: Garment) -> None:
    labels = np.full(SIZE, Seg.BACKGROUND, np.uint8)
    labels[person.parse == Lip.NECK] = Seg.NECK
    pipeline = pipeline_of(flow_networks())
    whole = given(pipeline, person, garment, segmentation={"labels": labels})
    parts = whole.person, whole.garment, whole.agnostic, whole.segmentation, whole.warp
    assert np.array_equal(pipeline.finish(whole.raw, *parts).changed, whole.changed)


def test_values_of_the_new_stages_travel_and_are_scaled(result: TryOnResult) -> None:
    small: list[Value] = [value.scaled((256, 192)) for value in result.values.values()]
    assert all(one.fits((256, 192)) for one in small)
    assert small[list(result.values).index("prewarp")] is result.values["prewarp"]


def test_draft_of_a_pack_with_a_flow(still: TryOnPipeline, person: Person, garment: Garment) -> None:
    seen: list[str] = []
    job = Job(person.scaled((1024, 768)), garment.scaled((1024, 768)))
    still.executor.run(
        [job], Options((1024, 768), draft=True), ProgressTracker(), lambda _, name, __: seen.append(name)
    )
    assert graph.DRAFT in seen


def test_aligned_segmentation_needs_a_flow() -> None:
    networks = flow_networks()
    del networks["flow"]
    with pytest.raises(TryOnError, match="no flow network"):
        pipeline_of(networks)


def test_pack_keeps_the_networks_and_what_they_are(tmp_path: object) -> None:
    networks = flow_networks()
    assert isinstance(cast(CollarMask, networks["collar"]).config.width, int)
    folder = write_pack(str(tmp_path) + "/pack", "flow", networks, "1", "none", [SIZE], "filled, not trained").folder
    pack = read_pack(folder)
    pack.verify()
    assert pack.configs["segmentation"]["aligned"] is True
    assert set(pack.files) == {"segmentation", "matching", "alias", "flow", "collar", "marks", "sleeves"}


@pytest.mark.parametrize("sees_limbs", [True, False])
@pytest.mark.parametrize(
    ("kind", "config", "first"), [("segmentation", {"width": 4, "aligned": True}, 4), ("flow", {"width": 4}, 0)]
)
def test_sleeves_that_were_worn_do_not_show_where_the_network_reads_no_limbs(
    kind: str, config: dict[str, object], first: int, sees_limbs: bool, person: Person, garment: Garment
) -> None:
    networks = flow_networks() | {kind: filled(kind, {**config, "sees_limbs": sees_limbs}, LIVELY)}
    pipeline = pipeline_of(networks)
    agnostic = pipeline.agnostic(person)
    shoulder, elbow = (person.pose.point(Joint[f"LEFT_{part}"]) for part in ("SHOULDER", "ELBOW"))
    x, y = ((a + b) / 2 for a, b in zip(shoulder, elbow, strict=True))
    parse = agnostic.parse.copy()
    parse[int(y) : int(y) + 60, int(x) - 30 : int(x) + 30] = Lip.LEFT_ARM  # some bare arm, as if they had no sleeve
    seen: list[torch.Tensor] = []
    network = pipeline.networks[kind]
    network.register_forward_pre_hook(lambda _, given: seen.append(given[0].clone()))
    for one in (agnostic, replace(agnostic, parse=parse)):
        pipeline.segmentation(one, garment, person=person)
    planes = [one[:, first : first + 13] for one in seen]
    assert torch.equal(*planes) is not sees_limbs


def test_sleeves_that_somebody_has_said_are_not_read_but_count(person: Person, garment: Garment) -> None:
    pipeline = pipeline_of(flow_networks())
    said = {name: np.array(graph.sleeves_said(name), np.float32) for name in ("none", "long")}
    short, long = (
        pipeline.run_batch([Job(person, garment, 0, {"sleeves": {"reach": reach}})])[0].values
        for reach in said.values()
    )
    assert np.array_equal(cast(Sleeves, long["sleeves"]).reach, said["long"])
    labels = [cast(Segmentation, made["segmentation"]).labels for made in (short, long)]
    assert not np.array_equal(*labels)
    assert np.array_equal(cast(Agnostic, short["agnostic"]).parse, cast(Agnostic, long["agnostic"]).parse)


def test_long_sleeves_lie_along_the_arms_and_shade_the_body(still: TryOnPipeline) -> None:
    mask = np.asarray(cv2.resize(drawn(20, 20), SIZE[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)
    image = np.full((*SIZE, 3), 200, np.uint8)
    image[:, : SIZE[1] * BODY[0] // 192] = (200, 40, 40)  # red is the left sleeve
    parse = np.zeros(SIZE, np.uint8)
    parse[120:400, 120:264] = Lip.UPPER
    parse[280:330, 210:260] = Lip.RIGHT_ARM
    someone = Person(np.full((*SIZE, 3), 128, np.uint8), pose("before").scaled(SIZE), parse)
    unmarked = {"mask": np.zeros(SIZE, np.uint8)}
    long, short = (
        given(
            still,
            someone,
            Garment(image, mask),
            parts=unmarked,
            collar=unmarked,
            sleeves={"reach": np.array([length, 0.05], np.float32)},
        )
        for length in (1.9, 0.6)
    )
    assert cast(Prewarp, long.values["prewarp"]).field.shape == (2, 256, 192)
    assert cast(Prewarp, short.values["prewarp"]).field.shape == (2, 64, 48)
    forearm = (2 * 141, 2 * 100)  # between the elbow at 60, 110 and the wrist at 120, 150
    assert long.warp.cloth[forearm][0] > 2 * long.warp.cloth[forearm][1], "red"
    assert np.ptp(short.warp.cloth[forearm]) < 4, "what lies on the body"
    beside = long.warp.cloth[260:300, 150:230].min(axis=2)[long.warp.cloth[260:300, 150:230, 1] > 100]
    assert beside.min() < 0.85 * 200 < beside.max()
