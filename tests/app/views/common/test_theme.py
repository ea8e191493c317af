"""The look: readable in both palettes, followed from the system, icons in the theme's colour."""

import re
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QRawFont
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from tryon_app.views.common import icons
from tryon_app.views.common import theme as theme_module
from tryon_app.views.common.assets import asset
from tryon_app.views.common.theme import Theme, set_role, style_sheet
from tryon_app.views.common.tokens import DARK, LIGHT, READ_ON, SEEN_ON, contrast

PALETTES = {"dark": DARK, "light": LIGHT}


def test_contrast_is_measured_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("text", "ground"), READ_ON)
def test_text_can_be_read(name: str, text: str, ground: str) -> None:
    assert contrast(PALETTES[name][text], PALETTES[name][ground]) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("mark", "ground"), SEEN_ON)
def test_edges_and_focus_can_be_seen(name: str, mark: str, ground: str) -> None:
    assert contrast(PALETTES[name][mark], PALETTES[name][ground]) >= 3


def test_both_palettes_have_the_same_tokens() -> None:
    assert DARK.keys() == LIGHT.keys()


def text_pairs(sheet: str) -> list[tuple[str, str]]:
    """(colour, background) of every rule that sets both."""
    rules = re.findall(r"\{([^}]*)\}", sheet)
    found = []
    for rule in rules:
        text = re.search(r"(?<![\w-])color: (#\w{6})", rule)
        ground = re.search(r"(?<![\w-])background: (#\w{6})", rule)
        if text and ground:
            found.append((text[1], ground[1]))
    return found


@pytest.mark.parametrize("name", PALETTES)
def test_every_rule_of_the_style_sheet_that_sets_both_is_readable(name: str) -> None:
    tokens = PALETTES[name]
    pairs = text_pairs(style_sheet(tokens, 10))
    assert pairs
    # what is disabled need not reach it (WCAG 1.4.3)
    assert [pair for pair in pairs if pair[0] != tokens["disabled"] and contrast(*pair) < 4.5] == []


def test_style_sheet_has_no_token_left() -> None:
    assert "@" not in re.sub(r"/\*.*?\*/", "", style_sheet(DARK, 10))
    with pytest.raises(KeyError):
        style_sheet({}, 10)


def test_a_machine_without_korean_letters_gets_the_font_that_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[bool, list[str]] = {True: ["NanumGothic"], False: []}
    added: list[str] = []
    fonts = SimpleNamespace(
        WritingSystem=QFontDatabase.WritingSystem,
        families=lambda system=None: found[bool(added)],
        addApplicationFont=added.append,
    )
    monkeypatch.setattr(theme_module, "QFontDatabase", fonts)
    assert theme_module._font(QFont("sans-serif")).families() == ["NanumGothic"]
    assert theme_module._font(QFont("sans-serif")).families() == ["NanumGothic"]
    assert added == [str(asset("fonts", "NanumGothic.ttf"))]  # once


def test_the_font_that_ships_has_every_syllable_and_its_terms() -> None:
    font = QRawFont(str(asset("fonts", "NanumGothic.ttf")), 12)
    assert font.familyName() == "NanumGothic"
    assert all(font.supportsCharacter(letter) for letter in range(0xAC00, 0xD7A4))
    assert "SIL OPEN FONT LICENSE" in asset("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_choice_changes_the_palette_and_is_told_once(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose("light")
    assert not theme.dark
    assert theme.tokens is LIGHT
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("light")


def test_system_is_followed(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.choose("system")
    for tokens in (LIGHT, DARK):
        monkeypatch.setattr(theme, "_tokens", lambda tokens=tokens: tokens)
        theme._system_changed()
        assert theme.tokens is tokens
    monkeypatch.undo()


def test_an_own_choice_is_not_overruled_by_the_system(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.choose("dark")
    monkeypatch.setattr(theme, "_tokens", lambda: LIGHT)
    theme._system_changed()
    assert theme.dark


def test_unknown_choice_is_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.choose("sepia")


def test_second_install_keeps_the_theme(theme: Theme, qapp: QApplication) -> None:
    assert Theme.install(qapp, "light") is theme
    assert theme.choice == "light"


def test_buttons_of_dialogs_have_no_pictures_of_another_style(theme: Theme, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.ensurePolished()
    assert len(box.buttons()) == 2
    assert all(button.icon().isNull() for button in box.buttons())


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_draws_something_in_the_themes_colour(name: str, theme: Theme) -> None:
    for choice in ("dark", "light"):
        theme.choose(choice)
        picture = icons.icon(name).pixmap(QSize(24, 24)).toImage()
        colours = {
            picture.pixelColor(x, y).name()
            for x in range(24)
            for y in range(24)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert picture.size() == QSize(24, 24)
        assert not colours or theme.tokens["text"] in colours
        assert any(picture.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))


def test_icons_are_sharp_on_dense_screens() -> None:
    picture = icons.pixmap("save", 16, scale=2.0)
    assert picture.size() == QSize(32, 32)
    assert picture.devicePixelRatio() == 2.0
    assert icons.icon("save").pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)


def test_disabled_icon_is_dim(theme: Theme) -> None:
    picture = icons.icon("stop").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert picture.pixelColor(12, 12).name() == theme.tokens["disabled"]


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_icons_share_one_grid_and_colour() -> None:
    for name in icons.NAMES:
        text = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text, name
        assert not re.search(r"#[0-9a-fA-F]{3,6}", text), name


def test_role_is_applied_at_once(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    set_role(label, "hint")
    label.ensurePolished()
    assert label.palette().color(label.foregroundRole()).name() == theme.tokens["muted"]
