"""Garments without sleeves end at the armhole: a strap lies on the shoulder, and the arm is bare from its joint on.

Networks that predict where a garment goes are shown no limb above the middle of the upper arm, whatever is worn, and
give what has no sleeves little ones, one more than the other, most of all to somebody who has come in a coat.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs, bare_radius, outwards, trunk
from engine.category.sleeves import bones_of, sleeve_lengths
from engine.imaging.planes import among, enlarged
from engine.labels import Seg
from engine.pose import Pose
from engine.values import Sleeves

_NONE, _SURE = 0.15, 0.25  # bones: sleeves up to which there are none, and the doubt up to which that is believed
_ELBOW, _WRIST = 1.0, 2.0  # how far skin is put in a garment's place, and its side out of the air beyond an arm
_STRAIGHT = 0.7  # cosine of the angle at an elbow that is not bent
# In half widths of a bare arm, from its bones: where skin begins and the garment ends, on the outside and, at places
# along the arm, towards the body. Where as many pixels are the one as the other of 66 sleeveless garments of VITON.
_OUTER, _INNER = 1.2, ((0.45, 0.75), (0.62, 0.85))
_ROWS = 256  # of the picture in which places along limbs are found


def with_armholes(labels: Labels, before: Labels, pose: Pose, sleeves: Sleeves, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) in which a garment without sleeves leaves the arms bare, and nothing of it hangs in the
    air beside them.

    before: the photo's own labels (H, W); only what these give to the old garment or to a limb is looked at.
    """
    if not (sleeves.length <= _NONE and sleeves.doubt <= _SURE):  # nor where either is no number
        return labels
    made, person = labels.copy(), among(before, (category.garment, *category.limb_classes))
    size = _ROWS, max(1, round(_ROWS * labels.shape[1] / labels.shape[0]))
    small, body, lengths = pose.scaled(size), trunk(pose, size), sleeve_lengths(labels, pose, category)
    arms = bones_of(small, category)
    for limb in along_limbs(pose, size, category):
        bones = arms[limb.number]
        if bones is None or not lengths[limb.number] > _NONE:
            continue
        upper = limb.nearest & (limb.place <= _ELBOW)
        near = limb.nearest & (limb.place <= _WRIST) if _straight(bones) else upper
        outside = outwards(bones, small) * limb.beside > 0
        wide = np.where(outside, _OUTER, np.interp(limb.place, *_INNER)) * bare_radius(limb.place, pose, size, category)
        skin = wide - limb.away  # pixels from the arm's edge, inwards
        number, garment = category.limb_classes[limb.number], made == category.garment
        shown = (before == number) & (enlarged(np.where(upper, 1.0, 0.0), labels.shape) > 0.5)
        arm = shown | (person & (enlarged(np.where(upper, skin, -1), labels.shape) > 0))
        air = enlarged(np.where(near & outside & ~body, -skin, -1), labels.shape) > 0
        made[garment & arm] = number
        made[garment & air & ~arm] = Seg.BACKGROUND
    return made


def _straight(bones: NDArray[np.float64]) -> bool:
    """Whether forearm and upper arm lead about the same way; a bent forearm may lie before the body."""
    upper, lower = np.diff(bones, axis=0)
    return bool(upper @ lower > _STRAIGHT * np.linalg.norm(upper) * np.linalg.norm(lower))
