"""The history in the real window: rows that say what was edited, favourites, and parameters to take along."""

import json

import numpy as np
from PySide6.QtGui import QGuiApplication

from tests.app.window.conftest import Staged
from tryon_app.model.history import Entry
from tryon_app.views.rails.list_item import BADGE, LINES
from tryon_app.workers.requests import Remember


def remembered(staged: Staged) -> Entry:
    """The document's result as an entry whose files are there."""
    staged.made()
    staged.studio.results.remember("tiny", {})
    entry = staged.studio.results.entry
    assert entry is not None
    entry.folder.mkdir(parents=True)
    staged.process.done(Remember, np.zeros((4, 3, 3), np.uint8))
    return entry


def test_a_row_says_that_it_was_edited_and_is_a_favourite(staged: Staged) -> None:
    document, results = staged.studio.document, staged.window.history_list
    plain = remembered(staged)
    document.edit("parse", {"parse": np.zeros_like(staged.pair.parse)}, "")
    edited = remembered(staged)
    assert [results.list.item(row).data(LINES)[2].endswith("edited") for row in (0, 1)] == [True, False]
    results.star_requested.emit(edited.key, True)
    assert results.list.item(0).data(BADGE) == "star"
    assert json.loads((edited.folder / "entry.json").read_text())["starred"]
    results.parameters_requested.emit(edited.key)
    assert json.loads(QGuiApplication.clipboard().text())["edits"] == ["parse"]
    QGuiApplication.clipboard().clear()
    results.delete_several_requested.emit([plain.key, edited.key])
    assert results.list.count() == 0
    assert not plain.folder.exists()
