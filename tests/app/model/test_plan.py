"""What has to be computed again after a change, and what has not."""

from dataclasses import replace

import numpy as np
import pytest

from tryon_app.model.photos import GarmentPhoto, PersonPhoto
from tryon_app.model.plan import Edit, Options, State, keys
from tryon_app.model.stages import TRY_ON

OPTIONS = Options("pack")
STAGES = [stage.name for stage in TRY_ON]
# what the one photo alone says stays when the other changes
OF_PERSON = [stage for stage in STAGES if stage not in ("collar", "parts", "sleeves")]
OF_GARMENT = [stage for stage in STAGES if stage not in ("agnostic", "coat", "hair")]
OF_PACK = STAGES[1:]
OF_NETWORKS = [stage for stage in STAGES if stage not in ("agnostic", "coat")]
FROM_SEGMENTATION, FROM_WARP, FROM_GENERATION = (
    STAGES[STAGES.index(first) :] for first in ("segmentation", "warp", "generation")
)


def person(key: str) -> PersonPhoto:
    data = {"image": np.zeros((4, 3, 3), np.uint8), "parse": np.zeros((4, 3), np.uint8), "keypoints": np.zeros((25, 3))}
    return PersonPhoto(key, f"/{key}.jpg", key, (4, 3), data | {"pose_picture": data["image"]})


def garment(key: str) -> GarmentPhoto:
    data = {"image": np.zeros((4, 3, 3), np.uint8), "mask": np.zeros((4, 3), np.uint8)}
    return GarmentPhoto(key, f"/{key}.jpg", key, data)


STATE = State(person("p"), garment("g"))


def changed(after: State, options: Options = OPTIONS) -> list[str]:
    """The stages that have other keys than before."""
    old, new = keys(STATE, OPTIONS), keys(after, options)
    assert old is not None
    assert new is not None
    return [stage for stage in STAGES if old[stage] != new[stage]]


def edit(view: str, key: str = "e", **arrays: object) -> Edit:
    return Edit(view, key, arrays)


@pytest.mark.parametrize(
    ("after", "again"),
    [
        (STATE, []),
        (STATE.with_person(person("q")), OF_PERSON),
        (STATE.with_garment(garment("h")), OF_GARMENT),
        (replace(STATE, seed=1), FROM_GENERATION),
        (STATE.with_edit(edit("pose")), OF_PERSON),
        (STATE.with_edit(edit("parse")), OF_PERSON),
        (STATE.with_edit(edit("agnostic")), [stage for stage in OF_PERSON if stage not in ("coat", "hair")]),
        (STATE.with_edit(edit("coat")), ["coat", *FROM_SEGMENTATION]),
        (STATE.with_edit(edit("garment_mask")), OF_GARMENT),
        (STATE.with_edit(edit("collar")), ["collar", *FROM_SEGMENTATION]),
        (STATE.with_edit(edit("parts")), ["parts", *STAGES[STAGES.index("prewarp") :]]),
        (STATE.with_edit(edit("sleeves", reach=np.zeros(2))), STAGES[STAGES.index("sleeves") :]),
        (STATE.with_edit(edit("segmentation")), FROM_SEGMENTATION),
        (STATE.with_edit(edit("warped")), FROM_WARP),
    ],
)
def test_what_is_computed_again(after: State, again: list[str]) -> None:
    assert changed(after) == again


def test_options() -> None:
    assert changed(STATE, Options("other")) == OF_PACK
    assert changed(STATE, Options("pack", keep_original=False)) == ["result"]
    assert changed(STATE, Options("pack", size=(512, 384))) == list(STAGES)
    assert changed(STATE, Options("pack", "bf16")) == OF_NETWORKS


def test_what_the_user_brought_whole_depends_on_nothing_else() -> None:
    """Another garment changes nothing about a parse of the result that is the user's own."""
    labels = np.zeros((4, 3), np.uint8)
    state = STATE.with_edit(edit("segmentation", labels=labels))
    other = replace(state, garment=garment("h"))
    old, new = keys(state, OPTIONS), keys(other, Options("other", size=(8, 6)))
    assert old is not None
    assert new is not None
    assert [stage for stage in STAGES if old[stage] != new[stage]] == [s for s in STAGES if s != "segmentation"]


def test_the_same_photo_again_is_the_same() -> None:
    assert changed(State(person("p"), garment("g"))) == []


def test_taking_an_edit_back_brings_the_old_keys_back() -> None:
    assert changed(STATE.with_edit(edit("parse")).without_edit("parse")) == []


def test_two_edits_of_one_stage_differ() -> None:
    one, two = STATE.with_edit(edit("parse", "a")), STATE.with_edit(edit("parse", "b"))
    assert keys(one, OPTIONS) != keys(two, OPTIONS)


def test_an_edit_drops_those_after_it_and_keeps_those_before() -> None:
    state = STATE.with_edit(edit("parse")).with_edit(edit("segmentation")).with_edit(edit("warped"))
    assert set(state.edits) == {"parse", "segmentation", "warped"}
    assert set(state.with_edit(edit("segmentation", "again")).edits) == {"parse", "segmentation"}
    assert set(state.with_edit(edit("pose")).edits) == {"parse", "pose"}


def test_photos_drop_the_edits_that_belong_to_the_old_ones() -> None:
    state = STATE.with_edit(edit("parse")).with_edit(edit("garment_mask")).with_edit(edit("warped"))
    assert set(state.with_garment(garment("h")).edits) == {"parse"}
    assert set(state.with_person(person("q")).edits) == {"garment_mask"}


def test_a_photos_own_edits_wait_until_it_is_there_again() -> None:
    state = STATE.with_edit(edit("parse")).with_edit(edit("garment_mask")).with_edit(edit("warped"))
    away = state.with_garment(garment("h")).with_person(person("q"))
    assert (set(away.edits), set(away.shelf)) == (set(), {"p", "g"})
    back = away.with_garment(garment("g"))
    assert (back.edits, set(back.shelf)) == ({"garment_mask": state.edits["garment_mask"]}, {"p"})
    assert set(away.with_edit(edit("parse")).with_person(person("p")).shelf) == {"q", "g"}
    assert not back.without_edit("garment_mask").with_garment(None).with_garment(garment("g")).edits


def test_what_is_said_about_a_garment_waits_with_it_and_stays_with_another_mask() -> None:
    state = STATE.with_edit(edit("sleeves")).with_edit(edit("garment_mask")).with_edit(edit("warped"))
    assert set(state.edits) == {"sleeves", "garment_mask", "warped"}
    assert set(state.with_edit(edit("sleeves", "f")).edits) == {"sleeves", "garment_mask"}
    away = state.with_garment(garment("h"))
    assert (set(away.edits), set(away.shelf["g"].edits)) == (set(), {"sleeves", "garment_mask"})
    assert set(away.with_garment(garment("g")).edits) == {"sleeves", "garment_mask"}
    assert "reach" not in STATE.with_edit(edit("sleeves", reach=1)).garment_data()


def test_edited_arrays_take_the_place_of_the_photos() -> None:
    mask, points = np.ones((4, 3), np.uint8), np.ones((25, 3))
    state = STATE.with_edit(edit("garment_mask", mask=mask)).with_edit(edit("pose", keypoints=points))
    assert state.garment_data()["mask"] is mask
    assert state.person_data()["keypoints"] is points
    assert state.person_data()["pose_picture"] is None, "it shows the old pose"
    assert STATE.person_data()["pose_picture"] is not None


def test_nothing_to_do_without_both_photos() -> None:
    assert keys(State(person("p")), OPTIONS) is None
    assert keys(State(None, garment("g")), OPTIONS) is None
    assert not State(person("p")).complete


def test_what_the_user_brought_is_found_by_its_stage() -> None:
    points = np.zeros((25, 2))
    state = (
        STATE.with_edit(edit("parse", parse=1))
        .with_edit(edit("pose", "f", keypoints=2))
        .with_edit(edit("warped", points=points))
    )
    assert state.edited("warp")["points"] is points
    assert state.edited("person") == {"parse": 1, "keypoints": 2}
    assert state.edited("generation") == {}
