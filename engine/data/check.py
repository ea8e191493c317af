"""A look at a whole data set before training: a report instead of a crash in the middle of the night."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from engine.data import check_rules as rules
from engine.data.check_rules import Finding, error, warning
from engine.data.layout import Record, VitonDataset, file_digest
from engine.data.report import Kind, Problem, Report, Severity
from engine.data.sample import Sample
from engine.errors import Aborted, TryOnError
from engine.imaging import decoding
from engine.imaging.images import read_mask, read_photo, resize_labels, resize_picture
from engine.imaging.parses import read_parse
from engine.messages import fault
from engine.pose import read_pose

if TYPE_CHECKING:
    from engine.system.progress import Abort, Progress

_T = TypeVar("_T")
_WORKERS = 4
_AT_ONCE = 64


def check_dataset(
    root: str | Path,
    split: str = "train",
    limit: int | None = None,
    progress: "Progress | None" = None,
    abort: "Abort | None" = None,
    *,
    pairs: str | Path | None = None,
    paired: bool = False,
) -> Report:
    """Read every file of a split (or of its first `limit` pairs) and report what is wrong with it.

    `pairs` and `paired` choose the pairs as for `VitonDataset`. `progress` gets the share done after some pairs,
    `abort` is asked as often and stops with `Aborted`. `TryOnError` only when there is no data set at all.
    """
    data = VitonDataset(root, split, pairs, paired=paired)
    records = data.records[:limit]
    inspected: list[_Inspected] = []
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as pool:
        for start in range(0, len(records), _AT_ONCE):
            if abort is not None and abort():
                raise Aborted("stopped during the check")
            inspected += pool.map(_inspect, records[start : start + _AT_ONCE])
            if progress is not None:
                progress("checking", len(inspected) / len(records))
    others = _listed_twice(data, records) + _twins(inspected)
    return _report(data, inspected, others + (_orphans(data) if limit is None else []))


@dataclass(frozen=True)
class _Inspected:
    record: Record
    findings: list[Finding]
    digest: str | None


def _inspect(record: Record) -> _Inspected:
    findings = list(_missing(record)) or _check_files(record)
    digest = file_digest(record.image) if record.image.is_file() else None
    return _Inspected(record, findings, digest)


def _missing(record: Record) -> Iterator[Finding]:
    for path in record.files:
        if path.is_file():
            continue
        if path in (record.image, record.cloth):
            yield error(path, Kind.PAIR, "found.pair")
        else:
            yield error(path, Kind.MISSING, "found.missing", name=record.name)


def _check_files(record: Record) -> list[Finding]:
    """Every file on its own first; the rest of the rules need them all."""
    found: list[Finding] = []
    image, cloth = _read(read_photo, record.image, found), _read(read_photo, record.cloth, found)
    mask = _read(read_mask, record.cloth_mask, found, Kind.MASK_EMPTY)
    parse = _read(read_parse, record.parse, found, Kind.LABELS)
    if image is None or cloth is None or mask is None or parse is None:
        return found
    size = image.shape[0], image.shape[1]
    pose = _read(lambda path: read_pose(path, size), record.pose, found, Kind.POSE)
    found += rules.check_sizes(image, cloth, mask, parse, record)
    if pose is not None and not any(finding.kind is Kind.SHAPE for finding in found):
        cloth, mask, parse = resize_picture(cloth, size), resize_labels(mask, size), resize_labels(parse, size)
        sample = Sample(record.name, record.cloth_name, image, cloth, mask, parse, pose, category=record.category)
        found += rules.check_sample(sample, record)
    return found


def _read(reader: Callable[[Path], _T], path: Path, found: list[Finding], kind: Kind = Kind.UNREADABLE) -> _T | None:
    """What `reader` makes of a file, or None and a finding of `kind`; a damaged picture is unreadable in any case."""
    try:
        return reader(path)
    except TryOnError as failure:
        found.append(Finding(path, _kind_of_failure(path, kind), failure.fault))
        return None


def _kind_of_failure(path: Path, kind: Kind) -> Kind:
    if kind in (Kind.UNREADABLE, Kind.POSE):
        return kind
    try:
        decoding.load(path)
    except TryOnError:
        return Kind.UNREADABLE
    return kind


def _listed_twice(data: VitonDataset, records: list[Record]) -> list[Problem]:
    seen: set[tuple[str, str]] = set()
    problems = []
    for record in records:
        pair = (record.name, record.cloth_name)
        if pair in seen:
            where, names = Path(str(data.pairs_file)), {"person": record.name, "garment": record.cloth_name}
            problems.append(warning(where, Kind.LISTED_TWICE, "found.listed_twice", **names).of(""))
        seen.add(pair)
    return problems


def _twins(inspected: list[_Inspected]) -> list[Problem]:
    """Pictures that are, byte for byte, one that came before: they would be trained on twice, or be tested on."""
    first: dict[str, Record] = {}
    problems = []
    for one in inspected:
        original = first.setdefault(one.digest, one.record) if one.digest else one.record
        if original.name != one.record.name:
            found = warning(one.record.image, Kind.TWINS, "found.twins", other=original.image.name)
            problems.append(found.of(one.record.name))
    return problems


def _orphans(data: VitonDataset) -> list[Problem]:
    """Files whose name no pair uses."""
    folders = data.folders
    persons = {record.name for record in data.records}
    garments = {record.cloth_name for record in data.records}
    problems = []
    for folder, used in (
        (folders.image, persons),
        (folders.parse, persons),
        (folders.pose, persons),
        (folders.cloth, garments),
        (folders.cloth_mask, garments),
    ):
        for name in sorted(folder.files.keys() - used):
            path = folder.files[name]
            problems.append(Finding(path, Kind.ORPHAN, fault("found.orphan", path=path), Severity.NOTE).of(""))
    return problems


def _report(data: VitonDataset, inspected: list[_Inspected], others: list[Problem]) -> Report:
    problems = [finding.of(one.record.name) for one in inspected for finding in one.findings] + others
    broken = {problem.name for problem in problems if problem.severity is Severity.ERROR}
    doubtful = {problem.name for problem in problems if problem.severity is Severity.WARNING}
    names = list(dict.fromkeys(one.record.name for one in inspected))
    return Report(
        root=str(data.root),
        split=data.split,
        samples=len(inspected),
        usable=tuple(name for name in names if name not in broken),
        clean=tuple(name for name in names if name not in broken | doubtful),
        problems=tuple(problems),
    )
