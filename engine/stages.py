"""What goes into and comes out of each stage: typed, frozen, and made of arrays that can be shown and edited.

Pictures are uint8 (H, W, 3) RGB, label maps uint8 (H, W), masks uint8 (H, W) from 0 to 255. A user's edit is a new
object with one array replaced (`dataclasses.replace`); the pipeline computes the later stages from it as if it were its
own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.errors import TryOnError
from engine.images import resize_labels, resize_picture
from engine.labels import lip_to_segmentation, one_hot
from engine.pose import Pose

Array8 = NDArray[np.uint8]
Size = tuple[int, int]
_SHAPE_TOLERANCE = 0.02  # what rounding a 3:4 crop to whole pixels, or a careless one, may cost


@dataclass(frozen=True, eq=False)
class Person:
    """A photo framed to 3:4 with what is known about the person in it.

    image (H, W, 3); pose with the same size; parse (H, W) in the LIP classes, 255 where unknown; pose_picture (H, W, 3)
    where a data set brings its own (else it is drawn from the pose).
    """

    image: Array8
    pose: Pose
    parse: Array8
    pose_picture: Array8 | None = None

    def __post_init__(self) -> None:
        _check_picture("the person's photo", self.image)
        _same_size("the person's parse", self.parse, self.image)
        if self.pose.size != self.image.shape[:2]:
            raise TryOnError(f"the pose is for a picture of {_times(self.pose.size)} pixels, {_photo(self.image)}")

    @property
    def size(self) -> Size:
        return self.image.shape[0], self.image.shape[1]

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
class Garment:
    """A product photo of a top framed to 3:4, and where in it the garment is: image (H, W, 3), mask (H, W)."""

    image: Array8
    mask: Array8

    def __post_init__(self) -> None:
        _check_picture("the garment's photo", self.image)
        _same_size("the garment's mask", self.mask, self.image)

    @property
    def size(self) -> Size:
        return self.image.shape[0], self.image.shape[1]

    def scaled(self, size: Size) -> "Garment":
        """The same garment at another size: photo bilinear, mask nearest (as published). Errors as for a person."""
        if size == self.size:
            return self
        _same_shape("the garment's photo", self.size, size)
        return Garment(resize_picture(self.image, size), resize_labels(self.mask, size))


@dataclass(frozen=True, eq=False)
class Agnostic:
    """The person without what they wear on top: grey-filled photo, LIP parse, and the pose picture."""

    image: Array8
    parse: Array8
    pose_picture: Array8

    def __post_init__(self) -> None:
        _check_picture("the agnostic picture", self.image)
        _same_size("the agnostic parse", self.parse, self.image)
        _same_size("the pose picture", self.pose_picture[..., 0], self.image)

    @property
    def size(self) -> Size:
        return self.image.shape[0], self.image.shape[1]

    @cached_property
    def parse_planes(self) -> NDArray[np.float32]:
        """The agnostic parse as one-hot (13, H, W) in the classes of the segmentation generator."""
        return one_hot(lip_to_segmentation(self.parse), 13)


@dataclass(frozen=True, eq=False)
class Segmentation:
    """The parse predicted for the person wearing the garment: labels (H, W) of `engine.labels.SEGMENTATION`."""

    labels: Array8

    @property
    def size(self) -> Size:
        return self.labels.shape[0], self.labels.shape[1]


@dataclass(frozen=True, eq=False)
class Warp:
    """The garment laid onto the person.

    control_points (25, 2) float32: x, y of the moved spline points in units of half the picture. cloth (H, W, 3): the
    warped product photo, not masked. mask (H, W): the warped cloth mask, soft at its edge.
    """

    control_points: NDArray[np.float32]
    cloth: Array8
    mask: Array8

    def __post_init__(self) -> None:
        _check_picture("the warped cloth", self.cloth)
        _same_size("the warped mask", self.mask, self.cloth)

    @property
    def size(self) -> Size:
        return self.mask.shape[0], self.mask.shape[1]


@dataclass(frozen=True, eq=False)
class TryOnResult:
    """The finished picture and everything it was made from.

    image: the picture to show: photo and `layers` mixed by `changed`; raw: the generator's own output; layers: what is
    laid over the photo, not yet mixed with it: the generator's output or what was assembled with its help; changed
    (H, W): 255 where `image` is the layers', 0 where it is the photo, between on the feathered edge; misalignment
    (H, W): 255 where the warped cloth fails to cover the clothes. timings: seconds by stage. notes: sentences for the
    user.
    """

    image: Array8
    raw: Array8
    layers: Array8
    changed: Array8
    person: Person
    garment: Garment
    agnostic: Agnostic
    segmentation: Segmentation
    warp: Warp
    misalignment: Array8
    seed: int = 0
    timings: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def check_sizes(size: Size, *parts: Agnostic | Segmentation | Warp) -> None:
    """TryOnError unless all parts have `size`: results of stages belong together, edited or loaded ones may not."""
    for part in parts:
        if part.size != size:
            raise TryOnError(
                f"the {type(part).__name__.lower()} has {_times(part.size)} pixels, but the person has {_times(size)}; "
                "make it again for this person"
            )


def _check_picture(what: str, image: Array8) -> None:
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
        raise TryOnError(f"{what} must be an array uint8 (H, W, 3), not {image.dtype} {image.shape}")


def _same_size(what: str, array: Array8, image: Array8) -> None:
    if array.shape != image.shape[:2]:
        raise TryOnError(f"{what} has {_times(array.shape)} pixels, {_photo(image)}; they must have the same size")


def _same_shape(what: str, size: Size, wanted: Size) -> None:
    if abs(size[0] * wanted[1] / (size[1] * wanted[0]) - 1) > _SHAPE_TOLERANCE:
        raise TryOnError(
            f"{what} has {_times(size)} pixels and would be distorted to {_times(wanted)}; frame it to 3:4 first"
        )


def _photo(image: Array8) -> str:
    return f"but the photo has {_times(image.shape[:2])}"


def _times(size: tuple[int, ...]) -> str:
    """Width x height, as people say it."""
    return " x ".join(str(n) for n in reversed(size))
