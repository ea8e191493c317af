"""What a click on a notice about a garment's photo does: the photo again, turned or with the next garment in it."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from engine.messages import SENTENCES
from tests.app.fake_process import FakeProcess
from tryon_app.model.jobs import JobQueue
from tryon_app.model.photo_loader import PhotoLoader
from tryon_app.model.photos import GarmentPhoto
from tryon_app.views.photos.photo_slot import PhotoSlot
from tryon_app.views.photos.photo_slot_binding import PhotoSlotBinding, notice_of
from tryon_app.workers.requests import Networks

BOXES = ((0.0, 0.0, 40.0, 50.0), (50.0, 0.0, 80.0, 40.0))


class Studio(QObject):
    """As much of the application as a slot for garments needs."""

    pack_changed = Signal()
    packs_changed = Signal()
    garment_changed = Signal()
    recent_changed = Signal()

    def __init__(self, slot: PhotoSlot) -> None:
        super().__init__()
        self.slot = slot
        queue = JobQueue(FakeProcess())
        queue.start()
        self.garment_in = PhotoLoader("garment", queue, lambda: Networks("p"), self)
        self.engine = self.document = self
        self.garment: GarmentPhoto | None = None

    def recent(self, _: str) -> list[str]:
        return []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


@pytest.fixture
def studio(qtbot: QtBot) -> Studio:
    slot = PhotoSlot("garment")
    qtbot.addWidget(slot)
    studio = Studio(slot)
    PhotoSlotBinding(slot, studio, studio)  # type: ignore[arg-type]
    return studio


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


@pytest.mark.parametrize("code", [code for code in SENTENCES if code.startswith("doubt.garment_")])
def test_every_doubt_about_a_garment_has_a_button(code: str) -> None:
    assert notice_of(code.removeprefix("doubt.")).remedies
