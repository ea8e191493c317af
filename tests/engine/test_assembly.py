"""The picture is laid together of photo, cloth and generated skin, each where it knows best."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assembly import AssemblyOptions, assemble, dressed
from engine.category.agnostic import agnostic_image, agnostic_parse
from engine.compositing import composite
from engine.filling import fill, nearest
from engine.fringe import grown_mask, shrunk_mask
from engine.labels import IGNORE, Lip, Seg, lip_to_segmentation
from engine.pose import Pose
from engine.values import Agnostic, Person, Segmentation, Warp
from tests.rendered import rendered_pair

Array8 = NDArray[np.uint8]
SIZE = (512, 384)
RED = np.array([180, 40, 30], dtype=np.uint8)


def person_of(seed: int) -> Person:
    pair = rendered_pair(seed, SIZE)
    return Person(pair.image, pair.pose, pair.parse)


def plain_warp(mask: Array8) -> Warp:
    cloth = np.full((*SIZE, 3), 255, dtype=np.uint8)
    cloth[mask > 0] = RED
    return Warp(np.zeros((25, 2), np.float32), cloth, mask)


def assembled(person: Person, generated: Array8, after: Array8, warp: Warp) -> tuple[Array8, Array8]:
    """The finished picture, and where it is not the photo."""
    pose = person.pose.completed()
    agnostic = Agnostic(
        agnostic_image(person.image, person.parse, pose), agnostic_parse(person.parse, pose), person.pose.draw()
    )
    layers, changed = assemble(person, agnostic, generated, Segmentation(after), warp)
    return composite(person.image, layers, changed), changed


def worn(person: Person) -> NDArray[np.bool_]:
    return np.asarray(lip_to_segmentation(person.parse) == Seg.UPPER)


@pytest.mark.parametrize("seed", range(4))
def test_what_no_garment_touches_is_the_photo_bit_for_bit(seed: int) -> None:
    person = person_of(seed)
    mask = worn(person).astype(np.uint8) * 255
    generated = np.full_like(person.image, 77)
    image, changed = assembled(person, generated, lip_to_segmentation(person.parse), plain_warp(mask))
    assert np.array_equal(image[changed == 0], person.image[changed == 0])
    face = np.isin(person.parse, (Lip.FACE, Lip.SUNGLASSES))
    hair = shrunk_mask(np.isin(person.parse, (Lip.HAIR, Lip.HAT)), AssemblyOptions().edge * SIZE[0])
    assert (changed[face | hair] == 0).all()
    assert 0.02 < (changed > 0).mean() < 0.8


def test_the_garment_has_the_colour_of_the_cloth() -> None:
    person = person_of(0)
    clothes = worn(person)
    rng = np.random.default_rng(0)
    generated = rng.integers(0, 60, (*SIZE, 3), dtype=np.uint8)  # a generator that paints nearly black
    made = dressed(generated, clothes, plain_warp(clothes.astype(np.uint8) * 255))
    assert np.abs(np.median(made[clothes], axis=0) - RED).max() < 3


def test_cloth_goes_on_to_the_outline_where_the_warp_falls_short() -> None:
    person = person_of(0)
    clothes = worn(person)
    half = clothes.astype(np.uint8) * 255
    half[:, : SIZE[1] // 2] = 0
    made = dressed(person.image, clothes, plain_warp(half), AssemblyOptions(shading=0))
    assert (made[clothes] == RED).all()


def test_without_any_cloth_the_generator_has_its_way() -> None:
    person = person_of(0)
    generated = np.full_like(person.image, 77)
    assert (dressed(generated, worn(person), plain_warp(np.zeros(SIZE, np.uint8))) == 77).all()


def test_background_is_continued_behind_the_old_garment() -> None:
    person = person_of(0)
    photo, parse = person.image.copy(), person.parse.copy()
    parse[lip_to_segmentation(parse) == Seg.BOTTOM] = Lip.BACKGROUND
    photo[parse == Lip.BACKGROUND] = (40, 90, 140)
    bare = person = Person(photo, person.pose, parse)
    after = lip_to_segmentation(person.parse).copy()
    rows = np.flatnonzero(worn(person).any(axis=1))
    cut = slice(rows[len(rows) // 2], rows[-1] + 1)  # the new top ends at half the height of the old one
    after[cut][after[cut] == Seg.UPPER] = Seg.BACKGROUND
    mask = (after == Seg.UPPER).astype(np.uint8) * 255
    image, _ = assembled(bare, np.full_like(photo, 255), after, plain_warp(mask))
    hole = worn(person) & (after == Seg.BACKGROUND)
    hole[: rows[len(rows) // 2] + 20] = False
    assert np.abs(image[hole].astype(int) - (40, 90, 140)).mean() < 12


def test_the_same_input_gives_the_same_picture() -> None:
    person = person_of(1)
    parts = person, 255 - person.image, lip_to_segmentation(person.parse)
    warp = plain_warp(worn(person).astype(np.uint8) * 255)
    assert np.array_equal(assembled(*parts, warp)[0], assembled(*parts, warp)[0])


def test_fill_keeps_what_is_known_and_stays_within_its_range() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(50, 100, (70, 53, 3), dtype=np.uint8)
    known = rng.random((70, 53)) < 0.1
    filled = fill(picture, known)
    assert np.array_equal(filled[known], picture[known])
    assert filled.min() >= 49.9
    assert filled.max() <= 99.1
    assert np.array_equal(fill(picture, np.zeros((70, 53), bool)), picture)


def test_fill_of_a_slope_is_smooth() -> None:
    ramp = np.repeat(np.arange(64, dtype=np.uint8)[None, :, None] * 3, 48, axis=0).repeat(3, axis=2)
    known = np.ones((48, 64), bool)
    known[10:38, 20:44] = False
    assert np.abs(fill(ramp, known) - ramp).max() < 45


def test_nearest_takes_the_colour_of_the_rim() -> None:
    picture = np.zeros((9, 9, 3), np.uint8)
    picture[:, 4] = (np.arange(9) * 20)[:, None]
    known = np.zeros((9, 9), bool)
    known[:, 4] = True
    assert np.array_equal(nearest(picture, known)[:, 0], picture[:, 4])
    assert nearest(picture, np.zeros((9, 9), bool)) is picture


def test_no_white_of_the_product_photo_is_left_at_the_outline() -> None:
    person = person_of(1)
    clothes = worn(person)
    warp = plain_warp(clothes.astype(np.uint8) * 255)
    blurred = cv2.GaussianBlur(warp.cloth, (0, 0), 2.5)  # cloth and background mixed over some pixels, as in a photo
    made = dressed(person.image, clothes, Warp(warp.points, blurred, warp.mask), AssemblyOptions(shading=0))
    assert np.abs(made[clothes] - RED).max() < 40  # white would be 75 to 225 off


def test_a_strip_of_the_old_garment_that_the_parse_missed_goes_too() -> None:
    person = person_of(2)
    before = lip_to_segmentation(person.parse)
    old, backdrop = before == Seg.UPPER, before == Seg.BACKGROUND
    photo = np.full_like(person.image, 240)
    strip = grown_mask(old, 5) & backdrop
    photo[old | strip] = (20, 30, 120)
    person = replace(person, image=photo)
    after = np.where(shrunk_mask(old, 12), Seg.UPPER, np.where(old, Seg.BACKGROUND, before)).astype(np.uint8)
    warp = plain_warp((after == Seg.UPPER).astype(np.uint8) * 255)
    image, _ = assembled(person, person.image, after, warp)
    blue = (image[..., 2].astype(int) - image[..., 0] > 50) & strip
    assert blue.sum() < 0.1 * strip.sum()


def test_a_bag_without_a_label_stays_where_the_agnostic_shows_it() -> None:
    person = person_of(1)
    after = lip_to_segmentation(person.parse)
    agnostic = agnostic_image(person.image, person.parse, person.pose.completed())
    free = np.argwhere((agnostic == person.image).all(axis=2) & (after == Seg.BOTTOM))
    row, column = free[len(free) // 2]
    bag = np.zeros(SIZE, bool)
    bag[row - 6 : row + 6, column - 6 : column + 6] = True
    top = worn(person) & (np.indices(SIZE)[0] > np.argwhere(worn(person))[:, 0].mean())  # a second bag, on the top
    parse = np.where(bag | top, IGNORE, person.parse).astype(np.uint8)
    black, warp = np.zeros_like(person.image), plain_warp(worn(person).astype(np.uint8) * 255)
    image, changed = assembled(replace(person, parse=parse), black, np.where(top, Seg.BACKGROUND, after), warp)
    assert np.array_equal(image[bag], person.image[bag])
    assert (changed[shrunk_mask(top, 3)] == 255).all()


def test_a_mask_that_is_nearly_full_is_cloth() -> None:
    person = person_of(0)
    clothes = worn(person)
    nearly = plain_warp(np.where(clothes, 253, 0).astype(np.uint8))
    made = dressed(np.full_like(person.image, 77), clothes, nearly, AssemblyOptions(shading=0))
    assert (made[clothes] == RED).all()


def test_shoulders_one_above_the_other_are_no_fault() -> None:
    person = person_of(0)
    keypoints = person.pose.keypoints.copy()
    keypoints[[1, 2, 5], 0] = 190
    turned = replace(person, pose=Pose(keypoints, SIZE))
    after, warp = lip_to_segmentation(person.parse), plain_warp(worn(person).astype(np.uint8) * 255)
    with np.errstate(all="raise"):
        image, _ = assembled(turned, person.image, after, warp)
    assert np.abs(image.astype(int) - assembled(person, person.image, after, warp)[0]).mean() < 3


@pytest.mark.parametrize("predicted", [Seg.BACKGROUND, Seg.BOTTOM])
def test_trousers_go_on_below_a_shorter_top(predicted: Seg) -> None:
    person = person_of(0)
    before = lip_to_segmentation(person.parse)
    photo = person.image.copy()
    photo[before == Seg.BOTTOM] = (40, 60, 150)
    person = replace(person, image=photo)
    rows = np.flatnonzero(worn(person).any(axis=1))
    hem = rows[len(rows) * 3 // 4]
    after = before.copy()
    after[hem:][after[hem:] == Seg.UPPER] = predicted
    black = np.zeros_like(photo)  # a generator that knows nothing of trousers
    image, _ = assembled(person, black, after, plain_warp((after == Seg.UPPER).astype(np.uint8) * 255))
    below = (before == Seg.BOTTOM).any(axis=0) | (predicted == Seg.BOTTOM)
    gap = shrunk_mask(worn(person) & (after == predicted) & below, 8)
    assert gap.sum() > 300
    assert np.abs(image[gap].astype(int) - (40, 60, 150)).mean() < 12


@pytest.mark.parametrize("rows", [0, 2])
def test_without_trousers_in_the_photo_the_generator_paints_them(rows: int) -> None:
    person = person_of(0)
    parse, photo = person.parse.copy(), person.image.copy()
    lower = lip_to_segmentation(parse) == Seg.BOTTOM
    parse[lower] = Lip.DRESS  # a dress down to the knees
    parse[-rows or len(parse) :][lower[-rows or len(parse) :]] = Lip.PANTS
    photo[worn(person) | lower] = (200, 30, 30)
    dress = replace(person, parse=parse, image=photo)
    after = lip_to_segmentation(person.parse)  # a top and trousers
    blue = np.full_like(photo, (40, 60, 150))
    image, _ = assembled(dress, blue, after, plain_warp(worn(person).astype(np.uint8) * 255))
    legs = shrunk_mask(lower, 6)
    assert legs.sum() > 1000
    assert np.abs(image[legs].astype(int) - (40, 60, 150)).mean() < 6


def test_a_gap_between_arm_and_body_shows_the_background_and_no_trousers() -> None:
    person = person_of(0)
    before = lip_to_segmentation(person.parse)
    photo = person.image.copy()
    photo[before == Seg.BACKGROUND], photo[before == Seg.BOTTOM] = (90, 160, 60), (40, 60, 150)
    rows, columns = np.nonzero(worn(person))
    middle = int(np.median(rows)), int(np.median(columns))
    assert (before[middle[0] :, middle[1]] == Seg.BOTTOM).any()  # trousers lie below it
    gap = np.zeros(SIZE, bool)
    gap[middle[0] - 20 : middle[0] + 20, middle[1] - 12 : middle[1] + 12] = True
    after = np.where(gap, Seg.BACKGROUND, before).astype(np.uint8)
    warp = plain_warp((after == Seg.UPPER).astype(np.uint8) * 255)
    image, _ = assembled(replace(person, image=photo), np.zeros_like(photo), after, warp)
    assert np.abs(image[shrunk_mask(gap, 4)].astype(int) - (90, 160, 60)).mean() < 25
