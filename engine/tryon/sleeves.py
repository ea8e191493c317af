"""Sleeves as long as the garment's photo says, where a predicted parse has them much longer or shorter on an arm.

A network that predicts the parse takes crossed and raised arms for a front or for bare ones, and lets one sleeve end
elsewhere than the other. What its photo says of the garment holds for both.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs
from engine.category.sleeves import sleeve_lengths
from engine.imaging.components import parts_with
from engine.imaging.planes import among, enlarged, resized_mask
from engine.pose import Pose
from engine.values import Sleeves

_SURE = 0.28  # doubt up to which the length is believed, in bones
_OFF = 0.4  # by how much a sleeve has to differ from it
_MARGIN = 0.2  # on both sides of its end, that stay as predicted
_SHOULDER = 0.25  # bones from the root: a piece of skin that begins there may be left bare above a sleeve
_ROWS = 256  # of the picture in which places along limbs are found
_WIDEST = 80 / 1024  # of the height: from a limb's bones to its outline

_Plane = NDArray[np.float32]  # (H, W)


def with_even_sleeves(
    labels: Labels, before: Labels, pose: Pose, sleeves: Sleeves, category: Category = UPPER
) -> Labels:
    """A predicted parse (H, W) in which limbs that the photo shows bare stay bare below a sleeve that would be far too
    long, and sleeves go on to their length, without gaps.

    before: the photo's own labels (H, W). Hands that lie over a sleeve are covered too.
    """
    if not sleeves.doubt <= _SURE:  # nor where it is no number
        return labels
    made, limbs = labels.copy(), category.limb_classes
    shown = among(before, limbs)
    lengths = sleeve_lengths(labels, pose, category)
    for number, here, along in _places(pose, labels.shape, category):
        length = lengths[number]
        if np.isnan(length):
            continue
        far = _MARGIN if length > sleeves.length + _OFF else _OFF  # a piece beyond the sleeve's end
        bare = here & shown & (along > sleeves.length + far) & (made == category.garment)
        made[bare] = before[bare]
        covered = here & (along < sleeves.length - _MARGIN) & among(made, limbs)
        if length >= sleeves.length - _OFF:
            covered &= ~parts_with(covered, along < _SHOULDER)
        made[covered] = category.garment
    return made


def _places(pose: Pose, size: tuple[int, ...], category: Category) -> Iterator[tuple[int, BoolMask, _Plane]]:
    """Of each limb that was found its number, which pixels (H, W) are near it, and nearer than to the others, and how
    far along it they lie, in bones."""
    coarse = _ROWS, max(1, round(_ROWS * size[1] / size[0]))
    for limb in along_limbs(pose, coarse, category):
        near = limb.nearest & (limb.away < _WIDEST * _ROWS)
        yield limb.number, resized_mask(near, (size[1], size[0])), enlarged(limb.place, size)
