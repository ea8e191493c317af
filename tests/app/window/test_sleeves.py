"""The choice of sleeves beside the button."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG, Staged
from tryon_app.model import sleeves
from tryon_app.views.window.run_panel import RunPanel
from tryon_app.workers.answers import PackList, Result
from tryon_app.workers.requests import ListPacks, TryOn


@pytest.fixture
def panel(staged: Staged) -> RunPanel:
    """That of a window with a picture whose garment has short sleeves, as its photo was read."""
    staged.studio.run()
    document, image = staged.studio.document, staged.pair.image
    assert document.keys is not None
    document.keep(document.keys, "sleeves", {"reach": np.array([0.7, 0.1], np.float32)})
    zeros = np.zeros(image.shape[:2], np.uint8)
    staged.process.done(TryOn, Result({"image": image, "layers": image, "changed": zeros}))
    staged.window.window_status.refresh()
    return staged.window.run_panel


def test_what_was_read_is_what_counts_at_first(panel: RunPanel) -> None:
    assert panel.sleeves.isVisible()
    assert panel.sleeves.isEnabled()
    assert (panel.sleeves.key, panel.sleeves.currentText()) == ("", "Photo: short")


def test_one_choice_makes_the_picture_again_and_undo_takes_it_back(
    panel: RunPanel, staged: Staged, qtbot: QtBot
) -> None:
    count, actions = len(staged.process.requests(TryOn)), staged.window.actions_
    panel.sleeves.choose("long")
    qtbot.waitUntil(lambda: len(staged.process.requests(TryOn)) > count, timeout=LONG)
    assert staged.process.task(TryOn).given["sleeves"]["reach"].tolist() == pytest.approx([1.9, 0.05])
    assert "reach" not in staged.process.task(TryOn).garment
    staged.window.window_status.refresh()
    assert (panel.sleeves.currentText(), panel.sleeves.itemText(0)) == ("Long", "Photo: short")
    actions.undo.trigger()
    staged.window.window_status.refresh()
    assert (panel.sleeves.key, sleeves.said(staged.studio.document)) == ("", "")
    actions.redo.trigger()
    staged.window.window_status.refresh()
    assert panel.sleeves.key == "long"


def test_it_waits_for_a_garment_and_is_offered_with_its_network_alone(panel: RunPanel, staged: Staged) -> None:
    staged.studio.document.set_garment(None, "")
    staged.window.window_status.refresh()
    assert not panel.sleeves.isEnabled()
    pack = staged.studio.pack_info
    assert pack is not None
    staged.studio.reload_packs()
    kinds = tuple(kind for kind in pack.kinds if kind != "sleeves")
    staged.process.done(ListPacks, PackList((replace(pack, kinds=kinds),), {}))
    staged.window.window_status.refresh()
    assert not panel.sleeves.isVisible()
    assert not panel.sleeves_text.isVisible()
