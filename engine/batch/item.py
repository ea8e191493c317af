"""What is to be made: a picture of somebody in some garment, and with what it is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.arrays import FULL_SIZE, Size

RAW = ("person", "garment")
"""Roles of the files of an item that begins with photos alone."""
PREPARED = ("person", "pose", "parse", "garment", "mask")
"""Roles of the files of an item whose photos were analysed by other programs; "pose_picture" may be there too.

Either may have "person_corrected" and "garment_corrected" (`engine.batch.corrected`), which stand for the whole photo.
"""


@dataclass(frozen=True)
class Item:
    """One picture to make.

    id: unique in a plan, the same every time it is planned. person, garment: what they are called. output: the name of
    the picture below the folder of results, with "/". seed: 0 to 2**32 - 1. files: path by role, `RAW` or `PREPARED`,
    whether or not they exist. digests: what is in the files, by role, "" where a file cannot be read.
    """

    id: str
    person: str
    garment: str
    output: str
    seed: int
    files: Mapping[str, str]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_raw(self) -> bool:
        """Whether pose, parse and mask are still to be found."""
        return "pose" not in self.files


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How all pictures of a run are made.

    weights: name or folder of a pack. size: (height, width), the pack's own where None. coat: whether open coats stay
    on where nobody has said it. threads: of one process on a CPU; their number may change a picture's last bit, the
    number of processes does not. batch: pictures at once, chosen by device where 0. stages: whether every intermediate
    is written too. pictures: an fsspec address that gets the pictures instead of the folder of results, "" for that
    folder.
    """

    weights: str = "default"
    device: str = "auto"
    precision: str = "fp32"
    size: Size | None = None
    keep_original: bool = True
    coat: bool = True
    threads: int = 1
    batch: int = 0
    stages: bool = False
    pictures: str = ""


@dataclass(frozen=True)
class Recipe:
    """What a picture follows from, beside its files and its seed.

    pack: name and version; pack_digest: equal for equal packs; parameters: of `Settings`, those that change pictures.
    """

    pack: str
    pack_digest: str
    parameters: Mapping[str, Any]


def recipe_of(settings: Settings) -> Recipe:
    """The recipe of these settings. TryOnError where there is no such pack."""
    from engine.data.layout import file_digest
    from engine.weights import find_pack
    from engine.weights.manifest import FILE_NAME

    pack = find_pack(settings.weights)
    height, width = settings.size or next(iter(pack.sizes), FULL_SIZE)
    parameters = {
        "size": f"{width}x{height}",
        "precision": settings.precision,
        "keep_original": settings.keep_original,
        "coat": settings.coat,
        "stages": settings.stages,
        "pictures": settings.pictures,
    }
    return Recipe(f"{pack.name} {pack.version}", file_digest(pack.folder / FILE_NAME), parameters)
