"""Wrists and the parse's arms: each tells of the other.

A network that is unsure of a wrist supposes it where wrists usually are. The parse says where an arm is seen: a hand
behind the back is on no arm, and a raised one, of which few photos tell, is at the end of one, however small the map's
hint.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels, Planes
from engine.category import UPPER
from engine.imaging.colour_bleed import distance_from
from engine.imaging.components import small_parts
from engine.imaging.planes import among
from engine.labels import IGNORE
from engine.pose import Pose

_BESIDE, _STRAYING, _SURE = 0.02, 0.4, 0.5  # of the picture's height; of the forearm; confidence
_FOREARM = (0.5, 1.3)  # in upper arms: how far from the elbow a wrist may be
_UNSURE, _SEEN, _UNSEEN = 0.35, 0.6, 0.5  # confidence; share of a forearm that is its own arm's skin
_HAND, _FAR = 0.85, 0.6  # upper arms: no hand is as long; from the elbow to the tip of the skin, at least
_BESIDE_ARM, _REACH, _TIP = 0.25, 2.2, 40  # upper arms: from its bone, and from the elbow; pixels that make a tip
_TO_TIPS, _LONGEST = 1.65, 0.95  # forearms from elbow to finger tips; upper arms in a forearm, at most
_ELSEWHERE, _BARE = 0.19, 0.005  # of the height: from a wrist and a shoulder to skin
_RAISED, _ABOVE = 0.25, 0.05  # of the height: how far a raised hand is from its shoulder, and how far above it, at most
_SMALLEST, _LARGEST = 2.5e-3, 0.16  # a hand that is seen whole: of the picture, and of its height
_TO_HAND, _COVERED = 1.5, 0.8  # upper arms from elbow to hand; share of a forearm that clothes cover
_HINT = 0.008  # of the map's height, where the arm is seen anyway: an eighth of what counts as found


def without_stray_wrists(pose: Pose, parse: Labels) -> Pose:
    """The pose without unsure wrists whose forearms would lie outside the person: a hand behind the back is not seen,
    but supposed where hands usually are."""
    reach = max(1, round(_BESIDE * parse.shape[0]))
    near = cv2.dilate((parse > 0).astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), dtype=np.uint8))
    keypoints = pose.keypoints.copy()
    for _, (*_, elbow, wrist) in UPPER.limbs:
        if not (pose.found(elbow) and 0 < keypoints[wrist, 2] < _SURE):
            continue
        along = np.linspace(keypoints[elbow, :2], keypoints[wrist, :2], 25).round().astype(int)
        x, y = along[:, 0].clip(0, parse.shape[1] - 1), along[:, 1].clip(0, parse.shape[0] - 1)
        if (near[y, x] == 0).mean() > _STRAYING:
            keypoints[wrist] = 0
    return replace(pose, keypoints=keypoints)


def with_wrists_on_arms(pose: Pose, parse: Labels, heat: Planes) -> Pose:
    """The pose with wrists that were not found where their own arm's skin (H, W) and the maps (J, h, w) agree.

    The maps span the picture. An arm that is seen a forearm's length from its elbow ends there somewhere.
    """
    keypoints = pose.keypoints.copy()
    size = np.array(parse.shape[::-1]) / heat.shape[:0:-1]  # of a cell, in pixels: across, down
    for arm, (*_, shoulder, elbow, wrist) in UPPER.limbs:
        if pose.found(wrist) or not (pose.found(shoulder) and pose.found(elbow)):
            continue
        upper_arm = float(np.linalg.norm(keypoints[shoulder, :2] - keypoints[elbow, :2]))
        away = np.linalg.norm(_middles(heat.shape, size) - keypoints[elbow, :2], axis=2)
        skin = cv2.resize((parse == arm).astype(np.float32), heat.shape[:0:-1], interpolation=cv2.INTER_AREA) > 0.5
        there = skin & (away > _FOREARM[0] * upper_arm) & (away < _FOREARM[1] * upper_arm)
        likely = np.where(there, heat[wrist], 0)
        y, x = np.unravel_index(int(likely.argmax()), likely.shape)
        if likely[y, x] > _HINT:
            keypoints[wrist] = (*_middles(heat.shape, size)[y, x], likely[y, x])
    return replace(pose, keypoints=keypoints)


def with_wrists_before_tips(pose: Pose, parse: Labels) -> Pose:
    """The pose with wrists where the arm's skin (H, W) beyond the elbow tells, if that runs along a forearm and the
    pose's own is unsure and runs elsewhere, leaves more than a hand beyond it, or was not found.

    Of 607 people that changes one arm of 4: wrists 3.2, 2.3 and .9 upper arms away from the true ones are .2, .3 and .1
    away, a fourth is right by eye.
    """
    keypoints = pose.keypoints.copy()
    for arm, (*_, shoulder, elbow, wrist) in UPPER.limbs:
        skin, (root, bend, end) = parse == arm, (keypoints[joint, :2] for joint in (shoulder, elbow, wrist))
        tip = _tip(skin, root, bend) if pose.found(shoulder) and pose.found(elbow) else None
        if tip is None or keypoints[wrist, 2] >= _UNSURE:
            continue
        upper_arm, length = (float(np.linalg.norm(one - bend)) for one in (root, tip))
        goes_on = length - float(np.linalg.norm(end - bend)) > _HAND * upper_arm
        told = bend + (tip - bend) * min(1 / _TO_TIPS, _LONGEST * upper_arm / length)
        elsewhere = not pose.found(wrist) or goes_on or _share(skin, bend, end) < _UNSEEN
        if elsewhere and _share(skin, bend, told) > _SEEN:
            keypoints[wrist] = (*told, _UNSURE)
    return replace(pose, keypoints=keypoints)


def with_wrists_at_raised_hands(pose: Pose, parse: Labels) -> Pose:
    """The pose with unsure or missing wrists at a hand before the chest or the shoulder, if skin (H, W) of their arm is
    seen there and none where they are: one that holds the strap of a bag, mostly.

    Nothing but clothes lies between that hand and its elbow; what skin lies on the shoulder is no hand. Of 658 people
    that changes 2, both to the better by eye.
    """
    keypoints, height = pose.keypoints.copy(), len(parse)
    clothes = among(parse, (*UPPER.worn, *UPPER.limb_labels, IGNORE))
    for arm, (*_, shoulder, elbow, wrist) in UPPER.limbs:
        if keypoints[wrist, 2] >= _UNSURE or not (pose.found(shoulder) and pose.found(elbow)):
            continue
        away = distance_from(parse == arm) / height
        root, bend, end = (keypoints[joint, :2] for joint in (shoulder, elbow, wrist))
        if _at(away, root) < _BARE or (pose.found(wrist) and _at(away, end) < _ELSEWHERE):
            continue
        hand = _hand(parse == arm, bend)
        if hand is None:
            continue
        middle, near = hand
        raised = np.linalg.norm(middle - root) < _RAISED * height and root[1] - middle[1] < _ABOVE * height
        upper_arm, length = (float(np.linalg.norm(one - bend)) for one in (root, middle))
        reached = _FOREARM[0] * upper_arm < length < _TO_HAND * upper_arm
        if raised and reached and _share(clothes, bend, near) > _COVERED:
            keypoints[wrist] = (*near, _UNSURE)
    return replace(pose, keypoints=keypoints)


def _hand(skin: BoolMask, bend: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The middle (x, y) of the largest piece of an arm's skin (H, W), and its end towards the elbow; None where it is
    smaller or larger than a hand."""
    piece = skin & ~small_parts(skin, 8, share=1.0)
    pixels = np.argwhere(piece)[:, ::-1].astype(np.float64)
    if len(pixels) <= _SMALLEST * skin.size or np.ptp(pixels, axis=0).max() > _LARGEST * len(skin):
        return None
    nearest = np.argsort(np.linalg.norm(pixels - bend, axis=1))[:_TIP]
    return pixels.mean(axis=0), pixels[nearest].mean(axis=0)


def _at(plane: NDArray[np.floating], point: NDArray[np.floating]) -> float:
    """What a picture (H, W) has at a point (x, y)."""
    x, y = point.round().astype(int).clip(0, np.array(plane.shape[::-1]) - 1)
    return float(plane[y, x])


def _tip(skin: BoolMask, root: NDArray[np.floating], bend: NDArray[np.floating]) -> NDArray[np.float64] | None:
    """The end (x, y) of an arm's skin (H, W) beyond its elbow, `bend`; None where none is seen to go on from there."""
    bone = root - bend
    upper_arm = max(float(np.linalg.norm(bone)), 1e-6)
    pixels = np.argwhere(skin)[:, ::-1] - bend
    along, beside = pixels @ bone, np.abs(pixels @ np.array([-bone[1], bone[0]])) / upper_arm
    away = np.linalg.norm(pixels, axis=1)
    beyond = ((along <= 0) | (beside >= _BESIDE_ARM * upper_arm)) & (away < _REACH * upper_arm)
    if beyond.sum() < _TIP:
        return None
    tip = np.median(pixels[beyond][np.argsort(-away[beyond])[:_TIP]], axis=0)
    return bend + tip if float(np.linalg.norm(tip)) > _FAR * upper_arm else None


def _share(skin: BoolMask, one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Of a line between two points (x, y), how much lies on the skin (H, W)."""
    x, y = np.linspace(one, other, 40).round().astype(int).clip(0, np.array(skin.shape[::-1]) - 1).T
    return float(skin[y, x].mean())


def _middles(shape: tuple[int, ...], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """(h, w, 2): x and y in pixels of the middle of each cell of maps (J, h, w), of cells of a size (across, down)."""
    rows, columns = np.indices(shape[1:])
    return np.asarray((np.stack([columns, rows], axis=2) + 0.5) * size - 0.5, dtype=np.float64)
