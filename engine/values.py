"""What goes into and comes out of each stage: typed, frozen, and made of arrays that can be shown and edited.

One class a stage of `engine.graph`, whose fields are the stage's arrays. Pictures are uint8 (H, W, 3) RGB, label maps
uint8 (H, W), masks uint8 (H, W) from 0 to 255. A user's edit is a new object with one array replaced
(`dataclasses.replace`); the later stages are computed from it as if it were the program's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from engine import graph
from engine.arrays import Array8, Size, same_shape
from engine.errors import TryOnError
from engine.imaging.images import resize_labels, resize_picture
from engine.labels import lip_to_segmentation, one_hot
from engine.messages import Fault
from engine.pose import Pose

Arrays = Mapping[str, Any]
"""What a stage made or a user brought, as plain arrays by name."""

_FIT: Mapping[graph.Form, Callable[[Array8, Size], Array8]] = {
    "picture": resize_picture,
    "soft mask": resize_picture,
    "mask": resize_labels,
    "labels": resize_labels,
}
_V = TypeVar("_V", bound="Value")


@dataclass(frozen=True, eq=False)
class Value:
    """What one stage makes. stage: its name in `engine.graph`."""

    stage: ClassVar[str]

    @property
    def size(self) -> Size:
        """(height, width)."""
        first = next(one for one in graph.BY_NAME[self.stage].arrays if one.form in _FIT)
        height, width, *_ = getattr(self, first.name).shape
        return height, width

    def fits(self, size: Size) -> bool:
        """Whether it belongs to pictures of this size."""
        return self.size == size

    def scaled(self, size: Size) -> "Value":
        """The same at another size: pictures and soft masks bilinear, labels and masks nearest."""
        return self if self.fits(size) else replace(self, **fitted(self.stage, arrays_of(self), size))


@dataclass(frozen=True, eq=False)
class Person(Value):
    """A photo framed to 3:4 with what is known about the person in it.

    image (H, W, 3); pose with the same size; parse (H, W) in the LIP classes, 255 where unknown; pose_picture (H, W, 3)
    where a data set brings its own (else it is drawn from the pose).
    """

    stage: ClassVar[str] = "person"
    image: Array8
    pose: Pose
    parse: Array8
    pose_picture: Array8 | None = None

    def __post_init__(self) -> None:
        _check_picture("the person's photo", self.image)
        _same_size("the person's parse", self.parse, self.image)
        if self.pose.size != self.image.shape[:2]:
            raise TryOnError("value.pose", size=_times(self.pose.size), photo=_times(self.image.shape[:2]))

    def scaled(self, size: Size) -> "Person":
        """The same person at another size: photo bilinear, parse nearest (as published), keypoints with them.

        TryOnError when the two sizes have different shapes, since that would distort the person.
        """
        if size == self.size:
            return self
        _same_shape("the person's photo", self.size, size)
        picture = None if self.pose_picture is None else resize_picture(self.pose_picture, size)
        return Person(
            resize_picture(self.image, size), self.pose.scaled(size), resize_labels(self.parse, size), picture
        )


@dataclass(frozen=True, eq=False)
class Garment(Value):
    """A product photo of a top framed to 3:4, and where in it the garment is: image (H, W, 3), mask (H, W)."""

    stage: ClassVar[str] = "garment"
    image: Array8
    mask: Array8

    def __post_init__(self) -> None:
        _check_picture("the garment's photo", self.image)
        _same_size("the garment's mask", self.mask, self.image)

    def scaled(self, size: Size) -> "Garment":
        """The same garment at another size: photo bilinear, mask nearest (as published). Errors as for a person."""
        if size == self.size:
            return self
        _same_shape("the garment's photo", self.size, size)
        return Garment(resize_picture(self.image, size), resize_labels(self.mask, size))


@dataclass(frozen=True, eq=False)
class Agnostic(Value):
    """The person without what they wear on top: grey-filled photo, LIP parse, and the pose picture."""

    stage: ClassVar[str] = "agnostic"
    image: Array8
    parse: Array8
    pose_picture: Array8

    def __post_init__(self) -> None:
        _check_picture("the agnostic picture", self.image)
        _same_size("the agnostic parse", self.parse, self.image)
        _same_size("the pose picture", self.pose_picture[..., 0], self.image)

    @cached_property
    def parse_planes(self) -> NDArray[np.float32]:
        """The agnostic parse as one-hot (13, H, W) in the classes of the segmentation generator."""
        return one_hot(lip_to_segmentation(self.parse), 13)


@dataclass(frozen=True, eq=False)
class Coat(Value):
    """What the person keeps on over the garment, an open coat for example: stays (H, W), a mask, 0 for nothing."""

    stage: ClassVar[str] = "coat"
    stays: Array8


@dataclass(frozen=True, eq=False)
class Hair(Value):
    """How much of each pixel is hair where that lies before a top: share (H, W), 255 for all of it."""

    stage: ClassVar[str] = "hair"
    share: Array8


@dataclass(frozen=True, eq=False)
class Collar(Value):
    """What the product photo shows of the inside of the collar, which nobody sees on a person: mask (H, W)."""

    stage: ClassVar[str] = "collar"
    mask: Array8


@dataclass(frozen=True, eq=False)
class MarkedParts(Value):
    """Where in the product photo the garment's sleeves are, each a region of its own: mask (H, W)."""

    stage: ClassVar[str] = "parts"
    mask: Array8


@dataclass(frozen=True, eq=False)
class Sleeves(Value):
    """What the product photo says of the sleeves.

    reach (2,) float32: how long they are, in bones from the limb's root (0 at the shoulder, 1 at the elbow, 2 at the
    wrist), and the doubt of that, in bones as well. It fits pictures of any size.
    """

    stage: ClassVar[str] = "sleeves"
    reach: NDArray[np.float32]

    @property
    def length(self) -> float:
        return float(self.reach[0])

    @property
    def doubt(self) -> float:
        return float(self.reach[1])

    def fits(self, size: Size) -> bool:
        return True


@dataclass(frozen=True, eq=False)
class Prewarp(Value):
    """The garment laid onto the person before their parse is predicted.

    field (2, h, w) float32: x, y of how far from each place its cloth lies in the product photo, in units of half the
    picture. It fits pictures of any size.
    """

    stage: ClassVar[str] = "prewarp"
    field: NDArray[np.float32]

    def fits(self, size: Size) -> bool:
        return True


@dataclass(frozen=True, eq=False)
class Segmentation(Value):
    """The parse predicted for the person wearing the garment: labels (H, W) of `engine.labels.SEGMENTATION`."""

    stage: ClassVar[str] = "segmentation"
    labels: Array8


@dataclass(frozen=True, eq=False)
class Warp(Value):
    """The garment laid onto the person.

    points (N, 2) float32: x, y of what can be dragged, in units of half the picture (25 points of the spline, see
    `engine.warping`); None where the warp has nothing of the kind. cloth (H, W, 3): the
    warped product photo, not masked. mask (H, W): the warped cloth mask, soft at its edge. displacement (h, w, 2)
    float32 of any size: how a user has pushed the laid garment about (`engine.warping.displaced`); None for not at all.
    """

    stage: ClassVar[str] = "warp"
    points: NDArray[np.float32] | None
    cloth: Array8
    mask: Array8
    displacement: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        _check_picture("the warped cloth", self.cloth)
        _same_size("the warped mask", self.mask, self.cloth)


@dataclass(frozen=True, eq=False)
class Misalignment(Value):
    """Where the warped cloth fails to cover the predicted clothes: mask (H, W), 255 there, soft at the cloth's edge."""

    stage: ClassVar[str] = "misalignment"
    mask: Array8


@dataclass(frozen=True, eq=False)
class Generated(Value):
    """The generator's own picture (H, W, 3) of the person wearing the garment."""

    stage: ClassVar[str] = "generation"
    picture: Array8


@dataclass(frozen=True, eq=False)
class Finished(Value):
    """The picture to show.

    image (H, W, 3): photo and `layers` mixed by `changed`. layers (H, W, 3): what is laid over the photo, not yet mixed
    with it: the generator's output or what was assembled with its help. changed (H, W): 255 where `image` is the
    layers', 0 where it is the photo, between on the feathered edge.
    """

    stage: ClassVar[str] = "result"
    image: Array8
    layers: Array8
    changed: Array8


CLASSES: Mapping[str, type[Value]] = {
    one.stage: one
    for one in (
        Person,
        Garment,
        Agnostic,
        Coat,
        Hair,
        Collar,
        MarkedParts,
        Sleeves,
        Prewarp,
        Segmentation,
        Warp,
        Misalignment,
        Generated,
        Finished,
    )
}
"""The class of each stage's value."""

COAT_OFF: Mapping[str, Arrays] = {Coat.stage: {"stays": np.zeros((4, 3), np.uint8)}}
"""What a try-on is given, by stage, in which nothing stays on."""


@dataclass(frozen=True, eq=False)
class TryOnResult:
    """The finished picture and everything it was made from.

    values: what each stage made, by its name; the properties are what is asked for most, under the names of those
    classes. timings: seconds by stage. notes: what the user should know.
    """

    values: Mapping[str, Value]
    seed: int = 0
    timings: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Fault, ...] = ()

    def value(self, kind: type[_V]) -> _V:
        """What the stage of this class made. KeyError where an optional stage was left out."""
        return cast(_V, self.values[kind.stage])

    def with_values(self, *values: Value) -> "TryOnResult":
        """The same with other values in the place of those of their stages."""
        return replace(self, values={**self.values, **{one.stage: one for one in values}})

    @property
    def image(self) -> Array8:
        return self.value(Finished).image

    @property
    def raw(self) -> Array8:
        """The generator's own output."""
        return self.value(Generated).picture

    @property
    def layers(self) -> Array8:
        return self.value(Finished).layers

    @property
    def changed(self) -> Array8:
        return self.value(Finished).changed

    @property
    def person(self) -> Person:
        return self.value(Person)

    @property
    def garment(self) -> Garment:
        return self.value(Garment)

    @property
    def agnostic(self) -> Agnostic:
        return self.value(Agnostic)

    @property
    def segmentation(self) -> Segmentation:
        return self.value(Segmentation)

    @property
    def warp(self) -> Warp:
        return self.value(Warp)

    @property
    def misalignment(self) -> Array8:
        return self.value(Misalignment).mask


def arrays_of(value: Value) -> dict[str, Any]:
    """The arrays of a stage's value by name, as processes hand them over and `value_of` reads them."""
    return {one.name: getattr(value, one.name) for one in graph.BY_NAME[value.stage].arrays}


def fitted(stage: str, arrays: Arrays, size: Size) -> dict[str, Any]:
    """Those of the arrays that belong to the stage, at `size`."""
    forms = {one.name: one.form for one in graph.BY_NAME[stage].arrays}
    return {name: _fitted(array, forms[name], size) for name, array in arrays.items() if name in forms}


def value_of(stage: str, arrays: Arrays, size: Size) -> Value:
    """A stage's value of all its arrays, whatever their sizes, at `size`. TypeError where one is missing."""
    return CLASSES[stage](**fitted(stage, arrays, size))


def _fitted(array: Any, form: graph.Form, size: Size) -> Any:
    """An array as its form is brought to a size; points are in units of the picture and have none."""
    if form == "points":
        return None if array is None else np.asarray(array, dtype=np.float32)
    fit = _FIT.get(form)
    return array if fit is None or array.shape[:2] == size else fit(array, size)


def check_sizes(size: Size, *parts: Value) -> None:
    """TryOnError unless all parts have `size`: results of stages belong together, edited or loaded ones may not."""
    for part in parts:
        if not part.fits(size):
            what = type(part).__name__.lower()
            raise TryOnError("value.other", what=what, size=_times(part.size), wanted=_times(size))


def _check_picture(what: str, image: Array8) -> None:
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
        raise TryOnError("value.array", what=what, type=image.dtype, shape=image.shape)


def _same_size(what: str, array: Array8, image: Array8) -> None:
    if array.shape != image.shape[:2]:
        raise TryOnError("value.size", what=what, size=_times(array.shape), photo=_times(image.shape[:2]))


def _same_shape(what: str, size: Size, wanted: Size) -> None:
    if not same_shape(size, wanted):
        raise TryOnError("value.shape", what=what, size=_times(size), wanted=_times(wanted))


def _times(size: tuple[int, ...]) -> str:
    """Width x height, as people say it."""
    return " x ".join(str(n) for n in reversed(size))
