"""Two pictures of one pair, and three answers: 1 the left, 2 the right, 0 no difference."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tryon_app.model.about import NAME
from tryon_app.model.judging import Judging, Question
from tryon_app.views.common.language import Translated
from tryon_app.views.common.loader import Loader
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.tokens import L, M

_KEYS = (("1", "left"), ("2", "right"), ("0", ""))


class Picture(QLabel):
    """A picture as large as there is room, not distorted."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(90, 120)

    def show_picture(self, image: QImage) -> None:
        """Show it; a null image shows nothing."""
        self._whole = QPixmap.fromImage(image)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(288, 384)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            self.clear()
            return
        how = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self.setPixmap(self._whole.scaled(self.size(), *how))


class JudgeWindow(Translated, QWidget):
    """Asks what `judging` asks, until all is answered or it is closed."""

    closed = Signal()

    def __init__(self, judging: Judging, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.judging = judging
        self.shown: Question | None = None
        self.head, self.count = label("title", wrap=True), label("hint")
        self.person, self.garment, self.left, self.right = (Picture() for _ in range(4))
        self.buttons = {side: push_button() for _, side in _KEYS}
        self._shortcuts = [self._answers_to(key, side) for key, side in _KEYS]
        self._loader = Loader(self)
        self._loader.loaded.connect(self._show)
        self._lay_out()
        self.retranslate()
        self.resize(1100, 640)
        self._ask()

    def _answers_to(self, key: str, side: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        press = self.buttons[side].click
        shortcut.activated.connect(press)
        return shortcut

    def _lay_out(self) -> None:
        photos, answers, row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for picture in (self.person, self.garment):
            photos.addWidget(picture, 1)
        row.addLayout(photos, 1)
        row.addWidget(self.left, 2)
        row.addWidget(self.right, 2)
        for side, slot in (("left", self._left), ("", self._neither), ("right", self._right)):
            self.buttons[side].clicked.connect(slot)
            answers.addWidget(self.buttons[side])
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(self.head)
        column.addLayout(row, 1)
        column.addLayout(answers)
        column.addWidget(self.count)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Which picture is better?"))
        for side, text in (
            ("left", self.tr("1 – the left one")),
            ("", self.tr("0 – no difference")),
            ("right", self.tr("2 – the right one")),
        ):
            self.buttons[side].setText(text)
        self._say()

    def _say(self) -> None:
        self.head.setText(
            self.tr("Which picture shows this person in this garment better?")
            if self.judging.question is not None
            else self.tr("That was all; thank you. The window may be closed.")
        )
        text = self.tr("{done} of {all} answered; stop whenever you like, the answers are kept.")
        self.count.setText(text.format(done=self.judging.done, all=len(self.judging.questions)))

    def _left(self) -> None:
        self._answer("left")

    def _right(self) -> None:
        self._answer("right")

    def _neither(self) -> None:
        self._answer("")

    def _answer(self, side: str) -> None:
        if self.shown is None:
            return
        try:
            self.judging.vote(side)
        except OSError as error:
            text = self.tr("The answer could not be written ({reason}); see to the folder and answer again.")
            self.count.setText(text.format(reason=error.strerror))
            return
        self._ask()

    def _ask(self) -> None:
        """The next question, once its pictures are there."""
        self.shown = None
        for button in self.buttons.values():
            button.setEnabled(False)
        if self.judging.question is not None:
            asked = self.judging.question
            self._loader.load(asked, (asked.person, asked.garment, asked.left_picture, asked.right_picture))
        else:
            for picture in (self.person, self.garment, self.left, self.right):
                picture.show_picture(QImage())
        self._say()

    def _show(self, question: Question, pictures: Sequence[QImage]) -> None:
        if question is not self.judging.question:
            return
        for place, picture in zip((self.person, self.garment, self.left, self.right), pictures, strict=True):
            place.show_picture(picture)
        for button in self.buttons.values():
            button.setEnabled(True)
        self.shown = question

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._loader.wait()
        super().closeEvent(event)
        self.closed.emit()


def open_judge(judging: Judging, arguments: list[str]) -> int:
    """An application with this window alone; the exit code once it is closed."""
    from PySide6.QtWidgets import QApplication

    from tryon_app.model.settings import Settings
    from tryon_app.views.common import icons
    from tryon_app.views.common.language import Language
    from tryon_app.views.common.theme import Theme

    app = QApplication(arguments[:1])
    app.setApplicationName(NAME)
    settings = Settings()
    Theme.install(app, settings.theme)
    Language.install(app, settings.language)
    window = JudgeWindow(judging)
    window.show()
    code = app.exec()
    window.deleteLater()
    icons.forget()
    return code
