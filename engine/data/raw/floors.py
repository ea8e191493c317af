"""Drawn surfaces that garments are photographed on: planks, tiles, carpets, wrinkled sheets."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Picture, Size

Rng = np.random.Generator
Plane = NDArray[np.float32]


def floor(size: Size, rng: Rng) -> Picture:
    """A surface uint8 (H, W, 3) of a random colour, texture and light."""
    height, width = size
    colour = rng.uniform(20, 250, 3) if rng.random() < 0.6 else rng.uniform(40, 240) + rng.normal(0, 12, 3)
    if rng.random() < 0.3:  # wood
        colour = rng.uniform(0.3, 1.0) * np.array([230.0, 180.0, 125.0]) + rng.normal(0, 10, 3)
    relief = np.ones((height, width), np.float32)
    for texture in (_wrinkles, _grain, _lines):
        if rng.random() < 0.5:
            relief *= texture(size, rng)
    picture = colour.astype(np.float32) * relief[..., None] + rng.normal(0, 4, 3).astype(np.float32)
    drawn: Picture = np.clip(picture, 0, 255).astype(np.uint8)
    return drawn


def _noise(size: Size, cells: tuple[int, int], rng: Rng) -> Plane:
    """Smooth noise about 0 with so many cells down and across."""
    coarse = rng.standard_normal((max(2, cells[0]), max(2, cells[1]))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (size[1], size[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def _wrinkles(size: Size, rng: Rng) -> Plane:
    """Folds of a sheet, or large stains of light."""
    down, across = (int(n) for n in rng.integers(2, 14, 2))
    return 1 + np.float32(rng.uniform(0.03, 0.2)) * _noise(size, (down, across), rng)


def _grain(size: Size, rng: Rng) -> Plane:
    """Pile of a carpet, or grain along planks."""
    fine = int(size[0] * rng.uniform(0.2, 0.9))
    along = int(size[1] * rng.uniform(0.02, 0.9))
    cells = (fine, along) if rng.random() < 0.5 else (along, fine)
    return 1 + np.float32(rng.uniform(0.02, 0.15)) * _noise(size, cells, rng)


def _lines(size: Size, rng: Rng) -> Plane:
    """Joints of planks or tiles, turned a little."""
    height, width = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.choice([0.0, np.pi / 2]) + rng.normal(0, 0.25)
    along, across = np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x
    step, thick, dark = rng.uniform(0.06, 0.4) * height, rng.uniform(0.6, 2.5), rng.uniform(0.4, 1.15)
    joint = (across % step) < thick
    if rng.random() < 0.5:
        joint |= (along % (step * rng.uniform(1, 4))) < thick
    shades = rng.uniform(0.9, 1.1, 64).astype(np.float32)
    planks = shades[(across // step).astype(np.int64) % 64] if rng.random() < 0.5 else np.float32(1)
    return np.where(joint, np.float32(dark), planks).astype(np.float32)
