"""Every view that takes a file has a reader for it, and the others say so."""

from pathlib import Path

import pytest

from engine import graph
from engine.errors import TryOnError
from engine.tryon.edit_files import READERS, read_edit


def test_every_reader_belongs_to_a_view() -> None:
    assert set(READERS) == {view.reads for view in graph.VIEWS if view.reads}


@pytest.mark.parametrize("view", [view.key for view in graph.VIEWS if not view.reads])
def test_views_that_follow_from_others_take_no_file(view: str) -> None:
    with pytest.raises(TryOnError, match=r"^a\.png cannot replace this picture"):
        read_edit(view, Path("a.png"))
