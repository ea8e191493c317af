"""What a run would do, said before it: which inputs are wrong, and how much time and disk the rest takes."""

import shutil
import statistics
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.batch.item import Item
from engine.batch.manifest import Line
from engine.batch.plan import record_of
from engine.data.layout import read_sample
from engine.errors import TryOnError
from engine.imaging.images import read_photo
from engine.messages import Fault, fault

_READERS = 2


@dataclass(frozen=True)
class Forecast:
    """wrong: what cannot be read, by file (of a prepared pair by its person and garment), and spoils how many items;
    sound: items of which all can be read. seconds: of one process for these, bytes: on the disk; both None where
    nothing was ever made with these settings. free: bytes where they would go.
    """

    wrong: Mapping[str, tuple[Fault, int]]
    sound: tuple[Item, ...]
    seconds: float | None = None
    bytes: int | None = None
    free: int = 0


def look(items: Sequence[Item], progress: Callable[[int], None] | None = None) -> Forecast:
    """Read the files of these items as a try-on would, each once; nothing is analysed."""
    reads: dict[str, Callable[[], object]] = {}
    for item in items:
        for name, read in _reads(item).items():
            reads.setdefault(name, read)
    wrong: dict[str, Fault] = {}
    with ThreadPoolExecutor(_READERS) as readers:
        for number, (name, error) in enumerate(zip(reads, readers.map(_tried, reads.values()), strict=True)):
            if error is not None:
                wrong[name] = error
            if progress is not None:
                progress(number + 1)
    spoilt = {name: sum(name in _reads(item) for item in items) for name in wrong}
    sound = tuple(item for item in items if not any(name in wrong for name in _reads(item)))
    return Forecast({name: (error, spoilt[name]) for name, error in wrong.items()}, sound)


def weighed(found: Forecast, lines: Sequence[Line], folder: Path) -> Forecast:
    """The forecast with time and disk, by what lines say that were made with these settings before.

    Photos are analysed once each; the first time is the longest of those seen.
    """
    done = [line for line in lines if line.status == "done"]
    free = shutil.disk_usage(next(one for one in (folder, *folder.absolute().parents) if one.exists())).free
    if not done:
        return Forecast(found.wrong, found.sound, free=free)
    photos = len({path for item in found.sound if item.is_raw for path in item.files.values()})
    making = statistics.median(line.seconds.get("make", 0) + line.seconds.get("write", 0) for line in done)
    reading = max(line.seconds.get("read", 0) for line in done)  # a person and a garment, if raw
    seconds = making * len(found.sound) + reading * (photos / 2 if photos else len(found.sound))
    size = int(statistics.median(line.bytes for line in done)) * len(found.sound)
    return Forecast(found.wrong, found.sound, seconds, size, free)


def _reads(item: Item) -> dict[str, Callable[[], object]]:
    if not item.is_raw:
        return {f"{item.person} + {item.garment}": lambda: read_sample(record_of(item))}
    return {
        item.files["person"]: lambda: read_photo(Path(item.files["person"]), "person"),
        item.files["garment"]: lambda: read_photo(Path(item.files["garment"])),
    }


def _tried(read: Callable[[], object]) -> Fault | None:
    try:
        read()
    except TryOnError as error:
        return error.fault
    except Exception as error:  # a decoder's surprise is told with the others
        return fault("internal", reason=f"{type(error).__name__}: {error}")
    return None
