"""Coarse probabilities brought to full size along the edges of the picture."""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels, Planes
from engine.imaging.components import without_specks
from engine.imaging.guided import GuidedFilter
from engine.imaging.planes import likeliest

_PRESENT = 0.3  # a class that is nowhere likelier than this is left out


def refined_labels(probabilities: Planes, guided: GuidedFilter) -> tuple[Labels, NDArray[np.float32]]:
    """Label map (H, W) of probabilities (C, h, w) that span a picture (H, W, 3), and how sure each pixel is, 0..1.

    guided: fits them to that picture.
    """
    highest = probabilities.max(axis=(1, 2))
    present = np.flatnonzero(highest >= min(_PRESENT, float(highest.max())))
    labels, best = likeliest((int(label), guided(probabilities[label])) for label in present)
    return without_specks(labels), best
