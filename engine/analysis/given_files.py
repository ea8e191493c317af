"""People and garments from what other programs made of their photos: OpenPose JSON, LIP or ATR parses, masks.

Pose, parse and mask belong to the whole photo. A photo that is not 3:4 is framed with them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.analysis.agreement import disagreements
from engine.analysis.common.doubt import doubt
from engine.analysis.garment.cut_out import AnalysedGarment
from engine.analysis.garment.doubts import doubts_about_given
from engine.analysis.garment.transparency import read_cut_out
from engine.analysis.person.analyse import AnalysedPerson, with_parse, with_pose
from engine.analysis.person.doubts import doubts_of
from engine.analysis.person.portrait import portrait_box
from engine.arrays import FULL_SIZE, Box, Keypoints, Labels, Picture, Size, Turn, same_shape
from engine.category import UPPER, Category
from engine.data.sample import enlarged_labels
from engine.errors import TryOnError
from engine.imaging.framing import Framed, frame, is_three_to_four
from engine.imaging.images import is_cut_out, read_photo, resize_labels, turned
from engine.imaging.masks import read_garment_mask
from engine.imaging.parses import LabelSet, read_parse
from engine.labels import Lip
from engine.notes import note, noted
from engine.pose import Pose, read_pose
from engine.values import Person

Given = ParamSpec("Given")
Found = TypeVar("Found", AnalysedPerson, AnalysedGarment)


def telling(read: Callable[Given, Found]) -> Callable[Given, Found]:
    """What readers note inside (`engine.notes`) becomes warnings of the person or the garment that comes out."""

    @wraps(read)
    def told(*args: Given.args, **options: Given.kwargs) -> Found:
        codes: list[str]
        with noted() as codes:
            found: Found = read(*args, **options)
        warnings = (*found.warnings, *map(doubt, codes))
        return replace(found, warnings=warnings)

    return told


def beside_person(photo: Path, pose: Path | None = None, parse: Path | None = None) -> tuple[Path | None, Path | None]:
    """The pose and parse files of a person's photo: those given, else those beside it in a data set's layout."""
    root = photo.parent.parent
    folders = [root / folder for folder in ("image-parse", "image-parse-v3")]
    return (
        pose or _first(root / "openpose-json" / f"{photo.stem}_keypoints.json"),
        parse or _first(*(folder / f"{photo.stem}.png" for folder in folders)),
    )


def beside_garment(photo: Path, mask: Path | None = None) -> Path | None:
    """The mask file of a garment's photo: the one given, else the one beside it, or the photo itself if cut out."""
    return mask or mask_beside(photo) or (photo if is_cut_out(photo) else None)


def mask_beside(photo: Path) -> Path | None:
    """The mask file beside a garment's photo in a data set's layout."""
    folder = photo.parent.parent / "cloth-mask"
    return _first(*(folder / f"{photo.stem}{suffix}" for suffix in (".png", ".jpg")))


def _first(*candidates: Path) -> Path | None:
    return next((path for path in candidates if path.is_file()), None)


@telling
def read_person(
    photo: Path,
    pose: Path,
    parse: Path,
    labels: LabelSet = "lip",
    size: Size = FULL_SIZE,
    category: Category = UPPER,
    box: Box | None = None,
) -> AnalysedPerson:
    """A person from a photo, its pose file (see `engine.pose.openpose`) and its parse.

    A 3:4 photo is taken whole and keeps its size, another is framed to `size`. box: who of the pose's people, in photo
    pixels. TryOnError where a file is wrong or they do not belong together.
    """
    image, found = read_photo(photo, "person"), read_parse(parse, labels)
    check_same_shape(parse, found, photo, image)
    whole = (image.shape[0], image.shape[1])
    joints = read_pose(pose, whole, box)
    return _agreeing(person_of(image, joints, resize_labels(found, whole), size, category))


def _agreeing(person: AnalysedPerson) -> AnalysedPerson:
    """With a warning where photo, pose and parse do not fit together."""
    apart = tuple(map(doubt, disagreements(person.image, person.pose, person.parse)))
    return replace(person, warnings=(*person.warnings, *apart)) if apart else person


def check_same_shape(path: Path, labels: NDArray[np.uint8], photo: Path, image: Picture) -> None:
    """TryOnError unless labels (h, w) have the shape of the photo (H, W, 3), in whatever size."""
    (height, width), (rows, columns) = image.shape[:2], labels.shape
    if not same_shape((rows, columns), (height, width)):
        raise TryOnError(
            "parse.other_shape", path=path, columns=columns, rows=rows, photo=photo, width=width, height=height
        )


def person_of(
    image: Picture, pose: Pose, parse: Labels, size: Size = FULL_SIZE, category: Category = UPPER
) -> AnalysedPerson:
    """A person from arrays of one size (H, W): photo, pose and LIP parse; framed to `size` where it is not 3:4."""
    whole = (image.shape[0], image.shape[1])
    body = body_box(parse)
    if is_three_to_four(whole):
        framed = Framed(image, (0.0, 0.0, float(whole[1]), float(whole[0])), whole)
    else:
        framed = frame(image, size, portrait_box(pose, body, whole), fill="edge")
        pose, parse = framed_pose(pose, framed), framed_labels(parse, framed)
    estimated = pose.completed().estimated - pose.estimated
    warnings = doubts_of(Person(framed.image, pose, parse), category=category)
    return AnalysedPerson(
        framed.image,
        pose,
        parse,
        framed=framed,
        boxes=(body,),
        chosen=0,
        estimated=estimated,
        warnings=warnings,
        confidence=1.0,
        category=category,
    )


def body_box(parse: Labels) -> Box:
    """The box around everything in a parse (H, W) that is not background. TryOnError where all of it is."""
    rows, columns = np.flatnonzero((parse > 0).any(axis=1)), np.flatnonzero((parse > 0).any(axis=0))
    if not len(rows):
        raise TryOnError("parse.background")
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)


def framed_pose(pose: Pose, framed: Framed) -> Pose:
    """A pose of the whole photo in the frame; joints outside of the frame count as not found."""
    left, right = (None if hand is None else _in_frame(hand, framed) for hand in pose.hands)
    return Pose(_in_frame(pose.keypoints, framed), framed.size, hands=(left, right))


def _in_frame(joints: Keypoints, framed: Framed) -> Keypoints:
    moved = joints.copy()
    moved[:, :2] = framed.to_frame(joints[:, :2])
    height, width = framed.size
    inside = ((moved[:, :2] >= 0) & (moved[:, :2] < (width, height))).all(axis=1)
    moved[(joints[:, 2] <= 0) | ~inside] = 0
    return moved


def framed_labels(labels: Labels, framed: Framed) -> Labels:
    """Labels (h, w) of the whole photo in the frame (H, W), each pixel the nearest; beyond the photo background."""
    height, width = framed.size
    rows, columns = labels.shape
    x = framed.to_photo(np.stack([np.arange(width), np.zeros(width)], axis=1))[:, 0]
    y = framed.to_photo(np.stack([np.zeros(height), np.arange(height)], axis=1))[:, 1]
    column = np.floor((x + 0.5) * columns / framed.photo_size[1]).astype(int)
    row = np.floor((y + 0.5) * rows / framed.photo_size[0]).astype(int)
    placed = labels[np.ix_(row.clip(0, rows - 1), column.clip(0, columns - 1))].copy()
    placed[(row < 0) | (row >= rows)] = Lip.BACKGROUND
    placed[:, (column < 0) | (column >= columns)] = Lip.BACKGROUND
    return placed


@telling
def with_files(
    person: AnalysedPerson,
    photo: Path,
    pose: Path | None,
    parse: Path | None,
    labels: LabelSet = "lip",
    box: Box | None = None,
) -> AnalysedPerson:
    """An analysed person whose pose or parse is taken from a file about the whole photo instead."""
    height, width = person.framed.photo_size
    if pose is not None:
        person = with_pose(person, framed_pose(read_pose(pose, (height, width), box), person.framed))
    if parse is not None:
        found = read_parse(parse, labels)
        check_same_shape(parse, found, photo, np.empty((height, width, 0), dtype=np.uint8))
        person = with_parse(person, framed_labels(found, person.framed))
    return person if pose is None and parse is None else _agreeing(person)


@telling
def read_garment(photo: Path, mask: Path, turn: Turn = 0) -> AnalysedGarment:
    """A garment from its photo and mask, turned clockwise; both are framed alike to 3:4 on white where they are not.

    mask: the photo itself where that is cut out. A mask of the photo's shape in another size is resized, one that is
    the wrong way round is turned; both is noted. TryOnError where they do not belong together.
    """
    if mask == photo:
        return read_cut_out(photo, FULL_SIZE, turn)
    image, cloth_mask = read_photo(photo), read_garment_mask(mask)
    whole = image.shape[0], image.shape[1]
    if whole != cloth_mask.shape:
        cloth_mask = _resized_mask(cloth_mask, whole, mask, photo)
    image, cloth_mask = turned(image, turn), turned(cloth_mask, turn)
    whole = image.shape[0], image.shape[1]
    if is_three_to_four(whole):
        framed = Framed(image, (0.0, 0.0, float(whole[1]), float(whole[0])), whole)
        return _given_garment(framed, cloth_mask)
    framed = frame(image, FULL_SIZE)
    framed_mask = frame(np.repeat(cloth_mask[:, :, None], 3, axis=2), FULL_SIZE, fill=0).image[:, :, 0]
    sharp = np.where(framed_mask >= 128, 255, 0).astype(np.uint8)
    return _given_garment(framed, sharp)


def _given_garment(framed: Framed, mask: NDArray[np.uint8]) -> AnalysedGarment:
    warnings = tuple(map(doubt, doubts_about_given(mask, framed)))
    return AnalysedGarment(framed.image, mask, framed=framed, plain=False, warnings=warnings)


def _resized_mask(found: NDArray[np.uint8], size: Size, mask: Path, photo: Path) -> NDArray[np.uint8]:
    """The mask at the photo's size (height, width). TryOnError where it has another shape."""
    (height, width), (rows, columns) = size, found.shape
    if not same_shape((rows, columns), size):
        raise TryOnError(
            "mask.other_size",
            path=mask,
            columns=columns,
            rows=rows,
            photo=photo,
            width=width,
            height=height,
        )
    note("mask_resized")
    return enlarged_labels(found, size) if rows < height else resize_labels(found, size)
