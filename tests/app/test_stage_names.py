"""The window knows stages and views by the engine's table: their names stand in its words and in few other places."""

import ast
from collections.abc import Iterator

from engine.graph import TRY_ON, VIEWS
from tests.test_architecture import ROOT

WINDOW = ROOT / "tryon_app"
PHOTOS = {"person", "garment", "photo", "pose", "parse"}  # what is found in photos is called so everywhere
NAMED = {
    "model/coat.py": {"coat"},  # there is a choice about it beside the button
    "model/evaluation.py": {"result"},  # an event of `tryon evaluate`
    "model/stage_views.py": {"agnostic"},  # holds the picture of the pose as well
    "model/training.py": {"segmentation"},  # a network: alone of those that lay garments it learns without, too
    "views/photos/photo_slot_binding.py": {"coat", "garment_mask", "warped"},  # where a doubt can be seen; a doubt
    "views/stages/laid_garment.py": {"warp"},  # what is pushed about
    "views/window/window_status.py": {"generation"},  # has a wording of its own
}


def named(source: str) -> Iterator[str]:
    names = ({stage.name for stage in TRY_ON} | {view.key for view in VIEWS}) - PHOTOS
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in names:
            yield str(node.value)


def test_stages_are_named_in_few_places() -> None:
    words = WINDOW / "views" / "words"
    found: dict[str, set[str]] = {}
    for path in sorted(WINDOW.rglob("*.py")):
        names = set(named(path.read_text(encoding="utf-8")))
        if names and not path.is_relative_to(words):
            found[path.relative_to(WINDOW).as_posix()] = names
    assert found == NAMED


def test_a_name_is_seen() -> None:
    assert list(named('if view == "warped" or stage == "segmentation" or kind == "person": pass')) == [
        "warped",
        "segmentation",
    ]
