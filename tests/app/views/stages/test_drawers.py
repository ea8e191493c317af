"""Every row of the table of views can be drawn, named and pointed to."""

from typing import get_args

import numpy as np
import pytest

from tryon_app.model.stage_views import StageView
from tryon_app.model.stages import BY_KEY, VIEWS, Draw, seen
from tryon_app.views.common.pictures import array_of
from tryon_app.views.photos.photo_slot_binding import _SHOWS
from tryon_app.views.stages.drawers import DRAWERS, MARK
from tryon_app.views.words.names import short_view_name, view_name, view_tip


def test_every_kind_of_view_has_a_drawer() -> None:
    assert set(DRAWERS) == set(get_args(Draw))
    assert {view.draw for view in VIEWS} <= set(DRAWERS)


def test_every_view_has_words_and_every_doubt_points_to_views() -> None:
    assert all(name(view.key) for view in VIEWS for name in (view_name, short_view_name, view_tip))
    assert {key for keys in _SHOWS.values() for key in keys} <= set(BY_KEY)


def test_what_is_painted_on_lies_there_as_labels_and_can_be_edited() -> None:
    for view in VIEWS:
        if DRAWERS[view.draw].labels:
            assert "brush" in DRAWERS[view.draw].tools
            assert view.array in view.edits


def test_views_are_seen_with_the_networks_that_make_them() -> None:
    plain = ("segmentation", "matching", "alias", "parser")
    assert seen(plain) == tuple(view.key for view in VIEWS if view.key not in ("hair", "collar", "parts"))
    assert seen((*plain, "hair", "flow", "collar", "marks")) == tuple(view.key for view in VIEWS)


@pytest.mark.parametrize(
    ("draw", "colour"), [("labels", (10, 20, 30)), ("cut-out", (10, 20, 30)), ("mask", MARK), ("gaps", MARK)]
)
def test_a_layer_is_seen_where_there_is_something(draw: Draw, colour: tuple[int, int, int]) -> None:
    picture, mask = np.full((8, 6, 3), (10, 20, 30), np.uint8), np.zeros((8, 6), np.uint8)
    mask[2:4, 2:4] = 255
    layer = DRAWERS[draw].layer
    assert layer is not None
    image = layer(StageView(picture, labels=mask // 255, mask=mask))
    assert image is not None
    assert tuple(array_of(image)[3, 3]) == colour
    assert [image.pixelColor(*at).alpha() for at in ((0, 0), (3, 3))] == [0, 255]
