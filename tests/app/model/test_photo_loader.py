"""A slot's photo on its way: what is said of it, and what is said again when a box is given up."""

from __future__ import annotations

import numpy as np
import pytest

from tests.app.fake_process import FakeProcess
from tryon_app.model.faults import fault
from tryon_app.model.jobs import JobQueue
from tryon_app.model.photo_loader import PhotoLoader
from tryon_app.workers.answers import Lacking, Preview
from tryon_app.workers.requests import Networks

NOBODY = fault("photo.nobody")


@pytest.fixture
def refused(qapp: object) -> PhotoLoader:
    """A photo that was read and in which nobody was found."""
    queue = JobQueue(FakeProcess())
    queue.start()
    loader = PhotoLoader("person", queue, lambda: Networks("p"))
    loader.open("/photos/x.jpg")
    loader._on_part("preview", Preview(np.zeros((10, 10, 3), np.uint8), (100, 100)))
    loader.error, loader.details, loader.wants_box = NOBODY, "", True
    return loader


def test_a_box_that_is_given_up_brings_back_what_was_said(refused: PhotoLoader) -> None:
    refused.choose((0, 0, 50, 50))
    assert refused.busy
    assert (refused.error, refused.wants_box) == (None, False)
    refused.cancel()
    assert (refused.error, refused.wants_box, refused.busy) == (NOBODY, True, False)
    assert refused.preview is not None


def test_another_photo_forgets_it(refused: PhotoLoader) -> None:
    refused.choose((0, 0, 50, 50))
    refused.open("/photos/y.jpg")
    refused.cancel()
    assert (refused.error, refused.wants_box) == (None, False)


@pytest.mark.parametrize("pack", ["", "p"])
def test_a_garment_found_without_networks_is_known_as_such(qapp: object, pack: str) -> None:
    queue = JobQueue(FakeProcess())
    queue.start()
    loader = PhotoLoader("garment", queue, lambda: Networks(pack))
    loader.open("/photos/x.jpg")
    loader._on_read(Lacking(("mask",)))
    assert loader.unaided == (not pack)
    loader.open("/photos/x.jpg")
    assert not loader.unaided
