"""The kinds of garment, one row each. A pack's manifest and a training run name theirs by its key.

A row is data: labels, joints and yes or no. The drawing that a kind needs is in `engine.category.agnostic`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.labels import Alias, Lip, Seg
from engine.pose.skeleton import Joint


@dataclass(frozen=True)
class Category:
    """A kind of garment, in the labels of true parses (`Lip`) and of predicted ones (`Seg`)."""

    key: str
    worn: tuple[Lip, ...]  # what of it a person may wear
    unlike: tuple[Lip, ...]  # of these, what is another garment, each with a doubt of its name
    removed: tuple[Lip, ...]  # wholly taken out of the clothing-agnostic parse
    kept: tuple[Lip, ...]  # never grey in the clothing-agnostic photo
    limbs: tuple[tuple[Lip, tuple[Joint, ...]], ...]  # a label and the joints along which it is taken out of the parse
    torso: bool  # covers the body between shoulders and hips
    garment: Seg  # its class in a predicted parse
    over: tuple[Seg, ...]  # lies over it
    partly: tuple[Seg, ...]  # it ends there, or goes on below
    over_lip: tuple[Lip, ...]  # the same two for true parses
    partly_lip: tuple[Lip, ...]
    beyond: Seg | None  # other clothes that go on where a shorter garment leaves a gap
    neckline: bool  # what a predicted parse without a neck calls background above it and below the head is the neck
    missing: str  # what is said of a true parse that shows none of it, a code of `engine.messages`
    parts: Mapping[Seg, float] = field(hash=False)  # smallest parts of a predicted class, in areas of its largest
    to_alias: Mapping[Seg, Alias] = field(hash=False)  # what the generator is told; class `GARMENT` is this garment

    @property
    def limb_labels(self) -> tuple[Lip, ...]:
        """The labels of `limbs`."""
        return tuple(lip for lip, _ in self.limbs)

    @property
    def limb_classes(self) -> tuple[Seg, ...]:
        """The limbs' classes of a predicted parse."""
        return tuple(part for part in self.parts if part != self.garment)


UPPER = Category(
    key="upper",
    worn=(Lip.UPPER, Lip.DRESS, Lip.COAT),
    unlike=(Lip.COAT, Lip.DRESS),
    removed=(Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.NECK),
    kept=(
        Lip.SUNGLASSES,
        Lip.FACE,
        Lip.PANTS,
        Lip.SKIRT,
        Lip.LEFT_LEG,
        Lip.RIGHT_LEG,
        Lip.LEFT_SHOE,
        Lip.RIGHT_SHOE,
    ),
    limbs=(
        (Lip.LEFT_ARM, (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST)),
        (Lip.RIGHT_ARM, (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST)),
    ),
    torso=True,
    garment=Seg.UPPER,
    over=(Seg.HAIR, Seg.FACE),
    partly=(Seg.LEFT_ARM, Seg.RIGHT_ARM, Seg.BOTTOM),
    over_lip=(Lip.HAIR, Lip.FACE, Lip.NECK),
    partly_lip=(Lip.LEFT_ARM, Lip.RIGHT_ARM, Lip.PANTS, Lip.SKIRT),
    beyond=Seg.BOTTOM,
    neckline=True,
    missing="found.no_top",
    parts={Seg.UPPER: 0.06, Seg.LEFT_ARM: 0.15, Seg.RIGHT_ARM: 0.15},
    to_alias={
        Seg.BACKGROUND: Alias.BACKGROUND,
        Seg.HAIR: Alias.HAIR,
        Seg.FACE: Alias.PASTE,
        Seg.UPPER: Alias.GARMENT,
        Seg.BOTTOM: Alias.PASTE,
        Seg.LEFT_ARM: Alias.LEFT_ARM,
        Seg.RIGHT_ARM: Alias.RIGHT_ARM,
        Seg.LEFT_LEG: Alias.PASTE,
        Seg.RIGHT_LEG: Alias.PASTE,
        Seg.LEFT_SHOE: Alias.PASTE,
        Seg.RIGHT_SHOE: Alias.PASTE,
        Seg.SOCKS: Alias.PASTE,
        Seg.NOISE: Alias.NOISE,
    },
)

CATEGORIES: Mapping[str, Category] = {category.key: category for category in (UPPER,)}
