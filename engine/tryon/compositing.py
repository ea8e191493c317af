"""Original pixels wherever the new garment changes nothing, so that faces, hair and hands stay as they were.

The generator repaints the whole picture. What it was shown unchanged it returns nearly unchanged, but nearly is not
enough for a face. A pixel is taken from the photo when the photo's parse and the predicted parse agree on what it is
and it was not, and does not become, clothing.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8
from engine.category import UPPER, Category
from engine.category.agnostic import hidden_region
from engine.imaging.colour_bleed import grown_by_disc
from engine.imaging.planes import in_three
from engine.labels import IGNORE, lip_to_segmentation
from engine.values import Agnostic, Person, Segmentation

_MARGIN = 8 / 1024  # of the height: how far into the kept region the generator's pixels reach, against ragged parses
_FEATHER = 6 / 1024  # of the height: half the width of the blend around that


def changed_region(
    person: Person, agnostic: Agnostic, segmentation: Segmentation, category: Category = UPPER
) -> Array8:
    """(H, W): 255 where the garment changes the picture, 0 where the photo stays, feathered between."""
    before, after = lip_to_segmentation(person.parse), segmentation.labels
    clothing = (before == category.garment) | (after == category.garment)
    hidden = hidden_region(agnostic.image)
    # outside the grey region the generator saw the photo itself; a prediction that differs there is its own mistake
    differs = ((before != after) | (before == IGNORE)) & hidden
    return _soften(clothing | differs, person.size[0])


def _soften(changed: NDArray[np.bool_], height: int) -> Array8:
    mask = changed.astype(np.uint8) * 255
    margin, feather = round(_MARGIN * height), round(_FEATHER * height)
    wide = grown_by_disc(mask, margin + feather) if margin + feather else mask
    if not feather:
        return wide
    # the blur's window is as wide as the dilation behind it, so the region itself stays at 255
    return np.asarray(cv2.blur(wide, (2 * feather + 1, 2 * feather + 1)), dtype=np.uint8)


def composite(photo: Array8, generated: Array8, changed: Array8) -> Array8:
    """Blend (H, W, 3) pictures by `changed` (H, W); where it is 0 the photo's pixels are taken bit for bit."""
    alpha = in_three(changed.astype(np.uint16))
    mixed = generated.astype(np.uint16) * alpha + photo.astype(np.uint16) * (255 - alpha)
    return ((mixed + 127) // 255).astype(np.uint8)
