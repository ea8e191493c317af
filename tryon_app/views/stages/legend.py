"""The labels of the shown map: colour, name, whether it is seen, and which one the brush paints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tryon_app.views.common import icons
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import clear_layout, label, name_button, push_button, tool_button
from tryon_app.views.common.theme import Theme, set_role
from tryon_app.views.common.tokens import XS, M, S
from tryon_app.views.common.view_types import Label
from tryon_app.views.words.names import label_name


class _Swatch(QAbstractButton):
    """Colour and name of a label."""

    hovered = Signal(bool)

    def __init__(self, mark: Label, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.dim = mark, False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 40, max(metrics.height() + 8, 26))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(60, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        super().enterEvent(event)
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self.hovered.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = Theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            ground = "accent_soft" if self.isChecked() else "hover" if self.underMouse() else ""
            painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 5, 5)
            middle = self.height() / 2
            colour = QColor(*self.mark.colour)
            painter.setOpacity(0.35 if self.dim else 1.0)
            painter.setPen(QPen(theme.colour("control"), 1))
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(7, middle - 7, 14, 14), 3, 3)
            painter.setOpacity(1.0)
            painter.setPen(theme.colour("muted" if self.dim else "text"))
            text_area = self.rect().adjusted(29, 0, -24 if self.isChecked() else -4, 0)
            text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, text_area.width())
            painter.drawText(text_area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
            if self.isChecked():
                painter.drawPixmap(self.width() - 21, round(middle) - 7, icons.pixmap("brush", 14, "accent_text"))


class Legend(Translated, QWidget):
    """A row for every label; labels that are not in the map at all come last and are dimmed."""

    hidden_changed = Signal(object)
    chosen = Signal(int)
    hovered_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: tuple[Label, ...] = ()
        self._hidden: set[int] = set()
        self._current = -1
        self.rows: dict[int, tuple[_Swatch, QAbstractButton]] = {}
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("heading")
        self.all_button = push_button("link")
        self.all_button.clicked.connect(lambda: self.set_hidden(set()))
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(S, 0, S, S)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidget(self._list)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Labels"))
        self.setAccessibleName(self.tr("Labels"))
        self.all_button.setText(self.tr("Show all"))
        for number, (swatch, eye) in self.rows.items():
            name = label_name(swatch.mark.name)
            swatch.setText(name)
            swatch.setAccessibleName(name)
            swatch.setToolTip(
                self.tr("{label}: click to paint with it, click again to see it alone, and all again").format(
                    label=name
                )
            )
            seen = number not in self._hidden
            name_button(eye, (self.tr("Hide {label}") if seen else self.tr("Show {label}")).format(label=name))

    def set_palette(self, palette: Sequence[Label], present: set[int] | None = None) -> None:
        """The labels of a map, and which of them occur in it (None: all may)."""
        if set(palette) != set(self._palette):  # else rows would jump about while a new label is painted
            self._palette = tuple(sorted(palette, key=lambda mark: present is not None and mark.id not in present))
            self._fill()
        hidden = self._hidden & {mark.id for mark in palette}
        if hidden != self._hidden:
            self.set_hidden(hidden)
        for mark in palette:
            self.rows[mark.id][0].dim = present is not None and mark.id not in present
        self._show()

    def set_current(self, number: int) -> None:
        """Mark the label that the brush paints, -1 for none."""
        if number != self._current:
            self._current = number
            self._show()

    def set_hidden(self, hidden: set[int]) -> None:
        """Hide these labels and tell of it."""
        self._hidden = set(hidden)
        self._show()
        self.hidden_changed.emit(set(self._hidden))

    @property
    def hidden(self) -> set[int]:
        return set(self._hidden)

    def solo(self, number: int) -> None:
        """Show one label only; a second time shows all again."""
        others = self._others(number)
        self.set_hidden(set() if self._hidden == others else others)

    def _others(self, number: int) -> set[int]:
        return {mark.id for mark in self._palette} - {number}

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(M, 0, S, 0)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.all_button)
        policy = self.all_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the title stays where it is
        self.all_button.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S, 0, 0)
        column.setSpacing(XS)
        column.addLayout(head)
        column.addWidget(self._area, 1)

    def _fill(self) -> None:
        clear_layout(self._column)
        self.rows = {}
        for mark in self._palette:
            swatch, eye = _Swatch(mark), tool_button("eye", side=15)
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(2)
            line.addWidget(swatch, 1)
            line.addWidget(eye)
            self._column.addWidget(row)
            self.rows[mark.id] = swatch, eye
            self._connect(mark.id, swatch, eye)
        self._column.addStretch()
        self.retranslate()

    def _connect(self, number: int, swatch: _Swatch, eye: QAbstractButton) -> None:
        swatch.clicked.connect(lambda: self._choose(number))
        swatch.hovered.connect(lambda on: self.hovered_changed.emit(number if on else -1))
        eye.clicked.connect(lambda: self.set_hidden(self._hidden ^ {number}))

    def _choose(self, number: int) -> None:
        """The brush's label from now on; where it is that already, the only one that is seen."""
        before, self._current = self._current, number
        alone = self._hidden == self._others(before)
        self._show()
        if number != before:
            self.chosen.emit(number)
        if alone or number == before:
            self.solo(number)

    def _show(self) -> None:
        for number, (swatch, eye) in self.rows.items():
            seen = number not in self._hidden
            swatch.setChecked(number == self._current)
            eye.setIcon(icons.icon("eye" if seen else "eye-off", "text" if seen else "muted"))
            swatch.update()
        self.all_button.setVisible(bool(self._hidden))
        self.retranslate()
