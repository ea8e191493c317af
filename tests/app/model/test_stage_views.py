"""Stages as pictures: colours of labels, cheap thumbnails, and the same source as long as nothing changed."""

from typing import Any

import numpy as np
import pytest

from tests.app.model.test_plan import garment, person
from tryon_app.model import stage_views
from tryon_app.model.cache import Cache
from tryon_app.model.document import Document
from tryon_app.model.plan import Options
from tryon_app.model.stages import VIEWS
from tryon_app.workers.answers import Vocabulary
from tryon_app.workers.context import TaskContext
from tryon_app.workers.packs import vocabulary
from tryon_app.workers.requests import ReadVocabulary

KEYS = [row.key for row in VIEWS]


def view(document: Document, stage: str, words: Vocabulary) -> Any:
    return stage_views.view(document, stage, words)


@pytest.fixture
def words() -> Vocabulary:
    return vocabulary(ReadVocabulary(), TaskContext(lambda _: None, 1))


@pytest.fixture
def document(qapp: object) -> Document:
    document = Document(Cache(1 << 20), Options("pack"))
    who = person("p")
    document.set_person(type(who)("p", "/p.jpg", "p", (4, 3), {**who.data, "drawn": who.image}), "")
    document.set_garment(garment("g"), "")
    return document


def test_what_is_there_before_and_after_a_try_on(document: Document, words: Vocabulary) -> None:
    assert [key for key in KEYS if view(document, key, words)] == ["photo", "pose", "parse", "garment_mask"]
    picture, labels = np.zeros((8, 6, 3), np.uint8), np.full((8, 6), 3, np.uint8)
    keys = document.keys
    document.keep(keys, "agnostic", {"image": picture, "parse": labels, "pose_picture": picture})
    document.keep(keys, "segmentation", {"labels": labels})
    document.keep(keys, "warp", {"cloth": picture, "mask": labels, "points": np.zeros((25, 2))})
    document.keep(keys, "misalignment", {"mask": labels})
    assert [key for key in KEYS if not view(document, key, words)] == ["coat", "hair", "collar", "parts", "result"]
    document.keep(keys, "draft", {"image": picture})
    assert view(document, "result", words).picture is not None


def test_labels_have_their_colours(document: Document, words: Vocabulary) -> None:
    labels = np.full((8, 6), 3, np.uint8)
    labels[0, 0] = 255
    document.keep(document.keys, "segmentation", {"labels": labels})
    found = view(document, "segmentation", words)
    assert tuple(found.picture[4, 4]) == words.colours["segmentation"][3]
    assert tuple(found.picture[0, 0]) == (255, 255, 255)
    assert (found.space, found.labels is labels) == ("segmentation", True)


def test_a_thumbnail_paints_only_what_it_shows(document: Document, words: Vocabulary) -> None:
    labels = np.arange(48, dtype=np.uint8).reshape(8, 6) % 13
    document.keep(document.keys, "segmentation", {"labels": labels})
    found = view(document, "segmentation", words)
    assert np.array_equal(found.every(2), found.picture[::2, ::2])


def test_the_source_tells_whether_a_stage_is_the_same(document: Document, words: Vocabulary) -> None:
    for stage in ("photo", "pose", "parse", "garment_mask"):
        assert view(document, stage, words).source is view(document, stage, words).source
    before = view(document, "parse", words).source
    document.edit("parse", {"parse": before.copy()}, "")
    assert view(document, "parse", words).source is not before
