"""What is to be made, from what people have: folders of photos, a table of pairs, or a data set's layout."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from engine.analysis.given_files import beside_person, mask_beside
from engine.batch.item import Item
from engine.batch.names import Naming
from engine.data.layout import Folders, Record, VitonDataset
from engine.data.pairs_table import Row, read_rows
from engine.errors import TryOnError
from engine.messages import Fault, fault

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".gif")
Match = Literal["all", "stem"]
_GOLDEN = (3 - 5**0.5) / 2  # multiples of it, less whole numbers, crowd nowhere


@dataclass(frozen=True)
class Plan:
    """Pictures to make, in order, each with an id and a file of its own; and what the planning left out."""

    items: tuple[Item, ...]
    left_out: tuple[Fault, ...] = ()

    def first(self, count: int | None) -> "Plan":
        """The first items."""
        return Plan(self.items[:count], self.left_out)

    def evenly(self, count: int) -> "Plan":
        """At most `count` items, evenly chosen: see `spread`."""
        return Plan(tuple(self.items[place] for place in spread(len(self.items), count)), self.left_out)


def spread(whole: int, count: int) -> list[int]:
    """At most `count` places of `whole`, in order: one in each of equal parts, each time elsewhere in the part.

    Steps of one length would meet the same few garments again and again, where their number shares a factor with it.
    """
    count = min(count, whole)
    bounds = [part * whole // count for part in range(count + 1)] if count else []
    return [begin + int((end - begin) * (part * _GOLDEN % 1)) for part, (begin, end) in enumerate(pairwise(bounds))]


@dataclass(frozen=True)
class Photos:
    """The photos of a folder by what they are called: the file's name without ending, with it where two share that."""

    folder: Path
    files: Mapping[str, Path]

    @staticmethod
    def of(folder: Path) -> "Photos":
        """List a folder. TryOnError where it holds no photos."""
        found = sorted(path for path in _inside(folder) if path.suffix.lower() in SUFFIXES and path.name[0] != ".")
        if not found:
            raise TryOnError("batch.no_photos", path=folder)
        times = Counter(path.stem for path in found)
        return Photos(folder, {path.stem if times[path.stem] == 1 else path.name: path for path in found})

    def find(self, word: str) -> Path:
        """The photo of that name, with or without ending or folder; the path it ought to have where there is none."""
        direct = self.folder / word
        if direct.is_file():
            return direct
        return self.files.get(word) or self.files.get(Path(word.replace("\\", "/")).stem) or direct


def _inside(folder: Path) -> Iterable[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


@dataclass(frozen=True)
class Sources:
    """What people have: a data set, a table of pairs, or two folders. split: of the data set; match: of the folders."""

    people: Path | None = None
    garments: Path | None = None
    match: Match = "all"
    pairs: Path | None = None
    dataset: Path | None = None
    split: str = "test"
    seed: int = 0

    def plan(self, naming: Naming) -> Plan:
        """What is to be made of it. TryOnError where it is not enough, cannot be read, or has no pairs."""
        if self.dataset is not None:
            made = from_dataset(self.dataset, self.split, self.pairs, naming, seed=self.seed)
        elif self.pairs is not None:
            made = from_table(self.pairs, self.people, self.garments, naming, seed=self.seed)
        elif self.people is not None and self.garments is not None:
            made = from_folders(self.people, self.garments, naming, match=self.match, seed=self.seed)
        else:
            raise TryOnError("usage.no_sources")
        if not made.items:
            raise TryOnError("usage.no_pairs", path=self.dataset or self.pairs or self.people)
        return made


def from_folders(people: Path, garments: Path, naming: Naming, *, match: Match = "all", seed: int = 0) -> Plan:
    """Everybody in everything, or with match="stem" everybody in the garment of the same name.

    TryOnError where a folder holds no photos, or two pictures would be one file.
    """
    who, what = Photos.of(people).files, Photos.of(garments).files
    if match == "all":
        pairs = [(person, garment) for person in who for garment in what]
    else:
        pairs = [(name, name) for name in who if name in what]
    alone = [] if match == "all" else [path for one, other in ((who, what), (what, who)) for path in _only(one, other)]
    items = [
        _item(naming, person, garment, {"person": str(who[person]), "garment": str(what[garment])}, seed)
        for person, garment in pairs
    ]
    return checked(items, [fault("batch.alone", path=path) for path in alone])


def _only(one: Mapping[str, Path], other: Mapping[str, Path]) -> list[Path]:
    return [path for name, path in one.items() if name not in other]


def from_table(table: Path, people: Path | None, garments: Path | None, naming: Naming, *, seed: int = 0) -> Plan:
    """The pairs of a table, whose photos lie in the two folders, or beside the table where these are not given.

    Photos with pose, parse and mask beside them, as in a data set, need no analysis. A photo that is not there spoils
    its items when they are made. TryOnError for lines that cannot be used.
    """
    who = Photos.of(people) if people else _beside(table)
    what = Photos.of(garments) if garments else _beside(table)
    items = []
    for row in read_rows(table):
        person, garment = who.find(row.person), what.find(row.garment)
        files = {role: str(path) for role, path in _with_what_lies_beside(person, garment).items()}
        corrected = {"person_corrected": row.person_corrected, "garment_corrected": row.garment_corrected}
        files |= {role: str(table.parent / name) for role, name in corrected.items() if name}
        items.append(_item(naming, person.stem, garment.stem, files, seed if row.seed is None else row.seed, row.name))
    return checked(items)


def _with_what_lies_beside(person: Path, garment: Path) -> dict[str, Path]:
    photos = {"person": person, "garment": garment}
    pose, parse = beside_person(person)
    mask = mask_beside(garment)
    if pose is None or parse is None or mask is None:
        return photos
    return {**photos, "pose": pose, "parse": parse, "mask": mask}


def _beside(table: Path) -> Photos:
    try:
        return Photos.of(table.parent)
    except TryOnError:
        return Photos(table.parent, {})


def from_dataset(root: Path, split: str, table: Path | None, naming: Naming, *, seed: int = 0) -> Plan:
    """The pairs of a data set in the VITON-HD layout, or those of a table of its names.

    Pictures in JPEG are called as the published code calls them unless there is a pattern: what stands in the person's
    name before the first "_", then the garment's. TryOnError as `VitonDataset` and `read_rows`.
    """
    if table is None:
        pairs = [(Row(one.name, one.cloth_name), one) for one in VitonDataset(root, split).records]
    else:
        folders = Folders.of(root / split)
        rows = read_rows(table if table.is_file() or table.is_absolute() else root / table)
        pairs = [(row, folders.record(_stem(row.person), _stem(row.garment))) for row in rows]
    short = naming.extension == "jpg" and not naming.pattern
    items = []
    for row, one in pairs:
        name = row.name or (f"{one.name.split('_', 1)[0]}_{one.cloth_name}" if short else "")
        chosen = seed if row.seed is None else row.seed
        items.append(_item(naming, one.name, one.cloth_name, files_of(one), chosen, name))
    return checked(items, short=short)


def _stem(word: str) -> str:
    name = word.replace("\\", "/").rpartition("/")[2]
    return name[: -len(Path(name).suffix)] if Path(name).suffix.lower() in SUFFIXES else name


def files_of(record: Record) -> dict[str, str]:
    """The files of a pair in the VITON-HD layout by role."""
    files = {
        "person": record.image,
        "pose": record.pose,
        "parse": record.parse,
        "garment": record.cloth,
        "mask": record.cloth_mask,
    }
    drawn = {"pose_picture": record.pose_picture} if record.pose_picture else {}
    return {role: str(path) for role, path in {**files, **drawn}.items()}


def record_of(item: Item) -> Record:
    """A prepared item as a pair of a data set."""
    paths = {role: Path(path) for role, path in item.files.items()}
    return Record(
        name=item.person,
        cloth_name=item.garment,
        image=paths["person"],
        cloth=paths["garment"],
        cloth_mask=paths["mask"],
        parse=paths["parse"],
        pose=paths["pose"],
        pose_picture=paths.get("pose_picture"),
    )


def _item(naming: Naming, person: str, garment: str, files: Mapping[str, str], seed: int, name: str = "") -> Item:
    stem = naming.stem(person, garment, seed, name)
    return Item(stem, person, garment, f"{stem}.{naming.extension}", seed, files)


def checked(items: Sequence[Item], left_out: Sequence[Fault] = (), *, short: bool = False) -> Plan:
    """The plan of these items. TryOnError where two of them would be one file, on any system's disk."""
    for name, count in Counter(item.output.casefold() for item in items).most_common(1):
        if count > 1:
            code = "batch.same_short_name" if short else "batch.same_name"
            raise TryOnError(code, count=count, name=name)
    return Plan(tuple(items), tuple(left_out))
