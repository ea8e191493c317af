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
        _same_size("the person's parse", self.parse, self.image)
        if self.pose.size != self.image.shape[:2]:
            raise TryOnError(f"the pose is for a picture of {_times(self.pose.size)} pixels, {_photo(self.image)}")

    @property
    def size(self) -> Size:
        return self.image.shape[0], self.image.shape[1]

    def scaled(self, size: Size) -> "Person":
        """The same person at another size: photo bilinear, parse nearest (as published), keypoints with them."""
        if size == self.size:
            return self
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
        _same_size("the garment's mask", self.mask, self.image)

    @property
    def size(self) -> Size:
        return self.image.shape[0], self.image.shape[1]

    def scaled(self, size: Size) -> "Garment":
        """The same garment at another size: photo bilinear, mask nearest (as published)."""
        if size == self.size:
            return self
        return Garment(resize_picture(self.image, size), resize_labels(self.mask, size))


@dataclass(frozen=True, eq=False)
class Agnostic:
    """The person without what they wear on top: grey-filled photo, LIP parse, and the pose picture."""

    image: Array8
    parse: Array8
    pose_picture: Array8

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


@dataclass(frozen=True, eq=False)
class Warp:
    """The garment laid onto the person.

    control_points (25, 2) float32: x, y of the moved spline points in units of half the picture. cloth (H, W, 3): the
    warped product photo, not masked. mask (H, W): the warped cloth mask, soft at its edge.
    """

    control_points: NDArray[np.float32]
    cloth: Array8
    mask: Array8


@dataclass(frozen=True, eq=False)
class TryOnResult:
    """The finished picture and everything it was made from.

    image: the picture to show; raw: the generator's own output, before original pixels were put back; changed (H, W):
    255 where `image` is the generator's, 0 where it is the photo, between on the feathered edge; misalignment (H, W):
    255 where the warped cloth fails to cover the clothes. timings: seconds by stage. notes: sentences for the user.
    """

    image: Array8
    raw: Array8
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


def _same_size(what: str, array: Array8, image: Array8) -> None:
    if array.shape != image.shape[:2]:
        raise TryOnError(f"{what} has {_times(array.shape)} pixels, {_photo(image)}; they must have the same size")


def _photo(image: Array8) -> str:
    return f"but the photo has {_times(image.shape[:2])}"


def _times(size: tuple[int, ...]) -> str:
    """Width x height, as people say it."""
    return " x ".join(str(n) for n in reversed(size))
