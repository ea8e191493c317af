"""Live curves of a training: one colour a line, a logarithmic scale and smoothing on demand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from tryon_app.model.run_record import Curve
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import Flow, clear_layout, label
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import M, S
from tryon_app.views.words.number_words import number_name

# Told apart by people who see colours differently too: after Okabe and Ito, "Color Universal Design" (2008).
_ON_DARK = ("#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#9aa6ff", "#c8c8c8")
_ON_LIGHT = ("#0072b2", "#b35f00", "#007a58", "#857a00", "#a3397a", "#b03a00", "#4257c9", "#5a5a5a")
_MOST_POINTS = 4000  # of a line; more of them than pixels only cost time
_FAINT = 0.3


class Curves(Translated, QWidget):
    """A plot of named curves over the steps; `show_curves` replaces what is shown and keeps the view."""

    def __init__(self, parent: QWidget | None = None, *, smoothing: bool = True) -> None:
        super().__init__(parent)
        self._curves: Mapping[str, Curve] = {}
        self._lines: dict[str, tuple[pg.PlotDataItem, pg.PlotDataItem]] = {}
        self.plot = pg.PlotWidget()
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.getPlotItem().setClipToView(True)
        self.legend = Flow(spacing=M)
        self.log = QCheckBox()
        self.log.toggled.connect(self._set_log)
        self.smooth = QSlider(Qt.Orientation.Horizontal)
        self.smooth.setRange(0, 99)
        self.smooth.setFixedWidth(120)
        self.smooth.valueChanged.connect(lambda _: self._draw())
        self._smooth_title = label("caption")
        self._smooth_title.setBuddy(self.smooth)
        for widget in (self.smooth, self._smooth_title):
            widget.setVisible(smoothing)
        self._lay_out()
        Theme.current().changed.connect(self._paint)
        self._paint()
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(S)
        bar.addWidget(self.log)
        bar.addSpacing(M)
        bar.addWidget(self._smooth_title)
        bar.addWidget(self.smooth)
        bar.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, M, S)
        column.setSpacing(S)
        column.addLayout(bar)
        column.addWidget(self.plot, 1)
        column.addLayout(self.legend)

    def retranslate(self) -> None:
        self.log.setText(self.tr("Logarithmic"))
        self._smooth_title.setText(self.tr("Smoothing"))
        self.smooth.setAccessibleName(self._smooth_title.text())
        self.plot.setAccessibleName(self.tr("Curves over the steps"))
        self.plot.setLabel("bottom", self.tr("step"))

    def show_curves(self, curves: Mapping[str, Curve]) -> None:
        """The curves by name; called again whenever they have grown."""
        names_changed = list(curves) != list(self._curves)
        self._curves = dict(curves)
        if names_changed:
            self._make_lines()
        self._draw()

    def _make_lines(self) -> None:
        self.plot.clear()
        self._lines = {name: (self.plot.plot(antialias=True), self.plot.plot()) for name in self._curves}
        self._paint()

    def _draw(self) -> None:
        weight = self.smooth.value() / 100
        for name, (line, faint) in self._lines.items():
            curve = self._curves[name]
            stride = max(1, len(curve.steps) // _MOST_POINTS)
            steps, values = curve.steps[::stride], smoothed(curve.values, weight)[::stride]
            line.setData(steps, values, symbol="o" if len(steps) < 2 else None)
            faint.setData(*((steps, curve.values[::stride]) if weight else ([], [])))
        self.plot.setAccessibleDescription(
            ", ".join(f"{number_name(n)} {c.values[-1]:.4g}" for n, c in self._curves.items() if c.values)
        )
        self._write_legend()

    def _set_log(self, on: bool) -> None:
        self.plot.setLogMode(y=on)
        self._draw()

    def _paint(self) -> None:
        theme = Theme.current()
        self.plot.setBackground(theme.tokens["panel"])
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(theme.tokens["line"])
            axis.setTextPen(theme.tokens["muted"])
        self.plot.showGrid(x=True, y=True, alpha=0.15)
        for (line, faint), colour in zip(self._lines.values(), self._colours(), strict=False):
            pale = QColor(colour)
            pale.setAlphaF(_FAINT)
            line.setPen(pg.mkPen(colour, width=2))
            line.setSymbolBrush(colour)
            line.setSymbolPen(None)
            faint.setPen(pg.mkPen(pale, width=1))
        self._write_legend()

    def _colours(self) -> list[str]:
        table = _ON_DARK if Theme.current().dark else _ON_LIGHT
        return [table[number % len(table)] for number in range(len(self._curves))]

    def _write_legend(self) -> None:
        texts = []
        for (name, curve), colour in zip(self._curves.items(), self._colours(), strict=True):
            value = f"{curve.values[-1]:.4g}" if curve.values else "–"
            texts.append(f'<span style="color:{colour}">●</span> {number_name(name)} {value}')
        if self.legend.count() != len(texts):
            clear_layout(self.legend)
            for _ in texts:
                self.legend.addWidget(label("caption"))
        for number, text in enumerate(texts):
            item = self.legend.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setText(text)  # type: ignore[attr-defined]


def smoothed(values: Sequence[float], weight: float) -> list[float]:
    """Running average in which the past counts `weight`, 0 to 1; its beginning is not drawn towards zero."""
    if weight <= 0:
        return list(values)
    total, share, found = 0.0, 0.0, []
    for value in values:
        if math.isfinite(value):
            total = weight * total + (1 - weight) * value
            share = weight * share + (1 - weight)
        found.append(total / share if share else value)
    return found
