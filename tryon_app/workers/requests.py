"""What the window asks of the engine's process: one class a task, whose base says what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from engine.arrays import Array8, Box, Size
from tryon_app.workers.answers import (
    Arrays,
    GarmentPhoto,
    Lacking,
    PackList,
    PersonPhoto,
    Preview,
    Ready,
    Result,
    Vocabulary,
)

Answer = TypeVar("Answer")
Handed = TypeVar("Handed")


class Task(Generic[Answer, Handed]):
    """What computes, one at a time. Answer: what comes back in the end; Handed: what is handed over on the way."""


class AsideTask(Task[Answer, Handed]):
    """What is short and computes little: done while another computes, one at a time."""


class FileTask(Task[Answer, Handed]):
    """What only reads or writes files: done while another computes, and once more where the process has died."""


AnyTask = Task[Any, Any]

LISTED = 144
"""The longer side of a picture in a list, in pixels of a screen that has two for one."""


@dataclass(frozen=True)
class Networks:
    """Whose networks compute, and where. pack: name or folder of a pack."""

    pack: str
    device: str = "auto"
    precision: str = "fp32"


@dataclass(frozen=True)
class Start(Task[Ready, None]):
    """Import torch. threads: how many it may use, all cores for 0."""

    threads: int = 0


@dataclass(frozen=True)
class Load(AsideTask[None, None]):
    """Load the networks of a try-on."""

    networks: Networks


@dataclass(frozen=True)
class ReadVocabulary(FileTask[Vocabulary, None]):
    """The engine's words."""


@dataclass(frozen=True)
class ListPacks(FileTask[PackList, None]):
    """The installed packs. also: the folder of one more."""

    also: str = ""


@dataclass(frozen=True)
class ReadPerson(FileTask[PersonPhoto | Lacking, Preview]):
    """The person in the photo `path`, with files of pose and parse given or found beside it."""

    path: str
    pose: str = ""
    parse: str = ""
    turn: str = ""  # degrees by which the photo is shown turned clockwise: "", "90", "180" or "270"


@dataclass(frozen=True)
class AnalysePerson(Task[PersonPhoto, Preview]):
    """The person in the photo by networks, but for what files say; hands over a preview where the photo was turned.

    box: whom to take, in pixels of the turned photo. turn: as in `ReadPerson`; "" for finding out, "0" for as it is.
    """

    path: str
    networks: Networks
    box: Box | None = None
    pose: str = ""
    parse: str = ""
    turn: str = ""


@dataclass(frozen=True)
class ReadGarment(FileTask[GarmentPhoto | Lacking, Preview]):
    """The garment in the photo `path`, with its mask given, found beside it, or in the photo's transparency."""

    path: str
    mask: str = ""
    turn: str = ""  # degrees by which the photo is turned clockwise: "", "90", "180" or "270"


@dataclass(frozen=True)
class AnalyseGarment(AsideTask[GarmentPhoto, None]):
    """The garment in the photo, cut out by its background or by networks; an empty pack for the former alone.

    box: which of several, in pixels of the turned photo. turn: as in `ReadGarment`.
    """

    path: str
    networks: Networks
    box: Box | None = None
    turn: str = ""


@dataclass(frozen=True)
class ReadStage(FileTask[Arrays, None]):
    """The file `path` as a replacement of what a view shows, at the size of the person's frame."""

    view: str
    path: str


@dataclass(frozen=True)
class Thumbnails(FileTask[tuple[str, ...], Array8]):
    """Pictures with a longer side of `size` pixels, handed over by path; the answer names those that could be read.

    project: a project's file, of which results may be that are not there; they are taken out of it.
    """

    paths: tuple[str, ...]
    size: int = LISTED
    project: str = ""


@dataclass(frozen=True)
class ReadPicture(FileTask[Array8, None]):
    """The picture `path` as it is."""

    path: str


@dataclass(frozen=True)
class Guess(FileTask[Mapping[str, str], None]):
    """Whether photos show a "garment" or a "person", by path; bad ones among several are garments."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class KeepBytes(FileTask[str, None]):
    """Write a picture (bytes of a file, or an array) that came without one into a folder; answers its path."""

    data: bytes | Array8
    folder: str
    suffix: str = ".png"


@dataclass(frozen=True)
class SavePicture(FileTask[str, None]):
    """Write a picture as PNG, JPEG or WebP with the metadata embedded; answers its path."""

    path: str
    image: Array8
    metadata: Mapping[str, str] = field(default_factory=dict)
    quality: int = 95


@dataclass(frozen=True)
class Export(FileTask[str, None]):
    """Write every stage into a folder, as `tryon run --save-stages` does, with the metadata as parameters.json.

    values: arrays by stage, with the photos' under "person" and "garment". Answers the folder.
    """

    folder: str
    values: Mapping[str, Arrays]
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlaceBack(FileTask[str, None]):
    """Lay a result's layers over `photo` where `changed` says so, at the photo's size; write that to `path`.

    box: where the frame lies in the photo, None where it is the whole photo. turn: as in `ReadPerson`.
    Answers the path.
    """

    path: str
    photo: str
    box: Box | None
    layers: Array8
    changed: Array8
    metadata: Mapping[str, str] = field(default_factory=dict)
    turn: str = ""


@dataclass(frozen=True)
class Remember(FileTask[Array8, None]):
    """Add a result to the history: its folder with pictures and `entry` as JSON. Answers it as small as `LISTED`.

    image, garment: pictures, or the files that hold them; the file of an image is a PNG, which is copied as it is.
    """

    folder: str
    image: Array8 | str
    garment: Array8 | str
    entry: Mapping[str, Any]
    metadata: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, Arrays] = field(default_factory=dict)  # by the name of their file in that folder


@dataclass(frozen=True)
class KeepAnalysis(FileTask[None, None]):
    """Write an analysed photo to the file `path`, for `ReadAnalysis`."""

    path: str
    photo: PersonPhoto | GarmentPhoto


@dataclass(frozen=True)
class ReadAnalysis(FileTask[PersonPhoto | GarmentPhoto | None, None]):
    """The photo at `photo` as it was analysed before; None where the file cannot be read or is of another kind."""

    path: str
    photo: str
    kind: str


@dataclass(frozen=True)
class PackProject(FileTask[str, None]):
    """Write the project in `folder` to the file `path`. before: the file it came from, or "". Answers the path."""

    folder: str
    path: str
    before: str = ""


@dataclass(frozen=True)
class UnpackProject(FileTask[None, None]):
    """Take a project out of the file `path` into `folder`; pictures of results stay in the file."""

    path: str
    folder: str


@dataclass(frozen=True)
class FindCopies(FileTask[Mapping[str, str], None]):
    """Which photos are copies of others. pairs: a photo, and a file it may be a copy of. Answers files by photo."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SaveBatch(FileTask[str, None]):
    """Copy the pictures of these items out of the batch in `source` to `folder`, called as `pattern` says, with a
    contact sheet (jpg, png or pdf) and a table. Answers the folder."""

    source: str
    ids: tuple[str, ...]
    folder: str
    pattern: str = ""
    sheet: str = "jpg"


@dataclass(frozen=True)
class TryOn(Task[Result, Arrays]):
    """Dress `person` in `garment`, both as the photos' data; what is computed on the way is handed over by stage.

    size: None for the pack's own. draft: make a small picture first. given: arrays by stage as earlier try-ons handed
    them over, or some of a stage's that a user brought.
    """

    networks: Networks
    person: Arrays
    garment: Arrays
    size: Size | None = None
    seed: int = 0
    keep_original: bool = True
    draft: bool = False
    given: Mapping[str, Arrays] = field(default_factory=dict)
