"""Where clothes of the upper body end and those of the lower begin, decided over larger areas than cell by cell.

A network that is in two minds about a dress, a long coat or the hem of a shirt calls pieces of it a skirt or trousers.
A piece that is taken for trousers is not taken off the person: it would be seen through the new garment.
"""

import numpy as np

from engine.arrays import BoolMask, Labels, Planes
from engine.category import UPPER
from engine.imaging.blurring import blurred
from engine.imaging.components import small_parts, without_enclosed
from engine.imaging.planes import among
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint

_UPPER = list(UPPER.worn)
_LOWER = [Lip.PANTS, Lip.SKIRT]
_BELOW = 30 / 1024  # of the height: how far below the hips a top ends
_LOWEST = 0.95  # of the height: from here on a dress or a long coat is still seen, a long shirt is not
_FEW = 0.65  # of the clothes there that are trousers or a skirt, at most
_PART = 0.15  # of a skirt's largest piece: a smaller one is the empty sleeve of a coat that comes off
_BROAD = 40 / 1024  # of the height: about the width of a belt's surroundings; less is no piece of clothing of its own


def with_one_waist(probabilities: Planes, sleeves: BoolMask) -> Planes:
    """Probabilities (20, h, w) in LIP classes whose share of lower clothes among all clothes is smooth.

    How likely clothes are at a place, and which of the upper and of the lower ones, stays. sleeves: (h, w), where a
    narrow piece of a top may hang beside trousers; nothing is changed there.
    """
    upper, lower = probabilities[_UPPER].sum(axis=0), probabilities[_LOWER].sum(axis=0)
    both, spread = upper + lower, _BROAD * probabilities.shape[1]
    share = blurred(lower, spread) / np.maximum(blurred(both, spread), 1e-6)
    share = np.where(sleeves, lower / np.maximum(both, 1e-6), share)
    made = probabilities.copy()
    made[_LOWER] *= both * share / np.maximum(lower, 1e-6)
    made[_UPPER] *= both * (1 - share) / np.maximum(upper, 1e-6)
    return made


def with_skirt_of_a_dress(parse: Labels, pose: Pose, sleeves: BoolMask) -> Labels:
    """The parse (H, W) in LIP classes, in which a dress or a long coat is a skirt from a little below the hips on.

    But for its `sleeves` (H, W), which end lower than that where arms hang down.

    So a new top is worn over it, and nobody has to guess what is under it. Where hips are not seen, or where mostly
    trousers or a skirt are, nothing becomes one. What of upper clothes then lies within a skirt is the skirt's.
    """
    made = _with_skirt_below(parse, pose, sleeves)
    if not (made == Lip.SKIRT).any():
        return made  # of a top's hem a piece may lie between an arm and trousers
    return without_enclosed(made, _UPPER, (*_LOWER, Lip.LEFT_ARM, Lip.RIGHT_ARM), below=True)


def _with_skirt_below(parse: Labels, pose: Pose, sleeves: BoolMask) -> Labels:
    lowest = parse[round(_LOWEST * len(parse)) :]
    lower, upper = (int(np.isin(lowest, classes).sum()) for classes in (_LOWER, _UPPER))
    if lower >= _FEW * (lower + upper):
        return parse
    below = below_hips(pose, parse.shape)
    skirt = below & ~sleeves & among(parse, (*_UPPER, *_LOWER))
    hanging = skirt & ~small_parts(skirt, 8, share=_PART)
    return np.where(hanging & among(parse, UPPER.worn), Lip.SKIRT, parse).astype(np.uint8)


def below_hips(pose: Pose, shape: tuple[int, ...]) -> BoolMask:
    """Where (H, W) a dress counts as a skirt; nowhere if hips are not seen."""
    hips, (height, width) = pose.points((Joint.RIGHT_HIP, Joint.LEFT_HIP)), shape
    if len(hips) < 2:
        return np.zeros((height, width), np.bool_)
    (left, first), (right, second) = sorted(hips, key=lambda hip: hip[0])
    slope = (second - first) / max(right - left, width / 16)
    line = (first + second) / 2 + _BELOW * height + slope * (np.arange(width) - (left + right) / 2)
    return np.asarray(np.arange(height)[:, None] > line)
