"""What a person's skin looks like in this light, told by the face: arms and neck may be sleeves and collars."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.labels import Labels, Lip

_SPREAD = 5.0  # least standard deviation of a chroma: light varies over a body
_DARKER = 60.0  # and of a lightness, which tells less
_OTHER = 9.0  # squared distance, in spreads, beyond which a colour is not this skin's
_LEAST = 2e-3  # of the picture: a smaller face tells no colour


def to_lab(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """CIE Lab (H, W, 3) of an RGB picture, each channel 0 to 255 as OpenCV scales them."""
    if not picture.size:
        return picture.astype(np.float32)
    return cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)


def distance(colours: NDArray[np.float32], known: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared distance (N,) of Lab colours (N, 3) from the middle of the known ones (M, 3), in their spreads."""
    middle = np.median(known, axis=0)
    spread = 1.48 * np.median(np.abs(known - middle), axis=0)
    spread = np.maximum(spread, (_DARKER, _SPREAD, _SPREAD))
    return np.asarray(np.square((colours - middle) / spread).sum(axis=1), dtype=np.float32)


def clear(picture: NDArray[np.uint8], parse: Labels, place: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of `place` (H, W) shows the skin best: the face's colour, and on each part the half that lies in the light.

    Brows, lips, stubble and shadows make the mean of a face darker and greyer than anybody would paint it.
    """
    labels, lab = parse[place], to_lab(picture[place][:, None])[:, 0]  # a part of the picture: much less to convert
    face = to_lab(picture[parse == Lip.FACE][:, None])[:, 0]
    same = np.ones(len(labels), dtype=np.bool_)
    if len(face) >= _LEAST * parse.size:
        same = distance(lab, face) < _OTHER
    for part in np.unique(labels[same]):
        own = same & (labels == part)
        same[own] = lab[own, 0] >= np.median(lab[own, 0])
    found = np.zeros_like(place)
    found[place] = same
    return found
