"""A garment whose photo shows somebody wearing it: noticed, and the top cut out by the person's parse.

Thresholds are from 597 photos of lone clothes, of which 5 count as worn, and 200 of people: 118 of 120 with a head, and
38 of 80 cut off at the chin. What is missed among those is told by the colour of skin (`garment.doubts`).
"""

import math
from dataclasses import replace

import cv2
import numpy as np

from engine.analysis.common.doubt import doubt
from engine.analysis.common.estimators import Estimate, PersonEstimator, glance
from engine.analysis.common.skin import is_skin
from engine.analysis.garment.cut_out import AnalysedGarment, framed_garment
from engine.analysis.person.analyse import AnalysedPerson, analyse
from engine.arrays import FULL_SIZE, Box, Mask8, Picture, Size
from engine.category import UPPER
from engine.errors import TryOnError
from engine.imaging.components import small_parts
from engine.imaging.framing import Framed
from engine.imaging.images import shrunk
from engine.labels import Lip
from engine.pose.skeleton import Joint

_WORKING = 512  # pixels of the longer side
_FACE, _HEAD_JOINTS, _HEAD_SKIN = 0.02, 0.4, 0.03  # of the person, mean confidence, of the person
_CLEAR_JOINTS = 0.55  # whatever the colours; a lone garment reaches 0.51
_JOINTS, _SKIN, _MOST_SKIN = 0.45, 0.05, 0.6  # without a head; of the picture, as floors have skin's colour
_BARE = (Lip.FACE, Lip.NECK, Lip.LEFT_ARM, Lip.RIGHT_ARM, Lip.LEFT_LEG, Lip.RIGHT_LEG)
_LOOKED_AT = (
    *(Joint.NOSE, Joint.NECK, Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
    *(Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
)
_LEAST = 0.01  # of the person's frame
_PART = 0.12  # of the largest piece


def top_worn(
    photo: Picture, people: PersonEstimator, *, size: Size = FULL_SIZE, box: Box | None = None
) -> AnalysedGarment | None:
    """The top of the person in a photo uint8 (H, W, 3), in a frame of `size`; None where nobody wears it.

    box: the person to take, in photo pixels, where it is not the largest.
    """
    small = shrunk(photo, _WORKING)
    if not is_worn(small, glance(people, small)):
        return None
    try:
        person = analyse(photo, people, box=box, size=size)
    except TryOnError:
        return None
    found = _cut(photo, person.framed, _top(person), size)
    if found is None:
        return None
    codes = ("garment_worn", "garment_two") if len(person.boxes) > 1 else ("garment_worn",)
    warnings = (*map(doubt, codes), *found.warnings)
    return replace(found, warnings=warnings, boxes=person.boxes, chosen=person.chosen)


def is_worn(picture: Picture, estimate: Estimate) -> bool:
    """Whether what was found in a picture (H, W, 3) is a person and not a garment that a parser takes for one."""
    parse = estimate.parse_probabilities.argmax(axis=0)
    small = cv2.resize(picture, (parse.shape[1], parse.shape[0]), interpolation=cv2.INTER_AREA)
    skin = is_skin(np.asarray(small, dtype=np.uint8))
    person = max(1, int((parse > 0).sum()))
    bare = float((np.isin(parse, _BARE) & skin).sum() / person)
    joints = estimate.keypoints[list(_LOOKED_AT), 2]
    if joints.mean() > _CLEAR_JOINTS:
        return True
    if (parse == Lip.FACE).sum() > _FACE * person and joints.mean() > _HEAD_JOINTS and bare > _HEAD_SKIN:
        return True
    return bool(joints[1:].mean() > _JOINTS and bare > _SKIN and skin.mean() < _MOST_SKIN)


def _top(person: AnalysedPerson) -> Mask8:
    """The mask (H, W), 0 or 255, of what of a top somebody wears in their frame."""
    worn = np.isin(person.parse, UPPER.worn)
    return np.where(worn & ~small_parts(worn, 8, share=_PART), 255, 0).astype(np.uint8)


def _cut(photo: Picture, framed: Framed, mask: Mask8, size: Size) -> AnalysedGarment | None:
    """What the mask in a frame shows, from the photo's own pixels there; None where that is next to nothing."""
    height, width = framed.photo_size
    left, top = (max(0, math.ceil(edge)) for edge in framed.box[:2])
    right, bottom = min(width, math.floor(framed.box[2])), min(height, math.floor(framed.box[3]))
    corners = (np.array([[left, top], [right, bottom]]) - framed.box[:2]) * framed.scale
    (first_column, first_row), (last_column, last_row) = corners.round().astype(int)
    part = np.ascontiguousarray(mask[first_row:last_row, first_column:last_column])
    if (part > 0).mean() < _LEAST:
        return None
    found = framed_garment(np.ascontiguousarray(photo[top:bottom, left:right]), part, plain=False, size=size)
    moved = tuple(edge + shift for edge, shift in zip(found.framed.box, (left, top) * 2, strict=True))
    return replace(found, framed=Framed(found.framed.image, (moved[0], moved[1], moved[2], moved[3]), (height, width)))
