"""Procedurally drawn people and garments: a data set without anybody's photos, the same bytes for the same seed.

Each pair shows one garment twice: flat, as a product photo with its mask, and worn, as the flat texture warped smoothly
onto the torso and along the arms of a drawn person. The parse comes from the same strokes as the picture, so pixels,
labels and keypoints agree. Lengths are in picture heights ("units"); x runs over 0..0.75, y over 0..1.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.pose import Pose
from tests.rendered_body import Body, Canvas, draw_back, draw_face, draw_hair, draw_legs
from tests.rendered_garment import Flat, draw_flat

Size = tuple[int, int]
BODY_TO_COCO = (0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)


@dataclass(frozen=True, eq=False)
class RenderedPair:
    """A person who wears `cloth`: uint8 pictures (H, W, 3), mask 0/255, LIP labels (H, W), keypoints in pixels."""

    name: str
    image: NDArray[np.uint8]
    cloth: NDArray[np.uint8]
    cloth_mask: NDArray[np.uint8]
    parse: NDArray[np.uint8]
    pose: Pose


def rendered_pair(seed: int, size: Size = (256, 192)) -> RenderedPair:
    """The caller's own pair number `seed` at any 4:3 size (height, width); one seed is one scene at every size."""
    return deepcopy(_drawn(seed, size))


def draw_pair(seed: int, size: Size = (256, 192)) -> RenderedPair:
    """The same, drawn anew."""
    height, width = size
    if height * 3 != width * 4:
        raise ValueError(f"size {size} is not 4:3")
    scale = 2 if height <= 512 else 1  # supersampling
    flat = Flat.random(np.random.default_rng([seed, 1]))
    body = Body.random(np.random.default_rng([seed, 2]))
    texture, torso, sleeves = draw_flat(flat, height * scale)
    canvas = _draw_person(body, flat, texture, torso, sleeves, height * scale)
    image, parse = canvas.finish(size, np.random.default_rng([seed, 3]))
    cloth = cv2.resize(_product_photo(flat, texture, torso, sleeves), (width, height), interpolation=cv2.INTER_AREA)
    cloth_mask = cv2.resize(np.maximum(torso, np.maximum(*sleeves)), (width, height), interpolation=cv2.INTER_AREA)
    return RenderedPair(
        name=f"{seed:05d}_00",
        image=image,
        cloth=cloth.astype(np.uint8, copy=False),
        cloth_mask=np.where(cloth_mask >= 128, 255, 0).astype(np.uint8),
        parse=parse,
        pose=Pose(keypoints=body.keypoints(height), size=size),
    )


_drawn = lru_cache(maxsize=32)(draw_pair)  # the same few are asked for in hundreds of tests


def write_rendered_dataset(
    root: str | Path,
    count: int,
    size: Size = (256, 192),
    split: str = "train",
    bodies: str = "body25",
    first: int = 0,
    unpaired: bool = False,
) -> Path:
    """Write pairs `first` .. `first + count - 1` in the VITON-HD layout under `root`, which is returned.

    `bodies` chooses the keypoint format, "body25" or "coco18". The pairs file names every person with the own garment,
    or with the next person's when `unpaired`.
    """
    base = Path(root) / split
    for folder in ("image", "cloth", "cloth-mask", "image-parse", "openpose-json"):
        (base / folder).mkdir(parents=True, exist_ok=True)
    names = []
    for seed in range(first, first + count):
        pair = rendered_pair(seed, size)
        write_rendered_pair(base, pair, bodies)
        names.append(pair.name)
    garments = names[1:] + names[:1] if unpaired else names
    lines = [f"{person}.jpg {garment}.jpg\n" for person, garment in zip(names, garments, strict=True)]
    (Path(root) / f"{split}_pairs.txt").write_text("".join(lines), encoding="utf-8")
    return Path(root)


def write_rendered_pair(base: Path, pair: RenderedPair, bodies: str = "body25") -> None:
    """Write the five files of one pair into the folders of a split."""
    Image.fromarray(pair.image).save(base / "image" / f"{pair.name}.jpg", quality=95, subsampling=0)
    Image.fromarray(pair.cloth).save(base / "cloth" / f"{pair.name}.jpg", quality=95, subsampling=0)
    Image.fromarray(pair.cloth_mask).save(base / "cloth-mask" / f"{pair.name}.png")
    write_labels(base / "image-parse" / f"{pair.name}.png", pair.parse)
    text = json.dumps(openpose(pair.pose.keypoints, bodies))
    (base / "openpose-json" / f"{pair.name}_keypoints.json").write_text(text, encoding="utf-8")


def write_labels(path: Path, labels: NDArray[np.uint8]) -> None:
    """Save labels as the palette PNG the layout asks for; the colours are arbitrary, only the indices count."""
    picture = Image.fromarray(labels).convert("L")
    picture.putpalette([value for index in range(256) for value in (index * 37 % 256, index * 91 % 256, index)])
    picture.save(path)


def openpose(keypoints: NDArray[np.float32], bodies: str = "body25") -> dict[str, object]:
    """The keypoints as OpenPose's JSON, 25 points or the 18 of COCO."""
    order: Sequence[int] = BODY_TO_COCO if bodies == "coco18" else range(25)
    numbers = [round(float(value), 3) for joint in order for value in keypoints[joint]]
    return {"version": 1.3, "people": [{"pose_keypoints_2d": numbers}]}


def fingerprint(pair: RenderedPair) -> int:
    """One number for all arrays of a pair, to compare pairs."""
    arrays = (pair.image, pair.cloth, pair.cloth_mask, pair.parse, pair.pose.keypoints)
    return zlib.crc32(b"".join(array.tobytes() for array in arrays))


def _product_photo(
    flat: Flat, texture: NDArray[np.uint8], torso: NDArray[np.uint8], sleeves: Sequence[NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    stencil = Image.fromarray(np.maximum(torso, np.maximum(*sleeves)))
    photo = Image.new("RGB", stencil.size, flat.paper)
    photo.paste(Image.fromarray(texture), mask=stencil)
    return np.asarray(photo)


def _draw_person(
    body: Body,
    flat: Flat,
    texture: NDArray[np.uint8],
    torso: NDArray[np.uint8],
    sleeves: Sequence[NDArray[np.uint8]],
    pixels: int,
) -> Canvas:
    """Paint back to front: hair, neck, hidden arm, legs, torso, arms with their sleeves, face, fringe."""
    canvas = Canvas(pixels, body)
    draw_back(canvas)
    behind = [side for side in (0, 1) if body.arms[side].hidden]
    for side in behind:
        _draw_arm(canvas, side, flat, texture, sleeves[side])
    draw_legs(canvas)
    canvas.paste(texture, torso, flat.torso_map(canvas))
    for side in {0, 1} - set(behind):
        _draw_arm(canvas, side, flat, texture, sleeves[side])
    draw_face(canvas)
    draw_hair(canvas)
    return canvas


def _draw_arm(canvas: Canvas, side: int, flat: Flat, texture: NDArray[np.uint8], sleeve: NDArray[np.uint8]) -> None:
    canvas.arm(side, start=0.15 if flat.sleeve else 0.0)
    if flat.sleeve > 0:
        canvas.paste(texture, sleeve, flat.sleeve_map(canvas, side))
