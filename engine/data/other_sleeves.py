"""Bare arms as if the person had worn sleeves, and sleeves as if the arms had been bare, for the agnostic parse alone.

The agnostic parse is cleared along the arms, but what of an arm lies beside the drawn lines stays. In a paired sample
that betrays whether the new garment has sleeves, and a network that reads it puts a short-sleeved top on like the coat
that somebody wore before. So some samples show what people of other sleeves would.
"""

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.data.sample import Sample
from engine.pose import Joint, Pose

_THICKEST, _THINNEST = 70 / 1024, 45 / 1024  # half an arm, of the height
_CUFF = (0.8, 1.1)  # where sleeves end, along the forearm


def with_other_sleeves(sample: Sample, rng: np.random.Generator) -> Sample:
    """The sample with `before`: sleeves that end near the wrist on bare arms, bare arms where sleeves were."""
    cuff, thickness = rng.uniform(*_CUFF), rng.uniform(_THINNEST, _THICKEST)
    before = sample.parse.copy()
    worn = np.isin(sample.parse, sample.category.worn)
    for label, (_, *arm) in sample.category.limbs:  # the other shoulder, then shoulder, elbow and wrist
        chain = tuple(arm)
        bare, sleeve = sample.parse == label, worn & _along(sample.pose, chain, thickness)
        if bare.sum() > sleeve.sum():
            before[bare & ~_beyond(sample.pose, chain, cuff)] = sample.category.worn[0]
        else:
            before[sleeve] = label
    return replace(sample, before=before)


def _along(pose: Pose, chain: tuple[Joint, ...], thickness: float) -> NDArray[np.bool_]:
    """(H, W): the arm between those of its joints that are found."""
    drawn: Labels = np.zeros(pose.size, np.uint8)
    width = max(1, round(2 * thickness * pose.size[0]))
    for start, end in pairwise(chain):
        if pose.found(start) and pose.found(end):
            points = [tuple(round(value) for value in pose.point(joint)) for joint in (start, end)]
            cv2.line(drawn, points[0], points[1], 255, width)
    return drawn > 0


def _beyond(pose: Pose, chain: tuple[Joint, ...], share: float) -> NDArray[np.bool_]:
    """(H, W): what lies beyond that share of the forearm, the hand; everywhere if the forearm is not found."""
    _, elbow, wrist = chain
    if not (pose.found(elbow) and pose.found(wrist)):
        return np.ones(pose.size, np.bool_)
    start, end = np.array(pose.point(elbow)), np.array(pose.point(wrist))
    along = (end - start) / max(1e-6, float((end - start) @ (end - start)))
    rows, columns = np.mgrid[: pose.size[0], : pose.size[1]]
    return np.asarray((columns - start[0]) * along[0] + (rows - start[1]) * along[1] > share)
