"""How far a finished try-on can be trusted, with reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isqrt
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from engine import notes
from engine.analysis.common.doubt import Doubt, doubt
from engine.analysis.garment.cut_out import AnalysedGarment
from engine.analysis.person.analyse import AnalysedPerson
from engine.analysis.person.doubts import doubts_of
from engine.analysis.person.open_coat import open_coat
from engine.arrays import Labels, Mask8
from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.labels import Seg
from engine.pose import Pose
from engine.pose.skeleton import Joint
from engine.pose.torso import torso_of
from engine.tryon.expected_error import ExpectedError, expected_error
from engine.values import Coat, Garment, Person, TryOnResult

_STRETCHED, _SQUEEZED = 3.0, 0.12  # of the median cell of the control grid
_TORSO_COVERED = 0.6  # of the torso that the new garment ought to cover
_JUDGED = (256, 192)  # the size at which patterns are judged
# LPIPS to expect of a result: a usual one; and from where on it is said. Of the 150 pairs that it was fitted to, 23 of
# the 30 worst are told and 11 of the other 120. See `engine.evaluation.warned`.
_USUAL, _DOUBTFUL = 0.1, 0.125
_VANISHED, _UNDER, _POINTS = 0.15, 0.6, 40  # of the points along an arm
_LOWER, _APART, _BODY = (0.5, 0.8), 0.05, 0.86  # of the garment's height; of those rows; of its width
_ARMS = (
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
)
_RIM = 9  # pixels that a mask may reach over the garment, both sides together
# A score below which a result is doubtful. Of 168 pictures that somebody who had not made them looked at, 37 of the 43
# that are broken, 72 of the 107 that one would send back and 10 of the other 61 are: there it was chosen.
_DOUBTED = 0.46
# what a doubt leaves of the score: judgement, not measured
_LEFT: Mapping[str, float] = MappingProxyType(
    {
        "two_people": 0.95,
        "coat": 0.45,  # enough alone: of 44 such pictures 41 would be sent back
        "small_person": 1.0,  # less sharp, and no less right
        "garment_small": 1.0,
        "hips_guessed": 0.85,
        "garment_cut": 0.85,
        "garment_worn": 0.7,
        "garment_lopsided": 0.45,  # enough alone: all of three that were marked would be sent back
        "garment_uncertain": 0.6,
        "back_view": 0.3,
        "lying": 0.4,
        "arms_crossed": 0.6,
        "side_view": 0.6,
        "long_hair": 0.6,
        "misaligned": 1.0,  # since the cloth goes on beyond the garment's edge it shows less often than it does not
        "low_confidence": 0.5,
        "much_changed": 0.8,
        "strong_pattern": 0.8,
    }
)
_OTHER_LEFT = 0.7


@dataclass(frozen=True)
class Quality:
    """score: 1 where nothing speaks against the result, towards 0 with every doubt.

    doubts: what does, where so much does that one should look; a result that is likely good has none.
    """

    score: float
    doubts: tuple[Doubt, ...]


def quality(
    result: TryOnResult, person: Person | None = None, garment: Garment | None = None, category: Category = UPPER
) -> Quality:
    """How much speaks against person, garment and result together; person and garment default to the result's own.

    Analysed ones bring their own warnings, which stay theirs; others are looked at here.
    """
    person, garment = person or result.person, garment or result.garment
    doubts = about_photos(person, garment, category)
    known = {one.code for one in doubts}
    expected = expected_error(result, _pattern(result.garment), category)
    doubts += [doubt(code) for code in _about_result(result, expected, category) if code not in known]
    left = float(np.prod([_left_by(one.code) for one in doubts]))
    score = left * min(1.0, _USUAL / expected.lpips)
    return Quality(score, tuple(doubts) if score < _DOUBTED else ())


def about_photos(person: Person, garment: Garment, category: Category = UPPER) -> list[Doubt]:
    """What there is to doubt about the two before anything is made of them."""
    doubts = list(person.warnings if isinstance(person, AnalysedPerson) else doubts_of(person, category=category))
    return doubts + list(garment.warnings if isinstance(garment, AnalysedGarment) else ())


def _left_by(code: str) -> float:
    """What was put right while the files were read speaks against nothing."""
    return 1.0 if code in notes.CODES else _LEFT.get(code, _OTHER_LEFT)


def _about_result(result: TryOnResult, expected: ExpectedError, category: Category) -> Iterator[str]:
    if result.warp.points is not None and _is_distorted(result.warp.points):
        yield "distorted"
    if _is_coat_off(result):
        yield "coat"
    if _is_outline_uncertain(result, category):
        yield "outline_uncertain"
    if expected.lpips > _DOUBTFUL:
        yield from expected.reasons


def _is_coat_off(result: TryOnResult) -> bool:
    """Whether a coat that could stay on was taken off."""
    kept = result.values.get(Coat.stage)
    return isinstance(kept, Coat) and not kept.stays.any() and bool(open_coat(result.person).any())


def _is_distorted(points: NDArray[np.float32]) -> bool:
    """Whether a cell of the control grid is turned over, or far larger or smaller than the others.

    points: (n * n, 2), x outer and y inner, as `engine.networks.tps.rest_points`.
    """
    side = isqrt(len(points))
    grid = points.reshape(side, side, 2).astype(np.float64)
    across, down = grid[1:, :-1] - grid[:-1, :-1], grid[:-1, 1:] - grid[:-1, :-1]
    areas = across[..., 0] * down[..., 1] - across[..., 1] * down[..., 0]
    middle = float(np.median(areas))
    return middle <= 0 or float(areas.max()) > _STRETCHED * middle or float(areas.min()) < _SQUEEZED * middle


def _is_outline_uncertain(result: TryOnResult, category: Category) -> bool:
    """Whether much of the torso is predicted to be something else, or arms get lost."""
    try:
        torso = torso_of(result.person.pose.completed())
    except TryOnError:
        return True
    if _are_arms_lost(result, result.person.pose, category):
        return True
    covered = result.segmentation.labels[torso] == category.garment
    return bool(category.torso and torso.any() and covered.mean() < _TORSO_COVERED)


def _are_arms_lost(result: TryOnResult, pose: Pose, category: Category) -> bool:
    """Whether an arm of the pose is predicted to be background, or both forearms to lie under a garment that has no
    sleeves so long."""
    labels, found = result.segmentation.labels, pose.scaled(result.segmentation.labels.shape[:2])
    arms = [[_along(labels, found, part) for part in pairwise(joints)] for joints in _ARMS]
    if any((part == Seg.BACKGROUND).mean() > _VANISHED for parts in arms for part in parts if part.size):
        return True
    forearms = [parts[-1] for parts in arms]
    under = all(part.size and (part == category.garment).mean() > _UNDER for part in forearms)
    return under and category.torso and not _reach_down(result.garment.mask)


def _along(labels: Labels, pose: Pose, joints: tuple[Joint, Joint]) -> Labels:
    """The labels on the line between two joints; none where one was not found."""
    if not all(map(pose.found, joints)):
        return labels[:0, 0]
    start, end = (np.array(pose.point(joint)) for joint in joints)
    points = (start + np.linspace(0.1, 0.9, _POINTS)[:, None] * (end - start)).astype(int)
    columns, rows = points.clip(0, (labels.shape[1] - 1, labels.shape[0] - 1)).T
    return np.asarray(labels[rows, columns], dtype=np.uint8)


def _reach_down(mask: Mask8) -> bool:
    """Whether sleeves may hang beside the lower half of a garment (H, W), or its body is as wide as its sleeves."""
    rows, columns = (np.flatnonzero((mask > 127).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return True
    whole = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] > 127
    lower = whole[round(_LOWER[0] * len(whole)) : max(1, round(_LOWER[1] * len(whole)))]
    parts = np.count_nonzero(np.diff(lower.astype(np.int8), axis=1, prepend=0, append=0) == 1, axis=1)
    return bool((parts > 1).mean() > _APART or np.median(lower.sum(axis=1)) > _BODY * whole.shape[1])


def _pattern(garment: Garment) -> float:
    """Standard deviation of the brightness, 0..255, of a garment in its photo, seen from a little away.

    Without what light does, which is a slope or a bow over the whole garment, and without the mask's rim.
    """
    grey = cv2.cvtColor(garment.image, cv2.COLOR_RGB2GRAY)
    small, mask = (cv2.resize(one, _JUDGED[::-1], interpolation=cv2.INTER_AREA) for one in (grey, garment.mask))
    inside = cv2.erode((mask > 127).astype(np.uint8), np.ones((_RIM, _RIM), np.uint8)) > 0
    if not inside.any():
        return 0.0
    down, across = (index / side - 0.5 for index, side in zip(np.nonzero(inside), _JUDGED, strict=True))
    light = np.stack([np.ones_like(down), down, across, down**2, down * across, across**2], axis=1)
    values = small[inside].astype(np.float64)
    return float((values - light @ np.linalg.lstsq(light, values, rcond=None)[0]).std())
