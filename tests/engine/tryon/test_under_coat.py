"""Under an open coat the new garment is seen between its fronts, and the coat is the photo's."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.arrays import BoolMask
from engine.imaging.colour_bleed import shrunk_mask
from engine.labels import IGNORE, Lip, Seg
from engine.pose import Joint
from engine.tryon.pipeline import Job, TryOnPipeline
from engine.tryon.quality import quality
from engine.tryon.under_coat import under_coat, with_coat_apart, with_filled_opening
from engine.values import COAT_OFF, Coat, Garment, Person
from engine.weights.refinements import Refinements
from tests.engine.analysis.person.test_open_coat import coat_of, somebody
from tests.packs import narrow_networks
from tests.rendered import rendered_pair

SIZE = (256, 192)
NAVY, LIME, RED = (20, 24, 60), (200, 250, 60), (190, 20, 30)


def painted() -> tuple[Person, BoolMask]:
    """Somebody in a dark coat over a bright top, with a soft border between them, and where the coat is."""
    person = somebody(opening=40)
    coat = coat_of(person)
    sharp = np.where(coat[..., None], NAVY, LIME)
    image = (sharp + np.roll(sharp, 1, axis=1) + np.roll(sharp, -1, axis=1)) / 3
    return replace(person, image=image.astype(np.uint8)), coat


def dressed(after: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray, BoolMask]:
    """All in a red top, as the picture shows it and where; and the coat."""
    person, coat = painted()
    layers, changed = np.full((*SIZE, 3), RED, np.uint8), np.full(SIZE, 255, np.uint8)
    labels = np.full(SIZE, Seg.UPPER, np.uint8) if after is None else after
    return *under_coat(layers, changed, with_coat_apart(person, coat), labels, coat), coat


def test_the_coat_stays_and_between_its_fronts_is_the_new_top() -> None:
    layers, changed, _ = dressed()
    assert (changed[80:190, 84:108] == 255).all()
    assert (layers[80:190, 84:108] == RED).all()
    assert (changed[80:190, 50:68] == 0).all()
    assert (changed[80:190, 124:142] == 0).all()
    assert (changed[:, :40] == 0).all(), "beside the coat nobody wears the new top"


def test_no_line_of_the_old_top_is_left_along_the_coat_and_its_edge_is_its_own() -> None:
    person = painted()[0].scaled((1024, 768))
    coat = coat_of(person)
    layers, changed = np.full((1024, 768, 3), RED, np.uint8), np.full((1024, 768), 255, np.uint8)
    after = np.full((1024, 768), Seg.UPPER, np.uint8)
    layers, changed = under_coat(layers, changed, with_coat_apart(person, coat), after, coat)
    box = slice(320, 760), slice(240, 528)
    share = changed[box][..., None] / 255
    made = layers[box] * share + person.image[box] * (1 - share)
    assert person.image[box][..., 1].max() > 200
    assert made[..., 1].max() < 50
    edge = 304 - 240  # where the parse has it
    assert np.array_equal(made[200, : edge - 16], person.image[520, 240 : 304 - 16])
    assert made[200, edge - 5, 0] < 80 < 150 < made[200, edge + 5, 0]


def test_with_nothing_on_everything_is_as_it_was() -> None:
    person, coat = painted()
    layers, changed = np.full((*SIZE, 3), RED, np.uint8), np.full(SIZE, 99, np.uint8)
    none = np.zeros_like(coat)
    made = under_coat(layers, changed, person, np.zeros(SIZE, np.uint8), none)
    assert made[0] is layers
    assert made[1] is changed
    assert with_coat_apart(person, none) is person


def test_other_clothes_change_only_under_the_new_garment() -> None:
    person, coat = painted()
    parse, after = person.parse.copy(), np.zeros(SIZE, np.uint8)
    parse[200:, 76:116] = Lip.PANTS
    coat[200:, 76:116] = False
    after[:220] = Seg.UPPER
    apart = with_coat_apart(replace(person, parse=parse), coat)
    _, changed = under_coat(np.zeros((*SIZE, 3), np.uint8), np.full(SIZE, 255, np.uint8), apart, after, coat)
    assert (changed[205:215, 90:102] == 255).all()
    assert (changed[232:, 90:102] == 0).all()


def test_the_opening_is_filled_and_a_forearm_beyond_the_sleeve_is_not() -> None:
    person, coat = painted()
    before = np.where(np.isin(person.parse, (Lip.UPPER, Lip.COAT)), Seg.UPPER, Seg.BACKGROUND).astype(np.uint8)
    before[190:210, 146:156] = Seg.UPPER  # the end of an inner sleeve
    made = np.full(SIZE, Seg.UPPER, np.uint8)
    made[100:150, 76:84], made[100:150, 108:116], made[190:210, 146:156] = Seg.BACKGROUND, Seg.LEFT_ARM, Seg.LEFT_ARM
    made[70:80, 90:100] = Seg.NECK
    filled = with_filled_opening(made, before, person.pose, coat)
    assert (filled[100:150, 76:116] == Seg.UPPER).all()
    assert (filled[70:80, 90:100] == Seg.NECK).all()
    assert (filled[190:210, 146:156] == Seg.LEFT_ARM).all()
    assert with_filled_opening(made, before, person.pose, np.zeros_like(coat)) is made


def test_a_bare_arm_below_a_short_sleeve_of_the_coat_is_no_opening() -> None:
    """The old top's sleeve came out of it, one with what its fronts showed, and the arm became trousers."""
    person, coat = painted()
    ends = np.array(person.pose.points((Joint.LEFT_ELBOW, Joint.LEFT_WRIST))).astype(np.int32)
    arm = np.zeros(SIZE, np.uint8)
    cv2.polylines(arm, [ends], isClosed=False, color=1, thickness=10)
    coat &= arm == 0
    before = np.where(np.isin(person.parse, (Lip.UPPER, Lip.COAT)), Seg.UPPER, Seg.BACKGROUND).astype(np.uint8)
    before[arm > 0] = Seg.UPPER
    column, row = ends[1]
    before[row - 3 : row, 96:column], coat[row - 3 : row] = Seg.UPPER, False
    made = np.where(arm > 0, Seg.LEFT_ARM, np.where(before == Seg.UPPER, Seg.BOTTOM, 0)).astype(np.uint8)
    filled = with_filled_opening(made, before, person.pose, coat)
    assert (filled[arm > 0] == Seg.LEFT_ARM).all()
    made[100:110, 90:100] = Seg.LEFT_ARM  # one drawn where none is
    assert (with_filled_opening(made, before, person.pose, coat)[100:110, 90:100] == Seg.BOTTOM).all()


def test_a_bag_alone_stays_and_nothing_beside_it_is_held_back() -> None:
    person, coat = painted()
    bag = np.zeros_like(coat)
    bag[150:220, 100:130] = True
    layers, changed = np.full((*SIZE, 3), RED, np.uint8), np.full(SIZE, 255, np.uint8)
    apart, after = with_coat_apart(person, bag), np.full(SIZE, Seg.UPPER, np.uint8)
    _, shown = under_coat(layers, changed, apart, after, bag)
    assert (shown[156:214, 106:124] == 0).all()
    assert (shown[:140] == 255).all()
    before = np.where(np.isin(person.parse, (Lip.UPPER, Lip.COAT)), Seg.UPPER, Seg.BACKGROUND).astype(np.uint8)
    bare = np.where(coat, np.uint8(Seg.LEFT_ARM), np.uint8(Seg.UPPER))
    assert with_filled_opening(bare, before, person.pose, bag) is bare


def test_around_a_thing_away_from_old_and_new_tops_the_photo_stays() -> None:
    person, coat = painted()
    bag = np.zeros_like(coat)
    bag[150:220, 100:130] = True
    layers, changed = np.full((*SIZE, 3), RED, np.uint8), np.full(SIZE, 255, np.uint8)
    below = np.full(SIZE, Lip.PANTS, np.uint8)
    below[:180] = Lip.UPPER
    apart, after = with_coat_apart(replace(person, parse=below), bag), np.full(SIZE, Seg.BOTTOM, np.uint8)
    after[bag] = Seg.UPPER  # which nobody sees below it
    _, shown = under_coat(layers, changed, apart, after, bag)
    assert (shown[190:215, 130:132] == 0).all()
    assert (shown[150:175, 130:132] > 0).all()


@pytest.mark.parametrize("assemble", [True, False])
def test_a_thing_of_no_class_is_the_photos_own_whether_or_not_coats_stay_on(assemble: bool) -> None:
    size, bag = (512, 384), (slice(300, 440), slice(200, 260))
    person = painted()[0].scaled(size)
    parse = np.where(np.isin(person.parse, (Lip.COAT, Lip.UPPER)), np.uint8(Lip.UPPER), person.parse)
    other = rendered_pair(2, size)
    garment = Garment(other.cloth, other.cloth_mask)
    pipeline = TryOnPipeline(narrow_networks(), "cpu", size=size, refinements=Refinements(assemble=assemble))
    (without,) = pipeline.run_batch([Job(replace(person, parse=parse), garment)])
    parse[bag] = IGNORE
    jobs = [Job(replace(person, parse=parse), garment, 0, given) for given in ({}, COAT_OFF)]
    inner = (slice(310, 430), slice(210, 250))
    for made in pipeline.run_batch(jobs):
        assert np.array_equal(made.image[inner], person.image[inner])
    assert not np.array_equal(without.image[inner], person.image[inner])


@pytest.mark.parametrize("assemble", [True, False])
def test_a_try_on_keeps_an_open_coat_unless_it_is_told_otherwise_and_published_packs_keep_none(assemble: bool) -> None:
    size = (512, 384)
    person = painted()[0].scaled(size)
    coat, other = coat_of(person), rendered_pair(2, size)
    pipeline = TryOnPipeline(narrow_networks(), "cpu", size=size, refinements=Refinements(assemble=assemble))
    jobs = [Job(person, Garment(other.cloth, other.cloth_mask), 0, given) for given in ({}, COAT_OFF)]
    kept, off = pipeline.run_batch(jobs)
    inner = shrunk_mask(coat, 9)
    assert (kept.value(Coat).stays > 0).any() == assemble
    assert not off.value(Coat).stays.any()
    assert np.array_equal(kept.image, off.image) != assemble
    assert np.array_equal(kept.image[inner], person.image[inner]) == assemble
    assert not np.array_equal(off.image[inner], person.image[inner])
    doubts = [{one.code for one in quality(made).doubts} for made in (kept, off)]
    assert ["coat" in one for one in doubts] == [not assemble, True]
