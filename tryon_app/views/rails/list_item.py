"""How a picture with a few lines of text is painted in the rails."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tryon_app.views.common import icons
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import S

PICTURE = int(Qt.ItemDataRole.UserRole) + 1
LINES = PICTURE + 1  # the first is the title
KEY = PICTURE + 2
STATE = PICTURE + 3
BADGE = PICTURE + 4  # an icon's name, "" for none
ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect  # else held keys would say how the program selects

Index = QModelIndex | QPersistentModelIndex
_STATE_ICONS = {"queued": "recent", "running": "refresh", "ready": "check", "warned": "warning", "failed": "error"}
_STATE_TOKENS = {
    "queued": "muted",
    "running": "accent_text",
    "ready": "success",
    "warned": "warning",
    "failed": "danger",
}


def cropped(picture: QImage, size: QSize, ratio: float, kept: dict[tuple[int, int, int], QImage]) -> QImage:
    """The picture filling `size` device-independent pixels, cut in the middle; made once a picture and size."""
    wanted = QSize(max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1))
    key = picture.cacheKey(), wanted.width(), wanted.height()
    if key not in kept:
        if len(kept) > 400:
            kept.clear()
        grown = picture.scaled(
            wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        )
        left, top = (grown.width() - wanted.width()) // 2, (grown.height() - wanted.height()) // 2
        kept[key] = grown.copy(QRect(left, top, wanted.width(), wanted.height()))
        kept[key].setDevicePixelRatio(ratio)
    return kept[key]


class RailDelegate(QStyledItemDelegate):
    """Wide: the picture beside its lines. Otherwise: the picture over one line. picture: what there is to see of it."""

    def __init__(
        self,
        parent: QWidget,
        size: QSize,
        *,
        wide: bool,
        picture: Callable[[Index], QImage | None] = lambda index: index.data(PICTURE),
    ) -> None:
        super().__init__(parent)
        self._picture, self._wide, self._picture_of = size, wide, picture
        self._kept: dict[tuple[int, int, int], QImage] = {}

    def set_picture_size(self, size: QSize) -> None:
        """How large pictures are from now on."""
        self._picture = size

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        if self._wide:
            return QSize(120, self._picture.height() + 2 * S)
        return QSize(self._picture.width() + S, self._picture.height() + S + option.fontMetrics.height() + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect if self._wide else QRect(option.rect.topLeft(), self.sizeHint(option, index))
        area = QRectF(rect).adjusted(1, 1, -1, -1)
        self._paint_ground(painter, option, area)
        place = QRect(option.rect.topLeft(), self._picture).translated(
            S if self._wide else S // 2, S if self._wide else S // 2
        )
        self._paint_picture(painter, place, index)
        self._paint_state(painter, place, index)
        self._paint_text(painter, option, place, index.data(LINES) or [""])
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF) -> None:
        theme = Theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(area, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_picture(self, painter: QPainter, place: QRect, index: Index) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), 4, 4)
        painter.fillPath(path, Theme.current().colour("raised"))
        picture = self._picture_of(index)
        if isinstance(picture, QImage) and not picture.isNull():
            painter.save()
            painter.setClipPath(path)
            ratio = painter.device().devicePixelRatio()
            painter.drawImage(place.topLeft(), cropped(picture, place.size(), ratio, self._kept))
            painter.restore()

    def _paint_state(self, painter: QPainter, place: QRect, index: Index) -> None:
        """How it is at the right; a badge in its place, or at the left of it where both are to be seen."""
        state, badge = index.data(STATE) or "", index.data(BADGE) or ""
        name = _STATE_ICONS.get(state)
        if name:
            self._paint_sign(painter, place.right() - 17, place.top() + 2, name, _STATE_TOKENS[state])
        if badge:
            self._paint_sign(
                painter, place.left() + 2 if name else place.right() - 17, place.top() + 2, badge, "warning"
            )

    def _paint_sign(self, painter: QPainter, left: int, top: int, name: str, token: str) -> None:
        circle = QRectF(left, top, 16, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Theme.current().colour("panel", 0.94))
        painter.drawEllipse(circle)
        painter.drawPixmap(circle.adjusted(2, 2, 0, 0).topLeft().toPoint(), icons.pixmap(name, 12, token))

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, lines: list[str]) -> None:
        theme = Theme.current()
        small = option.font
        small.setPointSizeF(small.pointSizeF() * 0.92)
        if not self._wide:
            painter.setFont(small)
            area = QRect(
                option.rect.left() + 2, place.bottom() + 2, option.rect.width() - 4, option.fontMetrics.height()
            )
            self._line(painter, area, lines[0], theme.colour("text"), Qt.AlignmentFlag.AlignHCenter)
            return
        left, height = place.right() + S + 2, option.fontMetrics.height() + 1
        area = QRect(
            left, place.top() + (place.height() - height * len(lines)) // 2, option.rect.right() - left - S, height
        )
        for number, text in enumerate(lines):
            painter.setFont(option.font if number else painter.font())
            if number:
                painter.setFont(small)
            self._line(painter, area, text, theme.colour("muted" if number else "text"), Qt.AlignmentFlag.AlignLeft)
            area.translate(0, height)

    def _line(self, painter: QPainter, area: QRect, text: str, colour: QColor, side: Qt.AlignmentFlag) -> None:
        painter.setPen(colour)
        mode = Qt.TextElideMode.ElideRight if self._wide else Qt.TextElideMode.ElideMiddle
        shown = painter.fontMetrics().elidedText(text, mode, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
