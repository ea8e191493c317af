"""What the photo itself shows of the parse to be: only the old garment, and what the new one covers, is open.

A network that predicts the parse does not see the photo, so it draws bare arms again, a little beside where they are.
But an arm, a hand, trousers or the background that the photo shows can only stay or come to lie under the new garment.
"""

import math

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.agnostic import hidden_region
from engine.imaging.blurring import blur_reach
from engine.imaging.colour_bleed import grown_mask, near
from engine.imaging.filling import nearest_values
from engine.imaging.planes import among, box_around
from engine.labels import IGNORE, Lip, Seg, lip_to_segmentation
from engine.values import Agnostic, Person

_TEETH = 8 / 1024  # of the height: spread of the blur that takes a print's off an arm
_NARROW = 16 / 1024  # of the height: a sleeve that leaves less of an arm bare along its side was to cover it


def photo_labels(person: Person, agnostic: Agnostic, category: Category = UPPER, knows_neck: bool = False) -> Array8:
    """The photo's own labels (H, W). What has none is the old garment where it was hidden.

    knows_neck: tell the neck from the background, as only networks of our own do.
    """
    before = lip_to_segmentation(person.parse)
    if knows_neck:
        before = np.where(person.parse == Lip.NECK, np.uint8(Seg.NECK), before)
    unknown = (before == IGNORE) & hidden_region(agnostic.image)
    return np.where(unknown, np.uint8(category.garment), before)


def with_even_limbs(before: Labels, hands: BoolMask, category: Category = UPPER) -> Labels:
    """The photo's own labels (H, W) in which limbs and the old garment meet along a smooth line, but at hands (H, W).

    A print that has the colours of skin makes teeth there, which no new garment would have.
    """
    limbs, made = among(before, category.limb_classes), before.copy()
    if not limbs.any():
        return made
    spread = _TEETH * len(before)
    box = box_around(limbs, blur_reach(spread))
    seen, limb, garment = before[box], limbs[box], before[box] == category.garment
    most_limb, most_garment = (cv2.GaussianBlur(one.astype(np.uint8) * 255, (0, 0), spread) for one in (limb, garment))
    free = ~near(hands[box], spread)
    made[box][free & limb & (most_garment > most_limb)] = category.garment
    gained = free & garment & (most_limb > most_garment)
    if gained.any():
        made[box][gained] = nearest_values(seen, limb, gained)
    return made


def with_what_is_seen(predicted: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) with the photo's own labels `before` (H, W) where they cannot change.

    The new garment may cover anything but what lies over it; the old garment may become anything. Where a bare limb is
    a little wider than the sleeve that is drawn over it, the sleeve is what is too narrow.
    """
    limbs = [label for label in category.parts if label != category.garment]
    seen = (before != category.garment) & (before != IGNORE)
    covered = (predicted == category.garment) & ~among(before, category.over)
    made = np.where(seen & ~covered, before, predicted)
    beside = among(made, limbs) & ~among(predicted, limbs)
    reach = _NARROW * len(predicted)
    box = box_around(beside, math.ceil(2 * reach))
    narrow = beside[box] & grown_mask(covered[box], reach)
    if narrow.any():
        known = among(predicted[box], (category.garment, *limbs))
        sleeve = nearest_values(predicted[box], known, narrow) == category.garment
        made[box][narrow] = np.where(sleeve, np.uint8(category.garment), made[box][narrow])
    return made
