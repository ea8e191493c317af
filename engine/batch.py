"""Many try-ons over a data set: prefetched, batched, resumable; a bad sample is noted and the rest goes on."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from engine.data.layout import Record, read_sample
from engine.errors import Aborted, TryOnError
from engine.files import atomic_path
from engine.pipeline import Job, TryOnPipeline
from engine.saving import save_picture
from engine.stage_files import save_stages
from engine.stages import Garment, Person, TryOnResult

SETTINGS_FILE = "batch.json"
_READERS = 2  # decoding is quick beside the networks; two keep one batch ahead


@dataclass
class Outcome:
    """What became of each pair: how many were made now, how many were there already, and what failed with why."""

    made: int = 0
    skipped: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def output_name(record: Record, extension: str) -> str:
    """File name of a pair's picture.

    For "jpg" the published one, PERSONID_CLOTHNAME.jpg where PERSONID ends at the first underscore; otherwise both full
    names, which cannot collide.
    """
    person = record.name.split("_", 1)[0] if extension == "jpg" else record.name
    return f"{person}_{record.cloth_name}.{extension}"


def claim_folder(folder: Path, settings: Mapping[str, object], overwrite: bool) -> None:
    """Note the settings in `folder`; TryOnError when it holds pictures made with other settings."""
    path = folder / SETTINGS_FILE
    if path.exists() and not overwrite:
        try:
            before = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise TryOnError(
                f"{path} cannot be read; choose another folder, or make all anew with --overwrite"
            ) from error
        changed = [key for key in settings if before.get(key) != settings[key]]
        if changed:
            key = changed[0]
            raise TryOnError(
                f"{folder} holds pictures made with {key} {before.get(key)!r}, not {settings[key]!r}; "
                "choose another folder, or make all anew with --overwrite"
            )
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps(dict(settings), indent=2) + "\n", encoding="utf-8")


def check_names(records: Sequence[Record], extension: str) -> None:
    """TryOnError when two pairs would be written to the same file."""
    name, count = Counter(output_name(record, extension) for record in records).most_common(1)[0]
    if count > 1:
        raise TryOnError(
            f"{count} pairs would all be written to {name}; remove the repeated pairs, or use --format png, "
            "whose names hold the whole name of the person"
        )


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

    Pictures that are there already are left alone unless `overwrite`; files are written whole or not at all, so a run
    that was killed goes on where it stopped. The pictures do not depend on where that was. `progress` is called after
    every pair. Raises `Aborted` when `abort()` says so; finished pictures stay.
    """
    check_names(records, extension)
    outcome = Outcome()

    def finished(record: Record) -> bool:
        return not overwrite and (folder / output_name(record, extension)).exists()

    def tell() -> None:
        if progress is not None:
            progress(outcome)

    def keep(record: Record, result: TryOnResult) -> None:
        own = {**(metadata or {}), "person": record.name, "garment": record.cloth_name}
        if stages:
            save_stages(folder / "stages" / f"{record.name}_{record.cloth_name}", result)
        # the picture last: its presence says that the pair is done
        save_picture(folder / output_name(record, extension), result.image, own)

    todo = [record for record in records if not finished(record)]
    outcome.skipped = len(records) - len(todo)
    for group in _prefetched(todo, batch):
        jobs = _readable(group, seed, outcome)
        for record, made in _made(pipeline, jobs, keep_original, abort):
            with _noting(outcome, record):
                if isinstance(made, Exception):
                    raise made
                keep(record, made)
                outcome.made += 1
        tell()
    return outcome


class _noting:  # noqa: N801 (reads as a statement)
    """Note an error about one pair and go on; leave interrupts and aborts alone."""

    def __init__(self, outcome: Outcome, record: Record) -> None:
        self._outcome, self._name = outcome, f"{record.name} + {record.cloth_name}"

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception) or isinstance(error, Aborted):
            return False
        sentence = str(error) if isinstance(error, TryOnError) else f"{type(error).__name__}: {error}"
        self._outcome.failed.append((self._name, sentence))
        return True


_Read = tuple[Record, "Future[Job]"]


def _prefetched(records: Sequence[Record], batch: int) -> Iterator[list[_Read]]:
    """Groups of `batch` records whose files are being read; one group is read ahead while another is worked on."""
    with ThreadPoolExecutor(_READERS) as readers:
        groups = deque[list[_Read]]()
        for start in range(0, len(records), batch):
            groups.append([(record, readers.submit(_read, record)) for record in records[start : start + batch]])
            if len(groups) > 1:
                yield groups.popleft()
        yield from groups


def _read(record: Record) -> Job:
    sample = read_sample(record)
    person = Person(sample.image, sample.pose, sample.parse, sample.pose_picture)
    person.pose.completed()  # a pose that cannot be used shows here, before it can spoil a whole batch
    return Job(person, Garment(sample.cloth, sample.cloth_mask))


def _readable(group: Sequence[_Read], seed: int, outcome: Outcome) -> list[tuple[Record, Job]]:
    jobs = []
    for record, future in group:
        with _noting(outcome, record):
            job = future.result()
            jobs.append((record, Job(job.person, job.garment, seed)))
    return jobs


def _made(
    pipeline: TryOnPipeline, jobs: Sequence[tuple[Record, Job]], keep_original: bool, abort: Callable[[], bool] | None
) -> Iterator[tuple[Record, TryOnResult | Exception]]:
    """The results of a batch; when it fails as a whole, each job by itself, so that only the bad one is lost."""
    try:
        results = pipeline.run_batch([job for _, job in jobs], keep_original, abort=abort) if jobs else []
        yield from zip([record for record, _ in jobs], results, strict=True)
        return
    except Aborted:
        raise
    except Exception as error:
        if len(jobs) == 1:
            yield jobs[0][0], error
            return
    for job in jobs:
        yield from _made(pipeline, [job], keep_original, abort)
