"""What cameras, lamps and uploads do to a picture: colour, light, noise, blur, JPEG; what it shows stays the same."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Picture
from engine.data.augment import recolour, saturate

Rng = np.random.Generator
_GRAIN = np.random.default_rng(0).standard_normal((512, 512, 3)).astype(np.float32)


@dataclass(frozen=True)
class Spoiling:
    """Probabilities and greatest strengths; every strength is drawn evenly."""

    colour: float = 0.8  # probability of another exposure, contrast, saturation and colour temperature
    brightness: float = 0.18
    contrast: float = 0.25
    saturation: float = 0.35
    temperature: float = 0.14  # share that red gains and blue loses, or the other way
    gamma: float = 0.4  # powers of the light from exp(-gamma) to exp(gamma)
    grey: float = 0.03  # probability of a black and white picture
    shade: float = 0.3  # probability of light from one side
    blur: float = 0.2  # probability
    sigma: float = 1.3  # pixels at a height of 256
    noise: float = 0.3  # probability
    grain: float = 12.0  # of 255
    jpeg: float = 0.3  # probability
    quality: tuple[int, int] = (25, 85)


def spoiled(picture: Picture, rng: Rng, config: Spoiling | None = None) -> Picture:
    """A randomly changed copy of a picture uint8 (H, W, 3)."""
    config = config or Spoiling()
    chances = rng.random(6)
    if chances[0] < config.colour:
        picture = _coloured(picture, rng, config)
    if chances[1] < config.grey:
        picture = recolour(picture, np.column_stack([saturate(0.0), np.zeros(3)]))
    if chances[2] < config.shade:
        picture = _shaded(picture, rng)
    if chances[3] < config.blur:
        sigma = rng.uniform(0.3, config.sigma) * picture.shape[0] / 256
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), max(sigma, 0.2)), np.uint8)
    if chances[4] < config.noise:
        picture = _noisy(picture, rng, config)
    if chances[5] < config.jpeg:
        picture = _packed(picture, int(rng.integers(*config.quality)))
    return picture


def _coloured(picture: Picture, rng: Rng, config: Spoiling) -> Picture:
    bright, contrast, saturation, warm, tint = rng.uniform(-1, 1, 5)
    warm, tint = warm * config.temperature, tint * config.temperature / 3
    linear = (1 + contrast * config.contrast) * saturate(1 + saturation * config.saturation)
    linear = np.diag([1 + warm, 1 + tint, 1 - warm]) @ linear
    shift = np.full(3, 255 * bright * config.brightness - 127.5 * contrast * config.contrast)
    power = np.exp(rng.uniform(-config.gamma, config.gamma))
    curve = np.round(255 * (np.arange(256) / 255) ** power).astype(np.uint8)
    return np.asarray(cv2.LUT(recolour(picture, np.column_stack([linear, shift])), curve), np.uint8)


def _shaded(picture: Picture, rng: Rng) -> Picture:
    """Light that falls off across the picture, by up to two thirds."""
    height, width = picture.shape[:2]
    angle, strength = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.5)
    x, y = np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    light: NDArray[np.float32] = 1 - strength * (0.5 + 0.5 * (np.cos(angle) * x + np.sin(angle) * y))
    lit: Picture = np.clip(picture * light[..., None], 0, 255).astype(np.uint8)
    return lit


def _noisy(picture: Picture, rng: Rng, config: Spoiling) -> Picture:
    height, width = picture.shape[:2]
    grain = np.roll(_GRAIN, tuple(rng.integers(0, 512, 2)), axis=(0, 1))
    grain = np.tile(grain, (-(-height // 512), -(-width // 512), 1))[:height, :width]
    if rng.random() < 0.5:
        grain = grain[..., :1]
    return np.clip(picture + rng.uniform(2, config.grain) * grain, 0, 255).astype(np.uint8)


def _packed(picture: Picture, quality: int) -> Picture:
    done, packed = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        return picture
    unpacked = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(unpacked[..., ::-1])
