"""From the menu of the real window to weights in use, with the real engine."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.training.conftest import NARROW
from tests.conftest import ROOT
from tests.packs import narrow_pack
from tryon_app.model.app_model import AppModel
from tryon_app.model.settings import Settings
from tryon_app.views.train.training_menu import TrainingMenu
from tryon_app.views.window.main_window import MainWindow

LONG = 400_000
REAL_PAIRS = 40  # a fifth is held back: 32 to learn from


@pytest.fixture(scope="module")
def real_pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real pairs where they are on this machine, taken out of their archive."""
    archive_path = ROOT.parent / "shared" / "data" / "viton256-train-0.zip"
    if not archive_path.is_file():
        pytest.skip("real pictures are not on this machine (shared/data beside the checkout)")
    root = tmp_path_factory.mktemp("real")
    with zipfile.ZipFile(archive_path) as archive:
        photos = sorted(name for name in archive.namelist() if "/image/" in name and name.endswith(".jpg"))
        names = {Path(photo).stem for photo in photos[: 2 * REAL_PAIRS : 2]}
        for member in archive.namelist():
            if Path(member).stem.removesuffix("_keypoints") in names:
                archive.extract(member, root)
    return root


@pytest.fixture
def menu(tryon_home: Path, qtbot: QtBot, tmp_path: Path) -> Iterator[TrainingMenu]:
    narrow_pack(tryon_home / "weights" / "narrow", "narrow")
    settings = Settings(file=str(tmp_path / "settings.ini"))
    settings.pack = "narrow"
    window = MainWindow(AppModel(settings))
    window.quiet = True
    qtbot.addWidget(window)
    window.show()
    made = window.training
    qtbot.waitUntil(lambda: made.studio.pack == "narrow", timeout=LONG)
    yield made
    for run in made.runs.runs:
        run._trainer.kill()
    window.close()


def window_of(menu: TrainingMenu) -> MainWindow:
    assert isinstance(menu.window, MainWindow)
    return menu.window


def try_on(menu: TrainingMenu, pairs: Path, qtbot: QtBot) -> None:
    """A finished picture of the first drawn person in the second garment."""
    photos = sorted((pairs / "train" / "image").iterdir())
    garments = sorted((pairs / "train" / "cloth").iterdir())
    menu.studio.open("person", [str(photos[0])])
    menu.studio.open("garment", [str(garments[1])])
    qtbot.waitUntil(lambda: menu.studio.document.state.complete, timeout=LONG)
    menu.studio.run()
    qtbot.waitUntil(lambda: menu.studio.has_result, timeout=LONG)


def choose_and_start(menu: TrainingMenu, data: Path, qtbot: QtBot, steps: int) -> None:
    """What a user does in the dialog; the network is made narrower than any preset, so that it takes seconds."""
    menu.train_actions["matching"].trigger()
    dialog = menu.train_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(menu.choices.recipes), timeout=LONG)
    dialog.form.choose(preset="smoke")
    dialog.form.steps.setValue(steps)
    dialog.form.batch.setValue(2)
    dialog.form.threads.setValue(1)
    dialog.form.data.set_path(str(data))
    qtbot.waitUntil(dialog.start_button.isEnabled, timeout=LONG)
    narrow = type(dialog.form.spec())(**{**vars(dialog.form.spec()), "extra": NARROW})
    dialog.form.spec = lambda: narrow  # type: ignore[method-assign]
    dialog.start_button.click()


def test_trained_on_real_pairs_stopped_early_and_used(
    menu: TrainingMenu, real_pairs: Path, pairs: Path, qtbot: QtBot
) -> None:
    walk(menu, real_pairs, pairs, qtbot)


@pytest.mark.slow
def test_trained_on_drawn_pairs_stopped_early_and_used(menu: TrainingMenu, pairs: Path, qtbot: QtBot) -> None:
    walk(menu, pairs, pairs, qtbot)


def walk(menu: TrainingMenu, data: Path, pairs: Path, qtbot: QtBot) -> None:
    choose_and_start(menu, data, qtbot, steps=5000)
    monitor = menu.monitor
    assert monitor is not None
    assert monitor.isVisible()
    (run,) = menu.runs.live
    assert run.base == "narrow"
    qtbot.waitUntil(lambda: len(run.record.samples) >= 2, timeout=LONG)
    page = monitor.page
    line = page.curves._lines["overlap"][0]
    before = len(line.getData()[0])
    qtbot.waitUntil(lambda: len(line.getData()[0]) > before, timeout=LONG)
    assert page.samples.picture.picture is not None
    assert page.samples.slider.maximum() >= 1
    assert page.numbers._curves.keys() >= {"mask_iou"}
    page.curves.log.setChecked(True)
    page.curves.smooth.setValue(50)
    page.buttons["stop"].click()
    qtbot.waitUntil(lambda: run.state == "stopped", timeout=LONG)
    assert page.buttons["use"].isEnabled()
    try_on(menu, pairs, qtbot)
    page.buttons["use"].click()
    qtbot.waitUntil(lambda: menu.compare_dialog is not None, timeout=LONG)
    dialog = menu.compare_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pictures["new"] is not None, timeout=LONG)
    assert dialog.pictures["old"] is not None
    assert dialog.pictures["old"] != dialog.pictures["new"], "new weights, the same picture"
    assert menu.studio.pack == "narrow"
    dialog.take_button.click()
    qtbot.waitUntil(lambda: menu.studio.pack == "matching", timeout=LONG)
    pack = menu.packs.row("matching")
    assert pack is not None
    assert pack.kinds == ("segmentation", "matching", "alias")


def test_menus_open_and_keep_one_window_each(menu: TrainingMenu, qtbot: QtBot) -> None:
    menu.packs_action.trigger()
    first = menu.packs_dialog
    menu.packs_action.trigger()
    assert menu.packs_dialog is first
    menu.evaluate_action.trigger()
    menu.experiment_action.trigger()
    window_of(menu).actions_["preferences"].trigger()
    menu.monitor_action.trigger()
    evaluation = menu.evaluate_dialog, menu.experiment_dialog
    for dialog in (menu.packs_dialog, *evaluation, window_of(menu).preferences, menu.monitor):
        assert dialog is not None
        assert dialog.isVisible()
    qtbot.waitUntil(lambda: not menu.packs.busy, timeout=LONG)
    menu._fill_packs_menu()
    assert [action.text() for action in menu._pack_actions if action.isChecked()] == ["narrow"]


def test_preferences_work_at_once(menu: TrainingMenu, qtbot: QtBot) -> None:
    window_of(menu).open_preferences()
    preferences = window_of(menu).preferences
    assert preferences is not None
    qtbot.waitUntil(lambda: bool(menu.choices.devices), timeout=LONG)
    settings = menu.studio.settings
    preferences.precision.choose("bf16")
    preferences.cache.setValue(256)
    preferences.theme.choose("dark")
    preferences.language.choose("ko")
    assert (settings.precision, settings.cache_mb, settings.theme, settings.language) == ("bf16", 256, "dark", "ko")
    assert menu.studio.document.cache.limit == 256 << 20
    preferences.language.choose("en")
    preferences.theme.choose("system")
    assert "Nothing leaves this machine" in preferences.truth.text()
