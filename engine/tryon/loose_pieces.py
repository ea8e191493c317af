"""Pieces of a predicted garment that nobody wears: beside a forearm that short sleeves leave bare, behind a hand."""

import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import drawn_bones, trunk
from engine.category.sleeves import bones_of
from engine.imaging.components import parts_with
from engine.imaging.planes import among
from engine.labels import IGNORE, Seg
from engine.pose import Pose

_THICK = 30 / 1024  # of the height: of a limb, on both sides of its bones together


def without_loose_pieces(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) without pieces of the garment that no bone of the pose lies in.

    before: the photo's own labels (H, W), which take their place, or background where they are the old garment. Of a
    limb that was not found nobody knows what lies on it: then all stays.
    """
    garment, body = labels == category.garment, _body(pose, labels.shape, category)
    if body is None or not category.torso:
        return labels
    loose = garment & ~parts_with(garment, body)
    unknown = among(before, (category.garment, IGNORE))
    return np.where(loose, np.where(unknown, np.uint8(Seg.BACKGROUND), before), labels)


def _body(pose: Pose, size: tuple[int, ...], category: Category) -> BoolMask | None:
    """What (H, W) surely is the trunk or a limb; None where a limb was not found."""
    if any(bones is None for bones in bones_of(pose, category)):
        return None
    whole = size[0], size[1]
    return trunk(pose, whole) | drawn_bones(pose, whole, max(1, round(_THICK * size[0])), category)
