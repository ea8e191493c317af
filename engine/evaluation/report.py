"""What an evaluation leaves behind: results.json, results.csv and contact.png; every number with its protocol."""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.arrays import Array8
from engine.errors import TryOnError
from engine.imaging.saving import save_picture
from engine.metrics.measured import METRICS, Key, Numbers
from engine.system.files import atomic_path

RESULTS, TABLE, CONTACT = "results.json", "results.csv", "contact.png"


@dataclass(frozen=True)
class Row:
    """One number: of which pack, what, how it came about, and over how many pairs."""

    pack: str
    metric: str
    value: float
    better: str
    protocol: str
    pairs: int


def rows_of(pack: str, numbers: Numbers, remarks: Mapping[str, str] | None = None) -> list[Row]:
    """The summary of a pack; `remarks` replaces the protocol of a metric by what was really done."""
    return [
        Row(pack, key.name, round(value, 5), METRICS[key.metric].better, _protocol(key, remarks or {}), pairs)
        for key, (value, pairs) in numbers.summary().items()
    ]


def _protocol(key: Key, remarks: Mapping[str, str]) -> str:
    metric = METRICS[key.metric]
    sentence = remarks.get(key.metric, metric.protocol)
    return f"{sentence}; {metric.together} over pairs" if key.metric not in ("iou", "frechet", "kid") else sentence


def write(
    folder: Path,
    rows: Sequence[Row],
    numbers: Mapping[str, Numbers],
    setting: Mapping[str, Any],
    notes: Sequence[str],
    contact: Array8 | None,
) -> None:
    """Write all files into `folder`; TryOnError where it cannot be written to."""
    content = {
        "format": 1,
        "setting": dict(setting),
        "protocol": {row.metric: row.protocol for row in rows},
        "notes": list(notes),
        "rows": [asdict(row) for row in rows],
    }
    try:
        _write_text(folder / RESULTS, json.dumps(content, indent=2, allow_nan=False) + "\n")
        _write_text(folder / TABLE, _table(numbers))
    except OSError as error:
        raise TryOnError("folder.unwritable", path=folder, reason=error.strerror) from error
    if contact is not None:
        save_picture(folder / CONTACT, contact)


def _write_text(path: Path, text: str) -> None:
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _table(numbers: Mapping[str, Numbers]) -> str:
    """One line a pair and pack; a number that a pair has not got is left empty."""
    keys = list(dict.fromkeys(key for one in numbers.values() for key in one.values))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["pack", "person", "garment", *(key.name for key in keys)])
    for pack, one in numbers.items():
        for place, pair in enumerate(one.pairs):
            writer.writerow([pack, *pair, *(_cell(one, key, place) for key in keys)])
    return text.getvalue()


def _cell(numbers: Numbers, key: Key, place: int) -> str:
    value = numbers.values[key][place] if key in numbers.values else math.nan
    return "" if math.isnan(value) else f"{value:.5f}"


def lines(rows: Sequence[Row]) -> list[str]:
    """The rows for people: one line a number with its protocol."""
    return [f"{row.pack}  {row.metric}: {row.value:.4f}  [{row.protocol}; {row.pairs} pairs]" for row in rows]
