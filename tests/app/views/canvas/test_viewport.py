"""Zoom, pan and fit as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from tryon_app.views.canvas.viewport import LARGEST, MARGIN, SMALLEST, Viewport


def viewport(width: float = 800, height: float = 600, picture: tuple[float, float] = (300, 400)) -> Viewport:
    view = Viewport()
    view.set_picture(QSizeF(*picture))
    view.set_area(QRectF(0, 0, width, height))
    return view


def test_a_picture_is_fitted_first() -> None:
    target = viewport().target()
    assert target.height() == pytest.approx(600 - 2 * MARGIN)
    assert target.center() == QPointF(400, 300)


def test_what_is_fitted_stays_fitted() -> None:
    view = viewport()
    view.set_area(QRectF(0, 0, 400, 300))
    assert view.target().height() == pytest.approx(300 - 2 * MARGIN)


@given(st.floats(0, 800), st.floats(0, 600), st.floats(0.05, 40))
def test_zoom_keeps_the_point_under_the_cursor(x: float, y: float, scale: float) -> None:
    view = viewport(picture=(3000, 4000))
    view.zoom_at(QPointF(400, 300), 1.0)
    before = view.to_picture(QPointF(x, y))
    if QRectF(0, 0, 3000, 4000).contains(before):
        view.zoom_at(QPointF(x, y), scale)
        after = view.to_widget(before)
        assert after.x() == pytest.approx(x, abs=0.01)
        assert after.y() == pytest.approx(y, abs=0.01)


@given(st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_there_and_back_is_the_same_point(x: float, y: float) -> None:
    view = viewport()
    view.zoom_at(QPointF(100, 100), 3.0)
    point = view.to_picture(view.to_widget(QPointF(x, y)))
    assert point.x() == pytest.approx(x)
    assert point.y() == pytest.approx(y)


def test_zoom_has_limits() -> None:
    view = viewport()
    view.zoom_at(QPointF(), 1e6)
    assert view.scale == LARGEST
    view.zoom_at(QPointF(), 1e-6)
    assert view.scale == SMALLEST


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_a_picture_cannot_be_pushed_out_of_sight(x: float, y: float) -> None:
    view = viewport()
    view.pan(QPointF(x, y))
    shown = view.target().intersected(view.area)
    assert shown.width() >= 47
    assert shown.height() >= 47


def test_sharper_picture_of_the_same_shape_takes_the_drafts_place() -> None:
    view = viewport(picture=(384, 512))
    view.zoom_at(QPointF(300, 200), 2.5)
    before = view.target()
    view.set_picture(QSizeF(768, 1024))
    assert view.target() == before
    assert view.scale == 1.25


def test_another_shape_is_fitted() -> None:
    view = viewport()
    view.zoom_at(QPointF(300, 200), 2.5)
    view.set_picture(QSizeF(1000, 500))
    assert view.fitted


def test_only_what_is_in_sight_is_visible() -> None:
    view = viewport(picture=(1000, 1000))
    view.zoom_at(QPointF(), 10)
    seen = view.visible()
    assert seen.width() <= 80.1
    assert seen.height() <= 60.1
