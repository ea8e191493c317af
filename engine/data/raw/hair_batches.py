"""Batches for the hair matte: hair from before a studio's wall, laid before cloth, with the parse that it might get."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.arrays import BoolMask, FloatPicture, Size
from engine.category import UPPER
from engine.data.cache import PackedCache
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.hair_mattes import Matted, matted
from engine.data.raw.photometric import Spoiling, spoiled
from engine.data.sampler import Draw
from engine.errors import TryOnError
from engine.imaging.blurring import blurred
from engine.imaging.planes import Plane, among, in_three
from engine.labels import Lip
from engine.networks.hair import ROWS

Rng = np.random.Generator
_T = TypeVar("_T", np.uint8, np.float32)
_TRIES = 60  # photos that are looked at for one whose hair can be told
_LOBES = 7  # fewer pieces than that a parse misses or has too much
_SMALLEST, _LARGEST = 4, (45, 30)  # pixels from their middles
_TURN = 40.0  # degrees, at most


@dataclass(frozen=True, eq=False)
class HairBatch:
    """B pieces of photos, each (B, C, H, W): photo 3 in [-1, 1], what a parse calls hair and top there, the share of
    each pixel that is hair, and where that is known; 0 to 1."""

    photo: Tensor
    hair: Tensor
    worn: Tensor
    share: Tensor
    known: Tensor

    def __len__(self) -> int:
        return len(self.photo)

    def to(self, device: torch.device | str) -> "HairBatch":
        """The batch on another device."""
        return HairBatch(*(getattr(self, one.name).to(device) for one in fields(self)))


@dataclass(frozen=True)
class HairAugment:
    """Probabilities and ranges."""

    scale: tuple[float, float] = (0.8, 1.55)  # of a photo that is ROWS high
    over: float = 0.25  # probability of hair that hangs upwards
    low: float = 0.6  # probability of looking rather for hair's lower end
    whole: float = 0.5  # probability that cloth lies everywhere behind it, not on one side
    alike: float = 0.45  # probability of cloth in the hair's colour
    differs: float = 22.0  # levels of 256 that it still differs by
    folds: float = 0.25  # strength
    shadow: float = 0.5  # strength of the hair's on the cloth
    outline: tuple[float, float] = (2.0, 12.0)  # pixels that a parse's outline is smoothed by
    spoiling: Spoiling = field(default_factory=lambda: Spoiling(jpeg=0.5, quality=(50, 95), sigma=0.8, grey=0.0))


class HairMaker:
    """Makes augmented batches of the people of a data set in the folder `root`: the same draw gives the same batch.
    TryOnError where no hair can be told from what lies behind it."""

    def __init__(
        self,
        root: Path,
        cache: PackedCache,
        rows: Sequence[int],
        backgrounds: Backgrounds,
        seed: int = 0,
        config: HairAugment | None = None,
    ) -> None:
        self._root, self._cache, self._rows, self._backgrounds = root, cache, tuple(rows), backgrounds
        self._seed, self._config = seed, config or HairAugment()

    def __call__(self, draw: Draw, size: Size) -> HairBatch:
        pairs = zip(draw.indices, draw.places, strict=True)
        return _batch([self._made(self._rows, index, [self._seed, draw.epoch, place], size) for index, place in pairs])

    def batch(self, rows: Sequence[int], places: Sequence[int], size: Size) -> HairBatch:
        """Of held-out people (rows of the cache) those at these places, drawn the same every time; in the place of one
        whose hair cannot be told the next."""
        return _batch([self._made(rows, place, [rows[place]], size) for place in places])

    def _made(self, rows: Sequence[int], index: int, seed: list[int], size: Size) -> list[NDArray[np.float32]]:
        rng, config = np.random.default_rng(seed), self._config
        found, height = self._told(rows, index)
        seen = _piece(found, height, size, rng, config)
        cloth = self._cloth(seen, rng)
        place = seen.known & among(seen.parse, (Lip.BACKGROUND, Lip.HAIR))
        if rng.random() >= config.whole:
            place &= _side(size, rng)
        share = in_three(seen.share)
        picture = seen.picture.astype(np.float32)
        picture[place] = (share * seen.hair + (1 - share) * cloth)[place]
        hair = _as_parsed(seen, rng, config)
        worn = ((place & (seen.share < 0.5)) | among(seen.parse, UPPER.worn)) & ~hair
        spoilt = spoiled(np.rint(picture).clip(0, 255).astype(np.uint8), rng, config.spoiling)
        planes = [hair, worn, seen.share, seen.known]
        return [
            np.moveaxis(spoilt.astype(np.float32) / 127.5 - 1, 2, 0),
            *(one[None].astype(np.float32) for one in planes),
        ]

    def _told(self, rows: Sequence[int], index: int) -> tuple[Matted, int]:
        """The hair of a person, or of the next one whose hair can be told, and the height of the photo."""
        for row in (rows[(index + step) % len(rows)] for step in range(min(_TRIES, len(rows)))):
            sample = self._cache[row]
            found = matted(sample.image, sample.parse)
            if found is not None and found.rim.any():
                return found, len(sample.parse)
        raise TryOnError("data.no_hair", path=self._root)

    def _cloth(self, seen: Matted, rng: Rng) -> FloatPicture:
        """Cloth (h, w, 3) behind a piece, often in its hair's colour, with folds and the hair's shadow."""
        config, size = self._config, seen.share.shape
        made = self._backgrounds.draw((size[0], size[1]), rng).astype(np.float32)
        whole = seen.share > 0.8
        if rng.random() < config.alike and whole.any():
            made += (
                seen.hair[whole].mean(axis=0) + rng.normal(0, config.differs, 3) * rng.random() - made.mean(axis=(0, 1))
            )
        made *= in_three(1 + rng.uniform(0, config.folds) * _coarse(size, 3, rng))
        shadow = blurred(np.roll(seen.share, rng.integers(-6, 8, 2), axis=(0, 1)), rng.uniform(3, 12))
        return np.asarray(made * in_three(1 - rng.uniform(0, config.shadow) * shadow), dtype=np.float32)


def _piece(found: Matted, height: int, size: Size, rng: Rng, config: HairAugment) -> Matted:
    """A window of `size` on the rim of hair that was found in a photo of that height, turned and mirrored."""
    rows, columns = np.nonzero(found.rim)
    at = int(rng.integers(len(rows)))
    if rng.random() < config.low:
        at = max(at, int(rng.integers(len(rows))))  # row by row: the later the lower
    degrees = rng.uniform(-_TURN, _TURN) + 180 * (rng.random() < config.over)
    matrix = cv2.getRotationMatrix2D(
        (float(columns[at]), float(rows[at])), degrees, rng.uniform(*config.scale) * ROWS / height
    )
    matrix[:, 2] += np.array(size[::-1]) * rng.uniform(0.2, 0.8, 2) - (columns[at], rows[at])
    if rng.random() < 0.5:
        matrix = np.array([[-1, 0, size[1] - 1], [0, 1, 0]]) @ np.vstack([matrix, [0, 0, 1]])

    def turned(plane: NDArray[_T], how: int = cv2.INTER_LINEAR) -> NDArray[_T]:
        made = cv2.warpAffine(plane, matrix, size[::-1], flags=how, borderMode=cv2.BORDER_REFLECT_101)
        return np.asarray(made, dtype=plane.dtype)

    return Matted(
        turned(found.picture, cv2.INTER_CUBIC),
        turned(found.parse, cv2.INTER_NEAREST),
        turned(found.share),
        np.asarray(turned(found.known.astype(np.float32)) > 0.99),
        turned(found.hair),
    )


def _side(size: Size, rng: Rng) -> BoolMask:
    """One side (h, w) of a line somewhere near the middle."""
    angle, rows, columns = rng.uniform(0, 2 * np.pi), *(np.arange(side) - side / 2 for side in size)
    return np.asarray(np.cos(angle) * columns + np.sin(angle) * rows[:, None] > rng.normal(0, size[0] / 8))


def _coarse(size: Sequence[int], cells: int, rng: Rng) -> Plane:
    """Smooth noise (h, w)."""
    noise = rng.normal(0, 1, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(noise, (size[1], size[0]), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _as_parsed(seen: Matted, rng: Rng, config: HairAugment) -> BoolMask:
    """What a parse may call hair (h, w): a smooth outline that is somewhat off, with pieces that it misses or has too
    much."""
    size = seen.share.shape
    smooth = blurred((seen.share > 0.5).astype(np.float32), rng.uniform(*config.outline))
    rim = (smooth > 0.03) & (smooth < 0.97)
    made = smooth + rng.uniform(0, 0.5) * _coarse(size, 8, rng) * rim > rng.uniform(0.3, 0.7)
    rows, columns = np.nonzero((smooth > 0.15) & (smooth < 0.85))
    for _ in range(int(rng.integers(_LOBES)) if len(rows) else 0):
        at, lobe = int(rng.integers(len(rows))), np.zeros(size, np.uint8)
        axes = [int(np.exp(rng.uniform(np.log(_SMALLEST), np.log(side)))) for side in _LARGEST]
        cv2.ellipse(lobe, (int(columns[at]), int(rows[at])), axes, float(rng.uniform(0, 180)), 0, 360, 1, cv2.FILLED)
        made = made | (lobe > 0) if rng.random() < 0.6 else made & (lobe == 0)
    return np.asarray(made)


def _batch(pieces: Sequence[Sequence[NDArray[np.float32]]]) -> HairBatch:
    return HairBatch(*(torch.from_numpy(np.stack(planes)) for planes in zip(*pieces, strict=True)))
