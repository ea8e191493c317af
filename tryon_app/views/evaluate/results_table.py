"""Numbers of several packs side by side, and the sheet of pictures they come from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHeaderView, QLabel, QScrollArea, QTableWidget, QTableWidgetItem, QWidget

from tryon_app.model.evaluation import Table
from tryon_app.views.common.language import Translated
from tryon_app.views.words.number_words import number_name

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ResultsTable(Translated, QTableWidget):
    """A line a metric, a column a pack; the better number is bold, the protocol in every tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = Table(())
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Numbers of the evaluation"))
        self.show_table(self._table)

    def show_table(self, table: Table) -> None:
        """Replace all numbers."""
        self._table = table
        self.setColumnCount(2 + len(table.packs))
        self.setRowCount(len(table.metrics))
        self.setHorizontalHeaderLabels([self.tr("Number"), self.tr("Better"), *table.packs])
        for line, metric in enumerate(table.metrics):
            self._fill_line(line, metric)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(2, self.columnCount()):
            title = self.horizontalHeaderItem(column)
            if title is not None:
                title.setTextAlignment(_RIGHT)

    def _fill_line(self, line: int, metric: str) -> None:
        found = [self._table.row(metric, pack) for pack in self._table.packs]
        first = next(row for row in found if row is not None)
        higher = self.tr("higher") if first.better == "higher" else self.tr("lower")
        best = self._table.best(metric)
        name = number_name(metric)
        texts = [name[:1].upper() + name[1:], higher, *(f"{row.value:.4f}" if row else "–" for row in found)]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            row = found[column - 2] if column > 1 else first
            item.setToolTip(row.protocol if row else "")
            if column > 1:
                item.setTextAlignment(_RIGHT)
                font = item.font()
                font.setBold(bool(best) and self._table.packs[column - 2] == best)
                item.setFont(font)
            self.setItem(line, column, item)


class ContactSheet(Translated, QScrollArea):
    """The contact sheet as wide as there is room, scrolled down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.retranslate()

    def retranslate(self) -> None:
        self._label.setAccessibleName(self.tr("Contact sheet of the evaluation"))

    def set_picture(self, picture: QImage | None) -> None:
        """Show this one, or nothing."""
        self._picture = picture if picture is not None and not picture.isNull() else None
        self._show()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        if self._picture is None:
            self._label.clear()
            return
        ratio = self.devicePixelRatioF()
        width = min(self.viewport().width(), self._picture.width())
        size = QSize(round(width * ratio), round(width * ratio * self._picture.height() / self._picture.width()))
        scaled = self._picture.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
        pixmap = QPixmap.fromImage(scaled)
        pixmap.setDevicePixelRatio(ratio)
        self._label.setPixmap(pixmap)
