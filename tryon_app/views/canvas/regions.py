"""Regions of a label map: what a flood reaches, what an outline holds, and a label's border moved or smoothed.

Labels are uint8 (H, W), masks bool (H, W).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

from tryon_app.views.common.view_types import Array8

Mask = NDArray[np.bool_]
_REACH = 2  # pixels that count around one when a border is smoothed


def flood(labels: Array8, x: int, y: int) -> Mask:
    """The pixels of the same label that are connected with (x, y) by their sides."""
    same = labels == labels[y, x]
    reached = np.zeros_like(same)
    rows = [_runs(row) for row in same]
    waiting = [(y, x, x + 1)]
    while waiting:
        row, left, right = waiting.pop()
        for start, end in rows[row]:
            if start < right and end > left and not reached[row, start]:
                reached[row, start:end] = True
                waiting += [(near, start, end) for near in (row - 1, row + 1) if 0 <= near < len(rows)]
    return reached


def alike(picture: Array8, x: int, y: int, tolerance: float) -> Mask:
    """Where a picture (H, W, 3) has the colour that it has at (x, y), by up to `tolerance` of 255 in every channel.

    Colours are means of the pixels around, so that grain and weave are no edges.
    """
    padded = np.pad(picture.astype(np.int16), ((1, 1), (1, 1), (0, 0)), mode="edge")
    down = padded[:-2] + padded[1:-1] + padded[2:]
    sums = down[:, :-2] + down[:, 1:-1] + down[:, 2:]
    found: Mask = (np.abs(sums - sums[y, x]) <= 9 * tolerance).all(axis=2)
    return found


def closed(mask: Mask) -> Mask:
    """The mask with its notches and small holes filled."""
    filled: Mask = mask | (_share(mask) > 0.5)
    return filled


def outlined(outline: Sequence[QPointF], size: tuple[int, int]) -> Mask:
    """The pixels of a map of `size` (height, width) whose middle lies within a closed outline in its pixels."""
    height, width = size
    picture = QImage(width, height, QImage.Format.Format_Grayscale8)
    picture.fill(0)
    with QPainter(picture) as painter:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawPolygon(QPolygonF(list(outline)), Qt.FillRule.WindingFill)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(height, picture.bytesPerLine())
    found: Mask = rows[:, :width] > 127
    return found


def grown(labels: Array8, label: int) -> Array8:
    """The label one pixel further on every side."""
    mask = labels == label
    reached = mask.copy()
    for near in _neighbours(mask, False):
        reached |= near
    return np.where(reached, np.uint8(label), labels)


def shrunk(labels: Array8, label: int) -> Array8:
    """The label one pixel back on every side, where a neighbour of another label takes its place."""
    return _given_away(labels, label, np.ones(labels.shape, bool))


def smoothed(labels: Array8, label: int) -> Array8:
    """The label where it has most of the pixels around; what juts out goes to a neighbour, and notches are filled."""
    mask = labels == label
    most = _share(mask) > 0.5
    filled = np.where(most, np.uint8(label), labels)
    for _ in range(_REACH):
        filled = _given_away(filled, label, ~most)
    return filled


def _given_away(labels: Array8, label: int, where: Mask) -> Array8:
    made, mask = labels.copy(), labels == label
    for near in _neighbours(labels, label):
        taken = mask & where & (near != label) & (made == label)
        made[taken] = near[taken]
    return made


def _neighbours(values: NDArray, edge: int) -> list[NDArray]:
    """The values above, below, left and right of every pixel; `edge` beyond the border."""
    padded = np.pad(values, 1, constant_values=edge)
    return [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]]


def _share(mask: Mask) -> NDArray[np.float64]:
    """The share of a mask in the square around every pixel."""
    side = 2 * _REACH + 1
    sums = np.pad(np.pad(mask, _REACH, mode="edge").cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    found: NDArray[np.float64] = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return found / side**2


def _runs(row: Mask) -> list[tuple[int, int]]:
    """Where a row is True, as (start, end) pairs."""
    edges = np.flatnonzero(np.diff(row, prepend=False, append=False))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
