"""From files to what a try-on reads: people, garments, and stages that a user brings as files.

A photo with its pose and parse beside it, in the VITON-HD layout or named by the caller, needs no analysis; any other
photo is shown at once and analysed by the pack's networks.
"""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tryon_app.workers.child import Call

if TYPE_CHECKING:
    from engine.analysis.person import AnalysedPerson
    from engine.stages import Garment
    from tryon_app.workers.loaded import Loaded

SIZE = (1024, 768)
_PREVIEW = 1024  # pixels of the longer side
_THUMBNAIL = 256
_OPAQUE = 128  # of 255: what belongs to the garment
_PLAIN, _MOSTLY_PLAIN, _LEAST_SKIN = 24, 0.9, 0.04


def read_person(call: Call) -> dict[str, Any]:
    """The person in the photo "path", with "pose" and "parse" files given or found; else what analysis has to add.

    Hands over a preview first. The answer has "needs_analysis" where pose or parse are missing.
    """
    from engine.images import read_photo

    path = Path(call.payload["path"])
    photo = read_photo(path)
    call.part("preview", {"image": shrunk(photo, _PREVIEW), "photo_size": photo.shape[:2]})
    pose, parse = _sidecars(call.payload, path)
    about = {"path": str(path), "name": path.stem, "photo_size": photo.shape[:2]}
    if pose is None or parse is None:
        lacking = [name for name, file in (("pose", pose), ("parse", parse)) if file is None]
        return about | {"needs_analysis": True, "lacking": lacking}
    from engine.analysis.imports import read_person as imported

    person = imported(path, pose, parse)
    key = digest(path, pose, parse)
    return about | describe_person(person) | {"key": key, "pose_file": str(pose), "parse_file": str(parse)}


def _sidecars(payload: Any, path: Path) -> tuple[Path | None, Path | None]:
    given = [Path(payload[name]) if payload.get(name) else None for name in ("pose", "parse")]
    pose = given[0] or _first(path.parent.parent / "openpose-json" / f"{path.stem}_keypoints.json")
    folders = [path.parent.parent / folder for folder in ("image-parse", "image-parse-v3")]
    return pose, given[1] or _first(*(folder / f"{path.stem}.png" for folder in folders))


def _first(*candidates: Path) -> Path | None:
    return next((path for path in candidates if path.is_file()), None)


def describe_person(person: "AnalysedPerson") -> dict[str, Any]:
    """A person as plain data, at the size of the window's pictures, with everything that is known of them."""
    scaled = person.scaled(SIZE)
    return {
        "image": scaled.image,
        "keypoints": np.array(scaled.pose.keypoints),
        "hands": tuple(None if hand is None else np.array(hand) for hand in scaled.pose.hands),
        "parse": scaled.parse,
        "pose_picture": scaled.pose_picture,
        "drawn": scaled.pose.draw() if scaled.pose_picture is None else scaled.pose_picture,
        "estimated": tuple(sorted(person.estimated)),
        "frame_box": tuple(float(edge) for edge in person.framed.box),
        "boxes": tuple(tuple(float(edge) for edge in box) for box in person.boxes),
        "chosen": person.chosen,
        "doubts": tuple((one.code, one.sentence) for one in person.warnings),
    }


def analyse_person(call: Call, loaded: "Loaded") -> dict[str, Any]:
    """The person in the photo "path" by the networks of "pack"; "box" in photo pixels chooses one of several.

    A "pose" or "parse" file that is given or found takes the place of what the networks say.
    """
    from engine.analysis.imports import with_files
    from engine.analysis.person import analyse
    from engine.images import read_photo

    path, box = Path(call.payload["path"]), call.payload.get("box")
    estimator = loaded.estimator(call)
    photo = read_photo(path)
    person = analyse(photo, estimator, box=box, size=SIZE, progress=call.progress, abort=call.aborted)
    pose, parse = _sidecars(call.payload, path)
    person = with_files(person, path, pose, parse)
    about = {"path": str(path), "name": path.stem, "photo_size": photo.shape[:2]}
    return about | describe_person(person) | {"key": f"{digest(path)}-{_short(call.payload['pack'], box, pose, parse)}"}


def read_garment(call: Call) -> dict[str, Any]:
    """The garment in the photo "path", with its "mask" file given, found beside it, or in the photo's transparency."""
    from engine.images import read_photo

    path = Path(call.payload["path"])
    photo = read_photo(path)
    call.part("preview", {"image": shrunk(photo, _PREVIEW)})
    mask = _mask_of(call.payload, path)
    about = {"path": str(path), "name": path.stem, "photo_size": photo.shape[:2]}
    if mask is None:
        return about | {"needs_analysis": True, "lacking": ["mask"]}
    from engine.analysis.imports import read_garment as imported

    garment = imported(path, mask).scaled(SIZE)
    return about | describe_garment(garment) | {"key": digest(path, mask), "mask_file": str(mask)}


def _mask_of(payload: Any, path: Path) -> Path | None:
    if payload.get("mask"):
        return Path(payload["mask"])
    folder = path.parent.parent / "cloth-mask"
    return _first(*(folder / f"{path.stem}{suffix}" for suffix in (".png", ".jpg"))) or _own_mask(path)


def _own_mask(path: Path) -> Path | None:
    """A cut-out picture is its own mask; one that is faint all over is not cut out."""
    from PIL import Image

    with Image.open(path) as image:
        if "A" not in image.getbands():
            return None
        alpha = np.asarray(image.getchannel("A"))
    return path if alpha.min() < alpha.max() >= _OPAQUE else None


def describe_garment(garment: "Garment") -> dict[str, Any]:
    """A `Garment` as plain data."""
    doubts = getattr(garment, "warnings", ())
    return {
        "image": garment.image,
        "mask": garment.mask,
        "doubts": tuple((one.code, one.sentence) for one in doubts),
    }


def analyse_garment(call: Call, loaded: "Loaded") -> dict[str, Any]:
    """The garment in the photo "path", cut out by its background or by the garment network of "pack"."""
    from engine.analysis.garment import cut_out
    from engine.images import read_photo

    path = Path(call.payload["path"])
    call.progress("mask", 0.1)
    photo = read_photo(path)
    garment = cut_out(photo, loaded.garment_estimator(call), size=SIZE)
    about = {"path": str(path), "name": path.stem, "photo_size": photo.shape[:2]}
    return about | describe_garment(garment) | {"key": f"{digest(path)}-{_short(call.payload['pack'])}"}


def read_stage(call: Call) -> dict[str, Any]:
    """The file "path" as a replacement of the stage "stage", at the size of the person's frame."""
    from engine.errors import TryOnError

    stage, path = call.payload["stage"], Path(call.payload["path"])
    readers = {
        "pose": _pose_stage,
        "parse": _parse_stage,
        "agnostic": _agnostic_stage,
        "garment_mask": _mask_stage,
        "segmentation": _segmentation_stage,
        "warped": _warp_stage,
    }
    if stage not in readers:
        raise TryOnError(
            f"{path.name} cannot replace this picture, which follows from the others; "
            "replace the pose, the parse, the agnostic person, the mask, the segmentation or the warped garment."
        )
    return readers[stage](path)


def _pose_stage(path: Path) -> dict[str, Any]:
    from engine.pose import read_pose

    pose = read_pose(path, SIZE)
    return {"keypoints": np.array(pose.keypoints), "hands": pose.hands}


def _parse_stage(path: Path) -> dict[str, Any]:
    from engine.images import read_labels

    return {"parse": _framed_labels(read_labels(path), path)}


def _segmentation_stage(path: Path) -> dict[str, Any]:
    from engine.images import read_labels
    from engine.labels import SEGMENTATION

    return {"labels": _framed_labels(read_labels(path, len(SEGMENTATION)), path)}


def _mask_stage(path: Path) -> dict[str, Any]:
    from engine.images import read_mask

    return {"mask": _framed_labels(read_mask(path), path)}


def _agnostic_stage(path: Path) -> dict[str, Any]:
    from engine.images import read_photo, resize_picture

    photo = read_photo(path)
    _check_shape(photo.shape, path)
    return {"image": resize_picture(photo, SIZE)}


def _warp_stage(path: Path) -> dict[str, Any]:
    """Control points as JSON, or a cut-out picture of the garment in its place."""
    from engine.errors import TryOnError
    from engine.images import read_mask

    if path.suffix.lower() == ".json":
        return {"points": _points(path)}
    if _own_mask(path) is None:
        raise TryOnError(
            f"{path.name} has no transparent part, so it does not say where the warped garment is; "
            "give a PNG cut out along the garment, or its control points as JSON."
        )
    return {"cloth": _agnostic_stage(path)["image"], "mask": _framed_labels(read_mask(path), path)}


def _points(path: Path) -> Any:
    from engine.errors import TryOnError

    try:
        points = np.array(json.loads(path.read_bytes()), dtype=np.float32)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise TryOnError(f"{path.name} holds no control points; give 25 pairs of numbers as JSON.") from error
    if points.shape != (25, 2) or not np.isfinite(points).all():
        raise TryOnError(f"{path.name} holds no control points; give 25 pairs of numbers as JSON.")
    return points


def _framed_labels(labels: Any, path: Path) -> Any:
    from engine.images import resize_labels

    _check_shape(labels.shape, path)
    return resize_labels(labels, SIZE)


def _check_shape(shape: tuple[int, ...], path: Path) -> None:
    from engine.errors import TryOnError
    from engine.framing import is_three_to_four

    if not is_three_to_four((shape[0], shape[1])):
        raise TryOnError(
            f"{path.name} has {shape[1]} x {shape[0]} pixels, which is not 3:4 as the person's frame is; "
            "crop it to that frame first."
        )


def thumbnail(call: Call) -> dict[str, Any]:
    """Small versions of the pictures "paths", by path; those that cannot be read are left out."""
    from engine.errors import TryOnError
    from engine.images import read_photo

    small = {}
    for path in call.payload["paths"]:
        if call.aborted():
            break
        try:
            small[path] = shrunk(read_photo(path), _THUMBNAIL)
            call.part(path, {"image": small[path]})
        except TryOnError:
            continue
    return {"read": tuple(small)}


def picture(call: Call) -> dict[str, Any]:
    """The picture "path" as it is."""
    from engine.images import read_photo

    return {"image": read_photo(call.payload["path"])}


def guess(call: Call) -> dict[str, Any]:
    """Whether the photo "path" shows a garment or a person: by the folder it lies in, else by what it looks like.

    A product photo has a plain border; a person's face and arms have the colour of skin, which few garments share.
    """
    from engine.images import read_photo

    path = Path(call.payload["path"])
    kind = {"image": "person", "cloth": "garment"}.get(path.parent.name)
    if kind is None:
        small = shrunk(read_photo(path), _THUMBNAIL).astype(np.int16)
        rim = np.concatenate([small[0], small[:, 0], small[:, -1]])
        plain = float((np.abs(rim - np.median(rim, axis=0)).max(axis=1) < _PLAIN).mean())
        kind = "garment" if plain > _MOSTLY_PLAIN and _skin(small) < _LEAST_SKIN else "person"
    return {"kind": kind, "path": str(path)}


def _skin(photo: Any) -> float:
    """Share of the picture that has the colour of skin (Kovac, Peer and Solina's rule for daylight, 2003)."""
    red, green, blue = photo[..., 0], photo[..., 1], photo[..., 2]
    spread = photo.max(axis=2) - photo.min(axis=2)
    warm = (red > 95) & (green > 40) & (blue > 20) & (spread > 15) & (red - green > 15) & (red > blue)
    return float(warm.mean())


def shrunk(photo: Any, longest: int) -> Any:
    """The picture with its longer side at most `longest` pixels."""
    from engine.images import resize_picture

    factor = longest / max(photo.shape[:2])
    if factor >= 1:
        return photo
    return resize_picture(photo, (max(1, round(photo.shape[0] * factor)), max(1, round(photo.shape[1] * factor))))


def digest(*paths: Path) -> str:
    """The same for files of the same content."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()[:24]


def _short(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
