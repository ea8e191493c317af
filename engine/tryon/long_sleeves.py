"""Whether, and on which arms, a garment's sleeves are laid each for itself (`engine.warping.along_arms`)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Size
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs, bare_radius
from engine.imaging.images import resize_labels
from engine.imaging.sampling import taken_from
from engine.networks.flow import SIZE
from engine.values import Garment, MarkedParts, Person, Sleeves
from engine.warping import thinned
from engine.warping.along_arms import Laid, with_sleeves
from engine.warping.hanging import hung
from engine.warping.parts import Parts, parts_of, with_marked

_LONG = 1.2  # bones: shorter ones end where the bare arm leads the flow
_SURE = 0.4  # doubt up to which the length is believed, in bones
_HAND = 1.7, 0.2  # bones from the root, and share of the places around that a hand covers at least


@dataclass(frozen=True, eq=False)
class LongSleeves:
    """What is known of a garment's long sleeves and of the arms they go on.

    shop: as `engine.warping.hanging.hung` has it.
    """

    parts: Parts
    shop: NDArray[np.float32] | None
    person: Person
    length: float
    category: Category

    def shown(self, garment: Garment) -> Garment:
        """The garment as networks are used to see one, sleeves hanging."""
        if self.shop is None:
            return garment
        image, mask = (thinned(one, SIZE, means=True) for one in (garment.image, garment.mask))
        return Garment(taken_from(image, self.shop, beyond=255), taken_from(mask, self.shop))

    def laid(self, flow: NDArray[np.float32], size: Size, region: BoolMask | None = None) -> Laid:
        """A flow (2, h, w) from the person to the garment that was shown as one (2, *size) to its own photo, in which
        the sleeves lie along the arms. region (H, W): where the garment is to be, if that is known by now."""
        behind, about = _behind(self.person, self.category), (self.person.pose, self.length, size, self.category)
        return with_sleeves(flow, self.parts, *about, shop=self.shop, behind=behind, region=region)


def long_sleeves(
    garment: Garment,
    marked: MarkedParts | None,
    person: Person | None,
    sleeves: Sleeves | None,
    category: Category = UPPER,
) -> LongSleeves | None:
    """None where a garment has none that can be told from its body, or nothing is known of the arms."""
    if person is None or sleeves is None or not (sleeves.length >= _LONG and sleeves.doubt <= _SURE):
        return None
    outlined = parts_of(garment.mask)
    parts = outlined if marked is None else with_marked(outlined, marked.mask)
    if any(one.marked and not one.spread for one in parts.sleeves):
        parts = outlined  # networks know how sleeves that hang are worn
    return LongSleeves(parts, hung(parts), person, sleeves.length, category) if parts.sleeves else None


def _behind(person: Person, category: Category) -> frozenset[int]:
    """Limbs that end within the body's outline, and of which no end is seen: they lie behind it."""
    parse = resize_labels(person.parse, SIZE)
    whole = person.pose.scaled(SIZE).completed()
    roots = [whole.point(joints[-3])[0] for _, joints in category.limbs]
    found = set()
    for limb in along_limbs(person.pose, SIZE, category):
        label, joints = category.limbs[limb.number]
        end = limb.nearest & (limb.place > _HAND[0]) & (limb.place < 3)
        end &= limb.away < bare_radius(limb.place, person.pose, SIZE, category)
        seen = end.any() and (parse[end] == label).mean() >= _HAND[1]
        if not seen and min(roots) < whole.point(joints[-1])[0] < max(roots):
            found.add(limb.number)
    return frozenset(found)
