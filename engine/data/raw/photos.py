"""Photos of people with parse and joints, as the person parser learns from them: any size, any framing.

Two sources: the packed cache of a VITON data set (studio photos, framed alike) and a folder in the layout of Clothing
Co-Parsing (whole people in the street: image/NAME.jpg, image-parse/NAME.png, openpose-json/NAME_keypoints.json).
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Keypoints, Labels, Picture
from engine.data.cache import PackedCache
from engine.errors import TryOnError
from engine.imaging.images import read_labels, read_photo
from engine.pose import read_pose
from engine.pose.skeleton import Joint

HELD_OUT = 50  # last names of a street folder, kept for validation


@dataclass(frozen=True, eq=False)
class Photo:
    """A photo uint8 (H, W, 3), its LIP labels uint8 (H, W) with 255 for not known, and keypoints float32 (25, 3).

    `framed` tells that the photo is a try-on photo already: 3:4, from the head to the upper thighs.
    """

    name: str
    image: Picture
    parse: Labels
    keypoints: Keypoints
    framed: bool


@dataclass(frozen=True)
class View:
    """A 3:4 window of a photo: its centre (x, y) and its height, in pixels of the photo; may reach outside."""

    x: float
    y: float
    height: float


class StreetPhotos:
    """A folder in the layout of Clothing Co-Parsing; photos are decoded on first use and kept.

    `TryOnError` where the folder has no photos.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names = sorted(path.stem for path in (root / "image").glob("*.jpg"))
        if not self.names:
            raise TryOnError("data.no_photos", path=root / "image")
        self._kept: dict[str, Photo] = {}
        self._lock = threading.Lock()

    @property
    def train(self) -> list[str]:
        """Names to train on."""
        return self.names[: -self._held_out]

    @property
    def validation(self) -> list[str]:
        """The last names, at most 50 and at most a fifth of all."""
        return self.names[-self._held_out :]

    @property
    def _held_out(self) -> int:
        return min(HELD_OUT, max(1, len(self.names) // 5))

    def photo(self, name: str) -> Photo:
        """The photo called `name`. `TryOnError` names a file that cannot be read."""
        with self._lock:
            found = self._kept.get(name)
            if found is None:
                found = self._kept[name] = self._read(name)
            return found

    def _read(self, name: str) -> Photo:
        image = read_photo(self.root / "image" / f"{name}.jpg")
        size = image.shape[0], image.shape[1]
        parse = read_labels(self.root / "image-parse" / f"{name}.png")
        if parse.shape != size:
            raise TryOnError("data.parse_size", name=name, path=self.root)
        pose = read_pose(self.root / "openpose-json" / f"{name}_keypoints.json", size)
        return Photo(name, image, parse, pose.keypoints, framed=False)


def studio_photo(cache: PackedCache, row: int) -> Photo:
    """Person number `row` of a packed data set in the VITON-HD layout."""
    sample = cache[row]
    return Photo(sample.name, sample.image, sample.parse, sample.pose.keypoints, framed=True)


def whole_view(size: tuple[int, int]) -> View:
    """The smallest 3:4 window around a picture of `size` (height, width)."""
    height, width = size
    return View(width / 2, height / 2, max(height, width * 4 / 3))


def person_view(parse: Labels, margin: float = 0.06) -> View:
    """The 3:4 window around everything that is not background, with a margin as a share of its height."""
    rows, columns = (np.flatnonzero((parse != 0).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return whole_view((parse.shape[0], parse.shape[1]))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    height = max(bottom - top, (right - left) * 4 / 3) * (1 + 2 * margin)
    return View((left + right) / 2, (top + bottom) / 2, float(height))


def try_on_view(photo: Photo) -> View:
    """The window that a try-on photo shows: a little above the head down to the upper thighs.

    From the keypoints; where neck or hips are missing, the window around the person.
    """
    if photo.framed:
        return whole_view((photo.parse.shape[0], photo.parse.shape[1]))
    points = photo.keypoints
    neck, hip = points[Joint.NECK], points[Joint.MID_HIP]
    torso = float(np.hypot(*(hip[:2] - neck[:2])))
    if neck[2] <= 0 or hip[2] <= 0 or torso < 8:
        return person_view(photo.parse)
    rows = np.flatnonzero((photo.parse != 0).any(axis=1))
    top = float(rows[0]) if len(rows) else 0.0
    head = float(np.clip(top, neck[1] - torso, neck[1] - 0.45 * torso))
    bottom = float(hip[1]) + 0.3 * torso
    height = (bottom - head) * 1.06
    return View(float(neck[0] + hip[0]) / 2, bottom - height / 2, height)


def affine_of(view: View, size: tuple[int, int], degrees: float = 0.0) -> NDArray[np.float64]:
    """(2, 3) from pixels of the photo to pixels of the view drawn at `size`, turned about its centre."""
    height, width = size
    turned = cv2.getRotationMatrix2D((view.x - 0.5, view.y - 0.5), degrees, height / view.height)
    affine: NDArray[np.float64] = np.asarray(turned, np.float64)
    affine[:, 2] += np.array([(width - 1) / 2, (height - 1) / 2]) - (view.x - 0.5, view.y - 0.5)
    return affine


def shrunk(image: Picture, affine: NDArray[np.float64]) -> tuple[Picture, NDArray[np.float64]]:
    """The picture made smaller by halves, and the map that then belongs to it, so that sampling it does not alias."""
    scale = float(np.hypot(affine[0, 0], affine[1, 0]))
    while scale < 0.7 and min(image.shape[:2]) >= 16:
        height, width = image.shape[0] // 2, image.shape[1] // 2
        factors = image.shape[1] / width, image.shape[0] / height
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        linear = affine[:, :2] * factors
        affine = np.column_stack([linear, affine[:, 2] + affine[:, :2] @ ((np.array(factors) - 1) / 2)])
        scale *= sum(factors) / 2
    return image, affine


def moved_points(keypoints: Keypoints, affine: NDArray[np.float64], size: tuple[int, int]) -> Keypoints:
    """Keypoints in the view; confidence -1 where one is known to lie outside of it, 0 where nothing is known."""
    height, width = size
    moved = keypoints.astype(np.float32, copy=True)
    moved[:, :2] = keypoints[:, :2] @ affine[:, :2].T + affine[:, 2]
    x, y = moved[:, 0], moved[:, 1]
    outside = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    moved[outside, 2] = -1
    moved[keypoints[:, 2] <= 0] = 0
    moved[moved[:, 2] <= 0, :2] = 0
    return moved


def seen(photo: Photo, view: View, size: tuple[int, int]) -> tuple[Picture, Labels, Keypoints]:
    """What a view shows, unchanged: picture (H, W, 3), labels (H, W), keypoints as in `moved_points`."""
    affine = affine_of(view, size)
    height, width = size
    small, matrix = shrunk(photo.image, affine)
    picture = cv2.warpAffine(small, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    parse = cv2.warpAffine(photo.parse, affine, (width, height), flags=cv2.INTER_NEAREST, borderValue=0)
    points = moved_points(photo.keypoints, affine, size)
    return picture.astype(np.uint8, copy=False), parse.astype(np.uint8, copy=False), points


def joints_ever_found(keypoints: Sequence[Keypoints]) -> NDArray[np.bool_]:
    """(25,): whether any of the photos has the joint."""
    found: NDArray[np.bool_] = np.any(np.stack(list(keypoints))[:, :, 2] > 0, axis=0)
    return found
