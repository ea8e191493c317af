"""A picture that is shown as a field pushes it about, from its own pixels, so that no stroke makes it blurred."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from tryon_app.views.canvas import displacement
from tryon_app.views.canvas.displacement import Field, Mask, Part

_SMALL = 400_000  # pixels: up to here all are shown whatever is asked for


class Pushed:
    """`before` as it was and `image` as it is pushed by now. step: only every so many pixels of a large one are shown.

    before: premultiplied or opaque, 32 bits a pixel.
    """

    def __init__(self, before: QImage, step: int = 1) -> None:
        self.before, self.step = before, step
        thin = step if before.width() * before.height() > _SMALL else 1
        self._pixels = np.ascontiguousarray(_pixels(before)[::thin, ::thin])
        self._shown = self._pixels.copy()
        height, width = self._shown.shape
        # reads the array's own memory: what is written there is seen at once
        self.image = QImage(self._shown.data, width, height, 4 * width, before.format())

    def show(self, field: Field, cells: Part | None = None) -> Part:
        """Show it pushed by a field of cells, where `cells` are; which pixels of `image` these are."""
        return displacement.fetched(self._pixels, field, self._shown, cells)


def there(image: QImage) -> Mask:
    """Where a picture of 32 bits a pixel is not see-through."""
    found: Mask = _pixels(image) >> 24 > 127
    return found


def _pixels(image: QImage) -> NDArray[np.uint32]:
    rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return rows[:, : image.width()]
