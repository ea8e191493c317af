"""The window's language: our own translation and Qt's, switched while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tryon_app.views.common.assets import asset

# A language's own name is not translated: who looks for it reads that language.
LANGUAGES: Final = (("system", ""), ("en", "English"), ("ko", "한국어"))
_CODES: Final = ("system", "en", "ko")
# What Qt's own Korean lacks of the dialogs that it draws where the desktop has none; our translation has it.
QT_LACKS: Final = (
    ("QFileDialog", QT_TRANSLATE_NOOP("QFileDialog", "&Look in:")),
    ("QFileDialog", QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File")),
)


class Language(QObject):
    """One for the application; widgets hear of a change through QEvent.LanguageChange."""

    changed = Signal(str)
    _current: ClassVar[Language | None] = None

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app, self.choice, self.code = app, "", ""
        self._translators: list[QTranslator] = []

    @classmethod
    def install(cls, app: QApplication, choice: str = "system") -> Language:
        """Set "system", "en" or "ko"; ValueError for anything else."""
        if cls._current is None or cls._current._app is not app:
            cls._current = cls(app)
        cls._current.choose(choice)
        return cls._current

    @classmethod
    def current(cls) -> Language:
        """The application's language. RuntimeError before `install`."""
        if cls._current is None:
            raise RuntimeError("no language is installed")
        return cls._current

    def choose(self, choice: str) -> None:
        """Translate all that is shown and will be shown; RuntimeError, and no change, for a damaged translation."""
        if choice not in _CODES:
            raise ValueError(f"no such language: {choice}")
        code = _of_system() if choice == "system" else choice
        if code == self.code:
            self.choice = choice
            return
        found = [translator for translator in (_ours(code), _qts(code)) if translator is not None]
        self.choice, self.code = choice, code
        QLocale.setDefault(QLocale(QLocale.Language.Korean if code == "ko" else QLocale.Language.English))
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = found
        for translator in self._translators:
            self._app.installTranslator(translator)
        self.changed.emit(code)


if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Translated(_Base):
    """Mixin, to be named before the widget's class: `retranslate` is called again when the language changes."""

    def retranslate(self) -> None:
        """Set every text that the user reads."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _of_system() -> str:
    return "ko" if QLocale.system().language() == QLocale.Language.Korean else "en"


def _ours(code: str) -> _Translator:
    """English has a translation too, of plurals alone: "%n second(s)" is written for translators."""
    path = asset("translations", f"studio_{code}.qm")
    translator = _Translator(path.read_bytes() if path.is_file() else b"")
    if not translator.good:
        raise RuntimeError(f"the translation resources/translations/{path.name} is missing or damaged")
    return translator


class _Translator(QTranslator):
    """Reads from memory: Qt maps a file, and would end with a bus error once an update writes it anew."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data  # Qt does not copy it
        self.good = bool(data) and self.load(self._data)


def _qts(code: str) -> QTranslator | None:
    """Qt's words for OK, Cancel and the file dialog."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{code}", folder) else None
