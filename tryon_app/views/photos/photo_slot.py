"""A place for one photo: empty it says what to do, full it shows the photo, what was found and what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from tryon_app.model.faults import Fault
from tryon_app.views.common import icons
from tryon_app.views.common.drops import can_drop, dropped_of
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Notices
from tryon_app.views.common.parts import Elided, label, name_button, push_button, tool_button
from tryon_app.views.common.theme import Theme, set_role
from tryon_app.views.common.tokens import XS, M, S
from tryon_app.views.common.view_types import Notice, Recent, Remedy, Sample
from tryon_app.views.photos.picture_box import PictureBox
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import sample_name

KINDS = ("person", "garment")


class PhotoSlot(Translated, QFrame):
    """Takes a photo by drop, paste, dialog, sample or recent file; it only tells of it, nothing is read here."""

    dropped = Signal(object)
    open_requested = Signal()
    folder_requested = Signal()
    paste_requested = Signal()
    sample_chosen = Signal(str)
    recent_chosen = Signal(str)
    clear_requested = Signal()
    remedy_chosen = Signal(str, str)
    cancel_requested = Signal()
    activated = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if kind not in KINDS:
            raise ValueError(f"no such slot: {kind}")
        self.kind = kind
        self._samples: tuple[Sample, ...] = ()
        self._recent: tuple[Recent, ...] = ()
        self._error, self._name = "", ""
        self._error_remedies: tuple[Remedy, ...] = ()
        self._notes: tuple[Notice, ...] = ()
        self._busy = False
        set_role(self, "card")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._make_head()
        self._make_body()
        self.notices = Notices(1, self)
        self.notices.remedy_chosen.connect(self.remedy_chosen)
        self._lay_out()
        Theme.current().changed.connect(self._paint_mark)
        self.retranslate()
        self.set_picture(None)

    def retranslate(self) -> None:
        person = self.kind == "person"
        self.title.setText(self.tr("Person") if person else self.tr("Garment"))
        self.setAccessibleName(self.title.text())
        self.call.setText(self.tr("Drop a photo of a person") if person else self.tr("Drop a photo of a garment"))
        self.advice.setText(
            self.tr("Facing the camera, arms beside the body")
            if person
            else self.tr("Lying flat or on its own; a folder makes a rail")
        )
        paste = QKeySequence(QKeySequence.StandardKey.Paste).toString(QKeySequence.SequenceFormat.NativeText)
        self.open_text.setText(self.tr("Open…"))
        self.sample_text.setText(self.tr("Samples"))
        name_button(self.open_button, self.tr("Open a photo…"))
        name_button(self.paste_button, self.tr("Paste"), paste)
        name_button(self.sample_button, self.tr("Samples"))
        name_button(self.recent_button, self.tr("Recent photos"))
        name_button(self.clear_button, self.tr("Remove the photo"))
        name_button(self.stop_button, self.tr("Stop the analysis"))
        self.picture.setAccessibleName(self.tr("Photo of the person") if person else self.tr("Photo of the garment"))
        self.picture.setToolTip(self.tr("Show on the canvas"))
        self.name.setText(sample_name(self._name) if self._name else "")
        self._fill_menus()

    def set_picture(self, picture: QImage | None, name: str = "", caption: str = "") -> None:
        """The photo (or a small version of it) with its name; None empties the slot. Any error goes away."""
        self._error = ""
        self.picture.set_picture(picture)
        full = picture is not None and not picture.isNull()
        self._body.setCurrentIndex(1 if full else 0)
        self.clear_button.setVisible(full and not self._busy)
        self._name = name
        self.name.setText(sample_name(name) if name else "")
        self.caption.setText(caption)
        self.name.setVisible(bool(name))
        self.caption.setVisible(bool(caption))
        self._show_notices()

    def set_busy(self, text: str | None, fraction: float | None = None) -> None:
        """What is being done to the photo and how far it is; None when it is done."""
        self._busy = text is not None
        self.picture.set_busy(text or "", fraction)
        self.stop_button.setVisible(self._busy)
        self.clear_button.setVisible(not self._busy and self._body.currentIndex() == 1)
        if self._busy and self._body.currentIndex() == 0:
            self.advice.setText(text or "")
        elif not self._busy:
            self.retranslate()

    def set_notices(self, notices: Sequence[Notice]) -> None:
        """What is doubtful about the photo."""
        self._notes = tuple(notices)
        self._show_notices()

    def set_error(self, fault: Fault | None, remedies: Sequence[Remedy] = ()) -> None:
        """The engine's sentence about a file that could not be read; the photo that was there stays."""
        self._error, self._error_remedies = fault_sentence(fault) if fault else "", tuple(remedies)
        self._show_notices()

    def set_samples(self, samples: Sequence[Sample]) -> None:
        self._samples = tuple(samples)
        self._fill_menus()

    def set_recent(self, recent: Sequence[Recent]) -> None:
        self._recent = tuple(recent)
        self._fill_menus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Paste goes into the slot that has the focus."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.clear_button.isVisible():
            self.clear_requested.emit()
        elif event.key() == Qt.Key.Key_Escape and self._busy:
            self.cancel_requested.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if can_drop(event.mimeData()):
            event.acceptProposedAction()
            set_role(self, "drop")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        set_role(self, "card")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        set_role(self, "card")
        content = dropped_of(event.mimeData())
        if content is not None:
            event.acceptProposedAction()
            self.dropped.emit(content)

    def _make_head(self) -> None:
        self.title = label("heading")
        self.open_button, self.paste_button = tool_button("open", self), tool_button("paste", self)
        self.sample_button, self.recent_button = tool_button("samples", self), tool_button("recent", self)
        self.clear_button, self.stop_button = tool_button("trash", self), tool_button("stop", self)
        self._head = (
            *(self.stop_button, self.open_button, self.paste_button),
            *(self.sample_button, self.recent_button, self.clear_button),
        )
        for button in self._head:
            button.setProperty("compact", True)
        self.open_button.clicked.connect(self.open_requested)
        self.paste_button.clicked.connect(self.paste_requested)
        self.clear_button.clicked.connect(self.clear_requested)
        self.stop_button.clicked.connect(self.cancel_requested)
        self.stop_button.hide()
        self.sample_menu, self.recent_menu = QMenu(self), QMenu(self)
        for button, menu in ((self.sample_button, self.sample_menu), (self.recent_button, self.recent_menu)):
            button.setMenu(menu)
            button.setProperty("bare", True)
            button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)

    def _make_body(self) -> None:
        self.mark = QLabel()
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.call = label(wrap=True)
        self.advice = label("caption", wrap=True)
        for text in (self.call, self.advice):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_text, self.sample_text = push_button(), push_button()
        self.open_text.clicked.connect(self.open_requested)
        self.sample_text.setMenu(self.sample_menu)
        self.sample_text.setProperty("menu", True)
        self.picture = PictureBox(self)
        self.picture.activated.connect(self.activated)
        self.name = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.caption = Elided("caption")
        self._paint_mark()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title)
        head.addStretch()
        for button in self._head:
            head.addWidget(button)
        self._body = QStackedLayout()
        self._body.addWidget(self._empty_page())
        self._body.addWidget(self._full_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, S, M)
        column.setSpacing(XS)
        column.addLayout(head)
        column.addLayout(self._body, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, XS, 0)  # as wide as the picture above
        row.addWidget(self.notices)
        column.addLayout(row)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(S)
        buttons.addStretch()
        buttons.addWidget(self.open_text)
        buttons.addWidget(self.sample_text)
        buttons.addStretch()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, XS, 0)
        column.setSpacing(XS)
        column.addStretch()
        column.addWidget(self.mark)
        column.addWidget(self.call)
        column.addWidget(self.advice)
        column.addSpacing(S)
        column.addLayout(buttons)
        column.addStretch()
        return page

    def _full_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, XS, 0)
        column.setSpacing(2)
        column.addWidget(self.picture, 1)
        column.addWidget(self.name)
        column.addWidget(self.caption)
        return page

    def _paint_mark(self) -> None:
        self.mark.setPixmap(icons.pixmap("person" if self.kind == "person" else "garment", 36, "muted"))

    def _show_notices(self) -> None:
        errors = (Notice(self._error, "error", self._error_remedies, "error"),) if self._error else ()
        self.notices.set((*errors, *self._notes))

    def _fill_menus(self) -> None:
        self.sample_menu.clear()
        for sample in self._samples:
            action = self.sample_menu.addAction(
                sample_name(sample.name), lambda key=sample.key: self.sample_chosen.emit(key)
            )
            if sample.picture is not None:
                action.setIcon(QPixmap.fromImage(sample.picture))
        self.recent_menu.clear()
        for recent in self._recent:
            action = self.recent_menu.addAction(recent.name, lambda path=recent.path: self.recent_chosen.emit(path))
            action.setToolTip(recent.path)
        self.recent_menu.setToolTipsVisible(True)
        if self.kind == "garment":
            self.recent_menu.addSeparator()
            self.recent_menu.addAction(
                icons.icon("folder"), self.tr("Open a folder of garments…"), self.folder_requested.emit
            )
        self.sample_button.setEnabled(bool(self._samples))
        self.sample_text.setVisible(bool(self._samples))
        self.recent_button.setEnabled(not self.recent_menu.isEmpty())
