"""The clothing-agnostic person: parse and photo with everything taken out that shows the worn garment.

The shapes are those of the published VITON-HD data, measured at 1024 x 768 and drawn with Pillow's ImageDraw (flat line
ends, no anti-aliasing), because another rasteriser gives other border pixels. For other sizes the radii scale with the
height. Missing shoulders, neck or hips, for which the original has no rule, come from `Pose.completed`.
"""

import math
from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.arrays import Labels
from engine.category.table import UPPER, Category
from engine.errors import TryOnError
from engine.imaging.planes import among
from engine.labels import IGNORE, Lip
from engine.pose import Joint, Point, Pose

GREY = (128, 128, 128)

_BASE_HEIGHT = 1024
_PARSE_RADIUS = 10
_IMAGE_RADIUS = 20


def hidden_region(image: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(H, W): what an agnostic picture uint8 (H, W, 3) hides, drawn here or by a user in the same grey."""
    return np.asarray(cv2.inRange(image, GREY, GREY) > 0, dtype=np.bool_)


class _Pen:
    """Draws the method's shapes into a one-channel picture; lengths are given in units of the radius."""

    def __init__(self, size: tuple[int, int], radius: float) -> None:
        self._picture = Image.new("L", (size[1], size[0]))
        self._draw = ImageDraw.Draw(self._picture)
        self._unit = radius * size[0] / _BASE_HEIGHT

    def line(self, points: list[Point], width: float) -> None:
        self._draw.line(points, fill=255, width=max(1, round(width * self._unit)))

    def ellipse(self, centre: Point, across: float, down: float | None = None) -> None:
        self._draw.ellipse(self._box(centre, across, across if down is None else down), fill=255)

    def square(self, centre: Point, half_side: float) -> None:
        self._draw.rectangle(self._box(centre, half_side, half_side), fill=255)

    def polygon(self, points: list[Point]) -> None:
        self._draw.polygon(points, fill=255)

    def mask(self) -> NDArray[np.bool_]:
        """Boolean (H, W): where anything was drawn."""
        return np.asarray(self._picture) > 0

    def _box(self, centre: Point, across: float, down: float) -> tuple[float, float, float, float]:
        x, y = centre
        dx, dy = across * self._unit, down * self._unit
        return (x - dx, y - dy, x + dx, y + dy)


def agnostic_parse(parse_lip: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """The LIP parse uint8 (H, W) without the garment, what goes with it, and those parts of limbs it may have covered.

    What is not known, a bag for example, is background there, as networks learn it.

    The pose is scaled to the parse and completed first. `TryOnError` when the pose lacks both shoulders and the neck.
    """
    pose = pose.scaled(_size(parse_lip)).completed()
    agnostic = parse_lip.copy()
    for label, chain in category.limbs:
        agnostic[_limb(pose, chain) & (parse_lip == label)] = Lip.BACKGROUND
    agnostic[among(parse_lip, (*category.removed, IGNORE))] = Lip.BACKGROUND
    return agnostic


def bare_limbs(parse: Labels, pose: Pose, category: Category = UPPER) -> NDArray[np.bool_]:
    """(H, W): what an agnostic LIP parse still shows of limbs, without hands or feet.

    Beside the drawn lines some of a bare arm stays, of a sleeve nothing: that betrays the sleeves of what was worn. A
    limb whose last two joints are not found is not in it.
    """
    pose = pose.scaled(_size(parse)).completed()
    shown: NDArray[np.bool_] = np.zeros(parse.shape, np.bool_)
    for label, (*_, middle, end) in category.limbs:
        if pose.found(middle) and pose.found(end):
            shown |= (parse == label) & ~_at_the_end(pose.point(middle), pose.point(end), pose.size)
    return shown


def _at_the_end(middle: Point, end: Point, size: tuple[int, int]) -> NDArray[np.bool_]:
    """(H, W): the hand or foot beyond the limb's last joint, not farther from it than the joint before."""
    x, y = np.meshgrid(np.arange(size[1]) - end[0], np.arange(size[0]) - end[1])
    along, across = end[0] - middle[0], end[1] - middle[1]
    return np.asarray((x * along + y * across > 0) & (x**2 + y**2 < along**2 + across**2))


def agnostic_image(
    image: NDArray[np.uint8], parse_lip: Labels, pose: Pose, category: Category = UPPER
) -> NDArray[np.uint8]:
    """The photo uint8 (H, W, 3) with the garment's region in grey 128; what the category keeps has its own pixels.

    `parse_lip` is uint8 (H, W). `TryOnError` when photo and parse differ in size or the pose cannot be completed.
    """
    size = _size(parse_lip)
    if image.shape != (*size, 3):
        raise TryOnError("parse.other_size", shape="x".join(map(str, image.shape)), parse=f"{size[0]}x{size[1]}")
    pose = pose.scaled(size).completed()
    grey = REGIONS[category.key](pose, size) & ~among(parse_lip, category.kept)
    agnostic = image.copy()
    cv2.copyTo(np.full_like(image, GREY), grey.view(np.uint8), agnostic)  # far quicker than a boolean index
    return agnostic


def _size(labels: Labels) -> tuple[int, int]:
    if labels.ndim != 2:
        raise TryOnError("parse.dimensions", count=labels.ndim)
    return labels.shape[0], labels.shape[1]


def _limb(pose: Pose, chain: tuple[Joint, ...]) -> NDArray[np.bool_]:
    """Along a limb; the last joint's disc is small, so that hand or foot stays."""
    pen = _Pen(pose.size, _PARSE_RADIUS)
    last = chain[0]
    for joint in chain[1:]:
        if not (pose.found(last) and pose.found(joint)):
            continue
        pen.line([pose.point(last), pose.point(joint)], 10)
        pen.ellipse(pose.point(joint), 4 if joint is chain[-1] else 15)
        last = joint
    return pen.mask()


def _upper_body(pose: Pose, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Torso, arms and neck."""
    pen = _Pen(size, _IMAGE_RADIUS)
    right, left = pose.point(Joint.RIGHT_SHOULDER), pose.point(Joint.LEFT_SHOULDER)
    pen.line([right, left], 10)
    pen.ellipse(right, 5)
    pen.ellipse(left, 5)
    for joint in (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, Joint.LEFT_ELBOW, Joint.LEFT_WRIST):
        before = Joint(joint - 1)
        if pose.found(before) and pose.found(joint):
            pen.line([pose.point(before), pose.point(joint)], 10)
            pen.ellipse(pose.point(joint), 5)
    _torso(pen, right, left, *_widened_hips(pose))
    pen.square(pose.point(Joint.NECK), 7)
    return pen.mask()


def _torso(pen: _Pen, right: Point, left: Point, right_hip: Point, left_hip: Point) -> None:
    pen.ellipse(right_hip, 3, 6)
    pen.ellipse(left_hip, 3, 6)
    pen.line([right, right_hip], 6)
    pen.line([left, left_hip], 6)
    pen.line([right_hip, left_hip], 12)
    pen.polygon([right, left, left_hip, right_hip])


def _widened_hips(pose: Pose) -> tuple[Point, Point]:
    """Right and left hip, moved about their midpoint until they are as far apart as the shoulders."""
    shoulders = (pose.point(Joint.RIGHT_SHOULDER), pose.point(Joint.LEFT_SHOULDER))
    right, left = pose.point(Joint.RIGHT_HIP), pose.point(Joint.LEFT_HIP)
    wanted, found = math.dist(*shoulders), math.dist(right, left)
    if found == 0:  # seen exactly from the side: hips have no direction of their own, so they take the shoulders'
        return _apart(right, shoulders, 1.0)
    middle = ((right[0] + left[0]) / 2, (right[1] + left[1]) / 2)
    return _apart(middle, (right, left), wanted / found)


def _apart(middle: Point, ends: tuple[Point, Point], factor: float) -> tuple[Point, Point]:
    """The segment `ends`, `factor` times as long, about `middle`."""
    (x0, y0), (x1, y1) = ends
    dx, dy = (x1 - x0) / 2 * factor, (y1 - y0) / 2 * factor
    return (middle[0] - dx, middle[1] - dy), (middle[0] + dx, middle[1] + dy)


# What of the photo is hidden before what is kept is put back, for each category: pose (completed) and size -> (H, W).
REGIONS: Mapping[str, Callable[[Pose, tuple[int, int]], NDArray[np.bool_]]] = {"upper": _upper_body}
