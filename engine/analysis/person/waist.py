"""Where clothes of the upper body end and those of the lower begin, decided over larger areas than cell by cell.

A network that is in two minds about a dress, a long coat or the hem of a shirt calls pieces of it a skirt or trousers.
A piece that is taken for trousers is not taken off the person: it would be seen through the new garment.
"""

import numpy as np

from engine.arrays import Planes
from engine.imaging.blurring import blurred
from engine.labels import Lip

_UPPER = [Lip.UPPER, Lip.DRESS, Lip.COAT]
_LOWER = [Lip.PANTS, Lip.SKIRT]
_BROAD = 40 / 1024  # of the height: about the width of a belt's surroundings; less is no piece of clothing of its own


def with_one_waist(probabilities: Planes) -> Planes:
    """Probabilities (20, h, w) in LIP classes whose share of lower clothes among all clothes is smooth.

    How likely clothes are at a place, and which of the upper and of the lower ones, stays.
    """
    upper, lower = probabilities[_UPPER].sum(axis=0), probabilities[_LOWER].sum(axis=0)
    both, spread = upper + lower, _BROAD * probabilities.shape[1]
    share = blurred(lower, spread) / np.maximum(blurred(both, spread), 1e-6)
    made = probabilities.copy()
    made[_LOWER] *= both * share / np.maximum(lower, 1e-6)
    made[_UPPER] *= both * (1 - share) / np.maximum(upper, 1e-6)
    return made
