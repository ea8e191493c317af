"""What a page says while it has nothing to show, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tryon_app.views.common import icons
from tryon_app.views.common.parts import clear_layout, label, push_button
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import XL, M, S


class EmptyState(QWidget):
    """Icon, title, one sentence and buttons; the first is the primary one."""

    action = Signal(str)

    def __init__(
        self,
        icon: str,
        title: str = "",
        hint: str = "",
        actions: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.mark, self.title, self.hint = QLabel(), label("heading", wrap=True), label("hint", wrap=True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(S)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(S)
        column.addStretch()
        for text in (self.mark, self.title, self.hint):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addSpacing(M)
        column.addLayout(self._buttons)
        column.addStretch()
        Theme.current().changed.connect(self._paint_mark)
        self._paint_mark()
        self.set_text(title, hint, actions)

    def set_text(self, title: str, hint: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Say something else; actions are (key, text)."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        clear_layout(self._buttons)
        for number, (key, text) in enumerate(actions):
            button = push_button("" if number else "primary")
            button.setText(text)
            button.clicked.connect(lambda _=False, key=key: self.action.emit(key))
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _paint_mark(self) -> None:
        self.mark.setPixmap(icons.pixmap(self._icon, 44, "muted"))
