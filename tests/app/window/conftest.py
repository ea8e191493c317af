"""The real window on the real engine, with a tiny pack and drawn people. One window serves the tests of a file."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.labels import Lip, Seg
from engine.weights.refinements import Refinements
from tests.app.conftest import children, leftovers
from tests.app.fake_process import FakeProcess
from tests.app.window import forked
from tests.app.window.drops import drop
from tests.app.window.windows import end_window, make_window
from tests.packs import narrow_pack
from tests.rendered import RenderedPair, rendered_pair, write_rendered_dataset
from tryon_app.model.app_model import AppModel
from tryon_app.model.settings import Settings
from tryon_app.model.stages import STAGES, networks
from tryon_app.views.common.language import Language
from tryon_app.views.common.theme import Theme
from tryon_app.views.window.main_window import MainWindow
from tryon_app.workers.answers import GarmentPhoto, PackInfo, PackList, PersonPhoto
from tryon_app.workers.context import TaskContext
from tryon_app.workers.packs import vocabulary
from tryon_app.workers.requests import AnyTask, ListPacks, Load, ReadPerson, ReadVocabulary

LONG = 120_000  # milliseconds; the engine's process has to import torch on a busy machine


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in the VITON-HD layout with three drawn pairs: image, cloth, cloth-mask, image-parse, openpose-json."""
    return write_rendered_dataset(tmp_path_factory.mktemp("people"), 3, (512, 384)) / "train"


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of untrained narrow networks, refined as the shipped one is."""
    folder = tmp_path_factory.mktemp("packs") / "tiny"
    return narrow_pack(folder, "tiny", refinements=Refinements(True, True, True)).folder


@pytest.fixture(scope="module")
def forked_engine() -> Iterator[None]:
    """The engine's processes are forked: see `tests.app.window.forked`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tryon_app.workers.begun.multiprocessing", SimpleNamespace(get_context=forked.get_context))
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, tiny_pack: Path, forked_engine: None) -> Iterator[Path]:
    """A user data folder with that pack."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(tiny_pack, folder / "weights" / "tiny")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRYON_HOME", str(folder))
        patch.setenv("TRYON_SHIPPED_WEIGHTS", str(folder / "none"))  # only that pack is there, which cannot analyse
        yield folder


@pytest.fixture(scope="module")
def shared(qapp: QApplication, home: Path) -> Iterator[MainWindow]:
    """The window of a file of tests."""
    before = children()
    window = make_window(qapp)
    window.show()
    yield window
    end_window(window)
    assert not [one for one in leftovers(before, set()) if one.startswith(("process", "QThread"))]


@pytest.fixture
def window(shared: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with empty wells and a running engine."""
    studio = shared.studio
    studio.tryons.cancel()
    shared.clear()
    studio.rail.clear()
    studio.document.clear()
    studio.document.cache.clear()
    shared.page.follow_result = True
    shared.show_stage("photo")
    qtbot.waitUntil(lambda: studio.engine.state == "ready" and bool(studio.pack), timeout=LONG)
    qtbot.waitUntil(lambda: not shared.run_panel.button.isEnabled(), timeout=LONG)
    return shared


def document_of(window: MainWindow) -> Any:
    """The document, with whatever a test knows to be there."""
    return window.studio.document


@pytest.fixture
def ready(window: MainWindow, people: Path, qtbot: QtBot) -> MainWindow:
    """The window with a person and a garment."""
    drop(window.person_slot, people / "image" / "00000_00.jpg")
    drop(window.garment_slot, people / "cloth" / "00001_00.jpg")
    state = window.studio.document
    qtbot.waitUntil(lambda: state.state.complete and window.run_panel.button.isEnabled(), timeout=LONG)
    return window


@pytest.fixture
def finish(qtbot: QtBot) -> Callable[..., list[str]]:
    """Do something that leads to a try-on, wait for its picture, and name the stages that were computed."""

    def done(window: MainWindow, action: Callable[[], object]) -> list[str]:
        with qtbot.waitSignal(window.studio.finished, timeout=LONG) as finished:
            action()
        return list(window.studio.tryons.ran) if finished.args[0] else []

    return done


@dataclass
class Staged:
    """The real window on an engine that says what the test wants, with a drawn person and a drawn garment."""

    window: MainWindow
    process: FakeProcess
    pair: RenderedPair

    @property
    def studio(self) -> AppModel:
        return self.window.studio

    def read(self, task: type[AnyTask], path: str) -> None:
        """A photo that was asked for is there: the one of the document, as if it lay at `path`."""
        document = self.studio.document
        photo = document.person if task is ReadPerson else document.garment
        assert photo is not None
        self.process.done(task, replace(photo, path=path, key=path))

    def made(self, *, doubts: tuple[str, ...] = ()) -> None:
        """Every stage of the document as it is now, without an engine."""
        document, keys = self.studio.document, self.studio.document.keys
        assert keys is not None
        image, zeros = self.pair.image, np.zeros(self.pair.image.shape[:2], np.uint8)
        document.keep(keys, "agnostic", {"image": image, "parse": zeros, "pose_picture": image})
        document.keep(keys, "segmentation", {"labels": zeros})
        points = np.zeros((25, 2), np.float32)
        document.keep(keys, "warp", {"cloth": image, "mask": zeros, "points": points})
        document.keep(keys, "result", {"image": image, "layers": image, "changed": zeros}, doubts)


@pytest.fixture
def staged(tryon_home: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Staged]:
    process, pair = FakeProcess(), rendered_pair(3, (256, 192))
    monkeypatch.setattr("tryon_app.model.engine_state.EngineProcess", lambda *_: process)
    Theme.install(QApplication.instance(), "light")
    Language.install(QApplication.instance(), "en")
    window = MainWindow(AppModel(Settings(file=str(tmp_path / "settings.ini"))))
    window.quiet = True
    window.show()
    window.start()
    process.done(ReadVocabulary, vocabulary(ReadVocabulary(), TaskContext(lambda _: None, 1)))
    labels = {"lip": int(Lip.UPPER), "segmentation": int(Seg.UPPER)}
    pack = PackInfo("tiny", "1", "none", "/packs/tiny", tuple(networks(STAGES)), 1, ((256, 192),), garment=labels)
    process.done(ListPacks, PackList((pack,), {}))
    process.ready()
    process.done(Load)
    data = {
        "image": pair.image,
        "parse": pair.parse,
        "keypoints": pair.pose.keypoints,
        "hands": None,
        "drawn": pair.image,
    }
    person = PersonPhoto("p", "/photos/anna.jpg", "anna", pair.image.shape[:2], data)
    garment = GarmentPhoto("g", "/photos/tee.jpg", "tee", {"image": pair.cloth, "mask": pair.cloth_mask})
    window.studio.document.set_person(person, "")
    window.studio.document.set_garment(garment, "")
    window.page.refresh()
    window.window_status.refresh()
    yield Staged(window, process, pair)
    end_window(window)
