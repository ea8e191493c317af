"""In both languages the words of the dialogs have the room they need: choices, placeholders, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from tests.conftest import ROOT
from tryon_app.model.app_model import AppModel
from tryon_app.model.experiments import Experiments
from tryon_app.model.packs import Packs
from tryon_app.model.runs import Runs
from tryon_app.model.settings import Settings
from tryon_app.model.training import Choices, Device
from tryon_app.views.common.language import Language
from tryon_app.views.common.theme import Theme
from tryon_app.views.evaluate.evaluate_dialog import EvaluateDialog
from tryon_app.views.evaluate.experiment_dialog import ExperimentDialog
from tryon_app.views.train.train_dialog import TrainDialog
from tryon_app.views.window.preferences import Preferences

PRESETS = {name: {"steps": 9, "batch": 2, "street": "", "at_512": 0.5} for name in ("smoke", "quick", "small", "paper")}


@pytest.fixture(params=["en", "ko"])
def dialogs(
    request: pytest.FixtureRequest, qapp: QApplication, runs: Runs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[QDialog]]:
    """Every dialog with a form, as it opens, without the programs that it asks."""
    monkeypatch.setattr(Packs, "refresh", lambda _: None)
    monkeypatch.setattr(Choices, "load", lambda _: None)
    Theme.install(qapp, "light")
    Language.install(qapp, request.param)
    choices, packs = Choices(), Packs()
    choices.recipes, choices.evaluations = {"parser": {"presets": PRESETS}}, ("tryon", "analysis")
    choices.devices = (Device("cpu", "CPU", 8000, 4000, ("fp32", "bf16")),)
    studio = AppModel(Settings(file=str(runs.folder / "settings.ini")))
    made: list[QDialog] = [
        TrainDialog("parser", choices, packs, runs),
        EvaluateDialog(packs, choices),
        ExperimentDialog(Experiments(runs.folder)),
        Preferences(studio, choices),
    ]
    for dialog in made:
        qtbot.addWidget(dialog)
        dialog.show()
    yield made
    Language.install(qapp, "en")


def test_choices_placeholders_and_buttons_are_as_wide_as_their_words(dialogs: list[QDialog]) -> None:
    assert [cut for dialog in dialogs for cut in cut_off(dialog)] == []


def cut_off(dialog: QDialog) -> Iterator[str]:
    for box in dialog.findChildren(QComboBox):
        texts = [box.itemText(row) for row in range(box.count())] if box.isVisible() else []
        yield from (text for text in texts if box.fontMetrics().horizontalAdvance(text) > room(box))
    for edit in dialog.findChildren(QLineEdit):
        needed = edit.fontMetrics().horizontalAdvance(edit.placeholderText())
        if edit.isVisible() and needed > edit.contentsRect().width() - 2 * 8:  # its padding, and Qt's own margin
            yield edit.placeholderText()
    for button in dialog.findChildren(QPushButton):
        if button.isVisible() and button.width() < button.minimumSizeHint().width():
            yield button.text()


def room(box: QComboBox) -> int:
    """Pixels that a combo box has for its words."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    parts = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(parts[0], option, parts[1], box).width()


def test_no_state_of_a_button_has_a_font_of_its_own() -> None:
    """Qt measures a button without its state: the default button of a box would cut its bold words off."""
    rules = re.findall(r"^([^{}/]+)\{([^}]*)\}", (ROOT / "resources/style/studio.qss").read_text(), re.MULTILINE)
    assert [who.strip() for who, what in rules if re.search(r"Button[^,]*[^:]:[a-z]", who) and "font" in what] == []
