"""An analysis as files: what other programs read, and pictures that people look at."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.analysis.common.doubt import Doubt
from engine.analysis.garment.cut_out import AnalysedGarment
from engine.analysis.person.analyse import AnalysedPerson
from engine.arrays import Picture
from engine.imaging.framing import Framed
from engine.imaging.saving import save_labels, save_mask, save_picture
from engine.labels import LIP, colourise
from engine.pose import Pose
from engine.system.files import write_text

_GUESSED = (255, 255, 255)


def save_person(folder: Path, person: AnalysedPerson, photo: Picture) -> list[Path]:
    """Write image, overlay and people as PNG, pose.json (OpenPose BODY_25), parse.png (LIP palette), warnings.json."""
    paths = {
        name: folder / name
        for name in ("image.png", "pose.json", "parse.png", "overlay.png", "people.png", "warnings.json")
    }
    save_picture(paths["image.png"], person.image)
    _save_json(paths["pose.json"], person.pose.to_openpose())
    save_labels(paths["parse.png"], person.parse, LIP)
    save_picture(paths["overlay.png"], overlay(person))
    save_picture(paths["people.png"], people_picture(photo, person))
    found = {
        "boxes": [[round(edge, 1) for edge in box] for box in person.boxes],
        "chosen": person.chosen,
        "estimated_joints": sorted(int(joint) for joint in person.estimated),
        "confidence": round(person.confidence, 3),
    }
    _save_json(paths["warnings.json"], found | _told(person.framed, person.warnings))
    return list(paths.values())


def save_garment(folder: Path, garment: AnalysedGarment) -> list[Path]:
    """Write image.png (on white), mask.png, overlay.png and warnings.json."""
    paths = {name: folder / name for name in ("image.png", "mask.png", "overlay.png", "warnings.json")}
    save_picture(paths["image.png"], garment.image)
    save_mask(paths["mask.png"], garment.mask)
    outside = (garment.mask < 128)[..., None]
    dimmed = garment.framed.image // 2 + np.array([127, 0, 0], dtype=np.uint8)
    save_picture(paths["overlay.png"], np.where(outside, dimmed, garment.framed.image).astype(np.uint8))
    found = {
        "plain_background": garment.plain,
        "boxes": [[round(edge, 1) for edge in box] for box in garment.boxes],
        "chosen": garment.chosen,
    }
    _save_json(paths["warnings.json"], found | _told(garment.framed, garment.warnings))
    return list(paths.values())


def overlay(person: AnalysedPerson) -> Picture:
    """The person under their parse and pose (H, W, 3); guessed joints are white rings."""
    mixed = cv2.addWeighted(person.image, 0.55, colourise(person.parse, LIP), 0.45, 0)
    drawn = person.pose.draw()
    pose = drawn.any(axis=2)
    mixed[pose] = mixed[pose] // 4 + drawn[pose] // 4 * 3
    completed = person.pose.completed()
    for joint in sorted(person.estimated):
        cv2.circle(mixed, _pixel(completed, joint), round(0.012 * person.size[0]), _GUESSED, 3, cv2.LINE_AA)
    return np.asarray(mixed, dtype=np.uint8)


def people_picture(photo: Picture, person: AnalysedPerson, longest: int = 1024) -> Picture:
    """The photo, made small, with everybody's box, the chosen one's thick, and the frame."""
    scale = min(1.0, longest / max(photo.shape[:2]))
    size = (max(1, round(photo.shape[1] * scale)), max(1, round(photo.shape[0] * scale)))
    small = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    for index, box in enumerate(person.boxes):
        _rectangle(small, box, scale, (255, 60, 60), 4 if index == person.chosen else 2)
    _rectangle(small, person.framed.box, scale, (60, 220, 60), 2)
    return small


def _rectangle(
    picture: Picture, box: tuple[float, ...], scale: float, colour: tuple[int, int, int], width: int
) -> None:
    left, top, right, bottom = (round(edge * scale) for edge in box)
    cv2.rectangle(picture, (left, top), (right, bottom), colour, width)


def _pixel(pose: Pose, joint: int) -> tuple[int, int]:
    x, y = pose.point(joint)
    return round(x), round(y)


def _told(framed: Framed, warnings: Iterable[Doubt]) -> dict[str, Any]:
    height, width = framed.photo_size
    return {
        "photo_size": [width, height],
        "frame": [round(edge, 2) for edge in framed.box],
        "warnings": [{"code": one.code, "sentence": one.sentence} for one in warnings],
    }


def _save_json(path: Path, content: object) -> None:
    write_text(path, json.dumps(content, indent=1) + "\n")
