"""The drawn person of `tests.rendered`: proportions, pose, and a canvas that paints colours and labels at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, int, int]
HAIR, UPPER, PANTS, NECK, FACE, SKIRT = 2, 5, 9, 10, 13, 12
ARM, LEG, SHOE = (15, 14), (17, 16), (19, 18)  # the person's right (left in the picture), then left
UPPER_ARM, FOREARM, THIGH, SHIN, TORSO = 0.27, 0.25, 0.40, 0.40, 0.44
SKINS = ((244, 208, 184), (229, 184, 152), (198, 142, 104), (141, 92, 62), (92, 58, 40))
HAIRS = ((28, 22, 20), (74, 48, 32), (150, 104, 60), (206, 168, 108), (122, 54, 32), (120, 118, 116))


@dataclass(frozen=True)
class Arm:
    """Angles in radians from straight down, outwards positive; a hidden forearm lies behind the back."""

    upper: float
    lower: float
    hidden: bool


@dataclass(frozen=True)
class Body:
    """One person. The body frame starts between the shoulders, y runs down the spine; its unit is the picture."""

    neck: Point
    scale: float
    lean: float
    turn: float
    hip: float
    arms: tuple[Arm, Arm]
    legs: tuple[float, float]
    lower: str
    long_hair: float
    fringe: float
    skin: Colour
    hair: Colour
    cloth: Colour
    shoes: Colour
    backdrop: tuple[Colour, Colour]
    shoulder: float = field(default=0.15)

    @staticmethod
    def random(rng: np.random.Generator) -> Body:
        """A standing person from the knees up, now and then a whole one."""
        whole = rng.random() < 0.2
        scale = rng.uniform(0.5, 0.56) if whole else rng.uniform(0.86, 1.04)
        grey = int(rng.integers(205, 250))
        tint = tuple(int(grey + value) for value in rng.integers(-5, 6, 3))
        return Body(
            neck=(0.375 + rng.uniform(-0.04, 0.04), 0.17 * scale + (0.05 if whole else rng.uniform(0.07, 0.13))),
            scale=scale,
            lean=rng.uniform(-0.07, 0.07),
            turn=rng.uniform(0.85, 1.0),
            hip=rng.uniform(0.085, 0.105),
            arms=(_random_arm(rng), _random_arm(rng)),
            legs=(rng.uniform(0, 0.12), rng.uniform(0, 0.12)),
            lower=str(rng.choice(["pants", "pants", "shorts", "skirt"])),
            long_hair=float(rng.choice([0.0, rng.uniform(0.1, 0.3)])),
            fringe=rng.uniform(0.3, 0.5),
            skin=_jitter(rng, SKINS[rng.integers(len(SKINS))]),
            hair=_jitter(rng, HAIRS[rng.integers(len(HAIRS))]),
            cloth=tuple(int(value) for value in rng.integers(25, 190, 3)),  # type: ignore[arg-type]
            shoes=tuple(int(value) for value in rng.integers(20, 220, 3)),  # type: ignore[arg-type]
            backdrop=(tint, tuple(max(value - 22, 0) for value in tint)),  # type: ignore[arg-type]
        )

    def place(self, points: Sequence[Point]) -> NDArray[np.float64]:
        """Body frame -> picture units, (N, 2)."""
        cos, sin = np.cos(self.lean), np.sin(self.lean)
        turned = np.asarray(points, np.float64) * self.scale @ np.array([[cos, sin], [-sin, cos]])
        return turned + self.neck

    def shoulders(self) -> list[Point]:
        return [(-self.shoulder * self.turn, 0.01), (self.shoulder * self.turn, 0.01)]

    def hips(self) -> list[Point]:
        return [(-self.hip * self.turn, TORSO), (self.hip * self.turn, TORSO)]

    def arm_points(self, side: int) -> list[Point]:
        """Shoulder, elbow and wrist in the body frame."""
        arm, out = self.arms[side], (-1, 1)[side]
        x, y = self.shoulders()[side]
        elbow = (x + out * UPPER_ARM * np.sin(arm.upper), y + UPPER_ARM * np.cos(arm.upper))
        wrist = (elbow[0] + out * FOREARM * np.sin(arm.lower), elbow[1] + FOREARM * np.cos(arm.lower))
        return [(x, y), elbow, wrist]

    def leg_points(self, side: int) -> list[Point]:
        """Hip, knee and ankle in the body frame."""
        out, angle = (-1, 1)[side], self.legs[side]
        x, y = self.hips()[side]
        knee = (x + out * THIGH * np.sin(angle), y + THIGH * np.cos(angle))
        return [(x, y), knee, (knee[0], knee[1] + SHIN)]

    def keypoints(self, height: int) -> NDArray[np.float32]:
        """BODY_25 keypoints in pixels of a picture of that height; what lies outside or behind is (0, 0, 0)."""
        joints: dict[int, Point] = {0: (0, -0.165), 1: (0, 0), 8: (0, TORSO)}
        joints |= {15: (-0.027, -0.195), 16: (0.027, -0.195), 17: (-0.068, -0.18), 18: (0.068, -0.18)}
        for side, (arm, leg) in enumerate(((2, 9), (5, 12))):
            joints |= dict(zip(range(arm, arm + 3), self.arm_points(side), strict=True))
            joints |= dict(zip(range(leg, leg + 3), self.leg_points(side), strict=True))
            if self.arms[side].hidden:
                del joints[arm + 2]
        result = np.zeros((25, 3), np.float32)
        result[list(joints), :2] = self.place(list(joints.values())) * height
        result[list(joints), 2] = 0.9
        x, y = result[:, 0], result[:, 1]
        result[(x < 0) | (y < 0) | (x >= height * 0.75) | (y >= height)] = 0
        return result


class Canvas:
    """A picture and its LIP labels, painted by the same strokes; points are in the body frame of `body`."""

    def __init__(self, height: int, body: Body) -> None:
        self.height, self.width, self.body = height, height * 3 // 4, body
        top, bottom = (np.array(colour, np.float32) for colour in body.backdrop)
        ramp = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        backdrop = np.broadcast_to(top + (bottom - top) * ramp, (height, self.width, 3))
        self.picture = Image.fromarray(backdrop.astype(np.uint8))
        self.labels = Image.new("L", (self.width, height))
        self._brushes = (ImageDraw.Draw(self.picture), ImageDraw.Draw(self.labels))

    def polygon(self, points: Sequence[Point], colour: Colour, label: int | None) -> None:
        corners = [(x, y) for x, y in self.body.place(points) * self.height]
        self._brushes[0].polygon(corners, fill=colour)
        if label is not None:
            self._brushes[1].polygon(corners, fill=label)

    def ellipse(self, centre: Point, radii: Point, colour: Colour, label: int | None) -> None:
        angle = np.linspace(0, 2 * np.pi, 40)
        self.polygon(
            [(centre[0] + radii[0] * np.cos(a), centre[1] + radii[1] * np.sin(a)) for a in angle], colour, label
        )

    def limb(self, points: Sequence[Point], radii: Sequence[float], colour: Colour, label: int) -> None:
        """A chain of tapering segments with round joints."""
        for (start, end), (first, last) in zip(pairwise(points), pairwise(radii), strict=True):
            along = np.subtract(end, start)
            side = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-9)
            quad = [start + side * first, end + side * last, end - side * last, start - side * first]
            self.polygon([(float(x), float(y)) for x, y in quad], colour, label)
        for point, radius in zip(points, radii, strict=True):
            self.ellipse(point, (radius, radius), colour, label)

    def arm(self, side: int, start: float = 0.0) -> None:
        """Arm and hand; `start` of the upper arm's length is left out, since a sleeve hides it."""
        (x, y), elbow, wrist = self.body.arm_points(side)
        shoulder = (x + (elbow[0] - x) * start, y + (elbow[1] - y) * start)
        self.limb([shoulder, elbow, wrist], [0.040, 0.032, 0.024], self.body.skin, ARM[side])
        reach = np.subtract(wrist, elbow) / FOREARM
        hand = (wrist[0] + 0.045 * reach[0], wrist[1] + 0.045 * reach[1])
        self.limb([wrist, hand], [0.024, 0.026], self.body.skin, ARM[side])

    def body_grid(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Every pixel centre in the body frame: x and y, (height, width) each."""
        x = (np.arange(self.width, dtype=np.float32) + 0.5)[None] / self.height - np.float32(self.body.neck[0])
        y = (np.arange(self.height, dtype=np.float32) + 0.5)[:, None] / self.height - np.float32(self.body.neck[1])
        cos, sin = (np.float32(value / self.body.scale) for value in (np.cos(self.body.lean), np.sin(self.body.lean)))
        return (cos * x + sin * y).astype(np.float32), (cos * y - sin * x).astype(np.float32)

    def paste(
        self, texture: NDArray[np.uint8], mask: NDArray[np.uint8], where: tuple[NDArray[np.float32], ...]
    ) -> None:
        """Lay the garment's texture where the map (x, y in flat units for every pixel) hits its mask."""
        x, y = (value * np.float32(texture.shape[0]) - np.float32(0.5) for value in where)
        covered = cv2.remap(mask, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        warped = cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        stencil = Image.fromarray(np.where(covered >= 128, 255, 0).astype(np.uint8))
        self.picture.paste(Image.fromarray(warped), mask=stencil)
        self.labels.paste(UPPER, mask=stencil)

    def finish(self, size: tuple[int, int], rng: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Soft light over the person, then down to the final size: area for colours, the centre pixel for labels."""
        height, width = size
        labels = np.asarray(self.labels)
        step = self.height // height
        parse = np.ascontiguousarray(labels[step // 2 :: step, step // 2 :: step])
        picture = cv2.resize(np.asarray(self.picture), (width, height), interpolation=cv2.INTER_AREA)
        light = cv2.resize(
            rng.uniform(0.82, 1.06, (8, 6)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
        light[parse == 0] = 1
        lit = np.clip(picture * cv2.blur(light, (3, 3))[..., None], 0, 255)
        return lit.astype(np.uint8), parse


def draw_back(canvas: Canvas) -> None:
    """What lies behind the garment: the hair at the back and the neck with the bare upper chest."""
    body = canvas.body
    if body.long_hair:
        canvas.ellipse((0, -0.14 + body.long_hair / 2), (0.09, 0.10 + body.long_hair / 2), body.hair, HAIR)
    canvas.ellipse((0, -0.195), (0.083, 0.095), body.hair, HAIR)
    shade = tuple(int(value * 0.92) for value in body.skin)
    canvas.limb([(0, -0.12), (0, 0.01)], [0.042, 0.046], shade, NECK)  # type: ignore[arg-type]
    (left, top), (right, _) = body.shoulders()
    canvas.polygon([(-0.04, -0.03), (0.04, -0.03), (right, top), (0, 0.2), (left, top)], body.skin, NECK)


def draw_legs(canvas: Canvas) -> None:
    """Legs, shoes, and what covers the hips: pants, shorts or a skirt."""
    body = canvas.body
    for side in (0, 1):
        hip, knee, ankle = body.leg_points(side)
        canvas.limb([hip, knee, ankle], [0.075, 0.05, 0.03], body.skin, LEG[side])
        canvas.limb([ankle, (ankle[0], ankle[1] + 0.05)], [0.032, 0.03], body.shoes, SHOE[side])
        if body.lower != "skirt":
            length = 1.0 if body.lower == "pants" else 0.4
            end = (hip[0] + (knee[0] - hip[0]) * length, hip[1] + (knee[1] - hip[1]) * length)
            canvas.limb([hip, end], [0.082, 0.072], body.cloth, PANTS)
        if body.lower == "pants":
            canvas.limb([knee, ankle], [0.062, 0.05], body.cloth, PANTS)
    (left, y), (right, _) = body.hips()
    waist = [(left * 1.1, y - 0.14), (right * 1.1, y - 0.14), (right + 0.07, y), (left - 0.07, y)]
    canvas.polygon(waist, body.cloth, SKIRT if body.lower == "skirt" else PANTS)
    if body.lower == "skirt":
        canvas.polygon(
            [(left - 0.07, y), (right + 0.07, y), (right + 0.1, y + 0.28), (left - 0.1, y + 0.28)], body.cloth, SKIRT
        )


def draw_face(canvas: Canvas) -> None:
    """Head with ears, eyes, brows, nose and mouth."""
    body = canvas.body
    dark = tuple(int(value * 0.75) for value in body.skin)
    for side in (-1, 1):
        canvas.ellipse((0.066 * side, -0.18), (0.012, 0.02), body.skin, FACE)
    canvas.ellipse((0, -0.18), (0.066, 0.09), body.skin, FACE)
    for side in (-1, 1):
        canvas.ellipse((0.027 * side, -0.195), (0.014, 0.008), (245, 245, 242), FACE)
        canvas.ellipse((0.027 * side, -0.195), (0.007, 0.008), (50, 40, 36), FACE)
        canvas.polygon([(0.012 * side, -0.213), (0.042 * side, -0.216), (0.042 * side, -0.210)], body.hair, FACE)
    canvas.polygon([(0, -0.19), (0.010, -0.158), (-0.010, -0.158)], dark, FACE)  # type: ignore[arg-type]
    canvas.ellipse((0, -0.13), (0.024, 0.007), (176, 70, 74), FACE)


def draw_hair(canvas: Canvas) -> None:
    """The cap of hair, and long strands that fall over the shoulders."""
    body = canvas.body
    angle = np.linspace(np.pi, 2 * np.pi, 24)
    outer = [(0.078 * np.cos(a), -0.19 + 0.102 * np.sin(a)) for a in angle]
    inner = [(0.060 * np.cos(a), -0.20 + 0.06 * (1.2 - body.fringe) * np.sin(a)) for a in angle[::-1]]
    canvas.polygon(outer + inner, body.hair, HAIR)
    if body.long_hair:
        for side in (-1, 1):
            strand = [(0.075 * side, -0.19), (0.085 * side, -0.05), (0.075 * side, -0.14 + body.long_hair)]
            canvas.limb(strand, [0.012, 0.02, 0.006], body.hair, HAIR)


def _random_arm(rng: np.random.Generator) -> Arm:
    kind = rng.choice(["down", "down", "hip", "front", "out", "hidden"])
    upper = rng.uniform(0.06, 0.35)
    if kind == "hip":
        return Arm(rng.uniform(0.5, 0.75), rng.uniform(-0.75, -0.5), False)
    if kind == "front":
        return Arm(upper, rng.uniform(-1.9, -0.8), False)
    if kind == "out":
        return Arm(rng.uniform(0.4, 0.8), rng.uniform(0.1, 0.9), False)
    return Arm(
        upper, upper + (rng.uniform(-0.25, 0.1) if kind == "down" else rng.uniform(-0.7, -0.4)), kind == "hidden"
    )


def _jitter(rng: np.random.Generator, colour: Colour) -> Colour:
    shift = rng.integers(-10, 11, 3)
    red, green, blue = (int(np.clip(value + delta, 0, 255)) for value, delta in zip(colour, shift, strict=True))
    return red, green, blue
