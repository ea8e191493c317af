"""How the dialogs of the Evaluate menu are laid out: what is asked for on the left, what was found on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tryon_app.views.common.tokens import L, M, S

_SIDE = 340  # width of the left column


def lay_out(dialog: QWidget, asked: Sequence[QWidget], found: QWidget, below: Sequence[QWidget]) -> None:
    """Fill a dialog. The first of `asked`, and of the row `below` what was found, takes the room that is left."""
    side = QVBoxLayout()
    side.setSpacing(M)
    side.setContentsMargins(0, 0, 0, 0)
    for widget in asked:
        side.addWidget(widget, int(widget is asked[0]))
    holder = QWidget()
    holder.setFixedWidth(_SIDE)
    holder.setLayout(side)
    bar = QHBoxLayout()
    bar.setSpacing(S)
    for widget in below:
        bar.addWidget(widget, int(widget is below[0]))
    right = QVBoxLayout()
    right.setSpacing(M)
    right.addWidget(found, 1)
    right.addLayout(bar)
    row = QHBoxLayout(dialog)
    row.setContentsMargins(L, L, L, L)
    row.setSpacing(L)
    row.addWidget(holder)
    row.addLayout(right, 1)
