"""A whole data set as a few uint8 arrays on disk, mapped into memory: training at the speed of the page cache.

Decoding five files a sample takes milliseconds; a mapped array takes microseconds and its pages are shared by all
processes. At 256 x 192 a pair takes 0.4 MB, so 10,400 pairs take 4 GB. One process builds, any number may read.
"""

import functools
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from io import BufferedWriter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
from numpy.typing import NDArray

from engine.arrays import Size
from engine.category import CATEGORIES, UPPER
from engine.data.check_rules import check_sample
from engine.data.layout import Record, VitonDataset, file_digest, read_sample
from engine.data.sample import Sample
from engine.errors import Aborted, TryOnError
from engine.pose import Pose
from engine.pose.skeleton import HAND_JOINTS, JOINTS

if TYPE_CHECKING:
    from engine.system.progress import Abort, Progress

VERSION = 1
_POINTS = JOINTS + 2 * HAND_JOINTS
_WORKERS = 4
_AT_ONCE = 64
_SPARE = 64 << 20  # bytes left free on the disk


@dataclass(frozen=True)
class Header:
    """What the arrays hold: sample i is row `rows[i]`.

    `skipped` tells why a sample could not be read, `doubtful` why `check_dataset` would warn of one that could.
    """

    version: int
    size: Size
    names: tuple[str, ...]
    cloth_names: tuple[str, ...]
    digests: tuple[str, ...]
    rows: tuple[int, ...]
    skipped: dict[str, str]
    doubtful: dict[str, str]
    fingerprint: str
    category: str = UPPER.key


class PackedCache:
    """The samples of a data set at one size, read without decoding or copying.

    `cache[i]` is a `Sample` whose read-only arrays lie in the mapped files. `header` tells what is in it. `TryOnError`
    when the folder holds no cache of this version.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.header = _read_header(self.folder)
        self._arrays = {
            name: _mapped(self.folder / f"{name}.npy", shape, kind, max(self.header.rows, default=0) + 1)
            for name, (shape, kind) in _shapes(self.header.size).items()
        }

    @property
    def names(self) -> list[str]:
        """Names of the persons, in the order of the samples."""
        return list(self.header.names)

    @property
    def clean(self) -> list[str]:
        """The names without those that the rules of `engine.data.check_rules` object to: the ones to train on."""
        return [name for name in self.header.names if name not in self.header.doubtful]

    def digests(self) -> list[str]:
        """For every sample a text that is equal where the person's photo is the same file under another name."""
        return list(self.header.digests)

    def __len__(self) -> int:
        return len(self.header.names)

    def __getitem__(self, index: int) -> Sample:
        """Sample number `index`. The same object is never returned twice, the arrays are."""
        header = self.header
        name, cloth_name, row = header.names[index], header.cloth_names[index], header.rows[index]
        points = self._arrays["keypoints"][row]
        left, right = (hand if hand.any() else None for hand in np.split(points[JOINTS:], 2))
        return Sample(
            name=name,
            cloth_name=cloth_name,
            image=self._arrays["image"][row],
            cloth=self._arrays["cloth"][row],
            cloth_mask=self._arrays["cloth_mask"][row],
            parse=self._arrays["parse"][row],
            pose=Pose(points[:JOINTS], header.size, hands=(left, right)),
            category=CATEGORIES[header.category],
        )

    def __iter__(self) -> Iterator[Sample]:
        return (self[index] for index in range(len(self)))

    def __reduce__(self) -> tuple[Callable[[Path], "PackedCache"], tuple[Path]]:
        return open_cache, (self.folder,)


@functools.lru_cache(maxsize=4)
def open_cache(folder: Path) -> PackedCache:
    """The cache in a folder, opened once a process: this is how a cache travels to worker processes."""
    return PackedCache(folder)


def cached(
    data: VitonDataset,
    folder: str | Path | None = None,
    progress: "Progress | None" = None,
    abort: "Abort | None" = None,
) -> PackedCache:
    """The cache of a data set, which must have a `size`; built first when there is none or the files have changed.

    `folder` is by default ROOT/.cache/SPLIT-HEIGHTxWIDTH. `progress` and `abort` are asked every few samples; a build
    that is stopped or fails leaves an older cache as it was. `TryOnError` when the disk is full or nothing can be read.
    """
    target = Path(folder) if folder is not None else default_folder(data)
    fingerprint = source_fingerprint(data)
    try:
        cache = PackedCache(target)
        if cache.header.fingerprint == fingerprint:
            return cache
    except TryOnError:
        pass  # none yet, or one of another version
    _build(data, target, fingerprint, progress, abort)
    return PackedCache(target)


def default_folder(data: VitonDataset) -> Path:
    """ROOT/.cache/SPLIT-HEIGHTxWIDTH."""
    height, width = _size(data)
    return data.root / ".cache" / f"{data.split}-{height}x{width}"


def source_fingerprint(data: VitonDataset) -> str:
    """Changes when the pairs, the size, the category, or the length or time of a file of the data set change."""
    kind = "" if data.category == UPPER else f" {data.category.key}"  # caches from before there were kinds stay good
    digest = hashlib.blake2b(f"{VERSION} {_size(data)}{kind}".encode(), digest_size=16)
    for record in data.records:
        for path in record.files:
            try:
                status = path.stat()
                digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
            except OSError:
                digest.update(f"{path.name} missing\n".encode())
    return digest.hexdigest()


def _build(
    data: VitonDataset, target: Path, fingerprint: str, progress: "Progress | None", abort: "Abort | None"
) -> None:
    size = _size(data)
    with _new_folder(target, len(data) * _bytes_a_row(size)) as folder:
        skipped: dict[str, str] = {}
        doubtful: dict[str, str] = {}
        good: list[tuple[int, Record]] = []
        for row, (record, packed) in enumerate(_written(data, folder, progress, abort)):
            if isinstance(packed, TryOnError):
                skipped[record.name] = str(packed)
                continue
            good.append((row, record))
            if packed.doubt:
                doubtful[record.name] = packed.doubt
        if not good:
            raise TryOnError("cache.nothing", path=data.root / data.split, reason=next(iter(skipped.values()), "empty"))
        header = Header(
            version=VERSION,
            size=size,
            names=tuple(record.name for _, record in good),
            cloth_names=tuple(record.cloth_name for _, record in good),
            digests=tuple(file_digest(record.image) for _, record in good),
            rows=tuple(row for row, _ in good),
            skipped=skipped,
            doubtful=doubtful,
            fingerprint=fingerprint,
            category=data.category.key,
        )
        (folder / "header.json").write_text(json.dumps(asdict(header)), encoding="utf-8")


def _written(
    data: VitonDataset, folder: Path, progress: "Progress | None", abort: "Abort | None"
) -> Iterator[tuple[Record, "_Packed | TryOnError"]]:
    """Read all samples in order and append them to the array files; a broken one becomes a row of zeros."""
    shapes = _shapes(_size(data))
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)))
        files = {name: stack.enter_context((folder / f"{name}.npy").open("wb")) for name in shapes}
        for name, (shape, kind) in shapes.items():
            _write_npy_header(files[name], (len(data), *shape), kind)
        for start in range(0, len(data), _AT_ONCE):
            if abort is not None and abort():
                raise Aborted("stopped while the cache was built")
            records = data.records[start : start + _AT_ONCE]
            for record, packed in zip(records, pool.map(lambda one: _pack(one, data.size), records), strict=True):
                for name, (shape, kind) in shapes.items():
                    array = np.zeros(shape, kind) if isinstance(packed, TryOnError) else packed.arrays[name]
                    files[name].write(array.tobytes())
                yield record, packed
            if progress is not None:
                progress("packing", min(start + _AT_ONCE, len(data)) / len(data))


@dataclass(frozen=True)
class _Packed:
    arrays: dict[str, NDArray[Any]]
    doubt: str


def _pack(record: Record, size: Size | None) -> _Packed | TryOnError:
    try:
        sample = read_sample(record, size)
    except TryOnError as error:
        return error
    finding = next(check_sample(sample, record), None)
    hands = [np.zeros((HAND_JOINTS, 3), np.float32) if hand is None else hand for hand in sample.pose.hands]
    arrays: dict[str, NDArray[Any]] = {
        "image": sample.image,
        "cloth": sample.cloth,
        "cloth_mask": sample.cloth_mask,
        "parse": sample.parse,
        "keypoints": np.concatenate([sample.pose.keypoints, *hands]),
    }
    return _Packed(arrays, str(finding.fault) if finding else "")


def _shapes(size: Size) -> dict[str, tuple[tuple[int, ...], type]]:
    """Shape and type of one row of every array; keypoints are body, left hand, right hand."""
    return {
        "image": ((*size, 3), np.uint8),
        "cloth": ((*size, 3), np.uint8),
        "cloth_mask": (size, np.uint8),
        "parse": (size, np.uint8),
        "keypoints": ((_POINTS, 3), np.float32),
    }


def _bytes_a_row(size: Size) -> int:
    return sum(int(np.prod(shape)) * np.dtype(kind).itemsize for shape, kind in _shapes(size).values())


def _write_npy_header(file: BufferedWriter, shape: tuple[int, ...], kind: type) -> None:
    # rows are then appended by plain writes: a full disk is an OSError there, but kills the process in a mapped file
    description = {"descr": np.lib.format.dtype_to_descr(np.dtype(kind)), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_2_0(file, description)


@contextmanager
def _new_folder(target: Path, size: int) -> Iterator[Path]:
    """A temporary folder beside `target` that takes its place when the block ends well, and vanishes otherwise."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target)
        free = shutil.disk_usage(target.parent).free
        if free < size + _SPARE:
            raise TryOnError(
                "cache.no_room", needed=round(size / 1e9, 1), path=target.parent, free=round(free / 1e9, 1)
            )
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-{os.getpid()}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        yield folder
        _swap(folder, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(folder: Path, target: Path) -> None:
    """A folder cannot replace another one in one step, so the old one steps aside first."""
    aside = folder.with_name(f"{folder.name}-old")
    if target.exists():
        target.rename(aside)
    folder.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _remove_leftovers(target: Path) -> None:
    """What builds left behind whose process was killed; the name tells the process."""
    for folder in target.parent.glob(f".{target.name}-*"):
        process = folder.name.removeprefix(f".{target.name}-").split("-")[0]
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> TryOnError:
    reason = error.strerror or "unknown reason"
    return TryOnError("cache.unwritable", path=target, reason=reason)


def _read_header(folder: Path) -> Header:
    try:
        data = json.loads((folder / "header.json").read_bytes())
        if data["version"] != VERSION:
            raise ValueError("another version")
        header = Header(
            version=VERSION,
            size=(int(data["size"][0]), int(data["size"][1])),
            names=tuple(data["names"]),
            cloth_names=tuple(data["cloth_names"]),
            digests=tuple(data["digests"]),
            rows=tuple(data["rows"]),
            skipped=dict(data["skipped"]),
            doubtful=dict(data["doubtful"]),
            fingerprint=str(data["fingerprint"]),
            category=CATEGORIES[data.get("category", UPPER.key)].key,
        )
        if not _is_whole(header):
            raise ValueError("lists that do not belong together")
    except (OSError, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError) as error:
        raise TryOnError("cache.other_version", path=folder) from error
    return header


def _is_whole(header: Header) -> bool:
    """Whether every sample has a name, a garment, a digest and a row."""
    texts = (header.names, header.cloth_names, header.digests)
    if not all(len(one) == len(header.rows) and all(isinstance(text, str) for text in one) for one in texts):
        return False
    return all(isinstance(row, int) and row >= 0 for row in header.rows)


def _mapped(path: Path, shape: tuple[int, ...], kind: type, rows: int) -> NDArray[Any]:
    """The array of at least so many rows of that shape and type; TryOnError where the file holds none."""
    try:
        found = np.asarray(np.load(path, mmap_mode="r"))
    except Exception as error:  # NumPy reads the header as Python, which fails in many ways
        raise TryOnError("cache.damaged", path=path) from error
    if found.dtype != kind or found.shape[1:] != shape or len(found) < rows:
        raise TryOnError("cache.damaged", path=path)
    return found


def _size(data: VitonDataset) -> Size:
    if data.size is None:
        raise TryOnError("cache.no_size", path=data.root)
    return data.size
