"""Pieces of a top that look like trousers are the top's; the waist stays where it is."""

import numpy as np
import pytest

from engine.analysis.person.waist import with_one_waist, with_skirt_of_a_dress
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import JOINTS, Joint

WAIST = 150
NOWHERE = np.zeros((256, 192), np.bool_)


def clothes(upper: Lip = Lip.UPPER, lower: Lip = Lip.PANTS) -> np.ndarray:
    """A person 60 cells wide: a head, a top down to the waist, and trousers."""
    probabilities = np.full((20, 256, 192), 1e-3, np.float32)
    probabilities[Lip.BACKGROUND] = 1
    for label, rows in ((Lip.FACE, slice(20, 60)), (upper, slice(60, WAIST)), (lower, slice(WAIST, 256))):
        probabilities[:, rows, 66:126] = 1e-3
        probabilities[label, rows, 66:126] = 1
    return probabilities / probabilities.sum(axis=0)


@pytest.mark.parametrize("upper", [Lip.UPPER, Lip.DRESS, Lip.COAT])
@pytest.mark.parametrize("lower", [Lip.PANTS, Lip.SKIRT])
def test_a_piece_of_a_top_that_looks_like_trousers_is_the_tops(upper: Lip, lower: Lip) -> None:
    probabilities = clothes(upper, lower)
    piece = slice(95, 105), slice(80, 90)
    probabilities[lower, *piece], probabilities[upper, *piece] = 0.7, 0.25
    made = with_one_waist(probabilities, NOWHERE)
    assert (made.argmax(axis=0)[60 : WAIST - 4, 66:126] == upper).all()
    assert np.allclose(made.sum(axis=0), probabilities.sum(axis=0), atol=1e-5)


def test_the_waist_stays_and_so_does_what_is_no_clothing() -> None:
    probabilities = clothes()
    labels, made = probabilities.argmax(axis=0), with_one_waist(probabilities, NOWHERE)
    assert (made.argmax(axis=0) != labels).sum() <= 2 * 60  # a row or two of cells
    rest = [label for label in Lip if label not in (Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.PANTS, Lip.SKIRT)]
    assert np.array_equal(made[rest], probabilities[rest])


def test_a_sleeve_beside_trousers_stays_a_sleeve() -> None:
    """It is narrow, and all around it are trousers."""
    probabilities = clothes()
    sleeve = slice(160, 220), slice(120, 130)
    probabilities[:, *sleeve] = 1e-3
    probabilities[Lip.UPPER, *sleeve], probabilities[Lip.PANTS, *sleeve] = 0.6, 0.4
    there = NOWHERE.copy()
    there[sleeve] = True
    labels = [with_one_waist(probabilities, one).argmax(axis=0)[sleeve] for one in (NOWHERE, there)]
    assert (labels[0] == Lip.UPPER).mean() < 0.5
    assert (labels[1] == Lip.UPPER).all()


def test_no_clothes_at_all_are_no_trouble() -> None:
    nothing = np.zeros((20, 64, 48), np.float32)
    nothing[Lip.BACKGROUND] = 1
    assert np.array_equal(with_one_waist(nothing, np.zeros((64, 48), np.bool_)), nothing)


def somebody(clothes: Lip, beneath: Lip, tilt: int = 0, hips: bool = True) -> tuple[np.ndarray, Pose]:
    """Clothes down to the hem at row 240 of 256, something else beneath it, and hips at row 200."""
    parse = np.zeros((256, 192), np.uint8)
    parse[60:240, 60:130], parse[240:, 60:130] = clothes, beneath
    parse[100:220, 130:140] = Lip.LEFT_ARM
    keypoints = np.zeros((JOINTS, 3), np.float32)
    if hips:
        keypoints[Joint.RIGHT_HIP], keypoints[Joint.LEFT_HIP] = (75, 200 - tilt, 1), (115, 200 + tilt, 1)
    return parse, Pose(keypoints, (256, 192))


NO_SLEEVES = np.zeros((256, 192), np.bool_)


@pytest.mark.parametrize("clothes", [Lip.DRESS, Lip.COAT, Lip.UPPER])
def test_what_reaches_the_end_of_the_picture_is_a_skirt_below_the_hips(clothes: Lip) -> None:
    parse, pose = somebody(clothes, clothes)
    made = with_skirt_of_a_dress(parse, pose, NO_SLEEVES)
    assert (made[:200, 60:130] == parse[:200, 60:130]).all()
    assert (made[210:, 60:130] == Lip.SKIRT).all()
    assert (made[100:220, 130:140] == Lip.LEFT_ARM).all()


def test_a_cuff_below_the_hips_is_no_skirt() -> None:
    """It would stay at the wrist, dark as it is, below the sleeve of a short top."""
    parse, pose = somebody(Lip.DRESS, Lip.DRESS)
    cuff = NO_SLEEVES.copy()
    cuff[100:225, 130:140] = True
    parse[100:225, 130:140] = Lip.DRESS
    made = with_skirt_of_a_dress(parse, pose, cuff)
    assert (made[100:225, 130:140] == Lip.DRESS).all()
    assert (made[210:, 60:130] == Lip.SKIRT).all()


def test_the_empty_sleeve_of_a_coat_over_shoulders_is_no_skirt() -> None:
    """Its cuff stayed in the air when the coat came off."""
    parse, pose = somebody(Lip.COAT, Lip.COAT)
    parse[100:225, 20:40] = Lip.COAT
    made = with_skirt_of_a_dress(parse, pose, NO_SLEEVES)
    assert (made[100:225, 20:40] == Lip.COAT).all()
    assert (made[210:, 60:130] == Lip.SKIRT).all()


def test_a_dress_that_an_arm_parts_is_a_skirt_on_either_side() -> None:
    parse, pose = somebody(Lip.DRESS, Lip.DRESS)
    parse[:, 76:82] = np.where(parse[:, 76:82] == Lip.DRESS, Lip.RIGHT_ARM, parse[:, 76:82])
    made = with_skirt_of_a_dress(parse, pose, NO_SLEEVES)
    assert (made[210:, 60:76] == Lip.SKIRT).all()
    assert (made[210:, 82:130] == Lip.SKIRT).all()


def test_the_hem_is_as_level_as_the_hips() -> None:
    made = with_skirt_of_a_dress(*somebody(Lip.DRESS, Lip.DRESS, tilt=10), NO_SLEEVES)
    first = (made == Lip.SKIRT).argmax(axis=0)
    assert first[120] - first[70] == pytest.approx(25, abs=2)


def test_what_is_left_of_a_dress_among_skirts_is_a_skirt_too() -> None:
    """A parser that takes the lower half of a skirt for a dress: above the hips' line there is a strip left."""
    parse, pose = somebody(Lip.UPPER, Lip.DRESS)
    line = int((with_skirt_of_a_dress(parse, pose, NO_SLEEVES) == Lip.SKIRT).any(axis=1).argmax())
    parse[line - 40 : line - 10, 60:130] = Lip.SKIRT
    parse[line - 10 : line, 60:130] = Lip.DRESS
    parse[line - 10 : line, 60:70] = parse[line - 10 : line, 120:130] = Lip.SKIRT
    made = with_skirt_of_a_dress(parse, pose, NO_SLEEVES)
    assert (made[line - 40 :, 60:130] == Lip.SKIRT).all()
    assert (made[100 : line - 41, 60:130] == Lip.UPPER).all()


def test_a_piece_of_a_dress_within_a_skirt_is_the_skirt_down_to_the_edge_of_the_picture() -> None:
    """Such a piece was taken off the person, who had a hole in the skirt."""
    parse, pose = somebody(Lip.UPPER, Lip.SKIRT)
    skirt = parse.copy()
    skirt[210:240, 60:130] = Lip.SKIRT
    parse = skirt.copy()
    parse[245:, 80:100] = Lip.DRESS
    assert np.array_equal(with_skirt_of_a_dress(parse, pose, NO_SLEEVES), skirt)


def test_a_hem_that_is_seen_between_an_arm_and_trousers_is_none_of_theirs() -> None:
    parse, pose = somebody(Lip.UPPER, Lip.PANTS)
    parse[180:, 60:130] = Lip.PANTS
    parse[100:190, 110:140] = Lip.LEFT_ARM
    parse[190:220, 130:140] = Lip.PANTS
    parse[190:200, 115:130] = Lip.UPPER
    assert np.array_equal(with_skirt_of_a_dress(parse, pose, NO_SLEEVES), parse)


@pytest.mark.parametrize(("beneath", "hips"), [(Lip.PANTS, True), (Lip.SKIRT, True), (Lip.DRESS, False)])
def test_a_long_shirt_stays_whole_and_so_does_a_dress_whose_hips_are_not_seen(beneath: Lip, hips: bool) -> None:
    parse, pose = somebody(Lip.DRESS if beneath is Lip.DRESS else Lip.UPPER, beneath, hips=hips)
    assert np.array_equal(with_skirt_of_a_dress(parse, pose, NO_SLEEVES), parse)
