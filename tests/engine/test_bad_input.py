"""What a user may hand over by mistake, and the sentence each gets: the file, what is wrong, what to do."""

import json
import os
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import labels
from engine.category.agnostic import agnostic_image, agnostic_parse
from engine.errors import TryOnError
from engine.imaging.images import (
    frame,
    read_labels,
    read_mask,
    read_metadata,
    read_photo,
    save_labels,
    save_mask,
    save_picture,
)
from engine.pose import Pose, pose_from_openpose, read_pose

SIZE = (256, 192)
PHOTO = np.random.default_rng(0).integers(0, 256, (100, 80, 3), dtype=np.uint8)
FORMATS = "JPEG, PNG, WebP, TIFF, BMP, HEIC or AVIF"


@dataclass(frozen=True)
class Bad:
    """A call that gets `sentence`, in which FILE stands for the path handed over; `make` puts something there."""

    name: str
    call: Callable[[Path], Any]
    make: Callable[[Path], Any]
    sentence: str
    file: str = "bad.png"


def nothing(path):
    pass


def text(contents):
    return lambda path: path.write_text(contents)


def data(contents):
    return lambda path: path.write_bytes(contents)


def image(array, **options):
    return lambda path: Image.fromarray(array).save(path, **options)


def cut(share, **options):
    """A picture file of which only the first part arrived."""

    def make(path):
        image(PHOTO, **options)(path)
        contents = path.read_bytes()
        path.write_bytes(contents[: int(len(contents) * share)])

    return make


def png_header(width, height):
    """The start of a PNG of any size, without pixels: reading the header must be enough to refuse it."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return data(
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + b"\0\1\0\0IDAT"
    )


def pose(people):
    return text(json.dumps({"people": people}))


def keypoints(change=None, count=25):
    numbers = [float(value) for joint in range(count) for value in (20 + joint, 30 + 2 * joint, 1)]
    for index, value in (change or {}).items():
        numbers[index] = value
    return numbers


def person(change=None, count=25, **more):
    return {"pose_keypoints_2d": keypoints(change, count), **more}


def pose_at(path):
    return read_pose(path, SIZE)


def save_here(path):
    save_picture(path, PHOTO)


def file_as_folder(path):
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("not a folder")


def neither_shoulder_nor_neck(_):
    rows = np.array(keypoints(), dtype=np.float32).reshape(25, 3)
    rows[[1, 2, 5]] = 0
    agnostic_parse(np.zeros(SIZE, dtype=np.uint8), Pose(rows, SIZE))


DAMAGED = "The picture FILE is damaged or incomplete; copy or download it again."
NO_PICTURE = f"FILE is not a picture that can be read; choose a {FORMATS} file."
BAD_NUMBER = "The pose FILE has a keypoint that is not a finite number; write it again with OpenPose."
NOT_JSON = "The pose FILE is not a JSON file; choose the file that OpenPose wrote."
NO_LIST = "The pose FILE has no list of people; choose a file in OpenPose's JSON format."
NOBODY = "The pose FILE shows no person; choose a photo in which OpenPose finds one."
MISFIT = (
    "The pose FILE does not fit a picture of 192 x 256 pixels; give the pose of this photo, in pixels of this photo."
)

PHOTOS = [
    Bad(
        "missing",
        read_photo,
        nothing,
        "There is no file FILE; check the name or choose another picture.",
    ),
    Bad("folder", read_photo, Path.mkdir, "FILE is a folder; choose a picture file in it."),
    Bad(
        "empty file",
        read_photo,
        data(b""),
        "The picture FILE is empty (0 bytes); copy or download it again.",
    ),
    Bad(
        "endless name",
        read_photo,
        nothing,
        "The picture FILE cannot be opened (File name too long); check the file.",
        "a" * 300 + ".png",
    ),
    Bad("text", read_photo, text("hello " * 100), NO_PICTURE),
    Bad("web page", read_photo, text("<!doctype html><html>not found</html>"), NO_PICTURE, "photo.jpg"),
    Bad("drawing", read_photo, text("<svg xmlns='http://www.w3.org/2000/svg'/>"), NO_PICTURE, "photo.svg"),
    Bad("postscript", read_photo, text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n"), NO_PICTURE, "photo.eps"),
    Bad("half a JPEG", read_photo, cut(0.5), DAMAGED, "photo.jpg"),
    Bad("half a PNG", read_photo, cut(0.5), DAMAGED),
    Bad("half a WebP", read_photo, cut(0.5), DAMAGED, "photo.webp"),
    Bad("half a BMP", read_photo, cut(0.5), DAMAGED, "photo.bmp"),
    Bad("half a HEIC", read_photo, cut(0.7), "(FILE is not a picture.*|The picture FILE is damaged.*)", "photo.heic"),
    Bad("half an AVIF", read_photo, cut(0.7), "(FILE is not a picture.*|The picture FILE is damaged.*)", "photo.avif"),
    Bad("half a TIFF", read_photo, cut(0.5), "(FILE is not a picture.*|The picture FILE is damaged.*)", "photo.tif"),
    Bad(
        "too small",
        read_photo,
        image(PHOTO[:63]),
        "The picture FILE has only 80 x 63 pixels; choose one of at least 64 x 64.",
    ),
    Bad(
        "just over 100 megapixels",
        read_photo,
        png_header(10_000, 10_001),
        "The picture FILE has 10000 x 10001 pixels, over 100 megapixels; make it smaller first.",
    ),
    Bad(
        "decompression bomb",
        read_photo,
        png_header(2_000_000, 1_000_000),
        "The picture FILE has 2000000 x 1000000 pixels, over 100 megapixels; make it smaller first.",
    ),
    Bad(
        "floating-point TIFF",
        read_photo,
        image(PHOTO[..., 0].astype(np.float32)),
        "The picture FILE has 32 bits a pixel; save it with 8 or 16 bits.",
        "photo.tif",
    ),
    Bad("parameters of a text", read_metadata, text("hello"), NO_PICTURE),
]

LABELS_AND_MASKS = [
    Bad(
        "coloured parse",
        read_labels,
        image(PHOTO),
        "The parse FILE is a picture in colours (RGB), not a label map; "
        "give the palette or grey PNG whose pixel values are class numbers.",
    ),
    Bad(
        "JPEG parse",
        read_labels,
        image(PHOTO[..., 0] // 13),
        "The parse FILE is a JPEG, which blurs label numbers; give a palette or grey PNG.",
        "parse.jpg",
    ),
    Bad(
        "parse of another set",
        read_labels,
        image(np.full((9, 9), 24, dtype=np.uint8)),
        "The parse FILE holds the value 24, but its labels should be 0 to 19, or 255 for not known; "
        "give a parse of the right label set.",
    ),
    Bad(
        "one-bit parse",
        read_labels,
        image(PHOTO[..., 0] > 128),
        "The parse FILE is a picture in colours (1), not a label map; "
        "give the palette or grey PNG whose pixel values are class numbers.",
    ),
    Bad(
        "missing parse",
        read_labels,
        nothing,
        "There is no file FILE; check the name or choose another picture.",
    ),
    Bad(
        "black mask",
        read_mask,
        image(np.full((9, 9), 127, dtype=np.uint8)),
        "The mask FILE is empty, no pixel reaches 128; paint the garment white on black.",
    ),
    Bad("damaged mask", read_mask, cut(0.5), DAMAGED),
    Bad(
        "label of no class",
        lambda _: labels.lip_to_segmentation(np.full((3, 3), 20, dtype=np.uint8)),
        nothing,
        "The LIP label map holds the value 20, but its classes are 0 to 19 (255 for not known); "
        "give a label map, not a picture or another set's labels.",
    ),
]

POSES = [
    Bad(
        "missing pose",
        pose_at,
        nothing,
        "The pose FILE cannot be read (No such file or directory); choose an OpenPose JSON file.",
        "pose.json",
    ),
    Bad(
        "pose folder",
        pose_at,
        Path.mkdir,
        "The pose FILE cannot be read (Is a directory); choose an OpenPose JSON file.",
        "pose.json",
    ),
    Bad("empty pose", pose_at, text(""), NOT_JSON, "pose.json"),
    Bad("half a pose", pose_at, text('{"people": [{"pose_keyp'), NOT_JSON, "pose.json"),
    Bad("picture as pose", pose_at, image(PHOTO), NOT_JSON),
    Bad("endless nesting", pose_at, text("[" * 200_000), NOT_JSON, "pose.json"),
    Bad("other JSON", pose_at, text("[1, 2, 3]"), NO_LIST, "pose.json"),
    Bad("people is a number", pose_at, text('{"people": 3}'), NO_LIST, "pose.json"),
    Bad("a person is a number", pose_at, pose([3]), NO_LIST, "pose.json"),
    Bad("nobody", pose_at, pose([]), NOBODY, "pose.json"),
    Bad("nothing detected", pose_at, pose([{"pose_keypoints_2d": [0.0] * 75}]), NOBODY, "pose.json"),
    Bad(
        "wrong model",
        pose_at,
        pose([{"pose_keypoints_2d": [0.0] * 48}]),
        "The pose FILE has 48 numbers in pose_keypoints_2d; write it with OpenPose's BODY_25 or COCO model.",
        "pose.json",
    ),
    Bad(
        "no keypoints",
        pose_at,
        pose([{"face": []}]),
        "The pose FILE has no list in pose_keypoints_2d; write it with OpenPose's BODY_25 or COCO model.",
        "pose.json",
    ),
    Bad("NaN", pose_at, pose([person({6: float("nan")})]), BAD_NUMBER, "pose.json"),
    Bad("infinity", pose_at, pose([person({7: float("inf")})]), BAD_NUMBER, "pose.json"),
    Bad("a huge whole number", pose_at, pose([person({7: 10**400})]), BAD_NUMBER, "pose.json"),
    Bad("word for a number", pose_at, pose([person({3: "twelve"})]), BAD_NUMBER, "pose.json"),
    Bad("null for a number", pose_at, pose([person({3: None})]), BAD_NUMBER, "pose.json"),
    Bad(
        "half a hand",
        pose_at,
        pose([person(hand_left_keypoints_2d=[1.0] * 30)]),
        "The pose FILE does not have 63 numbers in hand_left_keypoints_2d; "
        "remove that entry or write the file again with OpenPose.",
        "pose.json",
    ),
    Bad("pose of a larger picture", pose_at, pose([person({0: 1900.0})]), MISFIT, "pose.json"),
    Bad(
        "two joints in fractions",
        pose_at,
        pose([{"pose_keypoints_2d": [v for i in range(25) for v in (i / 30, i / 40, int(i < 3))]}]),
        MISFIT,
        "pose.json",
    ),
    Bad(
        "pose without a name",
        lambda _: pose_from_openpose({"people": []}, SIZE),
        nothing,
        "The pose given shows no person; choose a photo in which OpenPose finds one.",
    ),
    Bad(
        "no upper body",
        neither_shoulder_nor_neck,
        nothing,
        "The pose shows neither a shoulder nor the neck, so the upper body cannot be placed; "
        "use a photo that shows the upper body, or correct the pose.",
    ),
]

WRITING_AND_FRAMING = [
    Bad(
        "unknown ending",
        save_here,
        nothing,
        "The picture FILE cannot be written as '.gif'; end its name in .png, .jpg or .webp.",
        "out.gif",
    ),
    Bad(
        "labels as JPEG",
        lambda path: save_labels(path, PHOTO[..., 0], labels.LIP),
        nothing,
        "Labels and masks keep their values only as PNG, so FILE cannot be written; end it in .png.",
        "out.jpg",
    ),
    Bad(
        "mask without an ending",
        lambda path: save_mask(path, PHOTO[..., 0]),
        nothing,
        "Labels and masks keep their values only as PNG, so FILE cannot be written; end it in .png.",
        "out",
    ),
    Bad(
        "a file where a folder should be",
        save_here,
        file_as_folder,
        r"The picture FILE cannot be written \(.*\); free some space or choose another folder or format\.",
        "deep/out.png",
    ),
    Bad(
        "too wide for JPEG",
        lambda path: save_picture(path, np.zeros((1, 70_000, 3), dtype=np.uint8)),
        nothing,
        r"The picture FILE cannot be written \(.*\); free some space or choose another folder or format\.",
        "out.jpg",
    ),
    Bad(
        "box beside the photo",
        lambda _: frame(PHOTO, SIZE, (200, 0, 300, 100)),
        nothing,
        "The box (200, 0, 300, 100) shows nothing of the photo, which has 80 x 100 pixels; "
        "draw a box (left, top, right, bottom) over the person.",
    ),
    Bad(
        "box inside out",
        lambda _: frame(PHOTO, SIZE, (50, 0, 20, 100)),
        nothing,
        "The box (50, 0, 20, 100) shows nothing of the photo, which has 80 x 100 pixels; "
        "draw a box (left, top, right, bottom) over the person.",
    ),
    Bad(
        "photo like a thread",
        lambda _: frame(np.zeros((10_000, 64, 3), dtype=np.uint8), SIZE),
        nothing,
        "The photo would be less than 8 pixels wide or high in the frame; "
        "crop it around the person, or draw a box that shows more of it.",
    ),
    Bad(
        "photo and parse of two sizes",
        lambda _: agnostic_image(
            PHOTO, np.zeros(SIZE, dtype=np.uint8), Pose(np.zeros((25, 3), dtype=np.float32), SIZE)
        ),
        nothing,
        "The photo has the shape 100x80x3, its parse 256x192; give a parse of the same size as the photo.",
    ),
    Bad(
        "parse in colours for the agnostic person",
        lambda _: agnostic_parse(PHOTO, Pose(np.zeros((25, 3), dtype=np.float32), SIZE)),
        nothing,
        "The parse has 3 dimensions; give one label a pixel (height x width).",
    ),
]

TABLE = PHOTOS + LABELS_AND_MASKS + POSES + WRITING_AND_FRAMING


@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.name)
def test_bad_input_gets_its_sentence(bad, tmp_path):
    path = tmp_path / bad.file
    bad.make(path)
    with pytest.raises(TryOnError) as caught:
        bad.call(path)
    said = str(caught.value).replace(str(path), "FILE")
    assert said == bad.sentence or re.fullmatch(bad.sentence, said)


@pytest.mark.parametrize("bad", WRITING_AND_FRAMING, ids=lambda bad: bad.name)
def test_a_refused_save_leaves_nothing_behind(bad, tmp_path):
    path = tmp_path / bad.file
    bad.make(path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(TryOnError):
        bad.call(path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_gets_a_sentence(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(TryOnError, match=r"cannot be written \(No space left on device\)"):
        save_picture(tmp_path / "out.png", PHOTO)
    assert list(tmp_path.iterdir()) == []


def test_a_photo_that_may_not_be_opened_gets_a_sentence(tmp_path, monkeypatch):
    save_picture(tmp_path / "a.png", PHOTO)

    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Image, "open", forbidden)
    with pytest.raises(TryOnError, match=r"cannot be opened \(Permission denied\)"):
        read_photo(tmp_path / "a.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(TryOnError, match="is not an ordinary file"):
        read_photo(tmp_path / "pipe.png")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "bmp", "heic", "avif"])
@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_gives_a_picture_or_a_sentence(tmp_path, suffix, seed):
    """Decoders fail in many ways; whatever they raise must not reach the user as it is."""
    path = tmp_path / f"a.{suffix}"
    image(PHOTO)(path)
    contents = bytearray(path.read_bytes())
    rng = np.random.default_rng(seed)
    for place in rng.integers(0, len(contents), 1 + seed):
        contents[place] = rng.integers(256)
    path.write_bytes(contents[: rng.integers(len(contents) // 2, len(contents) + 1)])
    assert survives(path)


def survives(path):
    try:
        return read_photo(path).dtype == np.uint8
    except TryOnError as error:
        return str(path) in str(error)
