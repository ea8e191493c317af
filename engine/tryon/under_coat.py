"""The new garment below a coat that stays on: seen between its fronts, and nowhere else; and below whatever else does.

The try-on is made as if the coat were off, for that is what its networks have learned. Then the coat is laid over it
again, from the photo; along its edges, where a pixel shows both, the old top's share is exchanged for the new one's.
"""

from dataclasses import replace

import numpy as np

from engine.analysis.person.open_coat import has_arms_in
from engine.arrays import Array8, BoolMask, FloatPicture, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import drawn_bones
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import grown_mask, near, shrunk_mask
from engine.imaging.components import parts_with
from engine.imaging.filling import fill, nearest_values
from engine.imaging.guided import GuidedFilter
from engine.imaging.planes import among, box_around, in_three
from engine.labels import Lip, Seg
from engine.pose import Pose
from engine.pose.torso import torso_of
from engine.values import Person

# Lengths are shares of the picture's height.
_EDGE = 9 / 1024  # on either side of the coat's outline, where pixels may show both
_AROUND = 18 / 1024  # of the opening, as far as the old top's colours bleed
_MIXED = 3 / 1024  # of the coat's rim, which shows more of the old top than of the coat where that is bright
_FEATHER = 3 / 1024
_LIMB = 80 / 1024  # of a limb, on both sides of its bones together
_BESIDE = 40 / 1024  # of the coat, as far as anything tells where it ends


def with_filled_opening(
    labels: Labels, before: Labels, pose: Pose, coat: BoolMask, category: Category = UPPER
) -> Labels:
    """A predicted parse (H, W) with no wall and no new limbs where the photo shows the old top between a coat's fronts.

    before: (H, W), the photo's own labels. A coat's wearer fills it, however narrow they are predicted without it.
    What stays on, (H, W), may be a bag alone, which changes nothing of what is seen beside it. Limbs on their bones are
    those that the coat's sleeves leave to be seen.
    """
    whole = pose.completed()
    if not has_arms_in(coat, whole):
        return labels
    opening = parts_with((before == category.garment) & ~coat, torso_of(whole))
    known = among(labels, (category.garment, Seg.NECK, *(() if category.beyond is None else (category.beyond,))))
    limbs = among(labels, category.limb_classes) & drawn_bones(
        whole, labels.shape, round(_LIMB * len(labels)), category
    )
    wrong = opening & ~known & ~among(labels, category.over) & ~limbs
    made = labels.copy()
    if wrong.any() and known.any():
        made[wrong] = nearest_values(labels, known, wrong)
    return made


def with_coat_apart(person: Person, coat: BoolMask) -> Person:
    """The person whose coat (H, W), which stays on, is none of the clothes that come off, but like a scarf."""
    return replace(person, parse=np.where(coat, np.uint8(Lip.SCARF), person.parse)) if coat.any() else person


def under_coat(
    layers: Array8, changed: Array8, person: Person, after: Labels, coat: BoolMask, category: Category = UPPER
) -> tuple[Array8, Array8]:
    """What to lay over the photo and where, as `engine.tryon.layering.layered` makes them, with a coat (H, W) over it.

    person: with it apart. after: (H, W), the predicted parse.
    """
    if not coat.any():
        return layers, changed
    height = len(coat)
    box = box_around(coat, round(_BESIDE * height), 2)  # of whole cells of the filter
    mixed, shown = layers.copy(), changed.astype(np.float32)
    tops = (among(person.parse[box], category.worn) | (after[box] == category.garment)) & ~coat[box]
    mixed[box], shown[box] = _laid_over(layers[box], shown[box], person.image[box], coat[box], tops, height)
    if has_arms_in(coat, person.pose.completed()):
        around = grown_mask(_opening(person.parse, after, category), _AROUND * height)
        shown *= blurred(around.astype(np.float32), _FEATHER * height)
    return mixed, np.rint(shown).astype(np.uint8)


def _laid_over(
    layers: Array8, changed: FloatPicture, photo: Array8, coat: BoolMask, tops: BoolMask, height: int
) -> tuple[Array8, FloatPicture]:
    """Layers (h, w, 3), and where they show (h, w), with the coat (h, w) of a photo (h, w, 3) over them; all are part
    of pictures so high. tops: (h, w), the old and the new one beside it; away from them the photo stays around it too.
    """
    sure = shrunk_mask(coat, _EDGE * height)
    soft = GuidedFilter(photo)(shrunk_mask(coat, _MIXED * height).astype(np.float32)).clip(0, 1)
    edge, mixing = near(coat, _EDGE * height), near(tops, _EDGE * height)
    share = np.where(sure | (edge & ~mixing), np.float32(1), np.where(edge, soft, np.float32(0)))
    mixed = layers.astype(np.float32)
    if sure.any():
        own = fill(photo, sure)
        # the less of the coat a pixel shows, the less its colour is the coat's
        own += (photo - own) * in_three(np.square(share))
        mixed += (own - mixed) * in_three(share)
    return np.rint(mixed).clip(0, 255).astype(np.uint8), np.where(share < 1, changed, np.float32(0))


def _opening(parse: Labels, after: Labels, category: Category) -> BoolMask:
    """Where (H, W) the new garment may be seen: where the old one is, on the throat, and before other clothes."""
    old = among(parse, (*category.worn, Lip.NECK))
    others = among(parse, category.partly_lip) & ~among(parse, category.limb_labels)
    return np.asarray(old | (others & (after == category.garment)))
