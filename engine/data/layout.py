"""Data sets in the VITON-HD layout, read as they lie on the disk.

ROOT/SPLIT/image/NAME.jpg                 the person, any 3:4 size
ROOT/SPLIT/cloth/NAME.jpg                 the product photo
ROOT/SPLIT/cloth-mask/NAME.jpg or .png    >= 128 is cloth
ROOT/SPLIT/image-parse/NAME.png           or image-parse-v3: LIP labels
ROOT/SPLIT/openpose-json/NAME_keypoints.json
ROOT/SPLIT/openpose-img/NAME_rendered.png optional
ROOT/SPLIT_pairs.txt                      optional: "person.jpg cloth.jpg" a line, see `engine.data.pairs_file`
"""

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.arrays import Labels, Picture, Size
from engine.category import UPPER, Category
from engine.data.pairs_file import read_pairs
from engine.data.sample import Sample, resized
from engine.errors import TryOnError
from engine.imaging.framing import is_three_to_four
from engine.imaging.images import read_photo, resize_labels, resize_picture
from engine.imaging.masks import read_garment_mask
from engine.imaging.parses import read_parse
from engine.pose import read_pose

PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp")
PARSE_FOLDERS = ("image-parse", "image-parse-v3")
_POSE_ENDING, _PICTURE_ENDING = "_keypoints", "_rendered"
# Wider than any rounding of a 3:4 crop, narrower than any other common format.


@dataclass(frozen=True)
class Record:
    """Where the files of one pair lie, or should lie: whether they exist shows when they are read."""

    name: str
    cloth_name: str
    image: Path
    cloth: Path
    cloth_mask: Path
    parse: Path
    pose: Path
    pose_picture: Path | None
    category: Category = UPPER

    @property
    def files(self) -> tuple[Path, ...]:
        """The five files that every pair needs."""
        return self.image, self.cloth, self.cloth_mask, self.parse, self.pose


@dataclass(frozen=True)
class Folder:
    """The files of one folder by name without suffix (and without `ending`), listed once."""

    path: Path
    files: Mapping[str, Path]
    suffix: str
    ending: str

    def file(self, name: str) -> Path:
        """The file of that name; where there is none, the path it ought to have."""
        return self.files.get(name, self.path / f"{name}{self.ending}{self.suffix}")


def list_folder(path: Path, suffixes: Sequence[str], ending: str = "") -> Folder:
    """List a folder without opening a file; a missing folder is an empty one."""
    files: dict[str, Path] = {}
    if path.is_dir():
        with os.scandir(path) as entries:
            for name in sorted(entry.name for entry in entries):
                stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a Path for each of 50,000 names is slow
                if suffix.lower() in suffixes and stem.endswith(ending) and not name.startswith("."):
                    files.setdefault(stem.removesuffix(ending), path / name)
    return Folder(path, files, suffixes[0], ending)


def refuse_no_photos(base: Path) -> None:
    """`TryOnError` when `base`, ROOT/SPLIT, or its photos are not there."""
    if not (base / "image").is_dir():
        raise TryOnError("data.no_folder", path=base / "image")


@dataclass(frozen=True)
class Folders:
    """The listed folders of one split."""

    image: Folder
    cloth: Folder
    cloth_mask: Folder
    parse: Folder
    pose: Folder
    pose_picture: Folder

    @staticmethod
    def of(base: Path) -> "Folders":
        """List the folders of `base`, ROOT/SPLIT. `TryOnError` when the split or its photos are not there."""
        refuse_no_photos(base)
        parse = next((name for name in PARSE_FOLDERS if (base / name).is_dir()), PARSE_FOLDERS[0])
        return Folders(
            image=list_folder(base / "image", PHOTO_SUFFIXES),
            cloth=list_folder(base / "cloth", PHOTO_SUFFIXES),
            cloth_mask=list_folder(base / "cloth-mask", (".png", ".jpg", ".jpeg")),
            parse=list_folder(base / parse, (".png",)),
            pose=list_folder(base / "openpose-json", (".json",), _POSE_ENDING),
            pose_picture=list_folder(base / "openpose-img", (".png", ".jpg", ".jpeg"), _PICTURE_ENDING),
        )

    def record(self, name: str, cloth_name: str, category: Category = UPPER) -> Record:
        return Record(
            name=name,
            cloth_name=cloth_name,
            image=self.image.file(name),
            cloth=self.cloth.file(cloth_name),
            cloth_mask=self.cloth_mask.file(cloth_name),
            parse=self.parse.file(name),
            pose=self.pose.file(name),
            pose_picture=self.pose_picture.files.get(name),
            category=category,
        )


class VitonDataset:
    """The pairs of one split of a data set in the VITON-HD layout, in the order of the pairs file.

    `pairs` is a pairs file, by default ROOT/SPLIT_pairs.txt where it exists; `paired=True` takes every person with the
    own garment whatever that file says. `names` keeps only those persons, in the given order of the data set. With
    `size` (height, width) every sample is resized to it, otherwise it has the size of the person's photo. `category` is
    the kind of all its garments.

    Listing opens no picture, so a bad file shows when its sample is read and spoils only that one. `TryOnError` when
    the folder, the pairs file or a wanted name is not there.
    """

    def __init__(
        self,
        root: str | Path,
        split: str = "train",
        pairs: str | Path | None = None,
        *,
        paired: bool = False,
        names: Collection[str] | None = None,
        size: Size | None = None,
        category: Category = UPPER,
    ) -> None:
        self.root, self.split, self.size, self.category = Path(root), split, size, category
        self.folders = Folders.of(self.root / split)
        self.pairs_file = None if paired else _pairs_file(self.root, split, pairs)
        listed = read_pairs(self.pairs_file) if self.pairs_file else [(name, name) for name in self.folders.image.files]
        self.records = [self.folders.record(*pair, category) for pair in _chosen(listed, names, self.root / split)]
        self.names = [record.name for record in self.records]

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, index: int) -> Sample:
        return self.sample(index)

    def __iter__(self) -> Iterator[Sample]:
        return (self.sample(index) for index in range(len(self)))

    def digests(self) -> list[str]:
        """For every sample a text that is equal where the person's photo is the same file under another name."""
        return [file_digest(record.image) for record in self.records]

    def sample(self, index: int) -> Sample:
        """Read one sample; `TryOnError` names the file that is missing or wrong and says what to do."""
        return read_sample(self.records[index], self.size)


def read_sample(record: Record, size: Size | None = None) -> Sample:
    """Read the files of one pair at `size`, or at the size of the person's photo. `TryOnError` names a bad file."""
    for path in record.files:
        if not path.is_file():
            raise TryOnError("data.file_missing", path=path, name=record.name)
    image = read_photo(record.image)
    native = _size(image, record.image)
    cloth, mask = read_photo(record.cloth), read_garment_mask(record.cloth_mask)
    parse = read_parse(record.parse)
    for array, path in ((cloth, record.cloth), (mask, record.cloth_mask), (parse, record.parse)):
        _size(array, path)
    sample = Sample(
        name=record.name,
        cloth_name=record.cloth_name,
        image=image,
        cloth=resize_picture(cloth, native),
        cloth_mask=resize_labels(mask, native),
        parse=resize_labels(parse, native),
        pose=read_pose(record.pose, native),
        pose_picture=_pose_picture(record, native),
        category=record.category,
    )
    return resized(sample, size or native)


def pose_picture(sample: Sample) -> Picture:
    """The pose picture uint8 (H, W, 3) of a sample: the data set's own, else drawn from the keypoints."""
    return sample.pose.draw() if sample.pose_picture is None else sample.pose_picture


def file_digest(path: Path) -> str:
    """Sixteen bytes in hexadecimal, equal for equal files. `TryOnError` when the file cannot be read."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise TryOnError("data.file_unreadable", path=path, name=path.stem) from error


def _size(array: Picture | Labels, path: Path) -> Size:
    size = (array.shape[0], array.shape[1])
    if not is_three_to_four(size):
        raise TryOnError("picture.not_3_to_4", path=path, width=size[1], height=size[0])
    return size


def _pose_picture(record: Record, size: Size) -> Picture | None:
    return None if record.pose_picture is None else resize_picture(read_photo(record.pose_picture), size)


def _pairs_file(root: Path, split: str, pairs: str | Path | None) -> Path | None:
    """The given pairs file (also looked for in the root), else the split's own, else None."""
    if pairs is None:
        own = root / f"{split}_pairs.txt"
        return own if own.is_file() else None
    path = Path(pairs)
    return path if path.is_file() or path.is_absolute() else root / path


def _chosen(listed: list[tuple[str, str]], names: Collection[str] | None, base: Path) -> list[tuple[str, str]]:
    if names is None:
        return listed
    wanted = set(names)
    missing = wanted - {person for person, _ in listed}
    if missing:
        raise TryOnError("data.no_sample", path=base, name=min(missing), count=len(missing))
    return [pair for pair in listed if pair[0] in wanted]
