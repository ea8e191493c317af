"""Batches of people for the person parser: studio photos of a VITON data set, and street photos now and then."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.arrays import Keypoints, Size
from engine.data.cache import PackedCache
from engine.data.raw.augment import PhotoAugment, Seen, augmented
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.open_coats import opened
from engine.data.raw.photos import Photo, StreetPhotos, joints_ever_found, seen, studio_photo, try_on_view, whole_view
from engine.data.raw.things import with_things
from engine.data.sampler import Draw

STUDIO, STREET = 0, 1
Drawn = tuple[Seen, int, bool]
"""A picture with its labels, where it is from, and whether these are exact."""


@dataclass(frozen=True, eq=False)
class PhotoBatch:
    """B people at one size (H, W).

    image: float (B, 3, H, W) in [-1, 1]; parse: int64 (B, H, W) LIP labels, 255 where not known; keypoints: float
    (B, 25, 3) x and y in pixels and 1 where the joint is there, -1 where it is known not to be in the picture, 0 where
    nothing is known; source: int64 (B,) of `STUDIO` and `STREET`; exact: bool (B,), whether the labels tell a top
    from a coat over it.
    """

    image: Tensor
    parse: Tensor
    keypoints: Tensor
    source: Tensor
    exact: Tensor

    def __len__(self) -> int:
        return len(self.image)

    def to(self, device: torch.device | str) -> "PhotoBatch":
        """The batch on another device."""
        return PhotoBatch(*(getattr(self, field.name).to(device) for field in fields(self)))


class PhotoMaker:
    """Makes augmented batches: the same draw gives the same batch.

    street_share: how many pictures of a batch come from the street photos, where there are any. open_coats: of those
    whose top can be made into an open coat, how many are. things: in street photos things that are carried are a class
    (`engine.data.raw.things`) and not unknown.
    """

    def __init__(
        self,
        cache: PackedCache,
        rows: Sequence[int],
        street: StreetPhotos | None,
        backgrounds: Backgrounds,
        *,
        street_share: float = 0.25,
        open_coats: float = 0.0,
        things: bool = False,
        seed: int = 0,
        config: PhotoAugment | None = None,
    ) -> None:
        self._cache, self._rows, self._street = cache, tuple(rows), street
        self._share = street_share if street else 0.0
        self._open_coats = open_coats
        self._things: dict[str, Photo] | None = {} if things else None
        self._seed, self._config = seed, config or PhotoAugment()
        self._backgrounds = backgrounds
        self.never_found = _never_found(cache, self._rows, street)

    def __call__(self, draw: Draw, size: Size) -> PhotoBatch:
        pairs = zip(draw.indices, draw.places, strict=True)
        return self._batch([self._one(index, [self._seed, draw.epoch, place], size) for index, place in pairs])

    def studio(self, row: int, size: Size) -> Drawn:
        """A studio photo as it is."""
        photo = studio_photo(self._cache, row)
        return seen(photo, whole_view(photo.parse.shape), size), STUDIO, False

    def street(self, name: str, size: Size) -> Drawn:
        """A street photo framed as a try-on photo by its true joints."""
        photo = self._street_photo(name)
        return seen(photo, try_on_view(photo), size), STREET, True

    def batch(self, rows: Sequence[int], names: Sequence[str], size: Size) -> PhotoBatch:
        """Held-out photos without any change: `rows` of the cache, then `names` of the street photos."""
        return self._batch([*(self.studio(row, size) for row in rows), *(self.street(name, size) for name in names)])

    def _one(self, index: int, seed: list[int], size: Size) -> Drawn:
        rng = np.random.default_rng(seed)
        street = rng.random() < self._share
        if street and self._street is not None:
            names = self._street.train
            photo = self._street_photo(names[int(rng.integers(len(names)))])
        else:
            photo = studio_photo(self._cache, self._rows[index])
        coat = self._open_coats > 0 and rng.random() < self._open_coats and self._opened(photo, rng)
        seen = augmented(coat or photo, size, rng, self._backgrounds, self._config)
        return seen, STREET if street else STUDIO, street or bool(coat)

    def _opened(self, photo: Photo, rng: np.random.Generator) -> Photo | None:
        height, width = photo.parse.shape
        return opened(photo, self._backgrounds.cloth((height, width), rng), rng)

    def _street_photo(self, name: str) -> Photo:
        if self._street is None:
            raise ValueError("there are no street photos")
        photo = self._street.photo(name)
        if self._things is None:
            return photo
        if name not in self._things:
            self._things[name] = with_things(photo)
        return self._things[name]

    def _batch(self, rows: Sequence[Drawn]) -> PhotoBatch:
        images = np.stack([picture for (picture, _, _), _, _ in rows])
        parses = np.stack([parse for (_, parse, _), _, _ in rows])
        points = np.stack([points for (_, _, points), _, _ in rows])
        return PhotoBatch(
            image=torch.from_numpy(images).permute(0, 3, 1, 2).contiguous().float().div_(127.5).sub_(1),
            parse=torch.from_numpy(parses).long(),
            keypoints=torch.from_numpy(_known(points, self.never_found)),
            source=torch.tensor([source for _, source, _ in rows]),
            exact=torch.tensor([exact for _, _, exact in rows]),
        )


def _known(points: Keypoints, never_found: NDArray[np.bool_]) -> Keypoints:
    """Confidence as -1, 0 or 1; joints that the data never has count as absent, or they would be anywhere."""
    known = points.copy()
    known[..., 2] = np.sign(points[..., 2])
    known[:, never_found] = (0, 0, -1)
    return known


def _never_found(cache: PackedCache, rows: Sequence[int], street: StreetPhotos | None) -> NDArray[np.bool_]:
    studio = joints_ever_found([cache[row].pose.keypoints for row in rows[:500]])
    if street is None:
        return ~studio
    return ~(studio | joints_ever_found([street.photo(name).keypoints for name in street.train[:50]]))
