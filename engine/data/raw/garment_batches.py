"""Batches of product photos with masks for the garment network: as they are, dyed, and put on other backgrounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.arrays import Labels, Picture, Size
from engine.data.augment import AugmentConfig, draw_dye, recolour
from engine.data.cache import PackedCache
from engine.data.raw.backgrounds import Backgrounds, wall
from engine.data.raw.floors import floor
from engine.data.raw.photometric import Spoiling, spoiled
from engine.data.raw.photos import View, affine_of, shrunk, whole_view
from engine.data.sampler import Draw

Rng = np.random.Generator
Cut = tuple[Picture, Labels]  # picture (H, W, 3) and mask (H, W) of 0 and 255


@dataclass(frozen=True, eq=False)
class GarmentBatch:
    """B garments: image float (B, 3, H, W) in [-1, 1], mask float (B, 1, H, W) of 0 and 1; changed tells if at all."""

    image: Tensor
    mask: Tensor
    changed: bool

    def __len__(self) -> int:
        return len(self.image)

    def to(self, device: torch.device | str) -> "GarmentBatch":
        """The batch on another device."""
        return GarmentBatch(self.image.to(device), self.mask.to(device), self.changed)


@dataclass(frozen=True)
class GarmentAugment:
    """Probabilities and ranges."""

    flip: float = 0.5
    dye: float = 0.4  # probability of another hue
    white: float = 0.15  # probability of a white garment, with what is left of its shading
    studio: float = 0.35  # probability of keeping the photo's own backdrop
    scale: tuple[float, float] = (0.5, 1.1)  # of the garment, on another background
    turn: float = 20.0  # degrees
    any_turn: float = 0.08  # probability of any angle at all
    shadow: float = 0.7  # probability of a shadow on the other background
    hanger: float = 0.25  # probability of a hanger
    floors: float = 0.5  # of the other backgrounds, how many are drawn surfaces
    spoiling: Spoiling = field(default_factory=Spoiling)


class GarmentMaker:
    """Makes augmented batches of the garments in a packed data set: the same draw gives the same batch."""

    def __init__(
        self,
        cache: PackedCache,
        rows: Sequence[int],
        backgrounds: Backgrounds,
        seed: int = 0,
        config: GarmentAugment | None = None,
    ) -> None:
        self._cache, self._rows, self._backgrounds = cache, tuple(rows), backgrounds
        self._seed, self._config = seed, config or GarmentAugment()

    def __call__(self, draw: Draw, size: Size) -> GarmentBatch:
        pairs = zip(draw.indices, draw.places, strict=True)
        seeds = [(self._rows[index], [self._seed, draw.epoch, place]) for index, place in pairs]
        return _batch([self._changed(row, seed, size, self._config) for row, seed in seeds], changed=True)

    def batch(self, rows: Sequence[int], size: Size) -> GarmentBatch:
        """Held-out garments without any change: rows of the cache."""
        view = whole_view(self._cache.header.size)
        made = []
        for row in rows:
            sample = self._cache[row]
            made.append(_seen(sample.cloth, sample.cloth_mask, affine_of(view, size), size))
        return _batch(made, changed=False)

    def elsewhere(self, rows: Sequence[int], size: Size) -> GarmentBatch:
        """Held-out garments on other backgrounds, the same every time."""
        config = replace(self._config, studio=0.0)
        return _batch([self._changed(row, [row], size, config) for row in rows], changed=True)

    def _changed(self, row: int, seed: list[int], size: Size, config: GarmentAugment) -> Cut:
        rng, sample = np.random.default_rng(seed), self._cache[row]
        cloth = _dyed(sample.cloth, sample.cloth_mask, rng, config)
        if rng.random() < config.studio:
            made = _in_studio(cloth, sample.cloth_mask, size, rng, config)
        else:
            made = self._elsewhere(cloth, sample.cloth_mask, size, rng, config)
        picture, mask = spoiled(made[0], rng, config.spoiling), made[1]
        if rng.random() < config.flip:
            return np.ascontiguousarray(picture[:, ::-1]), np.ascontiguousarray(mask[:, ::-1])
        return picture, mask

    def _elsewhere(self, cloth: Picture, mask: Labels, size: Size, rng: Rng, config: GarmentAugment) -> Cut:
        """On a floor, a sheet, a door, with shadow and hanger; the mask loses its outermost, often white, pixel."""
        behind = floor(size, rng) if rng.random() < config.floors else self._backgrounds.draw(size, rng)
        inner = cv2.erode(mask, np.ones((3, 3), np.uint8)).astype(np.uint8)
        affine = affine_of(*_place(mask, size, rng, config))
        picture, worn = _seen(cloth, inner, affine, size)
        if rng.random() < config.hanger:
            behind = _with_hanger(behind, worn, rng)
        if rng.random() < config.shadow:
            behind = _with_shadow(behind, worn, rng)
        alpha = cv2.GaussianBlur(worn, (3, 3), 0.7).astype(np.float32)[..., None] / 255
        mixed = behind + (picture.astype(np.float32) - behind) * alpha
        return mixed.astype(np.uint8), worn


def _dyed(cloth: Picture, mask: Labels, rng: Rng, config: GarmentAugment) -> Picture:
    kind, dye = rng.random(), draw_dye(AugmentConfig(), rng)
    fade, lightest = rng.uniform(0.1, 0.5), rng.uniform(235, 256)
    if kind < config.white:
        grey = cloth.astype(np.float32).mean(axis=2, keepdims=True)
        other = np.clip(lightest - (grey.max() - grey) * fade, 0, 255).repeat(3, axis=2).astype(np.uint8)
    elif kind < config.white + config.dye:
        other = recolour(cloth, dye)
    else:
        return cloth
    result = cloth.copy()
    cv2.copyTo(other, mask, result)
    return result


def _in_studio(cloth: Picture, mask: Labels, size: Size, rng: Rng, config: GarmentAugment) -> Cut:
    """On its own white, or a backdrop close to it."""
    view = whole_view((mask.shape[0], mask.shape[1]))
    moved = View(view.x + rng.normal(0, 4), view.y + rng.normal(0, 4), view.height / rng.uniform(0.8, 1.05))
    affine = affine_of(moved, size, rng.normal(0, config.turn / 4))
    picture, worn = _seen(cloth, mask, affine, size)
    if rng.random() < 0.5:
        return picture, worn
    backdrop = wall(size, rng)
    alpha = cv2.GaussianBlur(worn, (3, 3), 0.7).astype(np.float32)[..., None] / 255
    return (backdrop + (picture.astype(np.float32) - backdrop) * alpha).astype(np.uint8), worn


def _place(mask: Labels, size: Size, rng: Rng, config: GarmentAugment) -> tuple[View, Size, float]:
    """A window in which the garment is smaller, moved and turned."""
    scale = rng.uniform(*config.scale)
    height = mask.shape[0] / scale
    free = max(0.0, height - mask.shape[0]) / 2
    x, y = mask.shape[1] / 2 + rng.uniform(-0.75, 0.75) * free, mask.shape[0] / 2 + rng.uniform(-1, 1) * free
    turn = rng.uniform(-180, 180) if rng.random() < config.any_turn else rng.normal(0, config.turn / 2)
    return View(x, y, height), size, turn


def _seen(cloth: Picture, mask: Labels, affine: NDArray[np.float64], size: Size) -> Cut:
    there = size[1], size[0]
    small, matrix = shrunk(cloth, affine)
    picture = cv2.warpAffine(small, matrix, there, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small, matrix = shrunk(mask, affine)
    worn = cv2.warpAffine(small, matrix, there, flags=cv2.INTER_LINEAR)
    return picture.astype(np.uint8, copy=False), np.where(worn >= 128, 255, 0).astype(np.uint8)


def _with_hanger(behind: Picture, worn: Labels, rng: Rng) -> Picture:
    """A hanger whose hook shows above the garment."""
    rows, columns = np.nonzero(worn)
    if not len(rows):
        return behind
    top, middle = int(rows.min()), int(columns.mean())
    reach, height = int(np.ptp(columns) * rng.uniform(0.2, 0.4)), behind.shape[0]
    neck = (middle, top + int(rng.uniform(-0.02, 0.04) * height))
    hook = (middle + int(rng.uniform(-3, 4)), neck[1] - int(rng.uniform(0.05, 0.25) * height))
    colour = tuple(float(c) for c in rng.uniform(0, 255) * np.array([1, rng.uniform(0.6, 1), rng.uniform(0.4, 1)]))
    drawn, thick = behind.copy(), int(rng.integers(1, 5))
    for side in (-1, 1):
        end = (middle + side * reach, neck[1] + int(0.1 * height))
        cv2.line(drawn, neck, end, colour, thick + 1, cv2.LINE_AA)
    cv2.line(drawn, neck, hook, colour, thick, cv2.LINE_AA)
    cv2.ellipse(drawn, hook, (5, 6), 0, 120, 380, colour, thick, cv2.LINE_AA)
    return drawn


def _with_shadow(behind: Picture, worn: Labels, rng: Rng) -> Picture:
    """Darker beside the garment."""
    size = worn.shape[0]
    shift = np.array([[1, 0, rng.normal(0, 0.015) * size], [0, 1, rng.normal(0.01, 0.015) * size]])
    moved = cv2.warpAffine(worn, shift, (worn.shape[1], size))
    soft = cv2.GaussianBlur(moved, (0, 0), rng.uniform(0.004, 0.03) * size).astype(np.float32) / 255
    darker: Picture = (behind * (1 - rng.uniform(0.1, 0.6) * soft[..., None])).astype(np.uint8)
    return darker


def _batch(rows: Sequence[Cut], changed: bool) -> GarmentBatch:
    images = torch.from_numpy(np.stack([picture for picture, _ in rows]))
    masks = torch.from_numpy(np.stack([mask for _, mask in rows]))
    return GarmentBatch(
        image=images.permute(0, 3, 1, 2).contiguous().float().div_(127.5).sub_(1),
        mask=(masks >= 128).float().unsqueeze(1),
        changed=changed,
    )
