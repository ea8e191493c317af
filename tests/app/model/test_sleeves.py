"""How long sleeves are, as a photo was read and as the user says."""

import numpy as np
import pytest

from tests.app.model.test_plan import garment
from tryon_app.model import sleeves
from tryon_app.model.document import Document


def test_what_the_photo_says_is_known_once_it_was_read(document: Document) -> None:
    assert (sleeves.read(document), sleeves.said(document)) == ("", "")
    assert document.keys is not None
    document.keep(document.keys, "sleeves", {"reach": np.array([0.7, 0.1], np.float32)})
    assert (sleeves.read(document), sleeves.said(document)) == ("short", "")
    sleeves.say(document, "long", "")
    assert (sleeves.read(document), sleeves.said(document)) == ("short", "long")


def test_what_is_said_is_an_edit_to_undo(document: Document) -> None:
    before = document.keys
    sleeves.say(document, "elbow", "Change sleeves")
    assert document.state.edited("sleeves")["reach"].tolist() == pytest.approx([1.0, 0.05])
    assert document.undo.undoText() == "Change sleeves"
    count = document.undo.count()
    sleeves.say(document, "elbow", "Change sleeves")
    assert document.undo.count() == count, "it is so already"
    document.undo.undo()
    assert (sleeves.said(document), document.keys) == ("", before)
    document.undo.redo()
    sleeves.say(document, "", "Change sleeves")
    assert (sleeves.said(document), document.keys) == ("", before)


def test_each_garment_has_its_own(document: Document) -> None:
    sleeves.say(document, "none", "")
    document.set_garment(garment("h"), "")
    assert sleeves.said(document) == ""
    sleeves.say(document, "long", "")
    document.set_garment(garment("g"), "")
    assert sleeves.said(document) == "none"
