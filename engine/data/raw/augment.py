"""Strong random changes to a photo of a person with parse and joints, so that a parser learns what users' photos show.

Where the window lies decides most: half of the time it is nearly the one of a try-on photo, which the second pass of
the analysis sees; otherwise people fill 30 % to 100 % of it, or are cut at head or knees.
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Keypoints, Labels, Picture, Size
from engine.data.augment import AugmentConfig, draw_dye, draw_light, recolour
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.photometric import Spoiling, spoiled
from engine.data.raw.photos import Photo, View, affine_of, moved_points, person_view, shrunk, try_on_view
from engine.labels import IGNORE, LIP, Lip, mirror
from engine.pose import MIRRORED

Rng = np.random.Generator
Seen = tuple[Picture, Labels, Keypoints]

_CLOTHES = (Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.PANTS, Lip.SKIRT)
_DYES = AugmentConfig(brightness=0.2, contrast=0.3, saturation=0.4)  # what is worn differs more than what light does


@dataclass(frozen=True)
class PhotoAugment:
    """Probabilities and ranges."""

    flip: float = 0.5
    near: float = 0.55  # probability of a window close to a try-on photo's
    near_scale: tuple[float, float] = (0.85, 1.15)
    near_shift: float = 0.06  # share of the window's height
    # street photos are framed by their true joints: a steadier window would give away where the hips are
    street_scale: tuple[float, float] = (0.7, 1.3)
    street_shift: float = 0.14
    near_turn: float = 7.0  # degrees
    far_scale: tuple[float, float] = (0.3, 1.0)  # people's share of the window
    close: float = 0.3  # of the other windows, how many cut people instead
    close_scale: tuple[float, float] = (1.1, 1.9)
    turn: float = 25.0
    background: float = 0.45  # probability of another background
    occlusion: float = 0.2  # probability of something in front
    dye: float = 0.0  # probability, for each thing that is worn in a street photo, of another colour
    spoiling: Spoiling = field(default_factory=Spoiling)


def augmented(photo: Photo, size: Size, rng: Rng, backgrounds: Backgrounds, config: PhotoAugment) -> Seen:
    """Picture (H, W, 3), labels (H, W), keypoints (25, 3) with confidence -1 where a joint is known to be outside."""
    view, degrees = draw_view(photo, rng, config)
    other = rng.random() < config.background
    affine = affine_of(view, size, degrees)
    outside = _share_outside(photo, affine, size)
    background = backgrounds.draw(size, rng) if other or outside > 0.15 else None
    picture, parse = _rendered(photo, affine, size, background)
    if config.dye and not photo.framed:
        picture = _dyed(picture, parse, rng, config.dye)
    points = moved_points(photo.keypoints, affine, size)
    if rng.random() < config.occlusion:
        picture, parse = _covered(picture, parse, backgrounds.draw(size, rng, plain=0.5), rng)
    picture = spoiled(picture, rng, config.spoiling)
    return flipped(picture, parse, points) if rng.random() < config.flip else (picture, parse, points)


def flipped(picture: Picture, parse: Labels, points: Keypoints) -> Seen:
    """All three in a mirror, left and right swapped."""
    mirrored = points.copy()
    mirrored[points[:, 2] > 0, 0] = picture.shape[1] - 1 - points[points[:, 2] > 0, 0]
    return np.ascontiguousarray(picture[:, ::-1]), mirror(parse, LIP), mirrored[list(MIRRORED)]


def draw_view(photo: Photo, rng: Rng, config: PhotoAugment) -> tuple[View, float]:
    """A window and by how many degrees it is turned."""
    kind, close, scale, shift = rng.random(), rng.random(), rng.random(), rng.uniform(-1, 1, 2)
    turn = rng.uniform(-1, 1) * rng.uniform(0, 1)
    if kind < config.near:
        ends, reach = (config.near_scale, config.near_shift)
        if not photo.framed:
            ends, reach = (config.street_scale, config.street_shift)
        view = _scaled(try_on_view(photo), _between(ends, scale), shift * reach)
        return _grounded(photo, view), turn * config.near_turn
    if close < config.close:
        view = _scaled(try_on_view(photo), _between(config.close_scale, scale), shift * (0.25, 0.35))
        return view, turn * config.turn
    share = _between(config.far_scale, scale)
    free = (1 - share) / share / 2  # how far the person can move and still be in the window
    view = _scaled(person_view(photo.parse, 0.02), share, shift * (0.75, 1.0) * min(free, 1.5))
    return _grounded(photo, view), turn * config.turn * (0.3 if photo.framed else 1.0)


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def _scaled(view: View, scale: float, shift: NDArray[np.float64]) -> View:
    """A window in which things are `scale` times as large, moved by shares of the old window's height."""
    return View(view.x + shift[0] * view.height, view.y + shift[1] * view.height, view.height / scale)


def _grounded(photo: Photo, view: View) -> View:
    """People who are cut by the lower edge of their photo stay cut by the lower edge of the window."""
    if not (photo.parse[-1] != 0).any():
        return view
    return replace(view, y=min(view.y, photo.parse.shape[0] - view.height / 2))


def _share_outside(photo: Photo, affine: NDArray[np.float64], size: Size) -> float:
    """Share of the window that lies outside of the photo."""
    height, width = photo.parse.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    there = (corners @ affine[:, :2].T + affine[:, 2]).astype(np.float32)
    window = np.array([[0, 0], [size[1], 0], [size[1], size[0]], [0, size[0]]], np.float32)
    area, _ = cv2.intersectConvexConvex(there, window)
    return 1 - float(area) / (size[0] * size[1])


def _rendered(
    photo: Photo, affine: NDArray[np.float64], size: Size, background: Picture | None
) -> tuple[Picture, Labels]:
    height, width = size
    small, matrix = shrunk(photo.image, affine)
    border = cv2.BORDER_REPLICATE if background is None else cv2.BORDER_CONSTANT
    picture = cv2.warpAffine(small, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border)
    # outside of the photo nobody is known to be: a person cut by its edge is drawn out there as streaks
    edge = int(IGNORE) if background is None else 0
    parse = cv2.warpAffine(photo.parse, affine, (width, height), flags=cv2.INTER_NEAREST, borderValue=edge)
    if background is None:
        return picture.astype(np.uint8, copy=False), parse.astype(np.uint8, copy=False)
    person = (photo.parse != 0).astype(np.uint8) * 255
    person, matrix = shrunk(person, affine)
    alpha = cv2.warpAffine(person, matrix, (width, height), flags=cv2.INTER_LINEAR)
    alpha = cv2.GaussianBlur(alpha, (3, 3), 0.8).astype(np.float32)[..., None] / 255
    mixed = background + (picture.astype(np.float32) - background) * alpha
    return mixed.astype(np.uint8), parse.astype(np.uint8, copy=False)


def _dyed(picture: Picture, parse: Labels, rng: Rng, share: float) -> Picture:
    """Clothes in other colours, each in its own: what lies over what is not to be learned from a wardrobe's colours."""
    made = picture.copy()
    for label in _CLOTHES:
        worn = parse == label
        if not worn.any() or rng.random() >= share:
            continue
        new = recolour(recolour(picture, draw_dye(_DYES, rng)), draw_light(_DYES, rng)).astype(np.float32)
        alpha = cv2.GaussianBlur(worn.astype(np.float32), (3, 3), 0.7)[..., None]
        made = np.rint(made + (new - made) * alpha).astype(np.uint8)
    return made


def _covered(picture: Picture, parse: Labels, cover: Picture, rng: Rng) -> tuple[Picture, Labels]:
    """Something held or hung in front: an ellipse or a bar. What it hides is not known."""
    height, width = parse.shape
    centre = rng.uniform((0.1 * width, 0.2 * height), (0.9 * width, height))
    axes = rng.uniform(0.04, 0.2, 2) * height
    shape = np.zeros((height, width), np.uint8)
    box = ((float(centre[0]), float(centre[1])), (float(axes[0] * 2), float(axes[1] * 2)), float(rng.uniform(0, 180)))
    if rng.random() < 0.5:
        cv2.ellipse(shape, box, 1, -1)
    else:
        cv2.fillPoly(shape, [cv2.boxPoints(box).astype(np.int32)], 1)
    covered, labels = picture.copy(), parse.copy()
    cv2.copyTo(cover, shape, covered)
    labels[(shape > 0) & (parse != 0)] = IGNORE
    return covered, labels
