"""Sentences for the user where they belong: what is doubtful or wrong, and one click that helps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tryon_app.views.common import icons
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import Flow, clear_layout, label, name_button, push_button, tool_button
from tryon_app.views.common.theme import Theme, set_role
from tryon_app.views.common.tokens import XS, S
from tryon_app.views.common.view_types import Notice

_TOKENS = {"warning": "warning", "error": "danger", "info": "accent_text", "success": "success"}
_ICONS = {"warning": "warning", "error": "error", "info": "info", "success": "check"}


class NoticeCard(Translated, QFrame):
    """One notice: icon, sentence, remedies as buttons."""

    remedy_chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, notice: Notice, *, closable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        set_role(self, notice.kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # more lines where it is narrow
        self.mark = QLabel()
        self.mark.setFixedSize(16, 16)
        self.text = label(wrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setText(notice.text)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = tool_button("close", self, side=14)
        self.close_button.setVisible(closable)
        self.close_button.clicked.connect(self.closed)
        self._lay_out()
        Theme.current().changed.connect(self._paint_mark)
        self._paint_mark()
        self.retranslate()

    def retranslate(self) -> None:
        name_button(self.close_button, self.tr("Close"))
        kinds = {"warning": self.tr("Warning"), "error": self.tr("Error"), "info": self.tr("Note")}
        self.setAccessibleName(f"{kinds.get(self.notice.kind, kinds['info'])}: {self.notice.text}")

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.text)
        if self.notice.remedies:
            column.addLayout(self._remedies())
        row = QHBoxLayout(self)
        row.setContentsMargins(S, 6, 6, 6)
        row.setSpacing(S)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _remedies(self) -> Flow:
        flow = Flow(spacing=XS, indent=-7)  # the words of the buttons stand under the words of the sentence
        for remedy in self.notice.remedies:
            button = push_button("link", parent=self)
            button.setText(remedy.text)
            button.clicked.connect(lambda _=False, key=remedy.key: self.remedy_chosen.emit(self.notice.code, key))
            flow.addWidget(button)
        return flow

    def _paint_mark(self) -> None:
        kind = self.notice.kind
        self.mark.setPixmap(icons.pixmap(_ICONS.get(kind, "info"), 16, _TOKENS.get(kind, "accent_text")))


class Notices(Translated, QWidget):
    """A column of notices; of many only the first are shown until the rest is asked for."""

    remedy_chosen = Signal(str, str)

    def __init__(self, shown: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown, self._all, self._notices = shown, False, tuple[Notice, ...]()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(XS)
        self.more = push_button("link", parent=self)
        self.more.clicked.connect(self._show_all)
        self.hide()

    def retranslate(self) -> None:
        self.more.setText(self.tr("%n more", "", len(self._notices) - self._shown))

    def set(self, notices: Sequence[Notice]) -> None:
        """Replace all; none hides the column, the same ones stay as they are."""
        if tuple(notices) == self._notices:
            return
        self._notices, self._all = tuple(notices), False
        self._fill()

    def cards(self) -> list[NoticeCard]:
        items = [self._column.itemAt(i) for i in range(self._column.count())]
        found = [item.widget() for item in items if item is not None]
        return [widget for widget in found if isinstance(widget, NoticeCard)]

    def _fill(self) -> None:
        self._column.removeWidget(self.more)
        clear_layout(self._column)
        shown = self._notices if self._all else self._notices[: self._shown]
        for notice in shown:
            card = NoticeCard(notice)
            card.remedy_chosen.connect(self.remedy_chosen)
            self._column.addWidget(card)
            card.show()  # at once: a layout would only do so later
        self._column.addWidget(self.more)
        self.more.setVisible(len(shown) < len(self._notices))
        self.setVisible(bool(self._notices))
        self.retranslate()

    def _show_all(self) -> None:
        self._all = True
        self._fill()


class Banner(QWidget):
    """A notice over a whole page, which the user can close; while it is held it neither comes nor goes."""

    remedy_chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(S, S, S, S)
        self._notice: Notice | None = None
        self._wanted: Notice | None = None
        self._held = False
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show one notice in place of the last; None takes it away."""
        self._wanted = notice
        if not self._held:
            self._show(notice)

    def hold(self, on: bool) -> None:
        """Stay as it is for as long as something is drawn beside it, then show what was asked for last."""
        self._held = on
        if not on and self._wanted != self._notice:
            self._show(self._wanted)

    def _show(self, notice: Notice | None) -> None:
        if notice == self._notice and self.isVisible():
            return
        self._notice = notice
        if notice is None:
            self.hide()
            return
        clear_layout(self._column)
        card = NoticeCard(notice, closable=True)
        card.remedy_chosen.connect(self.remedy_chosen)
        card.closed.connect(self.dismiss)
        self._column.addWidget(card)
        card.show()
        self.show()

    def dismiss(self) -> None:
        """Take the notice away."""
        self.hide()
        self.closed.emit()
