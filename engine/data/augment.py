"""Random changes to a sample that keep it true: what the person wears is still the garment beside it.

Geometry moves photo, parse and keypoints of the person together, and the product photo with its mask on its own, since
the network has to find the one in the other anyway. Colour changes treat both photos alike; besides a mild change of
the whole pictures, the garment alone is dyed, on the product photo and on the body, so that skin never turns green. A
flip mirrors both photos and swaps left and right in labels and keypoints.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Keypoints, Labels, Picture
from engine.data.sample import Sample
from engine.data.sleeve_pose import swung
from engine.labels import LIP, mirror
from engine.pose import Pose

Affine = NDArray[np.float64]  # (2, 3), from old pixels to new ones
ColourMatrix = NDArray[np.float64]  # (3, 4), applied to (R, G, B, 1)
_LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True)
class Moves:
    """Greatest changes of one photo: shift as a share of the height, scale factors, rotation in degrees."""

    shift: float
    scale: tuple[float, float]
    rotate: float


@dataclass(frozen=True)
class AugmentConfig:
    """How often and how much; every strength is the greatest one drawn, evenly from both sides of no change."""

    flip: float = 0.5  # probability
    geometry: float = 0.8  # probability, for person and garment each
    person: Moves = Moves(shift=0.03, scale=(0.95, 1.10), rotate=4.0)
    garment: Moves = Moves(shift=0.02, scale=(0.92, 1.08), rotate=4.0)
    colour: float = 0.8  # probability of changing both photos as a whole
    brightness: float = 0.08  # share of white
    contrast: float = 0.10
    saturation: float = 0.15
    tint: float = 0.0  # share of each channel: lamps and shadows are not white
    dye: float = 0.3  # probability of dyeing the garment
    hue: float = 180.0  # degrees
    spread: float = 0.5  # probability of raising long sleeves of the product photo
    raised: float = 75.0  # degrees, at most
    loose: float = 0.4  # probability of these moves instead, for each: people frame with less care than shops
    loose_person: Moves = Moves(shift=0.08, scale=(0.75, 1.25), rotate=6.0)
    loose_garment: Moves = Moves(shift=0.10, scale=(0.5, 1.05), rotate=10.0)


def augment(sample: Sample, seed: int | np.random.Generator, config: AugmentConfig | None = None) -> Sample:
    """A randomly changed copy of a sample; the same seed makes the same changes, at any size."""
    config = config or AugmentConfig()
    # every number is drawn whether it is used or not, so that one setting does not change what another one does
    rng = np.random.default_rng(seed)
    chances = rng.random(5)
    person, garment = draw_affine(config.person, sample.size, rng), draw_affine(config.garment, sample.size, rng)
    light, dye = draw_light(config, rng), draw_dye(config, rng)
    chance, left, right = rng.random(), *rng.uniform(0, config.raised, 2)
    loose = rng.random(2) < config.loose
    loosely = [draw_affine(moves, sample.size, rng) for moves in (config.loose_person, config.loose_garment)]
    person, garment = (loosely[i] if loose[i] else usual for i, usual in enumerate((person, garment)))
    light = np.diag(1 + rng.uniform(-config.tint, config.tint, 3)) @ light
    if chances[0] < config.dye:
        sample = dyed(sample, dye)
    if chances[1] < config.colour:
        sample = replace(sample, image=recolour(sample.image, light), cloth=recolour(sample.cloth, light))
    if chances[2] < config.geometry:
        sample = moved_person(sample, person)
    if chance < config.spread:
        sample = swung(sample, left, right)
    if chances[3] < config.geometry:
        sample = moved_garment(sample, garment)
    return flipped(sample) if chances[4] < config.flip else sample


def flipped(sample: Sample) -> Sample:
    """The sample in a mirror: left arm and right arm, left leg and right leg, and their keypoints change places."""
    picture = sample.pose_picture
    return replace(
        sample,
        image=_mirrored(sample.image),
        cloth=_mirrored(sample.cloth),
        cloth_mask=_mirrored(sample.cloth_mask),
        parse=mirror(sample.parse, LIP),
        pose=sample.pose.mirrored(),
        # the colours of a ready-drawn pose picture tell left from right, so it cannot be mirrored, only drawn again
        pose_picture=None if picture is None else sample.pose.mirrored().draw(),
    )


def moved_person(sample: Sample, affine: Affine) -> Sample:
    """Photo, parse and keypoints moved by one affine map (2, 3) of pixels; joints that leave the picture are lost."""
    pose = moved_pose(sample.pose, affine)
    return replace(
        sample,
        image=_warped(sample.image, affine, cv2.INTER_LINEAR),
        parse=_warped(sample.parse, affine, cv2.INTER_NEAREST),
        pose=pose,
        pose_picture=None if sample.pose_picture is None else pose.draw(),
    )


def moved_garment(sample: Sample, affine: Affine) -> Sample:
    """Product photo and mask moved by one affine map (2, 3) of pixels."""
    cloth = _warped(sample.cloth, affine, cv2.INTER_LINEAR)
    return replace(sample, cloth=cloth, cloth_mask=_warped(sample.cloth_mask, affine, cv2.INTER_NEAREST))


def moved_pose(pose: Pose, affine: Affine) -> Pose:
    """The pose moved by an affine map (2, 3) of pixels; a joint outside of the picture counts as not detected."""
    left, right = (None if hand is None else _moved(hand, affine, pose.size) for hand in pose.hands)
    return replace(pose, keypoints=_moved(pose.keypoints, affine, pose.size), hands=(left, right))


def draw_affine(moves: Moves, size: tuple[int, int], rng: np.random.Generator) -> Affine:
    """A random rotation and scaling about the middle of a picture of `size`, followed by a shift."""
    height, width = size
    scale, angle = rng.uniform(*moves.scale), rng.uniform(-moves.rotate, moves.rotate)
    shift = rng.uniform(-moves.shift, moves.shift, 2) * height
    affine: Affine = np.asarray(cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, scale), np.float64)
    affine[:, 2] += shift
    return affine


def draw_light(config: AugmentConfig, rng: np.random.Generator) -> ColourMatrix:
    """A random change of contrast about mid grey, brightness and saturation."""
    bright, contrast, saturation = rng.uniform(-1, 1, 3) * (config.brightness, config.contrast, config.saturation)
    linear = (1 + contrast) * saturate(1 + saturation)
    return np.column_stack([linear, np.full(3, 255 * bright - 127.5 * contrast)])


def draw_dye(config: AugmentConfig, rng: np.random.Generator) -> ColourMatrix:
    """A random turn of the hue, now and then with the lightness inverted: black tops become white ones."""
    turn = rotate_hue(rng.uniform(-config.hue, config.hue))
    if rng.random() < 0.75:
        return np.column_stack([turn, np.zeros(3)])
    return np.column_stack([-turn, np.full(3, 255.0)])


def dyed(sample: Sample, matrix: ColourMatrix) -> Sample:
    """The sample with another garment colour: under the mask on the product photo, and where it is worn."""
    worn = np.isin(np.arange(256), sample.category.worn).astype(np.uint8)[sample.parse]
    return replace(
        sample,
        image=_inside(worn, recolour(sample.image, matrix), sample.image),
        cloth=_inside(sample.cloth_mask, recolour(sample.cloth, matrix), sample.cloth),
    )


def recolour(picture: Picture, matrix: ColourMatrix) -> Picture:
    """uint8 (H, W, 3) with `matrix` (3, 4) applied to (R, G, B, 1) of every pixel, rounded and clipped."""
    result: Picture = cv2.transform(picture, matrix).astype(np.uint8, copy=False)
    return result


def saturate(factor: float) -> NDArray[np.float64]:
    """(3, 3) that scales the distance of a colour from the grey of the same luminance (Rec. 601)."""
    grey = np.tile(_LUMA, (3, 1))
    return np.asarray(grey + factor * (np.eye(3) - grey))


def rotate_hue(degrees: float) -> NDArray[np.float64]:
    """(3, 3) that turns colours about the grey axis and keeps the mean of the three channels (Rodrigues' formula)."""
    angle = np.radians(degrees)
    cross = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)
    third = np.full((3, 3), 1 / 3)
    return np.asarray(np.cos(angle) * np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * third)


def _inside(mask: NDArray[np.uint8], new: Picture, old: Picture) -> Picture:
    """`new` where the mask is not 0, `old` elsewhere."""
    result = old.copy()
    cv2.copyTo(new, mask, result)
    return result


def _mirrored(array: Picture | Labels) -> NDArray[np.uint8]:
    return np.ascontiguousarray(array[:, ::-1])


def _warped(array: Picture | Labels, affine: Affine, interpolation: int) -> NDArray[np.uint8]:
    """Photos and labels are continued outwards in the same way, so that they still agree at the border."""
    height, width = array.shape[:2]
    warped = cv2.warpAffine(array, affine, (width, height), flags=interpolation, borderMode=cv2.BORDER_REPLICATE)
    return warped.astype(np.uint8, copy=False)


def _moved(keypoints: Keypoints, affine: Affine, size: tuple[int, int]) -> Keypoints:
    height, width = size
    moved = keypoints.copy()
    moved[:, :2] = keypoints[:, :2] @ affine[:, :2].T + affine[:, 2]
    x, y = moved[:, 0], moved[:, 1]
    outside = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    moved[outside | (keypoints[:, 2] <= 0)] = 0
    return moved
