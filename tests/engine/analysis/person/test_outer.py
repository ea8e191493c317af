"""Coats and things that a network of their own has seen, in the parse."""

import numpy as np

from engine.analysis.person.colours import smooth_lab
from engine.analysis.person.outer import things_in, with_cloth_beside_things, with_outer
from engine.arrays import Labels, Planes
from engine.category import UPPER
from engine.category.agnostic import agnostic_parse
from engine.imaging.guided import GuidedFilter
from engine.labels import IGNORE, Lip, Outer
from tests.engine.analysis.person.test_open_coat import somebody

SIZE = (256, 192)
BAG = slice(150, 200), slice(120, 150)
LEFT = slice(0, 256), slice(0, 80)
GREY = np.full((*SIZE, 3), 128, np.uint8)
GUIDED = GuidedFilter(GREY)


def outer(coat: tuple[slice, slice] | None = None, *things: tuple[slice, slice], sure: float = 0.95) -> Planes:
    """What a network says: so sure of a coat, or of none, everywhere, and of things."""
    planes = np.zeros((3, *SIZE), np.float32)
    planes[Outer.COAT], planes[Outer.NOTHING] = 1 - sure, sure
    if coat is not None:
        planes[Outer.COAT][coat], planes[Outer.NOTHING][coat] = sure, 1 - sure
    for place in things:
        planes[:, *place] = 0.05
        planes[Outer.THING, *place] = 0.9
    return planes


def dressed() -> Labels:
    """Upper clothes, three quarters of them called a coat and the rest, on the right, a top, above trousers."""
    parse = np.zeros(SIZE, np.uint8)
    parse[40:200, 40:100], parse[40:200, 100:120], parse[200:, 40:120] = Lip.COAT, Lip.UPPER, Lip.PANTS
    return parse


def test_a_coat_is_where_it_is_seen_among_the_upper_clothes_alone() -> None:
    parse = dressed()
    made = with_outer(parse, outer(LEFT), GUIDED)
    assert (made[40:200, 40:79] == Lip.COAT).all()
    assert (made[40:200, 81:120] == Lip.UPPER).all(), "also what the parse called a coat"
    assert (made[200:, 40:120] == Lip.PANTS).all()
    assert (made[:40] == Lip.BACKGROUND).all()
    dress = with_outer(np.where(parse == Lip.UPPER, np.uint8(Lip.DRESS), parse), outer(), GUIDED)
    assert (dress[40:200, 100:120] == Lip.DRESS).all()


def test_of_what_leaves_doubt_all_is_what_the_parse_has_most_of() -> None:
    part = slice(0, 256), slice(0, 70)
    assert (with_outer(dressed(), outer(part, sure=0.7), GUIDED)[40:200, 40:120] == Lip.COAT).all()
    told = with_outer(dressed(), outer(part, sure=0.9), GUIDED)
    assert {Lip.COAT, Lip.UPPER} == set(np.unique(told[40:200, 40:120]).tolist())


def test_without_such_a_network_upper_clothes_are_a_coat_as_a_whole_or_none() -> None:
    parse = dressed()
    assert (with_outer(parse, None, GUIDED)[40:200, 40:120] == Lip.COAT).all()
    parse[40:200, 80:100] = Lip.UPPER
    assert (with_outer(parse, None, GUIDED)[40:200, 40:120] == Lip.UPPER).all(), "half of it is not most"


def test_a_coat_of_which_the_parse_knows_nothing_is_a_top_with_a_thing_before_it() -> None:
    parse = np.where(dressed() == Lip.COAT, np.uint8(Lip.UPPER), dressed())
    parse[40:200, 40:55] = Lip.COAT
    assert not (with_outer(parse, outer((slice(0, 256), slice(0, 75))), GUIDED) == Lip.COAT).any()


def test_a_thing_has_no_class_and_a_speck_is_none() -> None:
    parse = dressed()
    made = with_outer(parse, outer(None, BAG, (slice(20, 23), slice(20, 23))), GUIDED)
    inner = slice(158, 192), slice(127, 143)  # a grey picture has no edges to go by
    assert (made[inner] == IGNORE).all()
    assert not (made[:140] == IGNORE).any()
    assert (made == IGNORE).sum() < 1.1 * np.zeros(SIZE)[BAG].size
    plain = with_outer(parse, outer(), GUIDED)
    assert np.array_equal(made[made != IGNORE], plain[made != IGNORE])


def test_a_coat_goes_on_to_the_hair_and_what_is_below_it_does_not_give_way() -> None:
    parse = dressed()
    parse[20:100, 30:44] = Lip.HAIR
    coat = outer((slice(90, 256), slice(0, 80)))
    coat[:, 90:110, :48] = outer()[:, 90:110, :48]  # strands leave doubt
    made = with_outer(parse, coat, GUIDED)
    assert (made[102:140, 40:46] == Lip.COAT).all()
    assert (made[102:180, 82:118] == Lip.UPPER).all()


def test_a_coat_that_is_seen_beside_hair_stays_where_the_rest_is_none() -> None:
    parse, picture = dressed(), GREY.copy()
    parse[20:60, 40:120], picture[:70] = Lip.HAIR, 10
    made = with_outer(parse, outer((slice(0, 70), slice(0, 192))), GuidedFilter(picture))
    assert (made[61:68, 50:110] == Lip.COAT).all()
    assert (made[72:, 50:110] != Lip.COAT).all()


def test_a_hand_that_holds_a_thing_stays_a_hand() -> None:
    parse = dressed()
    parse[160:190, 130:145] = Lip.LEFT_ARM
    made = with_outer(parse, outer(None, (slice(130, 220), slice(110, 170))), GUIDED)
    assert (made[160:190, 130:145] == Lip.LEFT_ARM).all()
    assert (made[140:158, 125:150] == IGNORE).all()


def test_a_print_on_the_clothes_is_no_thing_and_a_strap_that_leaves_them_is_one() -> None:
    parse = dressed()
    patch, strap = (slice(100, 130), slice(70, 100)), (slice(20, 160), slice(50, 66))
    assert not (with_outer(parse, outer(None, patch), GUIDED) == IGNORE).any()
    assert (with_outer(parse, outer(None, strap), GUIDED)[60:140, 57:59] == IGNORE).all()


def test_lines_between_classes_that_somebody_left_open_are_no_things() -> None:
    parse = somebody().parse.copy()
    parse[100, :], parse[:, 90] = IGNORE, IGNORE
    assert not things_in(parse).any()
    assert not things_in(parse.repeat(4, axis=0).repeat(4, axis=1)).any(), "nor four pixels wide in a larger one"
    assert not things_in(somebody().parse).any()
    parse[BAG] = IGNORE
    found = things_in(parse)
    assert found[BAG].mean() > 0.98
    assert found.sum() < 1.1 * found[BAG].sum()


def test_what_a_thing_hides_is_open_to_the_networks_as_background() -> None:
    person = somebody()
    parse = person.parse.copy()
    parse[BAG] = IGNORE
    agnostic = agnostic_parse(parse, person.pose, UPPER)
    assert (agnostic[BAG] == Lip.BACKGROUND).all()


def test_what_of_a_sleeve_was_taken_for_a_bags_strap_is_the_sleeves() -> None:
    parse = np.zeros((512, 384), np.uint8)
    parse[100:400, 80:280] = Lip.UPPER
    parse[100:400, 230:280] = Lip.COAT
    parse[400:] = Lip.PANTS
    bag = slice(250, 370), slice(200, 320)
    parse[bag] = IGNORE
    picture = np.full((512, 384, 3), 220, np.uint8)
    picture[100:400, 80:280], picture[400:] = (60, 90, 190), (70, 70, 60)
    inner = slice(270, 370), slice(215, 320)
    picture[bag], picture[inner] = (60, 90, 190), (150, 90, 40)
    made = with_cloth_beside_things(smooth_lab(picture), parse)
    assert (made[274:366, 219:316] == IGNORE).all()
    assert (made[252:366, 202:211] == Lip.UPPER).mean() > 0.95
    assert (made[252:266, 240:276] == Lip.COAT).mean() > 0.9, "of what is worn beside it"
    assert np.array_equal(made[:245], parse[:245])
    assert np.array_equal(made[400:], parse[400:])
    dark = np.where(picture == (60, 90, 190), (20, 20, 40), picture).astype(np.uint8)
    assert np.array_equal(with_cloth_beside_things(smooth_lab(dark), parse), parse), "its frame may be as dark"
    picture[inner] = (60, 90, 190)
    assert np.array_equal(with_cloth_beside_things(smooth_lab(picture), parse), parse), "a bag of the top's colour"


def test_a_strap_that_would_be_cut_off_its_bag_keeps_what_is_around_it() -> None:
    parse = np.zeros((512, 384), np.uint8)
    parse[100:400, 80:280] = Lip.UPPER
    parse[180:250, 215:255], parse[250:370, 200:320] = IGNORE, IGNORE
    picture = np.full((512, 384, 3), 220, np.uint8)
    picture[100:400, 80:280], picture[250:370, 200:320] = (60, 90, 190), (150, 90, 40)
    around = slice(185, 240), slice(217, 253)
    assert (with_cloth_beside_things(smooth_lab(picture), parse)[around] == Lip.UPPER).mean() > 0.9
    strap = slice(180, 235), slice(231, 239)
    picture[strap] = (150, 90, 40)
    made = with_cloth_beside_things(smooth_lab(picture), parse)
    assert things_in(made)[strap].all()
