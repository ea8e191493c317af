"""Pieces of the garment that lie on no bone of the pose are nobody's."""

import numpy as np

from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.loose_pieces import without_loose_pieces, without_outer_strips, without_what_flies
from tests.engine.category.test_sleeves import pose, worn

PHOTO = worn(0.3, 0.3)
BLOB = slice(230, 290), slice(40, 75)  # beside the right forearm


def predicted() -> np.ndarray:
    made = worn(0.5, 0.5)
    made[BLOB] = Seg.UPPER
    return made


def test_a_piece_beside_a_bare_forearm_goes_and_the_photo_takes_its_place() -> None:
    made = without_loose_pieces(predicted(), PHOTO, pose())
    assert np.array_equal(made, worn(0.5, 0.5))
    skirt = PHOTO.copy()
    skirt[BLOB] = Seg.BOTTOM
    assert (without_loose_pieces(predicted(), skirt, pose())[BLOB] == Seg.BOTTOM).all()
    old = PHOTO.copy()
    old[BLOB] = Seg.UPPER
    assert (without_loose_pieces(predicted(), old, pose())[BLOB] == Seg.BACKGROUND).all()


def test_a_cuff_of_no_sleeve_is_bare_arm() -> None:
    """Where the old one had long sleeves, a flow may lay a piece of a short-sleeved one down to a wrist."""
    cuffed, cuff = worn(0.5, 0.5), (slice(250, 270), slice(80, 98))  # beside the trunk
    cuffed[cuff] = Seg.UPPER
    old = PHOTO.copy()
    old[cuff] = Seg.UPPER
    assert np.array_equal(without_loose_pieces(cuffed, old, pose()), worn(0.5, 0.5))
    seen = PHOTO.copy()
    seen[cuff] = Seg.BOTTOM
    assert (without_loose_pieces(cuffed, seen, pose())[cuff] == Seg.BOTTOM).all(), "as the photo shows it"
    higher, upper_arm = worn(0.1, 0.1), (slice(150, 170), slice(80, 98))
    higher[upper_arm] = Seg.UPPER
    assert np.array_equal(without_loose_pieces(higher, old, pose()), higher), (
        "what lies on an upper arm may be a sleeve"
    )
    large = worn(0.5, 0.5)
    large[250:310, 76:98] = Seg.UPPER
    assert np.array_equal(without_loose_pieces(large, old, pose()), large)


def test_a_piece_of_a_sleeve_on_its_arm_stays() -> None:
    made = worn(1.9, 1.9)
    made[180:190, 60:140] = Seg.LEFT_ARM  # the other hand, over it
    assert np.array_equal(without_loose_pieces(made, PHOTO, pose()), made)


def test_nothing_goes_where_a_limb_was_not_found() -> None:
    seen = pose(Joint.RIGHT_WRIST)
    assert np.array_equal(without_loose_pieces(predicted(), PHOTO, seen), predicted())


def test_a_wing_in_the_air_goes_and_a_wide_garment_stays() -> None:
    """A flow that lays a garment out to the edge of the picture made sleeves on a wall."""
    wide = PHOTO.copy()
    left, wide_by, far = 80, 30, 60  # pixels of 512 rows, left of the right arm
    wide[180:220, left - wide_by : left] = Seg.UPPER
    assert np.array_equal(without_what_flies(wide, PHOTO), wide)
    wing = wide.copy()
    wing[180:220, left - far : left] = Seg.UPPER
    made = without_what_flies(wing, PHOTO)
    assert (made[180:220, left - 12 : left] == Seg.UPPER).all()
    assert (made[:, : left - 14] == Seg.BACKGROUND).all()
    haired = PHOTO.copy()
    haired[120:220, 20:80] = Seg.HAIR
    assert (without_what_flies(wing, haired)[:, : left - 14] == Seg.BACKGROUND).all(), "hair is no body to hang on"
    other = wing.copy()
    other[200, 0] = Seg.BOTTOM
    assert without_what_flies(other, PHOTO)[200, 0] == Seg.BOTTOM


def striped(rows: slice, columns: slice, sleeves: float = 0.5) -> np.ndarray:
    """A parse in short sleeves with a strip of the garment beside the right arm, whose outer side is column 80."""
    made = worn(sleeves, sleeves)
    strip = made[rows, columns]
    strip[strip == Seg.BACKGROUND] = Seg.UPPER
    return made


def test_a_strip_along_the_outer_side_of_a_bare_arm_goes() -> None:
    """Flows that lay a garment beyond the arms left bands of it there, from the sleeve's end to the hand."""
    rows, columns = slice(200, 290), slice(60, 80)
    assert (striped(rows, columns) != worn(0.5, 0.5)).sum() > 500
    assert np.array_equal(without_outer_strips(striped(rows, columns), PHOTO, pose()), worn(0.5, 0.5))


def test_what_lies_between_arm_and_body_stays_and_so_do_hems_of_sleeves_and_old_clothes() -> None:
    between = striped(slice(200, 290), slice(120, 140))
    assert (between != worn(0.5, 0.5)).any()
    assert np.array_equal(without_outer_strips(between, PHOTO, pose()), between), "the body's side"
    short = striped(slice(200, 240), slice(60, 80))
    assert np.array_equal(without_outer_strips(short, PHOTO, pose()), short), "a wide sleeve's hem"
    strip = striped(slice(200, 290), slice(60, 80))
    old = PHOTO.copy()
    old[:, 60:80] = Seg.UPPER
    assert np.array_equal(without_outer_strips(strip, old, pose()), strip), "the old garment hung there"
    covered = striped(slice(200, 290), slice(60, 80), sleeves=1.9)
    assert np.array_equal(without_outer_strips(covered, PHOTO, pose()), covered), "a sleeve"


def test_the_other_arms_sleeve_beyond_a_bare_arm_stays() -> None:
    """One sleeve turned up, the other arm crosses the body and hangs beside it."""
    keypoints = np.array(pose().keypoints)
    keypoints[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST]] = [(50, 190, 1), (50, 300, 1)]
    crossed = worn(0.5, 0.5)
    crossed[190:300, 30:70] = Seg.UPPER
    assert np.array_equal(without_outer_strips(crossed, PHOTO, Pose(keypoints, PHOTO.shape)), crossed)
