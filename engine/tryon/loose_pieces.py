"""Pieces of a predicted garment that nobody wears: beside a forearm that short sleeves leave bare, behind a hand, and
what flies beside the person where a flow has laid the garment far into the wall.
"""

import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import drawn_bones, trunk
from engine.category.sleeves import bones_of
from engine.imaging.colour_bleed import distance_from
from engine.imaging.components import parts_with
from engine.imaging.planes import among
from engine.labels import IGNORE, Seg
from engine.pose import Pose

# Lengths are shares of the picture's height.
_FLYING, _LOOSE = 72 / 1024, 26 / 1024  # from who is seen: in 200 try-ons 105 and more in six, 56 and less in the rest
_THICK = 30 / 1024  # of a limb, on both sides of its bones together


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


def without_what_flies(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) without pieces of the garment that reach further from who is seen in the photo, with
    labels `before` (H, W), than any cloth hangs; they end where a loose garment would."""
    garment, away = labels == category.garment, distance_from(before != Seg.BACKGROUND) / len(labels)
    flying = garment & (away > _FLYING)
    if not flying.any():
        return labels
    return np.where(parts_with(garment & (away > _LOOSE), flying), np.uint8(Seg.BACKGROUND), labels)


def _body(pose: Pose, size: tuple[int, ...], category: Category) -> BoolMask | None:
    """What (H, W) surely is the trunk or a limb; None where a limb was not found."""
    if any(bones is None for bones in bones_of(pose, category)):
        return None
    whole = size[0], size[1]
    return trunk(pose, whole) | drawn_bones(pose, whole, max(1, round(_THICK * size[0])), category)
