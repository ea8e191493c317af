"""The laid garment as a user moves it: handles that are dragged, and the whole pushed about, as edits of the warp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QSize

from tryon_app.model.document import Document
from tryon_app.views.canvas.displacement import Field, Point, composed, origin, pushed_points

_STAGE = "warp"
_Edit = Mapping[str, Any]  # the stage's arrays by name


def handles(document: Document, shown: QSize) -> list[Point] | None:
    """Where the handles are seen in a picture of this size, row by row; None where there are none."""
    arrays = document.stage(_STAGE)
    points = None if arrays is None else arrays.get("points")
    if points is None:
        return None
    field = _displacement(document)
    seen = points if field is None else pushed_points(points, field)
    return [(float(x), float(y)) for x, y in (seen + 1) / 2 * np.array(shown.toTuple())]


def dragged(document: Document, shown: QSize, index: int, place: Point) -> _Edit | None:
    """The edit that brings a handle to a place of that picture; None where there is no handle."""
    before, field = (document.stage(_STAGE) or {}).get("points"), _displacement(document)
    if before is None:
        return None
    points = np.array(before, dtype=np.float32)
    to = 2 * place[0] / shown.width() - 1, 2 * place[1] / shown.height() - 1
    points[index] = to if field is None else origin(to, field)
    return {**document.state.edited(_STAGE), "points": points}


def pushed(document: Document, field: Field) -> _Edit:
    """The edit that pushes the garment, as it is by now, about further; units as in `displacement`."""
    return {**document.state.edited(_STAGE), "displacement": composed(_displacement(document), field)}


def _displacement(document: Document) -> Field | None:
    found: Field | None = document.state.edited(_STAGE).get("displacement")
    return found
