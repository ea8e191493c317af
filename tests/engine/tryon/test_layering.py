"""The picture is laid together of photo, cloth and the generator's picture, each where it knows best."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.category.agnostic import agnostic_image, agnostic_parse
from engine.imaging.colour_bleed import distance_from, grown_mask, shrunk_mask
from engine.labels import IGNORE, Lip, Seg
from engine.tryon.compositing import composite
from engine.tryon.layering import far_from_sleeves, layered, with_detail
from engine.tryon.photo_parse import photo_labels
from engine.values import Agnostic, Person, Segmentation, Warp
from tests.rendered import rendered_pair

Array8 = NDArray[np.uint8]
SIZE = (512, 384)
RED, BLUE = (180, 40, 30), (40, 90, 140)


def person_of(seed: int) -> Person:
    pair = rendered_pair(seed, SIZE)
    return Person(pair.image, pair.pose, pair.parse)


def agnostic_of(person: Person) -> Agnostic:
    pose = person.pose.completed()
    picture, parse = agnostic_image(person.image, person.parse, pose), agnostic_parse(person.parse, pose)
    return Agnostic(picture, parse, person.pose.draw())


def labels_of(person: Person) -> Array8:
    return photo_labels(person, agnostic_of(person), knows_neck=True)


def plain(colour: tuple[int, int, int]) -> Array8:
    return np.full((*SIZE, 3), colour, dtype=np.uint8)


def warp_of(cloth: Array8, region: NDArray[np.bool_]) -> Warp:
    return Warp(None, cloth, region.astype(np.uint8) * 255)


def finished(person: Person, generated: Array8, after: Array8, warp: Warp) -> tuple[Array8, Array8]:
    """The finished picture, and where it is not the photo."""
    knows_neck = bool((after == Seg.NECK).any())
    layers, changed = layered(person, agnostic_of(person), generated, Segmentation(after), warp, knows_neck=knows_neck)
    return composite(person.image, layers, changed), changed


@pytest.mark.parametrize("seed", range(4))
def test_what_no_garment_touches_is_the_photo_bit_for_bit(seed: int) -> None:
    person = person_of(seed)
    after = labels_of(person)
    image, changed = finished(person, plain((77, 77, 77)), after, warp_of(plain(RED), after == Seg.UPPER))
    assert np.array_equal(image[changed == 0], person.image[changed == 0])
    head = np.isin(person.parse, (Lip.FACE, Lip.SUNGLASSES, Lip.HAIR, Lip.HAT))
    between_strands = (person.parse == Lip.HAIR) & grown_mask(after == Seg.UPPER, 40 / 1024 * SIZE[0])
    assert (changed[head & ~between_strands] == 0).all()
    assert 0.02 < (changed > 0).mean() < 0.8


def test_broad_colours_are_the_generators_and_fine_detail_is_the_cloths() -> None:
    person = person_of(0)
    garment = labels_of(person) == Seg.UPPER
    stripes = plain(RED)
    stripes[::4], stripes[1::4] = 255, 255
    broad = np.full((*SIZE, 3), 100, dtype=np.float32)
    made = with_detail(broad, warp_of(stripes, garment), garment)
    inner = shrunk_mask(garment, 12)
    assert abs(made[inner].mean() - 100) < 3
    assert made[..., 1][inner].std() > 80
    assert (made[~grown_mask(garment, 6)] == 100).all()


def test_a_print_that_the_generator_blurs_keeps_its_colours_in_the_light_of_the_cloth_around() -> None:
    garment = np.ones(SIZE, bool)
    cloth = plain((235, 235, 235))
    cloth[212:224, 172:184] = (20, 20, 30)  # a print
    light = np.float32(0.9)
    broad = np.full((*SIZE, 3), 235 * light, np.float32)
    broad[208:228, 168:188] = 150  # washed out
    made = with_detail(broad, warp_of(cloth, garment), garment)
    assert made[215:221, 175:181].mean() < 40
    assert np.abs(made[220, 60] - 235 * light).max() < 2
    assert np.abs(made[218, 196] - 235 * light).max() < 12, "no halo"


def test_stripes_go_on_in_a_gap_that_was_painted_in_their_mean_colour() -> None:
    garment = np.ones(SIZE, bool)
    region = garment.copy()
    region[200:400, 180:210] = False
    stripes = plain((200, 200, 200))
    stripes[::8], stripes[1::8], stripes[2::8] = 90, 90, 90
    made = with_detail(np.full((*SIZE, 3), 170, np.float32), warp_of(stripes, region), garment)
    middle, beside = made[260:340, 190:200], made[260:340, 100:140]
    assert beside.std() > 20
    assert np.abs(middle.mean(axis=1) - beside.mean(axis=1)).max() < 1


def test_far_from_what_is_laid_the_generator_paints() -> None:
    garment = np.ones(SIZE, bool)
    region = np.zeros(SIZE, bool)
    region[:, :60] = True
    made = with_detail(np.full((*SIZE, 3), 170, np.float32), warp_of(plain((30, 30, 30)), region), garment)
    assert np.abs(made[:, 200:] - 170).max() < 1


def test_the_garment_is_cut_out_along_the_parse_at_full_size() -> None:
    person = person_of(0)
    after = labels_of(person)
    garment = after == Seg.UPPER
    generated = np.where(garment[..., None], plain(RED), plain(BLUE))
    image, _ = finished(person, generated, after, warp_of(plain(RED), garment & False))
    inner = shrunk_mask(garment, 2) & ~grown_mask(after == Seg.HAIR, 40 / 1024 * SIZE[0])
    assert np.abs(image[inner].astype(int) - RED).max() < 40
    assert np.abs(image[inner].astype(int) - RED).mean() < 4


def test_background_is_continued_behind_the_old_garment() -> None:
    person = person_of(0)
    photo = person.image.copy()
    photo[person.parse == Lip.BACKGROUND] = BLUE
    person = Person(photo, person.pose, person.parse)
    after = labels_of(person)
    rows = np.flatnonzero((after == Seg.UPPER).any(axis=1))
    cut = slice(rows[len(rows) // 2], None)  # the new top ends at half the height of the old one
    hole = np.zeros(SIZE, bool)
    hole[cut] = after[cut] == Seg.UPPER
    after[hole] = Seg.BACKGROUND
    image, _ = finished(person, plain((255, 255, 255)), after, warp_of(plain(RED), after == Seg.UPPER))
    hole[: cut.start + 8] = False
    assert np.abs(image[shrunk_mask(hole, 4)].astype(int) - BLUE).mean() < 12


def test_what_the_generator_takes_to_lie_on_a_wall_with_texture_tells_half_of_what_goes_on_there() -> None:
    person = person_of(0)
    kinds = np.where(np.arange(SIZE[1]) < SIZE[1] // 2, 1, 0)[None, :, None] > 0
    noise = np.random.default_rng(0).integers(-40, 41, (SIZE[0] // 4, SIZE[1] // 4, 1)).repeat(4, 0).repeat(4, 1)
    wall = np.where(kinds, (60, 120, 60), (150, 100, 60)) + noise
    behind = person.parse == Lip.BACKGROUND
    photo = np.where(behind[..., None], wall, person.image).clip(0, 255).astype(np.uint8)
    after = labels_of(person)
    rows = np.flatnonzero((after == Seg.UPPER).any(axis=1))
    hole = (after == Seg.UPPER) & (np.arange(SIZE[0]) > rows[len(rows) // 2])[:, None]
    after[hole] = Seg.BACKGROUND
    inner = shrunk_mask(hole, 10)
    means = []
    for painted in ((60, 120, 60), (150, 100, 60)):
        generated = np.where(hole[..., None], np.uint8(painted), photo)
        image, _ = finished(
            Person(photo, person.pose, person.parse), generated, after, warp_of(plain(RED), after == Seg.UPPER)
        )
        fine = image[..., 0] - cv2.GaussianBlur(image[..., 0].astype(np.float32), (0, 0), 3)
        assert fine[inner].std() > 4, "with texture"
        means.append(image[inner].mean(axis=0))
    assert np.abs(means[1] - means[0] - (45, -10, 0)).max() < 8
    assert np.abs((means[0] + means[1]) / 2 - (105, 110, 60)).max() < 15, "the rest is told by both sides"


def test_where_a_wall_with_shapes_goes_on_there_is_no_seam() -> None:
    """Steps around the photo's pure background are no larger than the wall's own are there."""
    person = person_of(0)
    shapes = np.random.default_rng(0).integers(40, 220, (32, 24, 3)).astype(np.float32)
    wall = cv2.resize(shapes, SIZE[::-1], interpolation=cv2.INTER_CUBIC).clip(0, 255).astype(np.uint8)
    background = person.parse == Lip.BACKGROUND
    after = labels_of(person)
    columns = np.flatnonzero((after == Seg.UPPER).any(axis=0))
    hole = (after == Seg.UPPER) & (np.arange(SIZE[1]) < columns[0] + 24)  # a wide sleeve has come off
    after[hole] = Seg.BACKGROUND
    photo = replace(person, image=np.where(background[..., None], wall, person.image))
    image, _ = finished(photo, plain((128, 128, 128)), after, warp_of(plain(RED), after == Seg.UPPER))
    seam = (np.abs(distance_from(~background) - 9) < 1.2) & grown_mask(hole, 14)
    reds = (one[..., 0].astype(np.float32) for one in (image, wall))
    made, own = (np.hypot(cv2.Sobel(one, -1, 1, 0), cv2.Sobel(one, -1, 0, 1))[seam].mean() for one in reds)
    assert made < 1.05 * own


def bare_arm(person: Person) -> NDArray[np.bool_]:
    """What of the arms the agnostic picture hides, away from the garment."""
    labels, agnostic = labels_of(person), agnostic_of(person)
    hidden = (agnostic.image == 128).all(axis=2) & np.isin(labels, (Seg.LEFT_ARM, Seg.RIGHT_ARM))
    return hidden & ~grown_mask(labels == Seg.UPPER, 12)


def long_armed() -> Person:
    return next(person for person in map(person_of, range(20)) if shrunk_mask(bare_arm(person), 4).sum() > 200)


@pytest.mark.parametrize("wall", ["plain", "striped"])
def test_rings_around_the_old_garment_go_from_a_plain_wall_alone(wall: str) -> None:
    person = person_of(1)
    background, old = person.parse == Lip.BACKGROUND, labels_of(person) == Seg.UPPER
    image = np.where(background[..., None], np.uint8(225), person.image)
    if wall == "striped":
        image[(np.arange(SIZE[0]) % 40 < 12)[:, None] & background] = 90
    away = distance_from(old)
    ring = background & (away > 10) & (away < 12) & (distance_from(~background & ~old) > 20)
    image[ring] = 160
    person = replace(person, image=image)
    after = np.where(grown_mask(~old, 12) & old, np.uint8(Seg.BACKGROUND), labels_of(person))  # a narrower garment
    picture, _ = finished(person, plain((77, 77, 77)), after, warp_of(plain(RED), after == Seg.UPPER))
    assert ring.sum() > 100
    left = np.abs(picture[ring].astype(int) - image[ring]).max(axis=1) == 0
    assert left.all() if wall == "striped" else np.abs(picture[ring].astype(int) - 225).mean() < 12


def test_a_wall_in_another_light_near_somebody_gets_no_edge_where_rings_end() -> None:
    """What replaces them is continued from further away, where a soft shadow is less dark."""
    person = person_of(0)
    background, old = person.parse == Lip.BACKGROUND, labels_of(person) == Seg.UPPER
    shadow = 20 * np.exp(-distance_from(~background) / 60)[..., None]
    image = np.where(background[..., None], 225 - shadow, person.image).astype(np.uint8)
    after = labels_of(person)
    picture, _ = finished(replace(person, image=image), plain(RED), after, warp_of(plain(RED), old))
    moved, away = np.abs(picture.astype(int) - image).max(axis=2), distance_from(old)
    free = background & (distance_from(after == Seg.HAIR) > 16)
    near, far = (moved[free & (np.abs(away - pixels) < 1)].mean() for pixels in (4, 26))
    assert near > 8, "rings go"
    assert far < 2


def test_single_hairs_before_a_plain_wall_stay() -> None:
    person = person_of(0)
    background, hair = person.parse == Lip.BACKGROUND, person.parse == Lip.HAIR
    image = np.where(background[..., None], np.uint8(225), person.image)
    strands = background & (distance_from(hair) < 6) & (distance_from(labels_of(person) == Seg.UPPER) > 12)
    image[strands & (np.arange(SIZE[0]) % 3 == 0)[:, None]] = 90
    after = labels_of(person)
    picture, _ = finished(replace(person, image=image), plain(RED), after, warp_of(plain(RED), after == Seg.UPPER))
    assert strands.sum() > 100
    assert np.array_equal(picture[strands], image[strands])


def test_a_bare_arm_that_a_sleeve_covers_leaves_no_rim_beside_it() -> None:
    person = long_armed()
    labels, background = labels_of(person), person.parse == Lip.BACKGROUND
    arms = np.isin(labels, (Seg.LEFT_ARM, Seg.RIGHT_ARM))
    image = np.where(background[..., None], np.uint8(225), person.image)
    person = replace(person, image=np.where(arms[..., None], np.uint8((150, 90, 60)), image))
    person = replace(person, image=cv2.GaussianBlur(person.image, (0, 0), 1.5))
    after = np.where(arms, np.uint8(Seg.UPPER), labels)
    picture, _ = finished(person, plain(RED), after, warp_of(plain(RED), after == Seg.UPPER))
    beside = (
        background & (distance_from(arms) >= 2) & (distance_from(arms) < 4) & (distance_from(~background & ~arms) > 8)
    )
    darker = (225 - person.image[beside].astype(int)).max(axis=1)
    rim = beside.copy()
    rim[beside] = darker > 12
    assert rim.sum() > 50
    assert np.abs(picture[rim].astype(int) - 225).max(axis=1).mean() < 0.4 * darker[darker > 12].mean()


def test_a_bare_arm_stays_the_photos_own_where_the_generator_expects_one() -> None:
    person = long_armed()
    after, arm = labels_of(person), shrunk_mask(bare_arm(person), 6)
    skin = np.median(person.image[bare_arm(person)], axis=0).astype(np.uint8)
    image, _ = finished(person, plain(tuple(skin)), after, warp_of(plain(RED), after == Seg.UPPER))
    assert np.array_equal(image[arm], person.image[arm])


def test_a_piece_of_the_old_sleeve_that_the_parse_took_for_skin_goes() -> None:
    person = long_armed()
    after, arm = labels_of(person), bare_arm(person)
    skin = np.median(person.image[arm], axis=0).astype(np.uint8)
    photo = np.where(arm[..., None], np.uint8(10), person.image)
    sleeved = Person(photo, person.pose, person.parse)
    image, _ = finished(sleeved, plain(tuple(skin)), after, warp_of(plain(RED), after == Seg.UPPER))
    inner = shrunk_mask(arm, 6)
    assert np.abs(image[inner].astype(int) - skin).mean() < 15


@pytest.mark.parametrize(("gap", "goes"), [(8, True), (25, False)])
def test_a_narrow_remnant_of_the_old_collar_goes_from_the_throat_and_a_necklace_higher_up_stays(
    gap: int, goes: bool
) -> None:
    person = person_of(4)
    labels = labels_of(person)
    throat, old = labels == Seg.NECK, labels == Seg.UPPER
    photo = np.where(throat[..., None], np.uint8((200, 150, 130)), person.image)
    line = throat & (np.abs(distance_from(old) - gap) < 1.5)
    photo[line] = (245, 235, 230)
    painted = plain((200, 150, 130))
    image, _ = finished(Person(photo, person.pose, person.parse), painted, labels, warp_of(plain(RED), old))
    seen = shrunk_mask(throat, 4) & line
    assert np.count_nonzero(seen) > 20
    assert (np.abs(image[seen].astype(int) - painted[seen]).mean() < 12) == goes


def test_an_arms_dark_outline_in_the_generators_picture_is_no_reason_to_paint_the_photos_arm_anew() -> None:
    person = long_armed()
    after, arm = labels_of(person), bare_arm(person)
    skin = np.median(person.image[arm], axis=0).astype(np.uint8)
    generated = plain(tuple(skin))
    generated[grown_mask(~arm, 6) & arm] = skin // 4
    image, _ = finished(person, generated, after, warp_of(plain(RED), after == Seg.UPPER))
    inner = shrunk_mask(arm, 6)
    assert np.array_equal(image[inner], person.image[inner])


def with_bared_arm(person: Person) -> tuple[Array8, NDArray[np.bool_]]:
    """The parse of a person whose sleeve is gone, and where it was."""
    after = labels_of(person)
    sleeve = (after == Seg.UPPER) & (distance_from(bare_arm(person)) < 60)
    after[sleeve] = Seg.RIGHT_ARM if (after == Seg.RIGHT_ARM).sum() > (after == Seg.LEFT_ARM).sum() else Seg.LEFT_ARM
    return after, sleeve


@pytest.mark.parametrize(("rim", "kept"), [((120, 90, 78), True), ((255, 250, 250), False)])
def test_new_skin_is_as_dark_at_its_outline_as_the_generator_paints_it_and_never_lighter(
    rim: tuple[int, int, int], kept: bool
) -> None:
    """What is darker is shade, what is lighter the wall's light."""
    person = long_armed()
    after, sleeve = with_bared_arm(person)
    generated = plain((200, 150, 130))
    turned = grown_mask(~sleeve, 6) & ~grown_mask(~sleeve, 3)
    generated[turned | ~sleeve] = rim
    image, _ = finished(person, generated, after, warp_of(plain(RED), after == Seg.UPPER))
    ratio = image[turned].mean() / image[shrunk_mask(sleeve, 14)].mean()
    assert ratio < 0.8 if kept else 0.9 < ratio < 1.1  # 1.6 where it is taken


@pytest.mark.parametrize("place", [(301, 201), (0, 383), (511, 0)])
def test_a_speck_of_skin_is_no_trouble(place: tuple[int, int]) -> None:
    person = person_of(0)
    after = labels_of(person)
    after[np.isin(after, (Seg.LEFT_ARM, Seg.RIGHT_ARM))] = Seg.UPPER
    after[place] = Seg.LEFT_ARM
    image, _ = finished(person, plain((200, 150, 130)), after, warp_of(plain(RED), after == Seg.UPPER))
    assert image.shape == person.image.shape


def test_a_bare_arm_in_other_light_than_the_painted_one_stays() -> None:
    person = long_armed()
    after, arm = labels_of(person), bare_arm(person)
    skin = np.median(person.image[np.isin(person.parse, (Lip.FACE,))], axis=0)
    sunny = np.where(arm[..., None], (skin * 1.2).clip(0, 255).astype(np.uint8), person.image)
    lit = Person(sunny, person.pose, person.parse)
    dark = tuple((skin * 0.5).astype(np.uint8))
    image, _ = finished(lit, plain(dark), after, warp_of(plain(RED), after == Seg.UPPER))
    inner = shrunk_mask(arm, 6)
    assert np.abs(image[inner].astype(int) - sunny[inner]).mean() < 3


def test_what_the_generator_paints_of_one_class_does_not_bleed_into_the_next() -> None:
    person = long_armed()
    after = labels_of(person)
    arms, garment = np.isin(after, (Seg.LEFT_ARM, Seg.RIGHT_ARM)), after == Seg.UPPER
    generated = np.where(garment[..., None], plain((255, 255, 255)), plain((90, 60, 50)))
    layers, _ = layered(
        person, agnostic_of(person), generated, Segmentation(after), warp_of(plain(RED), garment & False)
    )
    inner = shrunk_mask(arms, 5)
    assert layers[inner].max() < 140  # the white garment beside them would lift it, as it does in the small picture


def test_a_bag_without_a_label_stays_where_the_agnostic_shows_it() -> None:
    person = person_of(0)
    parse = person.parse.copy()
    bag = np.zeros(SIZE, bool)
    bag[-30:, :30] = True
    parse[bag] = IGNORE
    person = Person(person.image, person.pose, parse)
    after = labels_of(person)
    after[bag] = Seg.BACKGROUND
    image, _ = finished(person, plain((255, 0, 0)), after, warp_of(plain(RED), after == Seg.UPPER))
    shown = bag & ~(agnostic_of(person).image == 128).all(axis=2)
    assert shown.any()
    assert np.array_equal(image[shrunk_mask(shown, 4)], person.image[shrunk_mask(shown, 4)])


def test_a_network_that_knows_no_neck_leaves_the_photos() -> None:
    person = person_of(0)
    after = photo_labels(person, agnostic_of(person), knows_neck=False)
    assert Seg.NECK not in after
    _, changed = finished(person, plain((0, 255, 0)), after, warp_of(plain(RED), after == Seg.UPPER))
    top, hair = after == Seg.UPPER, after == Seg.HAIR
    ends = grown_mask(hair, 6 / 1024 * SIZE[0]) & grown_mask(
        top, 28 / 1024 * SIZE[0]
    )  # of hair, painted before the top
    neck = (person.parse == Lip.NECK) & ~grown_mask(top, 12) & ~ends
    assert neck.any()
    assert (changed[neck] == 0).all()


def test_a_mask_that_is_nearly_full_is_cloth() -> None:
    person = person_of(0)
    garment = labels_of(person) == Seg.UPPER
    nearly = Warp(None, plain(RED), np.where(garment, 252, 0).astype(np.uint8))
    broad = np.full((*SIZE, 3), 100, dtype=np.float32)
    whole = with_detail(broad, warp_of(plain(RED), garment), garment)
    assert np.array_equal(with_detail(broad, nearly, garment), whole)


def test_the_same_input_gives_the_same_picture() -> None:
    person = person_of(1)
    after = labels_of(person)
    parts = person, 255 - person.image, after, warp_of(plain(RED), after == Seg.UPPER)
    assert np.array_equal(finished(*parts)[0], finished(*parts)[0])


def test_a_picture_twice_as_large_is_laid_together_the_same() -> None:
    person = person_of(2)
    after, twice = labels_of(person), (2 * SIZE[0], 2 * SIZE[1])
    changed = finished(person, plain((90, 90, 90)), after, warp_of(plain(RED), after == Seg.UPPER))[1]
    large, labels = person.scaled(twice), after.repeat(2, axis=0).repeat(2, axis=1)
    grey, red = (plain(colour).repeat(2, axis=0).repeat(2, axis=1) for colour in ((90, 90, 90), RED))
    there = finished(large, grey, labels, warp_of(red, labels == Seg.UPPER))[1]
    assert np.abs(changed - there[::2, ::2].astype(float)).mean() < 2


def test_no_seam_between_garment_and_arm_shows_what_lies_behind_both() -> None:
    person = long_armed()
    photo = np.where((person.parse == Lip.BACKGROUND)[..., None], np.uint8(255), np.uint8(30)).repeat(3, axis=2)
    person, after = Person(photo, person.pose, person.parse), labels_of(person)
    arms, garment = np.isin(after, (Seg.LEFT_ARM, Seg.RIGHT_ARM)), after == Seg.UPPER
    dark = plain((30, 30, 30))
    image, _ = finished(person, dark, after, warp_of(dark, garment))
    seam = grown_mask(arms, 1) & grown_mask(garment, 1) & ~grown_mask(~(arms | garment), 4)
    seam &= grown_mask(shrunk_mask(garment, 6), 8)
    assert seam.sum() > 20
    assert image[seam].max() < 60  # 86 where the two soft outlines let a quarter of the white through


def test_new_skin_has_the_tone_of_the_skin_that_stays() -> None:
    person = long_armed()
    photo, bare = person.image.copy(), np.isin(person.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    photo[bare | np.isin(person.parse, (Lip.FACE, Lip.NECK))] = (200, 150, 130)
    person, after = Person(photo, person.pose, person.parse), labels_of(person)
    new = (after == Seg.UPPER) & grown_mask(bare, 20)
    after[new] = np.where(bare.any(), Seg.LEFT_ARM, 0)  # the sleeve became shorter
    painted = plain((180, 120, 90))
    image, _ = finished(person, painted, after, warp_of(plain(RED), after == Seg.UPPER))
    inner = shrunk_mask(new, 4) & grown_mask(bare, 12)
    assert inner.sum() > 50
    assert np.abs(image[inner].astype(int) - (200, 150, 130)).mean() < 15  # 30 as it was painted


@pytest.mark.parametrize(("arm", "lost"), [(300, 30), (50, 6)])
def test_where_a_sleeve_ended_the_arm_is_painted_a_little_further(arm: int, lost: int) -> None:
    """Its shadow is left on the skin below; of a hand less is given up than of a whole arm."""
    before, after = np.zeros((1024, 768), np.uint8), np.zeros((1024, 768), np.uint8)
    before[400:500, 100:180], before[500 : 500 + arm, 100:180] = Seg.UPPER, Seg.LEFT_ARM
    after[400 : 500 + arm, 100:180] = Seg.LEFT_ARM
    before[400:500, 300:380] = after[400:500, 300:380] = Seg.UPPER  # a sleeve that stays
    before[500:900, 300:380] = after[500:900, 300:380] = Seg.RIGHT_ARM
    far = far_from_sleeves(before, after)[500 : 500 + arm, 140]
    assert far[0] < 0.1
    assert (np.diff(far) >= -1e-6).all()  # no step
    assert np.diff(far).max() < 0.12
    assert far[lost // 2] < 0.5 < far[2 * lost]
    assert (far[4 * lost :] > 0.99).all()
    assert (far_from_sleeves(before, after)[:, 300:380] == 1).all()


def test_sunglasses_are_no_shade_on_a_face() -> None:
    """Arms of people who wear them came out darker than other people's."""
    person, tones = person_of(0), []
    face = np.isin(person.parse, (Lip.FACE, Lip.SUNGLASSES))
    glasses = face & (np.cumsum(face, axis=1) > 0.5 * face.sum(axis=1, keepdims=True))
    shade = np.linspace(0.5, 1, SIZE[0])[:, None, None] * np.array((220, 170, 150))
    lit = np.where(face[..., None], shade, person.image)
    for worn in (np.zeros_like(face), glasses):
        photo = np.where(worn[..., None], 12, lit).astype(np.uint8)
        parse = np.where(np.isin(person.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM)), np.uint8(Lip.UPPER), person.parse)
        parse[face], parse[worn] = Lip.FACE, Lip.SUNGLASSES
        one = Person(photo, person.pose, parse)
        after, arms = labels_of(one), np.isin(person.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))
        after[arms] = person.parse[arms] - Lip.LEFT_ARM + Seg.LEFT_ARM
        image, _ = finished(one, plain((90, 60, 50)), after, warp_of(plain(RED), after == Seg.UPPER))
        tones.append(image[shrunk_mask(arms, 4)].mean())
    assert abs(tones[1] - tones[0]) < 3, tones
