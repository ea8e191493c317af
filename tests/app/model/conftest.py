"""A model without a window, whose files are read and written as the engine's process does it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.app.fake_process import FileProcess
from tests.app.model.test_plan import garment, person
from tests.rendered import RenderedPair, rendered_pair
from tryon_app.model.app_model import AppModel
from tryon_app.model.cache import Cache
from tryon_app.model.document import Document
from tryon_app.model.history import Entry
from tryon_app.model.plan import Options
from tryon_app.model.project import Project
from tryon_app.model.session import Session
from tryon_app.model.settings import Settings
from tryon_app.workers.answers import GarmentPhoto, PersonPhoto

Studio = tuple[AppModel, Session, Project]


@pytest.fixture(scope="module")
def pair() -> RenderedPair:
    return rendered_pair(3, (256, 192))


@pytest.fixture
def photos(tmp_path: Path, pair: RenderedPair) -> Path:
    """A folder with the pair's photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    Image.fromarray(pair.image).save(folder / "anna.png")
    Image.fromarray(pair.cloth).save(folder / "tee.png")
    return folder


@pytest.fixture
def make(tryon_home: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Callable[[], Studio]]:
    """A model whose files are read and written."""
    made: list[AppModel] = []
    monkeypatch.setattr("tryon_app.model.engine_state.EngineProcess", lambda *_: FileProcess())

    def new() -> Studio:
        studio = AppModel(Settings(file=str(tryon_home / "settings.ini")))
        studio.jobs.start()
        session = Session(studio, studio)
        made.append(studio)
        return studio, session, Project(session, studio)

    yield new
    for studio in made:
        studio.jobs.stop()


def fill(studio: AppModel, photos: Path, pair: RenderedPair) -> None:
    """A person, a garment, an edit, a seed and a result."""
    data = {"image": pair.image, "parse": pair.parse, "keypoints": pair.pose.keypoints, "hands": (None, None)}
    size = pair.image.shape[:2]
    person = PersonPhoto("p", str(photos / "anna.png"), "anna", size, data, boxes=((0.0, 0.0, 9.0, 9.0),))
    garment = GarmentPhoto("g", str(photos / "tee.png"), "tee", {"image": pair.cloth, "mask": pair.cloth_mask})
    studio.document.set_person(person, "")
    studio.document.set_garment(garment, "")
    studio.document.set_seed(7, "")
    studio.document.edit("garment_mask", {"mask": np.zeros_like(pair.cloth_mask)}, "")
    studio.history.add(Entry(person.path, garment.path, "tiny", 7), pair.image, pair.cloth, {})


@pytest.fixture
def document(qapp: object) -> Document:
    """A person and a garment, nothing computed."""
    document = Document(Cache(1 << 20), Options("pack"))
    document.set_person(person("p"), "Person")
    document.set_garment(garment("g"), "Garment")
    return document
