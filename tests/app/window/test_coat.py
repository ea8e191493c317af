"""The choice whether an open coat stays on, beside the button."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG, Staged
from tryon_app.workers.answers import Result
from tryon_app.workers.requests import TryOn


@pytest.fixture
def tried(staged: Staged) -> Staged:
    """A window with a picture, in which a coat was found."""
    staged.studio.run()
    document, image = staged.studio.document, staged.pair.image
    assert document.keys is not None
    coat = np.zeros(image.shape[:2], np.uint8)
    coat[50:, :60] = 255
    document.keep(document.keys, "coat", {"stays": coat})
    zeros = np.zeros(image.shape[:2], np.uint8)
    staged.process.done(TryOn, Result({"image": image, "layers": image, "changed": zeros}))
    staged.window.window_status.refresh()
    return staged


def test_without_a_coat_there_is_no_choice(staged: Staged) -> None:
    staged.window.window_status.refresh()
    assert not staged.window.run_panel.coat.isVisible()


def test_one_click_takes_it_off_and_makes_the_picture_again_and_undo_puts_it_on(tried: Staged, qtbot: QtBot) -> None:
    box, actions = tried.window.run_panel.coat, tried.window.actions_
    assert box.isVisible()
    assert box.isChecked()
    count = len(tried.process.requests(TryOn))
    box.click()
    qtbot.waitUntil(lambda: len(tried.process.requests(TryOn)) > count, timeout=LONG)
    assert not tried.process.task(TryOn).given["coat"]["stays"].any()
    tried.window.window_status.refresh()
    assert box.isVisible()
    assert not box.isChecked()
    actions.undo.trigger()
    tried.window.window_status.refresh()
    assert box.isChecked()
