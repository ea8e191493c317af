"""A predicted parse freed of what cannot be: pieces of an arm in a sleeve, pieces of a sleeve on an arm.

A small segmentation generator scatters such islands. Garment and arms are each one thing, which hair or the other arm
may cut in two or three large parts; a part much smaller than the largest is a mistake.
"""

from engine.analysis.refine import without_islands, without_specks
from engine.labels import Seg
from engine.stages import Segmentation

_SPECK = 5e-4  # of the picture: smaller islands of any class are given to their surroundings
_PARTS = {(Seg.UPPER,): 0.06, (Seg.LEFT_ARM,): 0.15, (Seg.RIGHT_ARM,): 0.15}  # smallest part, in areas of the largest


def tidied(segmentation: Segmentation) -> Segmentation:
    """The parse with small islands given to their nearest neighbours."""
    whole = without_specks(segmentation.labels, _SPECK)
    return Segmentation(without_islands(whole, {tuple(map(int, group)): share for group, share in _PARTS.items()}))
