"""A predicted parse freed of what cannot be: pieces of an arm in a sleeve, pieces of a sleeve on an arm, torn hems.

A small segmentation generator scatters such islands. Garment and arms are each one thing, which hair or the other arm
may cut in two or three large parts; a part much smaller than the largest is a mistake. And where it is not sure how
far a sleeve or a hem goes, it draws teeth; cloth has a smooth outline.
"""

import math

import cv2
import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.components import (
    filled_from_nearest,
    parts_with,
    small_parts,
    without_enclosed,
    without_islands,
    without_specks,
)
from engine.imaging.filling import nearest_values
from engine.imaging.planes import among, box_around
from engine.labels import IGNORE, Seg

_SPECK = 5e-4  # of the picture: smaller islands of any class are given to their surroundings
_PIERCED = 2e-3  # of the picture: a larger piece of background in a limb is what a bent one leaves open
_BESIDE = 4 / 1024  # of the height: as near as this is worn
_SLIVER = 4 / 1024  # of the height: as wide
_TEETH = 8 / 1024  # of the height: spread of the blur that takes them off, and straps narrower than 11 / 1024 too


def cleaned_parse(labels: Labels, category: Category = UPPER) -> Labels:
    """The parse (H, W) with small islands given to their nearest neighbours, and the clothes' outline smooth."""
    parts: dict[tuple[int, ...], float] = {(label,): share for label, share in category.parts.items()}
    whole = without_islands(without_specks(labels, _SPECK), parts)
    if category.beyond is not None:  # other clothes end at the garment; they do not show through it
        whole = without_enclosed(whole, (category.beyond,), (category.garment,))
    return with_smooth_clothes(_without_floating(whole, category), category)


def without_holes(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """The parse (H, W) without background that clothes and hair lie all around, where the photo's own labels
    `before` (H, W) show none: nobody sees through a coat that has come off. And without small pieces of it in the
    middle of a limb, whatever was seen between an old sleeve and the body."""
    labels = _without_pierced_limbs(labels, category)
    seen = (labels == Seg.BACKGROUND) & (before == Seg.BACKGROUND)
    around = (category.garment, *category.over, *(() if category.beyond is None else (category.beyond,)))
    filled = without_enclosed(np.where(seen, np.uint8(IGNORE), labels), (Seg.BACKGROUND,), around)
    return np.where(seen, labels, filled)


def _without_pierced_limbs(labels: Labels, category: Category) -> Labels:
    wall = labels == Seg.BACKGROUND
    large = wall & ~small_parts(wall, 8, least=_PIERCED * labels.size)
    made = np.where(large, np.uint8(IGNORE), labels)
    for limb in category.limb_classes:
        made = without_enclosed(made, (Seg.BACKGROUND,), (limb,))
    return np.where(large, labels, made)


def without_stray_others(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """The parse (H, W) without pieces of other clothes that hang together with none that the photo's labels `before`
    (H, W) show; as it is where they show none."""
    if category.beyond is None:
        return labels
    others = labels == category.beyond
    worn = parts_with(others, others & (before == category.beyond))
    return filled_from_nearest(labels, others & ~worn) if worn.any() else labels


def with_hair_as_seen(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """The parse (H, W) with hair only where the photo's own labels `before` (H, W) show it, and without slivers of skin
    between it and the garment: a network that draws both beside it is off by a pixel of its own."""
    hair, garment = labels == Seg.HAIR, labels == category.garment
    strange = hair & (before != Seg.HAIR) & (before != IGNORE)
    skin = among(labels, (Seg.NECK, *category.limb_classes))
    side = 2 * round(_SLIVER * len(labels)) + 1
    broad = cv2.morphologyEx(skin.astype(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8)) > 0
    near = [grown_mask(one, side) for one in (hair, garment)]
    wrong, known = strange | (skin & ~broad & near[0] & near[1]), garment | broad
    made = labels.copy()
    if wrong.any() and known.any():
        made[wrong] = nearest_values(labels, known, wrong, cv2.DIST_MASK_3)
    return made


def _without_floating(labels: Labels, category: Category) -> Labels:
    """The label map (H, W) without pieces of the garment in the air, that nobody wears, however large."""
    clothes = labels == category.garment
    body = (labels != Seg.BACKGROUND) & ~clothes
    worn = parts_with(clothes, clothes & grown_mask(body, _BESIDE * len(labels)))
    return np.where(clothes & ~worn & worn.any(), np.uint8(Seg.BACKGROUND), labels)


def with_smooth_clothes(labels: Labels, category: Category = UPPER) -> Labels:
    """The label map (H, W) with clothes where most around are clothes; what lies over them (hair and face) stays."""
    clothes = labels == category.garment
    spread = _TEETH * len(labels)
    around, over = _mostly(clothes, spread), among(labels, category.over)
    gained, lost = around & ~clothes & ~over, clothes & ~around
    beside = ~(clothes | over)
    made = np.where(gained, np.uint8(category.garment), labels)
    if lost.any() and beside.any():
        made[lost] = nearest_values(labels, beside, lost, cv2.DIST_MASK_3)
    return made


def _mostly(mask: BoolMask, spread: float) -> BoolMask:
    """Where (H, W) most around is of a mask (H, W)."""
    made, box = np.zeros_like(mask), box_around(mask, math.ceil(4 * spread))
    made[box] = cv2.GaussianBlur(mask[box].astype(np.uint8) * 255, (0, 0), spread) > 127
    return made


def with_smooth_limbs(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """The label map (H, W) in which limbs end smoothly before the background where they come to light.

    before: (H, W), the photo's own labels: the outline of an old sleeve, with its folds, is no arm's.
    """
    height, made = len(labels), labels.copy()
    spread = _TEETH * height
    for limb in category.limb_classes:
        new = (labels == limb) & (before == category.garment)
        if not new.any():
            continue
        box = box_around(new, math.ceil(4 * spread))
        body, near = labels[box] != Seg.BACKGROUND, grown_mask(new[box], spread)
        smooth = _mostly(body, spread)
        made[box][near & smooth & ~body] = limb
        made[box][near & ~smooth & (labels[box] == limb)] = Seg.BACKGROUND
    return made
