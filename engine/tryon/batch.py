"""Many try-ons over a data set: prefetched, batched, resumable; a bad sample is noted and the rest goes on."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from engine.analysis.agreement import disagreements
from engine.analysis.common.doubt import Doubt, doubt
from engine.category import Category
from engine.data.layout import Record, read_sample
from engine.errors import Aborted, TryOnError
from engine.imaging.saving import save_picture
from engine.messages import Fault
from engine.notes import noted
from engine.system.files import atomic_path
from engine.tryon.pipeline import Job, TryOnPipeline
from engine.tryon.quality import quality
from engine.tryon.stage_files import save_stages
from engine.values import Garment, Person, TryOnResult

SETTINGS_FILE = "batch.json"
FORMATS = ("png", "webp", "jpg")
_DOUBTFUL = 0.4  # of `engine.tryon.quality`, below which a result is listed
_READERS = 2  # decoding is quick beside the networks; two keep one batch ahead


@dataclass
class Outcome:
    """What became of each pair: how many were made now, how many were there already, and what failed with why.

    notes: what the pipeline wants the user to know, each once. doubtful: pairs that were made, though their files do
    not fit together or had to be put right, or little speaks for the result; with the reasons.
    """

    made: int = 0
    skipped: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    doubtful: list[tuple[str, tuple[Doubt, ...]]] = field(default_factory=list)

    @property
    def finished(self) -> int:
        """How many pairs are over and done with."""
        return self.made + self.skipped + len(self.failed)


def output_name(record: Record, extension: str) -> str:
    """File name of a pair's picture.

    For "jpg" the published one, PERSONID_CLOTHNAME.jpg where PERSONID ends at the first underscore; otherwise both full
    names.
    """
    person = record.name.split("_", 1)[0] if extension == "jpg" else record.name
    return f"{person}_{record.cloth_name}.{extension}"


def claim_folder(folder: Path, settings: Mapping[str, object], overwrite: bool) -> None:
    """Note the settings in `folder`; TryOnError when it holds pictures made with others, or nobody knows with which."""
    path = folder / SETTINGS_FILE
    if not overwrite and path.exists():
        before = _read_settings(path)
        for key, value in settings.items():
            if before.get(key) != value:
                raise TryOnError(
                    "batch.other_settings", path=folder, key=key, before=repr(before.get(key)), now=repr(value)
                )
    elif not overwrite and any(next(folder.glob(f"*.{extension}"), None) for extension in FORMATS):
        raise TryOnError("batch.no_settings", path=folder, file=SETTINGS_FILE)
    try:
        with atomic_path(path) as temporary:
            temporary.write_text(json.dumps(dict(settings), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise TryOnError("folder.unwritable", path=folder, reason=error.strerror) from error


def _read_settings(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise TryOnError("batch.settings", path=path)
    return content


def check_names(records: Sequence[Record], extension: str) -> None:
    """TryOnError when two pairs would be written to the same file."""
    for name, count in Counter(output_name(record, extension) for record in records).most_common(1):
        if count > 1:
            code = "batch.same_short_name" if extension == "jpg" else "batch.same_name"
            raise TryOnError(code, count=count, name=name)


def run_folder(
    pipeline: TryOnPipeline,
    records: Sequence[Record],
    folder: Path,
    *,
    seed: int = 0,
    extension: str = "png",
    batch: int = 1,
    keep_original: bool = True,
    stages: bool = False,
    overwrite: bool = False,
    metadata: Mapping[str, str] | None = None,
    progress: Callable[[Outcome], None] | None = None,
    abort: Callable[[], bool] | None = None,
) -> Outcome:
    """Make the picture of every record into `folder` and return what became of each.

    Pictures that are there already are left alone, or with `overwrite` removed first; files are written whole or not at
    all, so a run that was killed goes on where it stopped, and the pictures do not depend on where that was. `progress`
    is called after every pair. Raises `Aborted` when `abort()` says so; finished pictures stay.
    """
    check_names(records, extension)
    paths = {record: folder / output_name(record, extension) for record in records}
    if overwrite:
        for path in paths.values():
            path.unlink(missing_ok=True)
    todo = [record for record in records if not paths[record].exists()]
    outcome = Outcome(skipped=len(records) - len(todo))
    told: Told = {}

    def keep(record: Record, result: TryOnResult) -> None:
        if stages:
            save_stages(folder / "stages" / f"{record.name}_{record.cloth_name}", result.values)
        # the picture last: its presence says that the pair is done
        own = {**(metadata or {}), "person": record.name, "garment": record.cloth_name}
        save_picture(paths[record], result.image, own)
        outcome.made += 1
        if doubts := _doubts(result, record.category, told.get(record, ())):
            outcome.doubtful.append((_name(record), doubts))
        outcome.notes += [note for note in result.notes if note not in outcome.notes]

    for group in _prefetched(todo, batch, seed, told):
        for record, made in _made(pipeline, group, keep_original, abort):
            try:
                if isinstance(made, BaseException):
                    raise made
                keep(record, made)
            except Exception as error:  # whatever is wrong with one pair must not stop the others
                outcome.failed.append((_name(record), _sentence(error)))
            if progress is not None:
                progress(outcome)
    return outcome


def _name(record: Record) -> str:
    return f"{record.name} + {record.cloth_name}"


def _doubts(result: TryOnResult, category: Category, told: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """What is doubtful about a pair's files, and where little speaks for the result about that."""
    found = quality(result, category=category)
    return told + (found.doubts if found.score < _DOUBTFUL else ())


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, TryOnError) else f"{type(error).__name__}: {error}"


Told = dict[Record, tuple[Doubt, ...]]
_Read = tuple[Record, "Future[Job]"]
_Made = tuple[Record, TryOnResult | BaseException]


def _prefetched(records: Sequence[Record], batch: int, seed: int, told: Told) -> Iterator[list[_Read]]:
    """Groups of `batch` records whose files are being read; one group is read ahead while another is worked on."""
    with ThreadPoolExecutor(_READERS) as readers:
        groups = deque[list[_Read]]()
        for start in range(0, len(records), batch):
            part = records[start : start + batch]
            groups.append([(record, readers.submit(_read, record, seed, told)) for record in part])
            if len(groups) > 1:
                yield groups.popleft()
        yield from groups


def _read(record: Record, seed: int, told: Told) -> Job:
    """The pair's job; what its reading noted goes to `told`."""
    with noted() as codes:
        sample = read_sample(record)
    told[record] = tuple(map(doubt, [*codes, *disagreements(sample.image, sample.pose, sample.parse)]))
    person = Person(sample.image, sample.pose, sample.parse, sample.pose_picture)
    person.pose.completed()  # a pose that cannot be used shows here, before it can spoil a whole batch
    return Job(person, Garment(sample.cloth, sample.cloth_mask), seed)


def _made(
    pipeline: TryOnPipeline, group: Sequence[_Read], keep_original: bool, abort: Callable[[], bool] | None
) -> Iterator[_Made]:
    """What became of each record of a group: its result, or the error."""
    readable = []
    for record, future in group:
        if abort is not None and abort():
            raise Aborted("stopped between two pairs")
        error = future.exception()
        if error is None:
            readable.append((record, future.result()))
        else:
            yield record, error
    if readable:
        yield from _generated(pipeline, readable, keep_original, abort)


def _generated(
    pipeline: TryOnPipeline, jobs: Sequence[tuple[Record, Job]], keep_original: bool, abort: Callable[[], bool] | None
) -> Iterator[_Made]:
    """The results of a batch; when it fails as a whole, each job by itself, so that only the bad one is lost."""
    made: Sequence[TryOnResult | BaseException]
    try:
        made = pipeline.run_batch([job for _, job in jobs], keep_original, abort=abort)
    except Aborted:
        raise
    except Exception as error:
        if len(jobs) > 1:
            for job in jobs:
                yield from _generated(pipeline, [job], keep_original, abort)
            return
        made = [error]
    yield from zip([record for record, _ in jobs], made, strict=True)
