"""How each kind of view is drawn and edited on the canvas: one row a kind, so that a new view of a kind needs none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from tryon_app.model.stage_views import StageView
from tryon_app.model.stages import Draw
from tryon_app.views.common.pictures import cut_out
from tryon_app.views.common.view_types import Array8

MARK = (255, 64, 96)  # the colour of a mask, which has no names
_Layer = Callable[[StageView], QImage | None]


@dataclass(frozen=True)
class Drawer:
    """What belongs to a kind of view.

    tools: the canvas's tools for editing it, "hand" first; () where there is nothing to edit by hand. opacity: how it
    lies over the picture at first; 0 for what is a picture itself. layer: makes the picture that lies there, None
    where the canvas draws it (a pose) or it is the picture. labels: it is painted on with a brush.
    """

    tools: tuple[str, ...] = ()
    opacity: float = 0.0
    layer: _Layer | None = None
    labels: bool = False


def _labels(found: StageView) -> QImage | None:
    assert found.labels is not None
    return cut_out(found.picture, np.where(found.labels > 0, 255, 0).astype(np.uint8))


def _garment(found: StageView) -> QImage | None:
    assert found.mask is not None
    return cut_out(found.picture, found.mask)


def _mask(found: StageView) -> QImage | None:
    assert found.mask is not None
    return cut_out(_filled(found.mask), found.mask)


def _filled(mask: Array8) -> Array8:
    colour = np.empty((*mask.shape, 3), dtype=np.uint8)
    colour[:] = MARK
    return colour


WARPING = ("frame", "push", "edge", "pin")
_BRUSHES = ("hand", "brush", "eraser", "fill", "lasso")
DRAWERS: Mapping[Draw, Drawer] = {
    "picture": Drawer(),
    "pose": Drawer(("hand", "joints"), 0.9),
    "labels": Drawer(_BRUSHES, 0.65, _labels, labels=True),
    "mask": Drawer(_BRUSHES, 0.5, _mask, labels=True),
    "cut-out": Drawer(("hand", *WARPING, "points"), 1.0, _garment),
    "gaps": Drawer((), 0.7, _mask),
    "choice": Drawer(),
}
