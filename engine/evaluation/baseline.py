"""The trivial try-on to compare with: no network, each class of the true parse filled with its own mean colour."""

import numpy as np

from engine.arrays import Array8
from engine.labels import lip_to_segmentation


def flat_colours(photo: Array8, parse: Array8, changed: Array8) -> Array8:
    """The photo (H, W, 3) with every class of its LIP parse (H, W) painted in its mean colour where `changed` (H, W).

    It is given what a try-on has to guess: the true parse and the true colours. Outside the photo's own pixels stay.
    """
    made, labels, inside = photo.copy(), lip_to_segmentation(parse), changed > 0
    for label in np.unique(labels[inside]):
        place = inside & (labels == label)
        made[place] = photo[place].mean(axis=0).round().astype(np.uint8)
    return made
