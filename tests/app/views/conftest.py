"""What tests of widgets share: the theme, drawn pictures, and that neither timers nor widgets are left over."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.labels import LIP
from tests.rendered import RenderedPair, rendered_pair
from tryon_app.views.common.language import Language
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.view_types import Label

PALETTE = tuple(Label(i, name, colour) for i, (name, colour) in enumerate(zip(LIP.names, LIP.colours, strict=True)))


def image_of(array: np.ndarray) -> QImage:
    """A picture of an array uint8 (H, W, 3), with pixels of its own."""
    array = np.ascontiguousarray(array)
    height, width = array.shape[:2]
    return QImage(array.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def plain(width: int, height: int, colour: str = "#808080") -> QImage:
    """A picture of one colour."""
    picture = QImage(width, height, QImage.Format.Format_RGB888)
    picture.fill(colour)
    return picture


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The dark theme, in English; put back afterwards."""
    theme = Theme.install(qapp, "dark")
    language = Language.install(qapp, "en")
    yield theme
    language.choose("en")
    theme.choose("dark")


@pytest.fixture(autouse=True)
def _look(theme: Theme, qtbot: QtBot) -> None:
    """Every test of a view has the look of the window."""


@pytest.fixture(scope="session")
def pair() -> RenderedPair:
    return rendered_pair(3, (256, 192))


@pytest.fixture
def photo(pair: RenderedPair) -> QImage:
    return image_of(pair.image)
