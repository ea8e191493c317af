"""Arrays as QImages for the widgets, small ones quickly."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from qimage2ndarray import array2qimage, rgb_view

from tryon_app.model.stage_views import StageView
from tryon_app.model.thumbnails import Thumbnails
from tryon_app.views.common.view_types import Array8

_THUMB = QSize(192, 256)


def image_of(array: Array8 | None) -> QImage | None:
    """A picture uint8 (H, W, 3), or with transparency (H, W, 4), as a QImage of its own; None for None."""
    return None if array is None else array2qimage(array)


def thumb_of(array: Array8 | None) -> QImage | None:
    """A small version of a picture: first every n-th pixel, then smoothly, so that it takes a millisecond."""
    return None if array is None else _small(array[:: (step := step_of(array)), ::step])


def thumb_of_view(found: StageView | None) -> QImage | None:
    """A small version of a stage."""
    return None if found is None else _small(found.every(step_of(found.source)))


def step_of(array: Array8) -> int:
    """How many pixels of a picture a thumbnail can leave out and still be smooth."""
    return max(1, array.shape[0] // (2 * _THUMB.height()))


def _small(array: Array8) -> QImage:
    image = image_of(array)
    assert image is not None
    return image.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class ThumbnailImages:
    """Thumbnails as QImages, each made once."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        self._thumbnails = thumbnails
        self._made: dict[str, tuple[Array8, QImage]] = {}

    def get(self, path: str) -> QImage | None:
        """The picture at `path`; None where it has still to be read, which `Thumbnails.there` tells."""
        array = self._thumbnails.get(path)
        if array is None:
            return None
        if path not in self._made or self._made[path][0] is not array:
            if len(self._made) >= len(self._thumbnails):  # some of them are no longer there
                self._made.clear()
            self._made[path] = array, array2qimage(array)
        return self._made[path][1]


def cut_out(picture: Array8, mask: Array8) -> QImage | None:
    """A picture (H, W, 3) that is seen where its mask (H, W) is."""
    return image_of(np.dstack([picture, mask]))


def array_of(image: QImage) -> Array8:
    """A QImage as uint8 (H, W, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)  # has to live until its memory is copied
    return rgb_view(plain).copy()
