"""Pairs as tables: CSV with headings, or a JSON object a line; what has neither is read as `pairs_file` does.

Columns are person and garment (a file's name, with or without ending, or its path), and if wanted name (of the
picture), seed, and person_corrected and garment_corrected (files of `engine.batch.corrected`, seen from the table).
Others are left alone. Headings are found in any order, in capitals or not, parted by commas, semicolons or tabs.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.data.pairs_file import read_pairs, read_text
from engine.errors import TryOnError

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("person", "people", "model", "image"),
    "garment": ("garment", "cloth", "clothes", "product"),
    "name": ("name", "sku"),
    "seed": ("seed",),
    "person_corrected": ("person_corrected",),
    "garment_corrected": ("garment_corrected",),
}
_LAST_SEED = 2**32 - 1


@dataclass(frozen=True)
class Row:
    """A line of a table: who wears what as written there, what the picture is called ("" where that is not said), the
    seed (0 to 2**32 - 1, None where it is not said), and files that take the place of an analysis (as the name)."""

    person: str
    garment: str
    name: str = ""
    seed: int | None = None
    person_corrected: str = ""
    garment_corrected: str = ""


def read_rows(path: Path) -> list[Row]:
    """The rows of a table of pairs. TryOnError names the file and the line that cannot be used."""
    lines = [(number, line) for number, line in enumerate(read_text(path).splitlines(), start=1) if line.strip()]
    lines = [(number, line) for number, line in lines if not line.lstrip().startswith("#")]
    if lines and lines[0][1].lstrip().startswith("{"):
        return [_row(path, number, _object(path, number, line)) for number, line in lines]
    mark = next((mark for mark in "\t;," if lines and mark in lines[0][1]), None)
    heads = _heads(next(csv.reader([lines[0][1]], delimiter=mark))) if mark else []
    if mark is None or not {"person", "garment"} <= {*heads}:
        return [Row(person, garment) for person, garment in read_pairs(path)]
    return [_row(path, number, dict(zip(heads, cells, strict=False))) for number, cells in _cells(lines[1:], mark)]


def _cells(lines: list[tuple[int, str]], mark: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in lines:
        yield number, [cell.strip() for cell in next(csv.reader([line], delimiter=mark, skipinitialspace=True))]


def _heads(words: list[str]) -> list[str]:
    """Our names of the columns; the first of several that mean the same counts, and others are ""."""
    heads: list[str] = []
    for word in words:
        found = next((column for column, known in _COLUMNS.items() if word.strip().casefold() in known), "")
        heads.append("" if found in heads else found)
    return heads


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
        return dict(zip(_heads(list(found)), found.values(), strict=True))
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise TryOnError("pairs.row", number=number, path=path, column="row", value=line[:40]) from error


def _row(path: Path, number: int, cells: Mapping[str, Any]) -> Row:
    values = {column: "" if cells.get(column) is None else str(cells[column]).strip() for column in _COLUMNS}
    for column in ("person", "garment"):
        if not values[column]:
            raise TryOnError("pairs.row", number=number, path=path, column=column, value="")
    seed = values["seed"]
    if seed and not (seed.isascii() and seed.isdecimal() and int(seed) <= _LAST_SEED):
        raise TryOnError("pairs.row", number=number, path=path, column="seed", value=seed[:40])
    corrected = values["person_corrected"], values["garment_corrected"]
    return Row(values["person"], values["garment"], values["name"], int(seed) if seed else None, *corrected)
