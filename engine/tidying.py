"""A predicted parse freed of what cannot be: pieces of an arm in a sleeve, pieces of a sleeve on an arm.

A small segmentation generator scatters such islands. Garment and arms are each one thing, which hair or the other arm
may cut in two or three large parts; a part much smaller than the largest is a mistake.
"""

from collections.abc import Mapping

from engine.islands import without_islands, without_specks
from engine.labels import Seg
from engine.stages import Segmentation

_SPECK = 5e-4  # of the picture: smaller islands of any class are given to their surroundings
# smallest part, in areas of the largest
_PARTS: Mapping[tuple[int, ...], float] = {(Seg.UPPER,): 0.06, (Seg.LEFT_ARM,): 0.15, (Seg.RIGHT_ARM,): 0.15}


def tidied(segmentation: Segmentation) -> Segmentation:
    """The parse with small islands given to their nearest neighbours."""
    return Segmentation(without_islands(without_specks(segmentation.labels, _SPECK), _PARTS))
