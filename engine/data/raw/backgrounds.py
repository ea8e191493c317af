"""Pictures without people, to put behind people and garments: rooms, streets, cloth, plain and shaded walls."""

import threading
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels, Picture, Size
from engine.data.raw.photos import Photo

_SIDE = 320  # height that background photos are kept at
Rng = np.random.Generator


class Backgrounds:
    """Draws backgrounds from photos of people, who are blurred away, from other pictures, and from nothing.

    streets: functions that give a photo of a person. textures: functions that give any picture uint8 (H, W, 3), such
    as a product photo, of which only the middle is used. Street photos are kept once they are cleared.
    """

    def __init__(
        self, streets: Sequence[Callable[[], Photo]] = (), textures: Sequence[Callable[[], Picture]] = ()
    ) -> None:
        self._streets, self._textures = tuple(streets), tuple(textures)
        self._kept: dict[int, Picture] = {}
        self._lock = threading.Lock()

    def draw(self, size: Size, rng: Rng, plain: float = 0.3) -> Picture:
        """A background uint8 (H, W, 3); a share of `plain` are even or shaded walls."""
        kind, seed = rng.random(), int(rng.integers(1 << 31))
        inner = np.random.default_rng(seed)
        if kind >= plain and self._streets and (kind < 0.9 or not self._textures):
            return _cut(self._street(int(inner.integers(len(self._streets)))), size, inner)
        return self._cloth(size, inner) if kind >= plain and self._textures else wall(size, inner)

    def cloth(self, size: Size, rng: Rng) -> Picture:
        """Cloth uint8 (H, W, 3); something plain where there is none."""
        inner = np.random.default_rng(int(rng.integers(1 << 31)))
        return self._cloth(size, inner) if self._textures else wall(size, inner)

    def _cloth(self, size: Size, rng: Rng) -> Picture:
        picture = self._textures[int(rng.integers(len(self._textures)))]()
        height, width = picture.shape[:2]
        middle = picture[height // 3 : height * 2 // 3, width // 3 : width * 2 // 3]
        return _cut(np.ascontiguousarray(middle), size, rng)

    def _street(self, index: int) -> Picture:
        with self._lock:
            found = self._kept.get(index)
        if found is None:
            photo = self._streets[index]()
            found = cleared(photo.image, photo.parse)
            with self._lock:
                self._kept[index] = found
        return found


def cleared(image: Picture, parse: Labels) -> Picture:
    """The photo without its person, 320 high: what was around is spread over where they stood."""
    width = max(8, round(image.shape[1] * _SIDE / image.shape[0]))
    small: Picture = cv2.resize(image, (width, _SIDE), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    person = cv2.resize((parse != 0).astype(np.uint8), (width, _SIDE), interpolation=cv2.INTER_NEAREST)
    around = 1.0 - cv2.dilate(person, np.ones((9, 9), np.uint8)).astype(np.float32)
    spread = cv2.resize(_spread(small, around), (width, _SIDE), interpolation=cv2.INTER_LINEAR)
    keep = cv2.GaussianBlur(around, (0, 0), 1.5)[..., None]
    return np.clip(keep * small + (1 - keep) * spread, 0, 255).astype(np.uint8)


def _spread(picture: Picture, around: NDArray[np.float32]) -> NDArray[np.float32]:
    """The colours `around` continued everywhere, at a quarter of the size; near pixels count where there are any."""
    size = picture.shape[1] // 4, picture.shape[0] // 4
    weight = cv2.resize(around, size, interpolation=cv2.INTER_AREA)
    colours = cv2.resize(picture.astype(np.float32) * around[..., None], size, interpolation=cv2.INTER_AREA)
    both = np.dstack([colours, weight]).astype(np.float32)
    total: NDArray[np.float32] = np.zeros_like(both)
    for sigma, share in ((1.5, 1.0), (5.0, 0.03), (16.0, 1e-3)):
        total += share * np.asarray(cv2.GaussianBlur(both, (0, 0), sigma), np.float32)
    return np.asarray(total[..., :3] / np.maximum(total[..., 3:], 1e-6), np.float32)


def wall(size: Size, rng: Rng) -> Picture:
    """An even colour, often near white or grey, with light falling off to one side and a little grain."""
    height, width = size
    grey = rng.random() < 0.6
    colour = np.full(3, rng.uniform(90, 255)) + rng.normal(0, 6, 3) if grey else rng.uniform(20, 255, 3)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, fall = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.35) * (rng.random() < 0.7)
    slope = (np.cos(angle) * (x / width - 0.5) + np.sin(angle) * (y / height - 0.5)) * fall
    picture = colour.astype(np.float32) * (1 + slope)[..., None]
    floor = rng.random()
    if floor < 0.25:  # a floor or a skirting board
        picture[int(height * rng.uniform(0.6, 0.95)) :] *= rng.uniform(0.6, 1.1)
    drawn: Picture = np.clip(picture, 0, 255).astype(np.uint8)
    return drawn


def _cut(picture: Picture, size: Size, rng: Rng) -> Picture:
    """A random part of a picture, stretched to `size`, mirrored half of the time."""
    height, width = picture.shape[:2]
    share = rng.uniform(0.45, 1.0)
    part_height, part_width = max(4, int(height * share)), max(4, int(width * share * rng.uniform(0.8, 1.0)))
    top, left = int(rng.integers(height - part_height + 1)), int(rng.integers(width - part_width + 1))
    part = picture[top : top + part_height, left : left + part_width]
    if rng.random() < 0.5:
        part = part[:, ::-1]
    smaller = cv2.INTER_AREA if part_height > size[0] else cv2.INTER_LINEAR
    cut = cv2.resize(np.ascontiguousarray(part), (size[1], size[0]), interpolation=smaller)
    return np.asarray(cut, np.uint8)
