"""The finished try-on laid back into the photo it came from, at the photo's own resolution."""

from engine.analysis.person.analyse import AnalysedPerson
from engine.arrays import Box, Picture
from engine.errors import TryOnError
from engine.imaging.framing import Framed
from engine.imaging.images import turned
from engine.values import TryOnResult


def place_back(photo: Picture, person: AnalysedPerson, result: TryOnResult) -> Picture:
    """The photo uint8 (H, W, 3) wearing the garment; every pixel outside the changed region keeps its exact value.

    A photo that was turned to be analysed is turned here too. The region's edge is feathered as in the result.
    TryOnError where the photo is not the one that was analysed.
    """
    framed, photo = person.framed, turned(photo, person.turn)
    if photo.shape != (*framed.photo_size, 3):
        height, width = framed.photo_size
        raise TryOnError("photo.another", width=photo.shape[1], height=photo.shape[0], columns=width, rows=height)
    return laid_over(photo, framed.box, result.layers, result.changed)


def laid_over(photo: Picture, box: Box | None, layers: Picture, changed: Picture) -> Picture:
    """The photo with `layers` (h, w, 3) laid over its part `box` (all of it for None) where `changed` (h, w) says so.

    The layers and not the finished picture, whose edge is already mixed with the photo.
    """
    size = photo.shape[0], photo.shape[1]
    framed = Framed(layers, box or (0.0, 0.0, float(size[1]), float(size[0])), size)
    return framed.paste_back(photo, layers, changed)
