"""Garments that somebody has cut out already: the transparency of their picture is the mask."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.analysis.common.doubt import doubt
from engine.analysis.garment.cut_out import AnalysedGarment, frame_box, on_white
from engine.analysis.garment.doubts import doubts_about_given
from engine.arrays import FULL_SIZE, Size, Turn
from engine.errors import TryOnError
from engine.imaging import decoding
from engine.imaging.framing import frame
from engine.imaging.images import read_photo, turned
from engine.imaging.masks import own_mask

_RIM = 2  # pixels of the frame, see `engine.analysis.garment`
_LEAST = 0.02  # of the picture
_CLEAR = 8  # of 255: fainter is the rest of a shadow or of a halo


def read_cut_out(path: Path, size: Size = FULL_SIZE, turn: Turn = 0) -> AnalysedGarment:
    """The garment in a picture with transparency, in a frame of `size` (height, width) as product photos have it.

    turn: degrees by which the picture is turned clockwise.
    Its mask is the transparency itself, soft where that is; colours under transparency do not matter. TryOnError where
    nothing, or next to nothing, is opaque.
    """
    alpha = own_mask(decoding.upright(decoding.load(path)))
    if alpha is None or (alpha >= 128).mean() < _LEAST:
        raise TryOnError("cut_out.nothing", path=path)
    photo, alpha = turned(read_photo(path), turn), turned(alpha, turn)
    alpha[alpha < _CLEAR] = 0
    framed = frame(photo, size, frame_box(alpha, 1.0, (photo.shape[0], photo.shape[1])))
    mask = _framed(alpha, framed.box, size)
    warnings = tuple(map(doubt, doubts_about_given(alpha, framed)))
    return AnalysedGarment(on_white(framed.image, mask), mask, framed=framed, plain=True, warnings=warnings)


def _framed(alpha: NDArray[np.uint8], box: tuple[float, float, float, float], size: Size) -> NDArray[np.uint8]:
    inner = np.zeros(size, dtype=np.uint8)
    whole = frame(alpha, size, box, fill=0).image
    inner[_RIM:-_RIM, _RIM:-_RIM] = whole[_RIM:-_RIM, _RIM:-_RIM]
    return inner
