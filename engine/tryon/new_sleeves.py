"""The person as if what they wear had the sleeves of the new garment.

Networks that predict where a garment goes were trained on people in that very garment: a limb is bare to them exactly
below its sleeves. Somebody in a coat has no bare arm, so they make long sleeves or a cape of anything; somebody in a
T-shirt has, and they cut long sleeves short. What its photo says of a garment's sleeves tells what they are used to.
"""

import math

import numpy as np

from engine.arrays import Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs, bare_radius
from engine.category.sleeves import sleeve_lengths
from engine.imaging.images import resize_labels
from engine.imaging.planes import among
from engine.labels import Lip, lip_to_segmentation
from engine.values import Person, Sleeves

_OFF, _DOUBTS = 0.3, 2.0  # by how many bones, and times its doubt, a length has to differ from the old sleeve's
_SHOULDER = 0.5  # above it the parse that networks were trained on shows no limb
_WRIST, _CUFF = 2.0, 2.2  # where long sleeves end, and a little beyond, where the hand begins


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
            bare &= limb.away <= bare_radius(limb.place, person.pose, size, category)
            made[bare & among(before, category.worn)] = label
    return made
