"""The table of stages and views: consistent in itself, and what it says of edits, seeds and progress."""

from collections import Counter

import pytest

from engine import graph
from engine.graph import STAGES, VIEWS, Stage


def test_a_stage_reads_only_what_is_made_before_it() -> None:
    made: set[str] = set()
    for stage in STAGES:
        assert set(stage.inputs) <= made, stage.name
        made.add(stage.name)


def test_names_keys_and_salts_are_taken_once() -> None:
    salts = [stage.noise.salt for stage in STAGES if stage.noise]
    files = [
        (one.file, one.form in ("points", "pose")) for stage in STAGES for one in stage.arrays if one.file
    ]  # a pose is written as numbers, its picture under the same name
    for taken in ([one.name for one in STAGES], [one.key for one in VIEWS], salts, files):
        assert [one for one, times in Counter(taken).items() if times > 1] == []


@pytest.mark.parametrize(
    ("kinds", "other"),
    [
        (("segmentation", "matching", "alias"), True),
        (("segmentation", "flow", "collar", "composer"), False),
        (("segmentation", "matching", "pix2pix"), False),
        (("segmentation", "flow", "composer", "alias"), False),  # of both the composer paints
        (("parser", "garment"), False),
    ],
)
def test_another_seed_is_another_picture_where_a_network_draws_noise(kinds: tuple[str, ...], other: bool) -> None:
    assert graph.varies(kinds) is other


def test_salts_never_change_and_meet_no_other_seed() -> None:
    salts = {stage.name: stage.noise.salt for stage in STAGES if stage.noise}
    assert (salts["segmentation"], salts["generation"], graph.SEED_STRIDE) == (1, 3, 4)
    assert all(salt < graph.SEED_STRIDE or salt % 2**40 == 0 for salt in salts.values())


def test_views_show_and_edit_arrays_that_there_are() -> None:
    arrays = {stage.name: {one.name for one in stage.arrays} for stage in STAGES}
    arrays["person"] |= {"keypoints", "hands"}  # what a pose is made of
    for view in VIEWS:
        assert {view.array, *view.edits} <= arrays[view.stage], view.key
        assert bool(view.reads) <= bool(view.edits), "a file that is read is an edit"


def test_labels_say_of_which_labels_they_are() -> None:
    for stage in STAGES:
        assert all((one.form == "labels") == bool(one.space) for one in stage.arrays)


def test_what_an_edit_drops() -> None:
    assert {view.key: graph.dropped_by(view.key) for view in graph.BY_KEY.values() if view.edits} == {
        "pose": {"agnostic", "hair", "segmentation", "warped"},
        "parse": {"agnostic", "hair", "segmentation", "warped"},
        "agnostic": {"segmentation", "warped"},
        "coat": {"segmentation", "warped"},
        "hair": set(),
        "garment_mask": {"collar", "parts", "segmentation", "warped"},
        "collar": {"segmentation", "warped"},
        "parts": {"segmentation", "warped"},
        "segmentation": {"warped"},
        "warped": set(),
        "sleeves": {"segmentation", "warped"},
    }


def test_which_edits_belong_to_a_photo() -> None:
    assert graph.of_photo("person") == {"pose", "parse", "agnostic", "coat", "hair", "segmentation", "warped"}
    assert graph.of_photo("garment") == {"garment_mask", "collar", "parts", "sleeves", "segmentation", "warped"}
    assert graph.waiting_for("person") == {"pose", "parse", "coat"}
    assert graph.waiting_for("garment") == {"garment_mask", "sleeves"}


def test_a_length_of_sleeves_is_called_as_it_is_said() -> None:
    assert [graph.sleeves_called(graph.sleeves_said(name)[0]) for name in graph.SLEEVE_LENGTHS] == [
        *graph.SLEEVE_LENGTHS
    ]
    assert [graph.sleeves_called(length) for length in (-0.1, 0.64, 1.1, 1.52, 2.2)] == [*graph.SLEEVE_LENGTHS]


def test_which_view_is_busy() -> None:
    names = ("agnostic", "segmentation", "warp", graph.DRAFT, "generation", "result")
    assert [graph.showing(name) for name in names] == [
        *("agnostic", "segmentation", "warped"),
        *("result", "result", "result"),
    ]


def test_the_costs_are_shares_of_a_whole() -> None:
    plain = {stage.name for stage in graph.present(("segmentation", "matching", "alias"))}
    assert sum(stage.cost for stage in STAGES if stage.name in plain) == pytest.approx(1)
    assert {name: pytest.approx(share) for name, share in graph.shares(plain).items()} == {
        "agnostic": (0.0, 0.03),
        "segmentation": (0.03, 0.15),
        "warp": (0.15, 0.2),
        "generation": (0.2, 1.0),
    }


@pytest.mark.parametrize(("kind", "height", "drafted"), [
    ("alias", 1024, True), ("alias", 512, False), ("composer", 1024, False), ("composer", 2048, True),
])  # fmt: skip
def test_a_draft_is_made_where_it_comes_sooner(kind: str, height: int, drafted: bool) -> None:
    assert graph.drafted({"segmentation", "flow", kind}, (height, height * 3 // 4)) is drafted


def test_shares_of_what_is_left_to_do_and_of_a_draft() -> None:
    found = graph.shares({"warp", "misalignment", "generation", "result"}, draft=True)
    assert list(found) == ["warp", "draft", "generation"]
    assert found["draft"] == pytest.approx((0.05 / 1.05, 0.25 / 1.05))
    assert found["generation"][1] == pytest.approx(1)
    assert graph.shares({"result"}) == {}


def test_networks_are_named_once_and_an_optional_stage_is_left_out() -> None:
    fancy = Stage("fancy", ("warp",), (), ("dreamer", "alias"), optional=True)
    plain = Stage("plain", ("warp",), ())
    assert graph.networks() == (
        *("hair", "collar", "marks", "sleeves", "flow", "segmentation", "matching", "composer"),
        *("pix2pix", "cpvton", "clothflow", "acgpn", "alias"),
    )
    assert graph.networks((plain, fancy)) == ("dreamer", "alias")
    assert graph.present(("matching",), (plain, fancy)) == (plain,)
    assert graph.present(("alias",), (plain, fancy)) == (plain, fancy)
    assert graph.present((), STAGES[:2]) == STAGES[:2], "a photo is analysed without a network too"


def test_a_pack_lacks_a_network_where_it_has_none_of_the_alternatives() -> None:
    either = Stage("either", (), (), ("composer", "alias"))
    fancy = Stage("fancy", (), (), ("dreamer",), optional=True)
    assert graph.lacking(("alias",), (either, fancy)) == ()
    assert graph.lacking(("matching",), (either, fancy)) == ("alias",)
    assert graph.chosen(("alias", "dreamer"), (either, fancy)) == ("alias", "dreamer")
    assert graph.chosen(("alias", "composer"), (either, fancy)) == ("composer",)
    assert graph.lacking(("alias",)) == ("segmentation", "matching")
    assert graph.lacking(("alias", "segmentation", "flow")) == ()
    assert graph.chosen(("alias", "segmentation", "flow", "matching")) == ("flow", "segmentation", "flow", "alias")
