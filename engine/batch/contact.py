"""The contact sheet of a run: person, garment and picture of its items, beside one another."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from engine.arrays import Array8
from engine.batch.manifest import Line
from engine.batch.names import SheetFormat
from engine.batch.plan import spread
from engine.batch.store import Store
from engine.errors import TryOnError
from engine.imaging import sheets
from engine.imaging.images import read_photo
from engine.imaging.saving import save_pages, save_picture

_CELL = (256, 192)
_WORDS = 16  # of its height: the line below a picture
_ACROSS = 3  # items in a line
_MOST = 60
_DOWN = 4  # lines on a page
_PAGE = (1306, 1848)  # A4 across, round a whole page's lines
_A4_INCHES = 11.69  # its longer side
_GREY = np.full((*_CELL, 3), 200, dtype=np.uint8)


def write_sheet(path: Path, lines: Sequence[Line], store: Store) -> None:
    """Write a sheet as `SheetFormat` says by the name's ending; where an item failed, its error's code is in its place.

    TryOnError where the sheet cannot be written. Without lines there is none.
    """
    if not lines:
        return
    if path.suffix.lower() == f".{SheetFormat.PDF}":
        most = _ACROSS * _DOWN
        parts = (lines[start : start + most] for start in range(0, len(lines), most))
        save_pages(path, (_page(_sheet(part, store, _ACROSS)) for part in parts), _PAGE[1] / _A4_INCHES, quality=85)
    else:
        some = [lines[place] for place in spread(len(lines), _MOST)]
        save_picture(path, _sheet(some, store, min(_ACROSS, len(some))), quality=85)


def _sheet(lines: Sequence[Line], store: Store, across: int) -> Array8:
    cells = [_cells(line, store) for line in lines]
    cells += [[np.full_like(_GREY, 255)] * 3] * (-len(cells) % across)
    rows = [[cell for item in cells[at : at + across] for cell in item] for at in range(0, len(cells), across)]
    return sheets.sheet(rows, ["person", "garment", "picture"] * across)


def _page(sheet: Array8) -> Array8:
    """A page with a sheet at its top, with the margin of its sides."""
    page = np.full((*_PAGE, 3), 255, dtype=np.uint8)
    margin = (_PAGE[1] - sheet.shape[1]) // 2
    page[margin : margin + sheet.shape[0], margin : margin + sheet.shape[1]] = sheet
    return page


def _cells(line: Line, store: Store) -> list[Array8]:
    person, garment = (_photo(line.inputs[role][0]) for role in ("person", "garment"))
    made = _made(line, store)
    below = line.id if line.status == "done" else line.error.code if line.error else ""
    cell = np.full_like(_GREY, 255)
    cell[:-_WORDS] = made
    sheets.write(cell, ("! " if line.warnings else "") + below[-28:], (4, _CELL[0] - 4))
    return [person, garment, cell]


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
    if found is None:
        return _GREY[:-_WORDS]
    return sheets.cell(np.asarray(found, dtype=np.uint8), (_CELL[0] - _WORDS, _CELL[1]))
