"""Pieces of a predicted garment that nobody wears: beside a forearm that short sleeves leave bare, behind a hand, along
the outer side of a bare arm, and what flies beside the person where a flow has laid the garment far into the wall.
"""

import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import Along, along_limbs, drawn_bones, trunk
from engine.category.sleeves import bones_of
from engine.imaging.colour_bleed import distance_from
from engine.imaging.components import each_part, parts_with, small_parts
from engine.imaging.filling import nearest_values
from engine.imaging.planes import among
from engine.labels import IGNORE, Seg
from engine.pose import Joint, Pose

# Lengths are shares of the picture's height.
_FLYING, _LOOSE = 72 / 1024, 26 / 1024  # from who is seen: 105 and more in 7 of 540 try-ons, 65 and less in the rest
_THICK = 30 / 1024  # of a limb, on both sides of its bones together
_SLEEVE = 90 / 1024  # of a sleeve around a limb's first bone
_CUFF = 4e-3  # of the picture: a smaller piece further down is none
_LONG = 100 / 1024  # rows of a strip, at least
_PLACES = 40  # in each bone, at which it is told whether a limb is bare


def without_loose_pieces(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) without pieces of the garment that no bone of the pose lies in, and without small ones
    beside a limb's last bone alone: it is bare.

    before: the photo's own labels (H, W), which take their place; where they are the old garment, the limb or
    background. Of a limb that was not found nobody knows what lies on it: then all stays.
    """
    limbs = _limbs(pose, labels.shape, category)
    if limbs is None or not category.torso:
        return labels
    garment, made, size = labels == category.garment, labels.copy(), (len(labels), labels.shape[1])
    body = trunk(pose, size)
    unknown = among(before, (category.garment, IGNORE))
    loose = garment & ~parts_with(garment, body | limbs)
    made[loose] = np.where(unknown, np.uint8(Seg.BACKGROUND), before)[loose]
    near = body | drawn_bones(pose, size, round(_SLEEVE * len(labels)), category, 1)
    apart = garment & ~loose & ~parts_with(garment, near)
    bare, skin = small_parts(apart, 8, least=_CUFF * apart.size), among(labels, category.limb_classes)
    if bare.any() and skin.any():
        made[bare] = np.where(unknown[bare], nearest_values(labels, skin, bare), before[bare])
    return made


def without_what_flies(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) without pieces of the garment that reach further from who is seen in the photo, with
    labels `before` (H, W), than any cloth hangs; they end where a loose garment would. Hair is no body to hang on."""
    body = ~among(before, (Seg.BACKGROUND, Seg.HAIR))
    garment, away = labels == category.garment, distance_from(body) / len(labels)
    flying = garment & (away > _FLYING)
    if not flying.any():
        return labels
    return np.where(parts_with(garment & (away > _LOOSE), flying), np.uint8(Seg.BACKGROUND), labels)


def without_outer_strips(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) without strips of the garment along the outer side of bare limbs, where the photo, with
    labels `before` (H, W), shows what is behind the person: cloth lies between limb and body, hardly ever beyond.

    Of 2,150 true parses 1.5 % have as much garment there. Hems of wide sleeves hang there too, but not as long.
    """
    body = pose.points((Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.RIGHT_HIP, Joint.LEFT_HIP))
    if not body or not category.torso:
        return labels
    size = len(labels), labels.shape[1]
    centre = tuple(np.rint(np.mean(body, axis=0)).astype(int)[::-1].clip(0, np.array(size) - 1).tolist())
    behind, made = (labels == category.garment) & (before == Seg.BACKGROUND), labels.copy()
    for along in along_limbs(pose, size, category):
        outer = (along.beside > 0) != (along.beside[centre] > 0)
        strips = behind & outer & along.nearest & _is_bare(labels, along, category.limb_classes[along.number])
        for box, inside in each_part(strips, 0):
            if box[0].stop - box[0].start >= _LONG * size[0]:
                made[box][inside] = Seg.BACKGROUND
    return made


def _is_bare(labels: Labels, along: Along, limb: int) -> BoolMask:
    """Whether each pixel (H, W) lies beside a place of the limb's bones that is the limb's own in the parse."""
    places = np.floor(along.place * _PLACES).astype(np.int64).clip(0)
    bones, count = along.away < 2, int(places.max()) + 1
    here, own = (np.bincount(places[one], minlength=count) for one in (bones, bones & (labels == limb)))
    return np.asarray((2 * own > here)[places], dtype=np.bool_)


def _limbs(pose: Pose, size: tuple[int, ...], category: Category) -> BoolMask | None:
    """What (H, W) surely is a limb; None where one was not found."""
    if any(bones is None for bones in bones_of(pose, category)):
        return None
    return drawn_bones(pose, (size[0], size[1]), max(1, round(_THICK * size[0])), category)
