"""From files to what a try-on reads: people, garments, and stages that a user brings as files.

A photo with its pose and parse beside it, in the VITON-HD layout or named by the caller, needs no analysis; any other
photo is shown at once and analysed by the pack's networks.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import BadZipFile

import numpy as np

from engine.arrays import FULL_SIZE, Array8, Box, Size
from tryon_app.workers.answers import Arrays, GarmentPhoto, Lacking, PersonPhoto, Preview
from tryon_app.workers.context import TaskContext
from tryon_app.workers.requests import (
    AnalyseGarment,
    AnalysePerson,
    Guess,
    ReadGarment,
    ReadPerson,
    ReadPicture,
    ReadStage,
    Thumbnails,
)

if TYPE_CHECKING:
    from engine.analysis.garment.cut_out import AnalysedGarment
    from engine.analysis.person.analyse import AnalysedPerson
    from engine.arrays import Turn
    from tryon_app.workers.loaded import Loaded

_PREVIEW = 1024  # pixels of the longer side


def read_person(asked: ReadPerson, call: TaskContext) -> PersonPhoto | Lacking:
    """The person in a photo that has its pose and parse beside it; else what analysis has to add.

    Hands over a preview first.
    """
    path = Path(asked.path)
    size = _preview(path, call, "person", asked.turn)
    from engine.analysis import given_files  # takes its time, so the photo is shown before

    pose, parse = given_files.beside_person(path, _given(asked.pose), _given(asked.parse))
    if pose is None or parse is None:
        return Lacking(tuple(name for name, file in (("pose", pose), ("parse", parse)) if file is None))
    person = given_files.read_person(path, pose, parse)
    files = {"pose": str(pose), "parse": str(parse)}
    return _person(person, path, size, digest(path, pose, parse), files)


def _preview(path: Path, call: TaskContext, kind: Literal["garment", "person"], turn: str = "") -> Size:
    """Hand over the photo, small; its own size."""
    from engine.imaging.images import read_photo, shrunk, turned

    photo = turned(read_photo(path, kind), degrees(turn))
    size = photo.shape[0], photo.shape[1]
    call.part("preview", Preview(shrunk(photo, _PREVIEW), size))
    return size


def _person(person: "AnalysedPerson", path: Path, photo_size: Size, key: str, files: Mapping[str, str]) -> PersonPhoto:
    """A person at the size of the window's pictures, with everything that is known of them."""
    scaled = person.scaled(FULL_SIZE)
    data = {
        "image": scaled.image,
        "keypoints": np.array(scaled.pose.keypoints),
        "hands": tuple(None if hand is None else np.array(hand) for hand in scaled.pose.hands),
        "parse": scaled.parse,
        "pose_picture": scaled.pose_picture,
        "drawn": scaled.pose.draw() if scaled.pose_picture is None else scaled.pose_picture,
    }
    return PersonPhoto(
        key,
        str(path),
        path.stem,
        photo_size,
        data,
        files,
        _box(person.framed.box),
        tuple(_box(box) for box in person.boxes),
        person.chosen,
        frozenset(person.estimated),
        tuple(one.code for one in person.warnings),
    )


def _box(edges: Iterable[float]) -> Box:
    left, top, right, bottom = map(float, edges)
    return left, top, right, bottom


def analyse_person(asked: AnalysePerson, call: TaskContext, loaded: "Loaded") -> PersonPhoto:
    """The person in a photo by the networks of a pack.

    A pose or parse file that is given or found takes the place of what the networks say.
    """
    from engine.analysis.given_files import beside_person, with_files
    from engine.analysis.photo_files import find_person
    from engine.weights import find_pack

    path, box, pack = Path(asked.path), asked.box, asked.networks.pack
    estimator = loaded.estimator(asked.networks, call)
    category = find_pack(pack).category
    pose, parse = beside_person(path, _given(asked.pose), _given(asked.parse))
    known = asked.turn or pose is not None or parse is not None  # files belong to the photo as it is
    person = find_person(
        path,
        estimator,
        box=box,
        turn=degrees(asked.turn) if known else None,
        size=FULL_SIZE,
        category=category,
        progress=call.progress,
        abort=call.aborted,
    )
    person, turn = with_files(person, path, pose, parse, box=box), str(person.turn or "") or asked.turn
    if turn != asked.turn:
        _preview(path, call, "person", turn)
    key = f"{digest(path)}-{_short(pack, box, pose, parse, turn)}"
    return _person(person, path, person.framed.photo_size, key, {"turn": turn} if turn else {})


def read_garment(asked: ReadGarment, call: TaskContext) -> GarmentPhoto | Lacking:
    """The garment in a photo whose mask is given, found beside it, or in its transparency. Hands over a preview."""
    path = Path(asked.path)
    _preview(path, call, "garment")
    from engine.analysis import given_files

    mask = given_files.beside_garment(path, _given(asked.mask))
    if mask is None:
        return Lacking(("mask",))
    garment = given_files.read_garment(path, mask, degrees(asked.turn)).scaled(FULL_SIZE)
    return _garment(garment, path, f"{digest(path, mask)}{asked.turn}", {"mask": str(mask)}, asked.turn)


def analyse_garment(asked: AnalyseGarment, call: TaskContext, loaded: "Loaded") -> GarmentPhoto:
    """The garment in a photo, cut out by its background or by the networks of a pack."""
    from engine.analysis.photo_files import find_garment

    path = Path(asked.path)
    call.progress("mask", 0.1)
    network = loaded.garment_estimator(asked.networks, call)
    people = loaded.people_estimator(asked.networks, call)
    garment = find_garment(path, network, people, box=asked.box, turn=degrees(asked.turn), size=FULL_SIZE)
    key = f"{digest(path)}-{_short(asked.networks.pack, asked.box, asked.turn)}"
    return _garment(garment, path, key, {}, asked.turn)


def _garment(garment: "AnalysedGarment", path: Path, key: str, files: Mapping[str, str], turn: str) -> GarmentPhoto:
    arrays = {"image": garment.image, "mask": garment.mask}
    files = {**files, "turn": turn} if turn else files
    doubts = tuple(one.code for one in garment.warnings)
    return GarmentPhoto(key, str(path), path.stem, arrays, files, doubts, garment.boxes, garment.chosen)


def degrees(turn: str) -> "Turn":
    """A turn as requests have it, as a number."""
    from engine.imaging.images import as_turn

    return as_turn(int(turn or 0))


def read_stage(asked: ReadStage, _: TaskContext) -> Arrays:
    """A file as an edit of a view."""
    from engine.tryon.edit_files import read_edit

    return read_edit(asked.view, Path(asked.path), FULL_SIZE)


def thumbnails(asked: Thumbnails, call: TaskContext) -> tuple[str, ...]:
    """Small versions of pictures; those that cannot be read are left out."""
    from engine.errors import TryOnError
    from engine.imaging.images import read_photo, shrunk
    from tryon_app.workers.project_file import take_out

    if asked.project:
        with suppress(OSError, BadZipFile):  # they cannot be read then, which is said below
            take_out(Path(asked.project), *(path for path in map(Path, asked.paths) if not path.exists()))
    read = []
    for path in asked.paths:
        if call.aborted():
            break
        try:
            call.part(path, shrunk(read_photo(path), asked.size))
            read.append(path)
        except TryOnError:
            continue
    return tuple(read)


def picture(asked: ReadPicture, _: TaskContext) -> Array8:
    """A picture as it is."""
    from engine.imaging.images import read_photo

    return read_photo(asked.path)


def guess(asked: Guess, _: TaskContext) -> Mapping[str, str]:
    """What photos show."""
    from engine.analysis.guess import guess_all

    return guess_all(asked.paths)


def _given(file: str) -> Path | None:
    return Path(file) if file else None


def digest(*paths: Path) -> str:
    """The same for files of the same content."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()[:24]


def _short(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
