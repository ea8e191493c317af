"""The person as if what they wear had the sleeves of the new garment.

Networks that predict where a garment goes were trained on people in that very garment: a limb is bare to them exactly
below its sleeves. Somebody in a coat has no bare arm, so they make long sleeves or a cape of anything; somebody in a
T-shirt has, and they cut long sleeves short. What its photo says of a garment's sleeves tells what they are used to.
"""

import math

import numpy as np

from engine.arrays import Labels, Size
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs
from engine.category.sleeves import bones_of, sleeve_lengths
from engine.imaging.images import resize_labels
from engine.imaging.planes import among
from engine.labels import Lip, lip_to_segmentation
from engine.pose import Joint, Pose
from engine.values import Person, Sleeves

_OFF, _DOUBTS = 0.3, 2.0  # by how many bones, and times its doubt, a length has to differ from the old sleeve's
_SHOULDER = 0.5  # above it the parse that networks were trained on shows no limb
_WRIST, _CUFF = 2.0, 2.2  # where long sleeves end, and a little beyond, where the hand begins
# Half a bare arm's width in shoulder widths, along it: medians of 1,100 arms of VITON that lie before a background.
_PLACES = (0.0, 0.6, 1.0, 1.25, 1.5, 1.75, 2.0)
_RADII = (0.118, 0.112, 0.108, 0.104, 0.092, 0.076, 0.07)
_TORSO, _UPPER_ARM = 1.49, 0.83  # in shoulder widths


def in_new_sleeves(parse: Labels, person: Person, sleeves: Sleeves, category: Category = UPPER) -> Labels:
    """An agnostic LIP parse (H, W) with limbs drawn under old sleeves where the new ones leave them bare, and taken out
    where they will be covered. Hands stay; what the photo shows beside the old garment does too.

    person: of any size.
    """
    size = parse.shape[0], parse.shape[1]
    before = resize_labels(person.parse, size)
    lengths = sleeve_lengths(lip_to_segmentation(before), person.pose, category)
    least = np.maximum(_OFF, _DOUBTS * sleeves.doubt)  # which is no number where the doubt is none
    if not (np.abs(sleeves.length - lengths) > least).any():
        return parse
    shortest = min((one for one in lengths.tolist() if not math.isnan(one)), default=0.0)
    made = parse.copy()
    for limb in along_limbs(person.pose, size, category):
        label, old = category.limb_labels[limb.number], lengths[limb.number]
        if sleeves.length - old > least:
            made[(parse == label) & limb.nearest & (limb.place < min(sleeves.length, _WRIST))] = Lip.BACKGROUND
        # an arm that seems more covered than the other lies behind the body or before it
        elif not np.isnan(old) and shortest - sleeves.length > least:
            bare = limb.nearest & (limb.place > max(sleeves.length, _SHOULDER)) & (limb.place <= _CUFF)
            bare &= limb.away <= np.interp(limb.place, _PLACES, _RADII) * _shoulder_width(person.pose, size, category)
            made[bare & among(before, category.worn)] = label
    return made


def _shoulder_width(pose: Pose, size: Size, category: Category) -> float:
    """In pixels, as broad as if the person faced the camera."""
    pose = pose.scaled(size).completed()
    shoulders = math.dist(pose.point(Joint.LEFT_SHOULDER), pose.point(Joint.RIGHT_SHOULDER))
    torso = math.dist(pose.point(Joint.NECK), pose.point(Joint.MID_HIP))
    arms = [math.dist(bones[0], bones[1]) for bones in bones_of(pose, category) if bones is not None]
    return float(np.median([shoulders, torso / _TORSO, max(arms) / _UPPER_ARM]))
