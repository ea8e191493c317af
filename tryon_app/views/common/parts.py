"""Small pieces that several widgets are made of: buttons, lines, headings, elided text, rows that wrap."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QLayoutItem, QPushButton, QSizePolicy, QToolButton, QWidget

from tryon_app.views.common import icons
from tryon_app.views.common.theme import set_role


def tool_button(name: str, parent: QWidget | None = None, *, checkable: bool = False, side: int = 18) -> QToolButton:
    """A button with only an icon; give it its name with `name_button`."""
    button = QToolButton(parent)
    button.setIcon(icons.icon(name))
    button.setIconSize(QSize(side, side))
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAutoRaise(True)
    return button


def name_button(button: QWidget, name: str, keys: str = "") -> None:
    """What a button with an icon is called, for the eye (tooltip, with its keys) and for screen readers."""
    button.setToolTip(f"{name} ({keys})" if keys else name)
    button.setAccessibleName(name)


def push_button(role: str = "", icon: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button with text, in a role of the style sheet."""
    button = QPushButton(parent)
    if role:
        set_role(button, role)
    if icon:
        set_icon(button, icon)
        button.setIconSize(QSize(16, 16))
    return button


def set_icon(button: QPushButton, icon: str) -> None:
    """Give a button of `push_button` another icon, in the colour of its role."""
    button.setIcon(icons.icon(icon, {"primary": "on_accent", "danger": "danger"}.get(button.property("role"), "text")))


def label(role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Text in a role of the style sheet."""
    text = QLabel(parent)
    if role:
        set_role(text, role)
    text.setWordWrap(wrap)
    if wrap:
        text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return text


def line(vertical: bool = False, parent: QWidget | None = None) -> QFrame:
    """A thin line between groups."""
    frame = QFrame(parent)
    set_role(frame, "line")
    if vertical:
        frame.setFixedWidth(1)
    else:
        frame.setFixedHeight(1)
    return frame


class Elided(QLabel):
    """One line of text that ends in an ellipsis where there is no room; all of it is in the tooltip."""

    def __init__(self, role: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        if role:
            set_role(self, role)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, area.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Flow(QLayout):
    """Puts widgets beside each other and goes on in the next row where the width ends."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 4, indent: int = 0) -> None:
        super().__init__(parent)
        self._indent = indent
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:  # noqa: N802
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, move: bool) -> int:
        """The height that the widgets take in `area`; `move` puts them there."""
        area = area.adjusted(self._indent, 0, 0, 0)
        x, y, row = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > area.x() and x + hint.width() > area.right() + 1:
                x, y, row = area.x(), y + row + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint.boundedTo(QSize(max(area.width(), 1), hint.height()))))
            x += hint.width() + self.spacing()
            row = max(row, hint.height())
        return y + row - area.y()


def clear_layout(layout: QLayout) -> None:
    """Take all widgets out of a layout and delete them."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
