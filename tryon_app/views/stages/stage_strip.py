"""The strip of thumbnails under the canvas: every view of the try-on, its state, and a place to drop a replacement."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from tryon_app.model.stages import BY_KEY, RESULT, VIEWS
from tryon_app.views.common import icons
from tryon_app.views.common.drops import can_drop, dropped_of
from tryon_app.views.common.language import Translated
from tryon_app.views.common.theme import Theme, set_role
from tryon_app.views.common.tokens import S
from tryon_app.views.common.view_types import STATES
from tryon_app.views.words.names import short_view_name, view_name, view_tip

_BADGES = {"stale": ("refresh", "muted"), "edited": ("edited", "accent_text"), "failed": ("error", "danger")}
_TURN_MS = 60
_LOWEST, _HIGHEST = 84, 152


class StageThumb(QAbstractButton):
    """One stage: its thumbnail, name and state."""

    dropped = Signal(object)
    menu_requested = Signal(object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.state, self.tip = key, "empty", ""
        self.thumb: QImage | None = None
        self._scaled: tuple[tuple[int, int, int], QImage] | None = None
        self._over, self._angle = False, 0
        self._turn = QTimer(self, interval=_TURN_MS)
        self._turn.timeout.connect(self._step)
        self.setCheckable(True)
        self.setAcceptDrops(bool(BY_KEY[key].reads))
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As high as picture and name need at this width, within limits."""
        return round(min(max((width - 8) / 0.75 + self._text_height() + 6, _LOWEST), _HIGHEST))

    def set_thumb(self, thumb: QImage | None) -> None:
        self.thumb = thumb
        self.update()

    def set_state(self, state: str) -> None:
        """One of `STATES`; ValueError for another."""
        if state not in STATES:
            raise ValueError(f"no such state: {state}")
        self.state = state
        if (state == "running") != self._turn.isActive():
            (self._turn.start if state == "running" else self._turn.stop)()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(76, 122)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(44, _LOWEST)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = Theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = self._frame()
            path = QPainterPath()
            path.addRoundedRect(frame, 5, 5)
            painter.fillPath(path, theme.colour("raised"))
            if self.thumb is not None and not self.thumb.isNull():
                painter.setClipPath(path)
                painter.setOpacity(0.45 if self.state == "stale" else 1.0)
                painter.drawImage(frame.topLeft(), self._fitted(frame))
                painter.setOpacity(1.0)
                painter.setClipping(False)
            elif self.state != "running":
                side = 20
                place = frame.center() - QPointF(side / 2, side / 2)
                painter.drawPixmap(place.toPoint(), icons.pixmap("drop" if self._over else "picture", side, "disabled"))
            self._paint_frame(painter, frame, path)
            self._paint_badge(painter, frame)
            self._paint_name(painter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if can_drop(event.mimeData()):
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._over = False
        self.update()
        content = dropped_of(event.mimeData())
        if content is not None:
            event.acceptProposedAction()
            self.dropped.emit(content)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        self.menu_requested.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def _text_height(self) -> int:
        return self.fontMetrics().height() + 4

    def _frame(self) -> QRectF:
        """The 3:4 place of the picture in the room over the name."""
        room = QRectF(self.rect()).adjusted(4, 4, -4, -self._text_height() - 2)
        width = min(room.width(), room.height() * 0.75)
        height = width / 0.75
        return QRectF(room.center().x() - width / 2, room.bottom() - height, width, height)

    def _fitted(self, frame: QRectF) -> QImage:
        """The thumbnail, cropped to fill its frame, scaled once a size."""
        assert self.thumb is not None
        ratio = self.devicePixelRatioF()
        size = QSize(round(frame.width() * ratio), round(frame.height() * ratio))
        key = self.thumb.cacheKey(), size.width(), size.height()
        if self._scaled is None or self._scaled[0] != key:
            whole = self.thumb.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            )
            left, top = (whole.width() - size.width()) // 2, (whole.height() - size.height()) // 2
            part = whole.copy(QRect(left, top, size.width(), size.height()))
            part.setDevicePixelRatio(ratio)
            self._scaled = key, part
        return self._scaled[1]

    def _paint_frame(self, painter: QPainter, frame: QRectF, path: QPainterPath) -> None:
        theme = Theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self._over or self.isChecked():
            painter.setPen(QPen(theme.colour("accent"), 2.5))
        elif self.underMouse():
            painter.setPen(QPen(theme.colour("control"), 1.5))
        else:
            painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(path)

    def _paint_badge(self, painter: QPainter, frame: QRectF) -> None:
        centre = frame.topRight() + QPointF(-11, 11)
        if self.state == "running":
            theme = Theme.current()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("panel", 0.94))
            painter.drawEllipse(centre, 9, 9)
            solid, cap = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(theme.colour("accent_text"), 2, solid, cap))
            painter.drawArc(QRectF(centre.x() - 5, centre.y() - 5, 10, 10), -self._angle * 16, 250 * 16)
        elif self.state in _BADGES:
            name, token = _BADGES[self.state]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Theme.current().colour("panel", 0.94))
            painter.drawEllipse(centre, 9, 9)
            painter.drawPixmap((centre - QPointF(6.5, 6.5)).toPoint(), icons.pixmap(name, 13, token))

    def _paint_name(self, painter: QPainter) -> None:
        theme = Theme.current()
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)  # also where it is not bold now: a name does not change by a click
        painter.setFont(bold if self.isChecked() else font)
        painter.setPen(theme.colour("text" if self.isChecked() else "muted"))
        area = self.rect().adjusted(1, self.height() - self._text_height(), -1, 0)
        text = self.text()
        if metrics.horizontalAdvance(text) > area.width() - 4:
            text = metrics.elidedText(short_view_name(self.key), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)

    def _step(self) -> None:
        self._angle = (self._angle + 24) % 360
        self.update()


class StageStrip(Translated, QWidget):
    """All stages in order. One of them has the focus: arrows go to its neighbours, Enter or Space opens it."""

    chosen = Signal(str)
    dropped = Signal(str, object)
    revert_requested = Signal(str)
    export_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.thumbs = {view.key: StageThumb(view.key, self) for view in VIEWS}
        self._current = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(S, 2, S, 2)
        row.setSpacing(2)
        for key, thumb in self.thumbs.items():
            row.addWidget(thumb)
            thumb.clicked.connect(lambda _=False, key=key: self._choose(key))
            thumb.dropped.connect(lambda content, key=key: self.dropped.emit(key, content))
            thumb.menu_requested.connect(lambda place, key=key: self.menu(key).popup(place))
            thumb.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._give_focus_to(VIEWS[0].key)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Stages"))
        self._states = {
            "empty": self.tr("not computed yet"),
            "stale": self.tr("out of date, is computed with the next try-on"),
            "running": self.tr("being computed"),
            "done": self.tr("up to date"),
            "edited": self.tr("edited by you"),
            "failed": self.tr("failed"),
        }
        for key in self.thumbs:
            self._describe(key)

    def set_stage(self, key: str, thumb: QImage | None, state: str = "empty", tip: str = "") -> None:
        """A stage's thumbnail, state (see `STATES`) and, where there is something to say, a sentence."""
        self.thumbs[key].set_thumb(thumb)
        self.thumbs[key].tip = tip
        self.set_state(key, state)

    def set_state(self, key: str, state: str) -> None:
        if state != self.thumbs[key].state:  # which is said again with every step of a try-on
            self.thumbs[key].set_state(state)
            self._describe(key)

    def state(self, key: str) -> str:
        return self.thumbs[key].state

    def set_seen(self, keys: Collection[str]) -> None:
        """Show these views only: networks that make the others are not there."""
        for key, thumb in self.thumbs.items():
            thumb.setVisible(key in keys)

    @property
    def current(self) -> str:
        """The stage on the canvas, "" for none."""
        return self._current

    def set_current(self, key: str) -> None:
        """Mark the stage that the canvas shows."""
        self._current = key
        for name, thumb in self.thumbs.items():
            thumb.setChecked(name == key)
        if key in self.thumbs:
            self._give_focus_to(key)

    def menu(self, key: str) -> QMenu:
        """What can be done with a stage, as its context menu."""
        thumb = self.thumbs[key]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("eye"), self.tr("Show on the canvas"), lambda: self._choose(key))
        export = menu.addAction(
            icons.icon("save"), self.tr("Save this stage…"), lambda: self.export_requested.emit(key)
        )
        export.setEnabled(thumb.thumb is not None and (thumb.state != "stale" or key == RESULT))
        if BY_KEY[key].edits:
            revert = menu.addAction(
                icons.icon("revert"), self.tr("Undo all edits"), lambda: self.revert_requested.emit(key)
            )
            revert.setEnabled(thumb.state == "edited")
        return menu

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, StageThumb):
            return self._key(watched.key, Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and isinstance(watched, StageThumb):
            watched.update()
        return False

    def _key(self, key: str, pressed: Qt.Key) -> bool:
        seen = [one for one, thumb in self.thumbs.items() if not thumb.isHidden()]
        at = seen.index(key)
        target = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(seen) - 1,
        }.get(pressed)
        if target is not None:
            key = seen[min(max(target, 0), len(seen) - 1)]
            self._give_focus_to(key)
            self.thumbs[key].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(key)
            return True
        if pressed == Qt.Key.Key_Menu:
            self.menu(key).popup(self.thumbs[key].mapToGlobal(self.thumbs[key].rect().center()))
            return True
        return False

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _give_focus_to(self, key: str) -> None:
        for name, thumb in self.thumbs.items():
            thumb.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)

    def _describe(self, key: str) -> None:
        thumb = self.thumbs[key]
        name, state = view_name(key), self._states[thumb.state]
        thumb.setText(name)
        thumb.setAccessibleName(self.tr("{stage}, {state}").format(stage=name, state=state))
        lines = [f"<b>{name}</b> – {state}", view_tip(key), thumb.tip]
        if BY_KEY[key].reads:
            hints = {"pose": self.tr("Drop a JSON here to replace it.")}
            lines.append(hints.get(BY_KEY[key].reads, self.tr("Drop a PNG here to replace it.")))
        thumb.setToolTip("<br>".join(line for line in lines if line))
        thumb.update()
