"""Whether a coat stays on, as it was found and as the user wants it."""

import numpy as np

from tests.app.model.test_plan import garment
from tryon_app.model import coat
from tryon_app.model.document import Document


def find(document: Document, value: int = 255) -> np.ndarray:
    """Make a coat known, as a try-on does."""
    found = np.zeros((8, 6), np.uint8)
    found[2:, :2] = value
    assert document.keys is not None
    document.keep(document.keys, "coat", {"stays": found})
    return found


def test_there_is_a_choice_once_one_was_found(document: Document) -> None:
    assert (coat.offered(document), coat.stays_on(document)) == (False, False)
    find(document, 0)
    assert not coat.offered(document)
    find(document)
    assert (coat.offered(document), coat.stays_on(document)) == (True, True)


def test_taking_it_off_is_an_edit_to_undo_and_it_can_be_put_on_again(document: Document) -> None:
    find(document)
    before = document.keys
    coat.keep_on(document, False, "Coat off")
    assert not document.state.edited("coat")["stays"].any()
    assert (coat.offered(document), coat.stays_on(document)) == (True, False)
    assert document.undo.undoText() == "Coat off"
    document.undo.undo()
    assert (coat.stays_on(document), document.keys) == (True, before)
    document.undo.redo()
    coat.keep_on(document, True, "Coat on")
    assert (coat.stays_on(document), document.keys) == (True, before)
    count = document.undo.count()
    coat.keep_on(document, True, "Coat on")
    assert document.undo.count() == count, "it is so already"


def test_it_is_off_for_every_garment_and_whatever_else_is_corrected(document: Document) -> None:
    find(document)
    coat.keep_on(document, False, "")
    document.set_garment(garment("h"), "")
    assert "coat" in document.state.edits
    parse = np.zeros((8, 6), np.uint8)
    document.edit("parse", {"parse": parse}, "")
    assert "coat" in document.state.edits
    assert "coat" in document.state.edits_about("person")
