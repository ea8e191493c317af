"""A canvas that is shown, empty."""

import pytest
from pytestqt.qtbot import QtBot

from tryon_app.views.canvas.canvas import Canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 500)
    canvas.show()
    return canvas
