"""What a click on a notice about a photo does: the photo again, turned or with the next garment in it."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.messages import SENTENCES
from tests.app.fake_process import FakeProcess
from tryon_app.model.faults import fault
from tryon_app.model.jobs import JobQueue
from tryon_app.model.photo_loader import PhotoLoader
from tryon_app.model.photos import GarmentPhoto, PersonPhoto
from tryon_app.views.photos.photo_slot import PhotoSlot
from tryon_app.views.photos.photo_slot_binding import PhotoSlotBinding, notice_of
from tryon_app.workers.requests import Networks

BOXES = ((0.0, 0.0, 40.0, 50.0), (50.0, 0.0, 80.0, 40.0))


class Studio(QObject):
    """As much of the application as a slot needs."""

    pack_changed = Signal()
    packs_changed = Signal()
    garment_changed = Signal()
    person_changed = Signal()
    recent_changed = Signal()

    def __init__(self, slot: PhotoSlot) -> None:
        super().__init__()
        self.slot = slot
        queue = JobQueue(FakeProcess())
        queue.start()
        self.garment_in = PhotoLoader("garment", queue, lambda: Networks("p"), self)
        self.person_in = PhotoLoader("person", queue, lambda: Networks("p"), self)
        self.engine = self.document = self
        self.garment: GarmentPhoto | None = None
        self.person: PersonPhoto | None = None

    def recent(self, _: str) -> list[str]:
        return []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def studio_of(kind: str, qtbot: QtBot) -> Studio:
    slot = PhotoSlot(kind)
    qtbot.addWidget(slot)
    studio = Studio(slot)
    PhotoSlotBinding(slot, studio, slot)  # type: ignore[arg-type]
    return studio


@pytest.fixture
def studio(qtbot: QtBot) -> Studio:
    return studio_of("garment", qtbot)


@pytest.fixture
def people(qtbot: QtBot) -> Studio:
    return studio_of("person", qtbot)


def shown(studio: Studio, turn: str = "", chosen: int = 0) -> None:
    arrays = {"image": np.zeros((4, 3, 3), np.uint8), "mask": np.zeros((4, 3), np.uint8)}
    files = {"turn": turn} if turn else {}
    studio.garment = GarmentPhoto("k", "/photos/x.jpg", "x", arrays, files, (), BOXES, chosen)


def asked(studio: Studio) -> tuple[str, str | None, object]:
    loader = studio.garment_in
    return loader.path, loader._files.get("turn"), loader._box


@pytest.mark.parametrize(("before", "key", "after"), [("", "turn_90", "90"), ("270", "turn_180", "90")])
def test_the_photo_is_turned_further(studio: Studio, before: str, key: str, after: str) -> None:
    shown(studio, before)
    studio.slot.remedy_chosen.emit("garment_turned_left", key)
    assert asked(studio) == ("/photos/x.jpg", after, None)


def test_the_other_garment_is_taken_and_the_first_again(studio: Studio) -> None:
    for chosen in (0, 1):
        shown(studio, "90", chosen)
        studio.slot.remedy_chosen.emit("garment_two", "other")
        assert asked(studio) == ("/photos/x.jpg", "90", BOXES[1 - chosen])


def buttons(studio: Studio) -> list[QPushButton]:
    found = [button for card in studio.slot.notices.cards() for button in card.findChildren(QPushButton)]
    return [button for button in found if button.text()]


def test_a_photo_that_was_turned_by_itself_is_turned_back(people: Studio, qtbot: QtBot) -> None:
    data = {"image": np.zeros((4, 3, 3), np.uint8)}
    people.person = PersonPhoto("k", "/photos/x.jpg", "x", (40, 30), data, {"turn": "180"}, doubts=("photo_turned",))
    people.person_changed.emit()
    qtbot.waitUntil(lambda: [one.text() for one in buttons(people)] == ["Turn it back"])
    buttons(people)[0].click()
    assert (people.person_in.path, people.person_in.given["files"]) == ("/photos/x.jpg", {"turn": "0"})


@pytest.mark.parametrize(
    ("before", "code", "after"), [("0", "photo.upside_down", "180"), ("90", "photo.turned_right", "0")]
)
def test_who_is_not_seen_standing_is_turned(people: Studio, qtbot: QtBot, before: str, code: str, after: str) -> None:
    people.person_in.open("/photos/x.jpg", {"turn": before})
    people.person_in.cancel()
    people.person_in.refuse(fault(code))
    qtbot.waitUntil(lambda: [one.text() for one in buttons(people)] == ["Turn the photo"])
    buttons(people)[0].click()
    assert (people.person_in.path, people.person_in.given["files"]) == ("/photos/x.jpg", {"turn": after})


@pytest.mark.parametrize("code", [code for code in SENTENCES if code.startswith("doubt.garment_")])
def test_every_doubt_about_a_garment_has_a_button(code: str) -> None:
    assert notice_of(code.removeprefix("doubt.")).remedies
