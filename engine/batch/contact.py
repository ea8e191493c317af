"""The contact sheet of a run: person, garment and picture of some of its items, beside one another."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from engine.arrays import Array8
from engine.batch.manifest import Line
from engine.batch.plan import spread
from engine.batch.store import Store
from engine.errors import TryOnError
from engine.imaging import sheets
from engine.imaging.images import read_photo
from engine.imaging.saving import save_picture

FILE_NAME = "sheet.jpg"
_CELL = (256, 192)
_ACROSS = 3  # items in a line
_MOST = 60
_GREY = np.full((*_CELL, 3), 200, dtype=np.uint8)


def write_sheet(path: Path, lines: Sequence[Line], store: Store) -> None:
    """Write a sheet of at most 60 items, evenly chosen; where one failed, the code of its error is in its place.

    TryOnError where the sheet cannot be written. Without lines there is none.
    """
    cells = [_cells(lines[place], store) for place in spread(len(lines), _MOST)]
    count = len(cells)
    if not count:
        return
    across = min(_ACROSS, count)
    cells += [[np.full_like(_GREY, 255)] * 3] * (-count % across)
    rows = [[cell for item in cells[start : start + across] for cell in item] for start in range(0, count, across)]
    save_picture(path, sheets.sheet(rows, ["person", "garment", "picture"] * across), quality=85)


def _cells(line: Line, store: Store) -> list[Array8]:
    person, garment = (_photo(line.inputs[role][0]) for role in ("person", "garment"))
    made = _made(line, store)
    below = line.id if line.status == "done" else line.error.code if line.error else ""
    sheets.write(made, ("! " if line.warnings else "") + below[-28:], (4, _CELL[0] - 6))
    return [person, garment, made]


@lru_cache(maxsize=64)
def _photo(path: str) -> Array8:
    try:
        return sheets.cell(read_photo(Path(path)), _CELL)
    except TryOnError:
        return _GREY


def _made(line: Line, store: Store) -> Array8:
    try:
        data = (
            np.frombuffer(store.load(line.output), dtype=np.uint8) if line.status == "done" else np.zeros(0, np.uint8)
        )
        found = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
    except (OSError, cv2.error):
        found = None
    return _GREY.copy() if found is None else sheets.cell(np.asarray(found, dtype=np.uint8), _CELL)
