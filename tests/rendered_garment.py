"""The drawn garment of `tests.rendered`: cut, pattern, and the smooth map that lays the flat photo on a body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.rendered_body import FOREARM, TORSO, UPPER_ARM, Canvas, Colour, Point

Plane = NDArray[np.float32]
MIDDLE = 0.375
SHOULDER, ARMPIT, WAIST = 0.19, 0.35, 0.54  # heights on the flat photo
ARM_LENGTH = UPPER_ARM + FOREARM
WORDS = ("TRY", "HELLO", "1984", "north", "club", "LIP", "echo", "VOL. 7")


@dataclass(frozen=True)
class Flat:
    """The cut of one garment on its product photo, in picture heights; `sleeve` is the share of the arm it covers."""

    half: tuple[float, float, float, float]  # half widths at shoulder, armpit, waist and hem
    hem: float
    neck_width: float
    neck_depth: float
    pointed: bool
    sleeve: float
    sleeve_angle: float
    cuff: float
    ease: float
    length: float
    wrinkle: tuple[float, float]
    pattern: str
    word: str
    colours: tuple[Colour, Colour]
    paper: Colour
    grain: int

    @staticmethod
    def random(rng: np.random.Generator) -> Flat:
        """A top: sleeveless, short, three-quarter or long; plain, striped, checked, dotted, blotched or printed."""
        kind = rng.choice(["none", "short", "short", "half", "long"])
        sleeve = {"none": 0.0, "short": rng.uniform(0.2, 0.4), "half": rng.uniform(0.5, 0.7), "long": 0.97}[kind]
        first = rng.integers(15, 246, 3)
        second = (first + rng.integers(80, 176, 3)) % 256
        paper = int(rng.integers(246, 256))
        return Flat(
            half=(
                rng.uniform(0.145, 0.16),
                rng.uniform(0.145, 0.165),
                rng.uniform(0.13, 0.16),
                rng.uniform(0.14, 0.18),
            ),
            hem=rng.uniform(0.74, 0.86),
            neck_width=rng.uniform(0.045, 0.085),
            neck_depth=rng.uniform(0.03, 0.13),
            pointed=bool(rng.random() < 0.35),
            sleeve=sleeve,
            sleeve_angle=rng.uniform(0.2, 0.32) if sleeve > 0.8 else rng.uniform(0.45, 0.8) * (1.2 - sleeve),
            cuff=rng.uniform(0.045, 0.06) - 0.012 * sleeve,
            ease=rng.uniform(1.0, 1.18),
            length=rng.uniform(0.9, 1.12),
            wrinkle=(rng.uniform(0, 2 * np.pi), rng.uniform(0.002, 0.006)),
            pattern=str(
                rng.choice(["plain", "plain", "stripes", "bars", "checks", "dots", "blotches", "print", "print"])
            ),
            word=str(rng.choice(WORDS)),
            colours=(_colour(first), _colour(second)),
            paper=(paper, paper, paper),
            grain=int(rng.integers(1 << 30)),
        )

    def sleeve_frame(self, side: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Where a sleeve starts on the photo, the unit vector along it, and the one across it (away from the body)."""
        out = (-1, 1)[side]
        start = np.array([MIDDLE + out * (self.half[0] - 0.02), SHOULDER + 0.04])
        along = np.array([out * np.sin(self.sleeve_angle), np.cos(self.sleeve_angle)])
        return start, along, np.array([out * along[1], -out * along[0]])

    def torso_map(self, canvas: Canvas) -> tuple[Plane, Plane]:
        """For every canvas pixel the place on the product photo, through the torso."""
        x, y = canvas.body_grid()
        turn, ease = canvas.body.turn, self.ease
        levels = np.array([-0.035, 0.13, 0.29, (TORSO + 0.05) * self.length], np.float32)
        body_half = np.array([0.158, 0.142 * ease, 0.125 * ease, 0.15 * ease]) * turn
        photo = np.array([SHOULDER - 0.025, ARMPIT, WAIST, self.hem], np.float32)
        # extended past the ends, so that the map stays smooth outside the garment too
        steps = (np.r_[levels[0] - 1, levels, levels[-1] + 1], np.r_[photo[0] - 1, photo, photo[-1] + 1])
        ratio = np.array(self.half) / body_half
        phase, depth = self.wrinkle
        wave = np.float32(depth) * np.sin(17 * y + 9 * x + np.float32(phase))
        down = np.interp(y, *steps).astype(np.float32) + wave
        return MIDDLE + x * np.interp(y, levels, ratio).astype(np.float32) + wave, down

    def sleeve_map(self, canvas: Canvas, side: int) -> tuple[Plane, Plane]:
        """For every canvas pixel the place on the product photo, along the nearer of the two segments of an arm."""
        x, y = canvas.body_grid()
        shoulder, elbow, wrist = canvas.body.arm_points(side)
        upper = _bent(*_along(x, y, shoulder, elbow, (-1, 1)[side]), -1, UPPER_ARM)
        lower = _bent(*_along(x, y, elbow, wrist, (-1, 1)[side]), 0, FOREARM + 1)
        near = abs(upper[1]) <= abs(lower[1])
        t = np.where(near, upper[0], lower[0] + np.float32(UPPER_ARM))
        s = np.where(near, upper[1], lower[1])
        start, along, across = self.sleeve_frame(side)
        stretch = self.flat_sleeve_length() / (self.sleeve * ARM_LENGTH)
        s = s * np.float32(1.25 / self.ease)
        return tuple(
            np.float32(start[i]) + t * np.float32(along[i] * stretch) + s * np.float32(across[i]) for i in (0, 1)
        )  # type: ignore[return-value]

    def flat_sleeve_length(self) -> float:
        return self.sleeve * 0.5


def draw_flat(flat: Flat, height: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8], list[NDArray[np.uint8]]]:
    """The whole-canvas texture (H, W, 3) with seams and soft shading, the torso mask and the two sleeve masks."""
    torso = _filled(_torso_outline(flat), height)
    sleeves = [_filled(_sleeve_outline(flat, side) if flat.sleeve else [], height) for side in (0, 1)]
    texture = PATTERNS[flat.pattern](flat, height)
    _draw_seams(flat, texture, height)
    return _shaded(texture, np.maximum(torso, np.maximum(*sleeves))), torso, sleeves


def _torso_outline(flat: Flat) -> list[Point]:
    top, armpit, waist, hem = flat.half
    right = [(flat.neck_width, SHOULDER - 0.025), _shoulder_tip(flat), (top - 0.01, (SHOULDER + ARMPIT) / 2)]
    right += [(armpit, ARMPIT), (waist, WAIST), (hem, flat.hem)]
    low = [(hem * np.cos(a), flat.hem + 0.015 * np.sin(a)) for a in np.linspace(0.2, np.pi - 0.2, 12)]
    left = [(-x, y) for x, y in reversed(right)]
    return [(MIDDLE + x, y) for x, y in right + low + left + _neckline(flat)]


def _neckline(flat: Flat) -> list[Point]:
    """From the wearer's right to the left, hanging between the two ends of the shoulders."""
    top = SHOULDER - 0.025
    if flat.pointed:
        return [(-flat.neck_width, top), (0, top + flat.neck_depth), (flat.neck_width, top)]
    angle = np.linspace(np.pi, 0, 16)
    return [(flat.neck_width * np.cos(a), top + flat.neck_depth * np.sin(a)) for a in angle]


def _sleeve_outline(flat: Flat, side: int) -> list[Point]:
    start, along, across = flat.sleeve_frame(side)
    first, last, end = 0.066, flat.cuff, flat.flat_sleeve_length()
    places = [(0.07, first), (end, last), (end, -last), (0.08, -first), (-0.01, -0.04), (-0.03, 0.0)]
    corners = [start + t * along + s * across for t, s in places]
    x, y = _shoulder_tip(flat)
    return [(MIDDLE + (-1, 1)[side] * x, y)] + [(float(x), float(y)) for x, y in corners]


def _shoulder_tip(flat: Flat) -> Point:
    return flat.half[0], SHOULDER + 0.015


def _filled(outline: Sequence[Point], height: int) -> NDArray[np.uint8]:
    mask = Image.new("L", (height * 3 // 4, height))
    if outline:
        ImageDraw.Draw(mask).polygon([(x * height, y * height) for x, y in outline], fill=255)
    return np.array(mask)


def _draw_seams(flat: Flat, texture: NDArray[np.uint8], height: int) -> None:
    """Collar and hem as darker lines: fine detail that a warp has to carry."""
    dark = tuple(int(value * 0.6) for value in flat.colours[0])
    for line in (
        [(MIDDLE + x, y + 0.008) for x, y in _neckline(flat)],
        [(0.1, flat.hem - 0.015), (0.65, flat.hem - 0.015)],
    ):
        points = np.round(np.array(line) * height * 16).astype(np.int32)
        cv2.polylines(texture, [points], False, dark, max(height // 160, 1), cv2.LINE_AA, shift=4)


def _shaded(texture: NDArray[np.uint8], mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Darker towards the outline, as a garment lying on a table is."""
    small = cv2.resize(mask, (mask.shape[1] // 8, mask.shape[0] // 8), interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.5 + small.shape[0] / 40), mask.shape[::-1])
    light = (0.82 + 0.18 / 255 * soft).astype(np.float32)
    return (texture * light[..., None]).astype(np.uint8)


def _grid(height: int) -> tuple[Plane, Plane]:
    y, x = np.mgrid[:height, : height * 3 // 4].astype(np.float32)
    return (x + 0.5) / height - np.float32(MIDDLE), (y + 0.5) / height


def _two(flat: Flat, where: NDArray[np.bool_]) -> NDArray[np.uint8]:
    first, second = (np.array(colour, np.uint8) for colour in flat.colours)
    return np.where(where[..., None], second, first)


def _plain(flat: Flat, height: int) -> NDArray[np.uint8]:
    return np.full((height, height * 3 // 4, 3), flat.colours[0], np.uint8)


def _stripes(flat: Flat, height: int) -> NDArray[np.uint8]:
    return _two(flat, np.sin(_grid(height)[1] * (90 + flat.grain % 60)) > 0.2)


def _bars(flat: Flat, height: int) -> NDArray[np.uint8]:
    return _two(flat, np.sin(_grid(height)[0] * (90 + flat.grain % 60)) > 0.4)


def _checks(flat: Flat, height: int) -> NDArray[np.uint8]:
    x, y = _grid(height)
    pitch = 70 + flat.grain % 50
    return _two(flat, (np.sin(x * pitch) > 0) ^ (np.sin(y * pitch) > 0))


def _dots(flat: Flat, height: int) -> NDArray[np.uint8]:
    x, y = _grid(height)
    pitch = 90 + flat.grain % 40
    return _two(flat, np.cos(x * pitch) * np.cos(y * pitch) > 0.5)


def _blotches(flat: Flat, height: int) -> NDArray[np.uint8]:
    noise = np.random.default_rng(flat.grain).standard_normal((24, 18)).astype(np.float32)
    return _two(flat, cv2.resize(noise, (height * 3 // 4, height), interpolation=cv2.INTER_CUBIC) > 0.2)


def _print(flat: Flat, height: int) -> NDArray[np.uint8]:
    """A word over a disc on the chest."""
    picture = Image.fromarray(_plain(flat, height))
    brush = ImageDraw.Draw(picture)
    centre, radius = (MIDDLE * height, 0.45 * height), 0.05 * height
    brush.ellipse([centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius], flat.colours[1])
    font = ImageFont.load_default(size=0.075 * height)
    brush.text((centre[0], 0.36 * height), flat.word, flat.colours[1], font, anchor="mm")
    return np.array(picture)


PATTERNS: dict[str, Callable[[Flat, int], NDArray[np.uint8]]] = {
    "plain": _plain,
    "stripes": _stripes,
    "bars": _bars,
    "checks": _checks,
    "dots": _dots,
    "blotches": _blotches,
    "print": _print,
}


def _along(x: Plane, y: Plane, start: Point, end: Point, out: int) -> tuple[Plane, Plane]:
    """Coordinates of every pixel along a segment and across it (positive away from the body)."""
    dx, dy = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
    px, py = x - np.float32(start[0]), y - np.float32(start[1])
    return px * np.float32(dx) + py * np.float32(dy), (px * np.float32(dy) - py * np.float32(dx)) * np.float32(out)


def _bent(t: Plane, s: Plane, first: float, last: float) -> tuple[Plane, Plane]:
    """Past the elbow the arm turns: there the place along it stands still and the distance across goes round."""
    stopped = np.clip(t, np.float32(first), np.float32(last))
    return stopped, np.copysign(np.hypot(s, t - stopped), s)


def _colour(values: NDArray[np.int64]) -> Colour:
    red, green, blue = (int(value) for value in values)
    return red, green, blue
