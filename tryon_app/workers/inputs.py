"""From files to what a try-on reads: people, garments, and stages that a user brings as files.

A photo with its pose and parse beside it, in the VITON-HD layout or named by the caller, needs no analysis; any other
photo is shown at once and analysed by the pack's networks.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tryon_app.workers.child import TaskContext

if TYPE_CHECKING:
    from engine.analysis.person.analyse import AnalysedPerson
    from engine.arrays import Turn
    from engine.values import Garment
    from tryon_app.workers.loaded import Loaded

SIZE = (1024, 768)
_PREVIEW = 1024  # pixels of the longer side
_THUMBNAIL = 256


def read_person(call: TaskContext) -> dict[str, Any]:
    """The person in the photo "path", with "pose" and "parse" files given or found; else what analysis has to add.

    Hands over a preview first. The answer has "needs_analysis" where pose or parse are missing.
    """
    from engine.imaging.images import read_photo, shrunk

    path = Path(call.payload["path"])
    photo = read_photo(path, "person")
    call.part("preview", {"image": shrunk(photo, _PREVIEW), "photo_size": photo.shape[:2]})
    from engine.analysis import given_files  # takes its time, so the photo is shown before

    pose, parse = given_files.beside_person(path, *_given(call, "pose", "parse"))
    about = {"path": str(path), "name": path.stem, "photo_size": photo.shape[:2]}
    if pose is None or parse is None:
        lacking = [name for name, file in (("pose", pose), ("parse", parse)) if file is None]
        return about | {"needs_analysis": True, "lacking": lacking}
    person = given_files.read_person(path, pose, parse)
    key = digest(path, pose, parse)
    return about | describe_person(person) | {"key": key, "pose_file": str(pose), "parse_file": str(parse)}


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
        "doubts": tuple(one.code for one in person.warnings),
    }


def analyse_person(call: TaskContext, loaded: "Loaded") -> dict[str, Any]:
    """The person in the photo "path" by the networks of "pack"; "box" in photo pixels chooses one of several.

    A "pose" or "parse" file that is given or found takes the place of what the networks say.
    """
    from engine.analysis.given_files import beside_person, with_files
    from engine.analysis.photo_files import find_person
    from engine.weights import find_pack

    path, box = Path(call.payload["path"]), call.payload.get("box")
    estimator = loaded.estimator(call)
    category = find_pack(call.payload["pack"]).category
    person = find_person(
        path, estimator, box=box, size=SIZE, category=category, progress=call.progress, abort=call.aborted
    )
    pose, parse = beside_person(path, *_given(call, "pose", "parse"))
    person = with_files(person, path, pose, parse, box=box)
    about = {"path": str(path), "name": path.stem, "photo_size": person.framed.photo_size}
    return about | describe_person(person) | {"key": f"{digest(path)}-{_short(call.payload['pack'], box, pose, parse)}"}


def read_garment(call: TaskContext) -> dict[str, Any]:
    """The garment in the photo "path", with its "mask" file given, found beside it, or in the photo's transparency."""
    from engine.imaging.images import read_photo, shrunk

    path = Path(call.payload["path"])
    photo = read_photo(path)
    call.part("preview", {"image": shrunk(photo, _PREVIEW)})
    from engine.analysis import given_files

    mask, turn = given_files.beside_garment(path, *_given(call, "mask")), _turn(call)
    about = {"path": str(path), "name": path.stem, "photo_size": photo.shape[:2]}
    if mask is None:
        return about | {"needs_analysis": True, "lacking": ["mask"]}
    garment = given_files.read_garment(path, mask, turn).scaled(SIZE)
    return about | describe_garment(garment) | {"key": f"{digest(path, mask)}-{turn}", "mask_file": str(mask)}


def describe_garment(garment: "Garment") -> dict[str, Any]:
    """A `Garment` as plain data."""
    doubts, boxes = getattr(garment, "warnings", ()), getattr(garment, "boxes", ())
    return {
        "image": garment.image,
        "mask": garment.mask,
        "doubts": tuple(one.code for one in doubts),
        "boxes": tuple(tuple(float(edge) for edge in box) for box in boxes),
        "chosen": getattr(garment, "chosen", 0),
    }


def analyse_garment(call: TaskContext, loaded: "Loaded") -> dict[str, Any]:
    """The garment in the photo "path", cut out by its background or by the networks of "pack".

    "turn" in degrees turns the photo clockwise; "box" in pixels of the turned photo chooses one of several.
    """
    from engine.analysis.photo_files import find_garment

    path = Path(call.payload["path"])
    call.progress("mask", 0.1)
    box, turn = call.payload.get("box"), _turn(call)
    network, people = loaded.garment_estimator(call), loaded.people_estimator(call)
    garment = find_garment(path, network, people, box=box, turn=turn, size=SIZE)
    about = {"path": str(path), "name": path.stem, "photo_size": garment.framed.photo_size}
    return about | describe_garment(garment) | {"key": f"{digest(path)}-{_short(call.payload['pack'], box, turn)}"}


def read_stage(call: TaskContext) -> dict[str, Any]:
    """The file "path" as a replacement of what the view "stage" shows, at the size of the person's frame."""
    from engine.tryon.edit_files import read_edit

    return read_edit(call.payload["stage"], Path(call.payload["path"]), SIZE)


def thumbnail(call: TaskContext) -> dict[str, Any]:
    """Small versions of the pictures "paths", by path; those that cannot be read are left out."""
    from engine.errors import TryOnError
    from engine.imaging.images import read_photo, shrunk

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


def picture(call: TaskContext) -> dict[str, Any]:
    """The picture "path" as it is."""
    from engine.imaging.images import read_photo

    return {"image": read_photo(call.payload["path"])}


def guess(call: TaskContext) -> dict[str, Any]:
    """Whether the photos "paths" show garments or people, as "kinds" by path; bad ones among several are garments."""
    from engine.analysis.guess import guess_all

    return {"kinds": guess_all(call.payload["paths"])}


def _turn(call: TaskContext) -> "Turn":
    from engine.imaging.images import as_turn

    return as_turn(int(call.payload.get("turn", 0)))


def _given(call: TaskContext, *names: str) -> list[Path | None]:
    """Files that the payload names."""
    return [Path(call.payload[name]) if call.payload.get(name) else None for name in names]


def digest(*paths: Path) -> str:
    """The same for files of the same content."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()[:24]


def _short(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
