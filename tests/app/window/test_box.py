"""Where nobody is found, or somebody else than was meant: a box drawn on the photo says who, with the real networks."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG, document_of
from tests.app.window.drops import drop
from tests.conftest import ROOT
from tryon_app.views.window.main_window import MainWindow

Finish = Callable[..., list[str]]
SAMPLES = ROOT / "resources" / "samples" / "people"
PLACE = (1200, 1350, 1281, 1458)  # of the small person: left, top, right, bottom


@pytest.fixture(scope="module")
def home(home: Path) -> Iterator[Path]:
    """With the pack that ships beside the tiny one: it is taken to analyse photos."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TRYON_SHIPPED_WEIGHTS")
        yield home


def sample(name: str, size: tuple[int, int]) -> Image.Image:
    return Image.open(SAMPLES / f"{name}.jpg").convert("RGB").resize(size, Image.Resampling.LANCZOS)


@pytest.fixture(scope="module")
def far_away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody too small to be found, in a wide field under a wide sky."""
    down = np.linspace(0, 1, 2700)[:, None, None]
    colours = np.array([120, 150, 190]) * (1 - down) + np.array([90, 110, 70]) * down
    grain = np.random.default_rng(0).normal(0, 3, (2700, 3600, 1))
    picture = Image.fromarray((colours + grain).clip(0, 255).astype(np.uint8))
    left, top, right, bottom = PLACE
    picture.paste(sample("man", (right - left, bottom - top)), (left, top))
    path = tmp_path_factory.mktemp("photos") / "field.jpg"
    picture.save(path)
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people side by side."""
    path = tmp_path_factory.mktemp("photos") / "two.jpg"
    Image.fromarray(np.hstack([sample(name, (384, 512)) for name in ("woman", "man")])).save(path)
    return path


def remedies(window: MainWindow) -> list[QPushButton]:
    """The buttons of what the person's well says."""
    return [button for card in window.person_slot.notices.cards() for button in card.findChildren(QPushButton)]


def at(window: MainWindow, x: float, y: float) -> QPoint:
    """Where on the canvas this pixel of its picture lies."""
    return window.canvas.scene.view.to_widget(QPointF(x, y)).toPoint()


def draw(window: MainWindow, qtbot: QtBot, box: tuple[float, ...]) -> None:
    """A box on the canvas, with the mouse, in pixels of the photo; the canvas has to show it whole."""
    shown = window.canvas.picture
    assert shown is not None
    scale = shown.width() / window.studio.person_in.photo_size[1]
    begin, end = at(window, box[0] * scale, box[1] * scale), at(window, box[2] * scale, box[3] * scale)
    qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=begin)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(window.canvas, begin + (end - begin) * share)
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=end)


def test_a_box_finds_who_was_not_found(
    window: MainWindow, far_away: Path, people: Path, finish: Finish, qtbot: QtBot
) -> None:
    drop(window.person_slot, far_away)
    drop(window.garment_slot, people / "cloth" / "00001_00.jpg")
    loader = window.studio.person_in
    qtbot.waitUntil(lambda: bool(loader.error), timeout=LONG)
    assert "No person was found" in str(loader.error)
    qtbot.waitUntil(lambda: len(remedies(window)) == 1, timeout=LONG)
    remedies(window)[0].click()
    assert (window.page.current, window.canvas.tool_name) == ("photo", "box")
    window.canvas.set_zoom(6, QPointF(at(window, *(place * 1024 / 3600 for place in PLACE[:2]))))
    draw(window, qtbot, PLACE)
    qtbot.waitUntil(lambda: window.studio.document.person is not None, timeout=LONG)
    person = document_of(window).person
    drawn = person.boxes[person.chosen]
    assert np.abs(np.subtract(drawn, PLACE)).max() < 12, "what was drawn, but for the pixels of the screen"
    left, top, right, _ = person.frame_box
    neck = np.array(person.data["keypoints"][1, :2]) * (right - left) / 768 + (left, top)
    assert PLACE[0] < neck[0] < PLACE[2]
    assert PLACE[1] < neck[1] < PLACE[3]
    assert not loader.error
    qtbot.waitUntil(window.run_panel.button.isEnabled, timeout=LONG)
    assert finish(window, window.run_panel.button.click)[-1] == "result"


def test_no_box_is_offered_where_none_can_help(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    loader = window.studio.person_in
    grey, text, turned = tmp_path / "grey.png", tmp_path / "text.png", tmp_path / "turned.jpg"
    Image.new("RGB", (600, 800), (90, 90, 90)).save(grey)
    text.write_text("no picture")
    sample("man", (600, 800)).rotate(180).save(turned)

    def says(words: str) -> bool:
        return any(words in card.notice.text for card in window.person_slot.notices.cards())

    for path, words in ((grey, "one colour"), (text, "not a picture")):
        drop(window.person_slot, path)
        qtbot.waitUntil(partial(says, words), timeout=LONG)
        assert words in str(loader.error)
        assert not remedies(window)
        assert not window.edit_bar.buttons["box"].isVisible()
    drop(window.person_slot, turned)
    qtbot.waitUntil(partial(says, "turned upright"), timeout=LONG)
    assert not loader.error
    assert [button.text() for button in remedies(window)] == ["Turn it back"]


def test_another_of_two_people_after_undo(window: MainWindow, two: Path, people: Path, qtbot: QtBot) -> None:
    """The photo on the canvas is that of the person in the document, not the last one that was opened."""
    drop(window.person_slot, two)
    qtbot.waitUntil(lambda: window.studio.document.person is not None, timeout=LONG)
    first = document_of(window).person
    assert len(first.boxes) == 2
    drop(window.person_slot, people / "image" / "00000_00.jpg")
    qtbot.waitUntil(lambda: window.studio.document.person is not first, timeout=LONG)
    window.studio.document.undo.undo()
    window.show_stage("photo")
    qtbot.waitUntil(lambda: len(window.canvas.scene.boxes.boxes) == 2, timeout=LONG)
    shown = window.canvas.picture
    assert shown is not None
    assert (shown.width(), shown.height()) == (768, 512)
    other = window.canvas.scene.boxes.boxes[1 - first.chosen]
    middle = at(window, (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2)
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: document_of(window).person not in (None, first), timeout=LONG)
    person = document_of(window).person
    assert (person.path, person.chosen) == (str(two), 1 - first.chosen)


def test_a_box_in_hand_shows_the_whole_photo(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """The one person that was found may be the wrong one: a poster, somebody in a mirror."""
    wide = Image.new("RGB", (1600, 512), (200, 200, 205))
    wide.paste(sample("woman", (384, 512)), (100, 0))
    wide.save(tmp_path / "wide.png")
    drop(window.person_slot, tmp_path / "wide.png")
    qtbot.waitUntil(lambda: window.studio.document.person is not None, timeout=LONG)
    first = document_of(window).person
    window.show_stage("photo")
    framed = window.canvas.picture
    assert framed is not None
    assert framed.height() > framed.width()
    window.edit_bar.buttons["box"].click()
    whole = window.canvas.picture
    assert whole is not None
    assert (whole.width(), whole.height()) == (1024, 328)
    draw(window, qtbot, (120, 20, 470, 505))
    qtbot.waitUntil(lambda: document_of(window).person not in (None, first), timeout=LONG)
    assert document_of(window).person.by_hand
