"""Hands that the photo shows, which lie over any garment: sleeves end at the wrist, however long they are.

A network that predicts the parse does not see the photo, and lays sleeves and fronts over hands in front of them.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8, BoolMask, Labels
from engine.category import UPPER, Category
from engine.imaging.planes import among, box_around
from engine.labels import lip_to_segmentation
from engine.pose import Joint, Point, Pose
from engine.values import Person

_HAND, _DISC = 0.75, 0.62  # a hand's length in forearms; in its lengths the radius of the disc that it fills
_ARM = 1.65  # forearms from elbow to finger tips
_TOO_LONG = 2.2  # forearms, that reach so far only where the wrist lies too near to the elbow
_UPPER = 0.95  # a forearm in upper arms, at most
_SHORTEST = 0.08  # of the height: a shorter forearm points at the camera
_BESIDE, _GAP = 0.05, 0.03  # of the height: how far from the forearm's axis its skin lies; and between pieces of it
_ON_ARM, _BESIDE_BONE = 0.9, 0.2  # upper arms: from the shoulder, and beside its bone: where its skin is no hand
_TO_WRIST = 0.1  # of the height: from a hand's middle
_LEAST, _LONGEST = 0.06, 0.16  # of the height: a hand whose forearm points at the camera; a piece of skin


def with_hands(labels: Labels, person: Person, hands: BoolMask, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) in which no garment lies over the `hands` (H, W) of the photo."""
    seen = hands & (labels == category.garment)
    made = labels.copy()
    made[seen] = lip_to_segmentation(person.parse)[seen]
    return made


def hands_of(person: Person, category: Category = UPPER) -> BoolMask:
    """Where (H, W) the photo shows hands: skin around a limb's end, or a piece of skin no larger than a hand there."""
    pose = person.pose
    limbs = among(person.parse, category.limb_labels) & ~_upper_arms(person, category)
    if not limbs.any():
        return limbs
    ends = np.zeros(limbs.shape, np.bool_)
    for _, (*_, root, bend, end) in category.limbs:
        if pose.found(bend) and pose.found(end):
            ends |= _beyond(pose, bend, _forearm(limbs, pose, root, bend, end))
    hands, anyones = limbs & ends, _Pieces.of(limbs, pose)
    for lip, (*_, root, bend, end) in category.limbs:
        if pose.found(root) and pose.found(bend):
            own = _Pieces.of(limbs & (person.parse == lip), pose)
            for skin in (anyones, own):  # whosever, and its own where hands touch
                skin.add_nearer(hands, pose.point(end if pose.found(end) else bend), pose.point(root))
    return hands


def _upper_arms(person: Person, category: Category) -> BoolMask:
    """Small pieces of skin (H, W) on the bones of their own upper arm, which an arm behind the back leaves; before a
    folded arm a hand may lie there, with its wrist."""
    found, pose = np.zeros(person.parse.shape, np.bool_), person.pose
    for lip, (*_, root, bend, end) in category.limbs:
        if pose.found(root) and pose.found(bend):
            pieces = _Pieces.of(person.parse == lip, pose)
            bare = pieces.small & pieces.lie_on(pose.point(root), pose.point(bend))
            if pose.found(end):
                bare &= np.linalg.norm(pieces.middles - np.array(pose.point(end)), axis=1) > _TO_WRIST * pose.size[0]
            found[pieces.box] |= bare[pieces.numbers]
    return found


def _forearm(skin: BoolMask, pose: Pose, root: Joint, bend: Joint, end: Joint) -> NDArray[np.float64]:
    """From elbow to wrist (x, y); longer than the pose has it where the skin goes on too far for a hand."""
    elbow: NDArray[np.float64] = np.array(pose.point(bend))
    arm: NDArray[np.float64] = np.subtract(pose.point(end), elbow)
    length, height = float(np.linalg.norm(arm)), pose.size[0]
    if length < _SHORTEST * height or not pose.found(root):
        return arm
    away = cv2.findNonZero(skin.view(np.uint8)).reshape(-1, 2) - elbow
    along, beside = away @ arm / length, away @ np.array([-arm[1], arm[0]]) / length
    axis = np.sort(along[(np.abs(beside) < _BESIDE * height) & (along > 0)])
    breaks = np.flatnonzero(np.diff(axis) > _GAP * height)
    reach = float(axis[breaks[0] if len(breaks) else -1]) if len(axis) else 0.0
    if reach < _TOO_LONG * length:
        return arm
    upper = math.dist(pose.point(root), pose.point(bend))
    longer: NDArray[np.float64] = arm / length * max(length, min(reach / _ARM, _UPPER * upper))
    return longer


def _beyond(pose: Pose, bend: Joint, arm: NDArray[np.float64]) -> BoolMask:
    """The disc (H, W) that a hand fills which goes on from a forearm (x, y)."""
    forearm = max(math.hypot(*arm), 1e-6)
    length = max(_HAND * forearm, _LEAST * pose.size[0])
    x, y = np.round(np.array(pose.point(bend)) + arm * (1 + length / 2 / forearm)).astype(int).tolist()
    disc: Array8 = np.zeros(pose.size, np.uint8)
    cv2.circle(disc, (x, y), round(_DISC * length), 1, -1)
    return disc > 0


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Pieces of skin in a box of the picture: their numbers (h, w), which of them are no longer than a hand (N,), and
    their middles (N, 2)."""

    box: tuple[slice, slice]
    numbers: NDArray[np.int32]
    small: NDArray[np.bool_]
    middles: NDArray[np.float64]

    @classmethod
    def of(cls, skin: BoolMask, pose: Pose) -> "_Pieces":
        """Of skin (H, W)."""
        box = box_around(skin, 1)
        _, numbers, stats, middles = cv2.connectedComponentsWithStats(skin[box].astype(np.uint8))
        small = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) <= _LONGEST * pose.size[0]
        small[0] = False  # what is no skin
        return cls(box, np.asarray(numbers, dtype=np.int32), small, middles + np.array((box[1].start, box[0].start)))

    def add_nearer(self, hands: BoolMask, end: Point, root: Point) -> None:
        """Add small pieces that are nearer to a limb's end than to its root; `hands` (H, W) is changed."""
        far, near = (np.linalg.norm(self.middles - np.array(joint), axis=1) for joint in (root, end))
        hands[self.box] |= (self.small & (near < far))[self.numbers]

    def lie_on(self, root: Point, bend: Point) -> BoolMask:
        """Which pieces (N,) have their middle on the bone of an upper arm, away from the elbow."""
        way = np.subtract(bend, root)
        length, away = max(float(np.linalg.norm(way)), 1e-6), self.middles - np.array(root)
        along, beside = away @ way / length, away @ np.array([-way[1], way[0]]) / length
        return np.asarray((along > 0) & (along < _ON_ARM * length) & (np.abs(beside) < _BESIDE_BONE * length))
