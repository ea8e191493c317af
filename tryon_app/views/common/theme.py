"""The look of the whole window: a quiet dark and a light palette that follow the system or the user's choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from tryon_app.views.common.assets import asset
from tryon_app.views.common.tokens import DARK, LIGHT

CHOICES: Final = ("system", "dark", "light")
# Looked at after the system's own font, for letters that it lacks.
_KOREAN_FONTS: Final = ("Pretendard", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "NanumGothic")
# Where the desktop only says "some sans serif".
_GENERIC: Final = ("", "Sans", "Sans Serif", "sans-serif")
_LATIN_FONTS: Final = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "Liberation Sans", "DejaVu Sans")
_STYLE_ICONS: Final = {
    "chevron-down": "muted",
    "chevron-up": "muted",
    "chevron-right": "muted",
    "check": "on_accent",
    "minus": "on_accent",
    "close": "muted",
}


class Theme(QObject):
    """One for the application. Painters ask for `Theme.current().tokens` each time; the rest gets the style sheet."""

    changed = Signal()
    _current: ClassVar[Theme | None] = None

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app, self.choice = app, choice
        self._files = QTemporaryDir()
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(_font(app.font()))
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.tokens: Mapping[str, str] = self._tokens()
        self._apply()

    @classmethod
    def install(cls, app: QApplication, choice: str = "system") -> Theme:
        """Give the application its look; a second call only changes the choice."""
        if cls._current is None or cls._current._app is not app:
            cls._current = cls(app, choice)
        else:
            cls._current.choose(choice)
        return cls._current

    @classmethod
    def current(cls) -> Theme:
        """The application's theme, installed on first use."""
        if cls._current is None:
            app = QApplication.instance()
            if not isinstance(app, QApplication):
                raise RuntimeError("a theme needs a QApplication")
            cls.install(app)
        assert cls._current is not None
        return cls._current

    @property
    def dark(self) -> bool:
        return self.tokens is DARK

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        """A token's colour for a painter, opacity 0..1."""
        colour = QColor(self.tokens[token])
        colour.setAlphaF(opacity)
        return colour

    def choose(self, choice: str) -> None:
        """Set "system", "dark" or "light"."""
        if choice not in CHOICES:
            raise ValueError(f"no such theme: {choice}")
        self.choice = choice
        self._refresh()

    def _system_changed(self) -> None:
        if self.choice == "system":
            self._refresh()

    def _refresh(self) -> None:
        tokens = self._tokens()
        if tokens is not self.tokens:
            self.tokens = tokens
            self._apply()
            self.changed.emit()

    def _tokens(self) -> Mapping[str, str]:
        if self.choice == "system":
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.choice == "dark" else LIGHT

    def _apply(self) -> None:
        self._write_style_icons()
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens, self._app.font().pointSizeF()))

    def _write_style_icons(self) -> None:
        """A style sheet can only name files, so the few arrows and ticks it needs are coloured into a temporary folder.

        Their folder has the palette's name, since Qt keeps pictures by file name.
        """
        folder = QDir(self._files.path())
        name = "dark" if self.dark else "light"
        folder.mkpath(name)
        for icon, token in _STYLE_ICONS.items():
            svg = asset("icons", f"{icon}.svg").read_text(encoding="utf-8").replace("currentColor", self.tokens[token])
            with open(folder.filePath(f"{name}/{icon}.svg"), "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write(svg)
        QDir.setSearchPaths("style", [folder.filePath(name)])


def style_sheet(tokens: Mapping[str, str], points: float) -> str:
    """resources/style/studio.qss with every @token replaced; @1.2em is a font size relative to `points`."""
    text = asset("style", "studio.qss").read_text(encoding="utf-8")
    text = re.sub(r"@([\d.]+)em", lambda found: f"{points * float(found[1]):.2f}pt", text)
    return re.sub(r"@([a-z_]+)", lambda found: tokens[found[1]], text)


def set_role(widget: QWidget, role: str) -> None:
    """Let the style sheet treat a widget as "primary", "quiet", "hint", "card" ... (see studio.qss)."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # a plain QWidget paints no background else
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _font(font: QFont) -> QFont:
    if not QFontDatabase.families(QFontDatabase.WritingSystem.Korean):  # nor, perhaps, any other letters
        QFontDatabase.addApplicationFont(str(asset("fonts", "NanumGothic.ttf")))
    known = set(QFontDatabase.families())
    own = () if font.family() in _GENERIC else (font.family(),)
    wanted = [name for name in (*own, *_LATIN_FONTS, *_KOREAN_FONTS) if name in known or name in own]
    font.setFamilies(wanted or [font.family()])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if font.pointSizeF() < 10:
        font.setPointSizeF(10)
    return font


def _palette(tokens: Mapping[str, str]) -> QPalette:
    """For what the style sheet does not reach: file dialogs, item views' selections, links."""
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "panel",
        role.AlternateBase: "raised",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "raised",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.ToolTipBase: "tooltip",
        role.ToolTipText: "text",
        role.Accent: "accent",
        role.Light: "hover",
        role.Midlight: "raised",
        role.Mid: "line",
        role.Dark: "line",
        role.Shadow: "window",
    }
    for key, token in pairs.items():
        palette.setColor(key, QColor(tokens[token]))
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens["disabled"]))
    return palette
