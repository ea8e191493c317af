"""Ends of hair before the old top, laid over the new one by how much of each pixel is hair.

A parse draws hair with a smooth outline. Within it lie pieces of the old top, and beyond it single strands. What shines
through hair is taken out of its colours, as in blue-screen matting (Smith and Blinn, SIGGRAPH 1996): the old top's are
known from beside it.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture, Labels
from engine.category import UPPER, Category
from engine.imaging.filling import fill, nearest_values
from engine.imaging.planes import Plane, box_around, in_three
from engine.labels import Seg

_ALL, _HALF, _NONE = 0.98, 0.5, 0.02  # shares that leave nothing of the rest to be seen, half, and nothing of the hair
_TOLD = 0.2, 0.7  # share of which a pixel tells the hair's own colour a little, and well
_HUES = 4.0, 20.0  # levels of 256 by which its hue may differ there from that of the hair around it
_AROUND = 40 / 1024  # of the height: as far as hair and top tell their colours


@dataclass(frozen=True, eq=False)
class Ends:
    """Hair whose outline lies before the old top or the new one.

    share: (H, W), how much of each pixel is hair. place: (H, W), where that counts. behind: (H, W), the predicted parse
    with what lies behind those ends.
    """

    share: Plane
    place: BoolMask
    behind: Labels


def ends_of_hair(share: Array8, photo: Array8, before: Labels, after: Labels, category: Category = UPPER) -> Ends:
    """Those of a share of hair (H, W), 0 to 255, in a photo (H, W, 3) with its own and the predicted labels (H, W).

    Where a label of hair is none, and wall or skin is nearest, the old top is told by its colour.
    """
    part, hair = np.asarray(share / np.float32(255), dtype=np.float32), before == Seg.HAIR
    thin = hair & (part < _ALL)
    behind, place = after.copy(), (before == category.garment) & (part > _NONE)
    known = ~hair & (after != Seg.HAIR)
    if thin.any() and known.any():
        old, new = (nearest_values(labels, known, thin) for labels in (before, after))
        over = (old == category.garment) | (new == category.garment)
        over |= (part[thin] < _HALF) & _of_top(photo, before == category.garment, known, thin)
        behind[thin] = np.where(over, new, behind[thin])
        place[thin] = over
    return Ends(part, place, behind)


def _of_top(photo: Array8, top: BoolMask, known: BoolMask, where: BoolMask) -> BoolMask:
    """Which pixels (N,) of `where` have the colour of a top (H, W) beside them rather than that of all else that is
    known (H, W)."""
    box = box_around(where, round(_AROUND * len(where)))
    seen, asked = photo[box].astype(np.float32), where[box]
    sides = (fill(seen, one[box]) for one in (top, known & ~top))
    near = [np.abs(seen - side)[asked].sum(axis=1) for side in sides]
    return np.asarray(near[0] < near[1]) if top[box].any() else np.zeros(len(near[0]), np.bool_)


def lay_hair(
    picture: FloatPicture,
    trust: Plane,
    photo: Array8,
    before: Labels,
    ends: Ends,
    category: Category = UPPER,
) -> None:
    """Lay ends of hair over what lies behind them; picture (H, W, 3) and trust in the photo (H, W) are changed."""
    if not ends.place.any():
        return
    box = box_around(ends.place, round(_AROUND * len(before)))
    place, share = ends.place[box], ends.share[box]
    seen = photo[box].astype(np.float32)
    hair = fill(seen, (before[box] == Seg.HAIR) & (share >= _ALL))
    top = fill(seen, (before[box] == category.garment) & (share <= _NONE))
    own = _own(seen, top, hair, share)
    made = picture[box]
    made[place] += ((own - made) * in_three(share))[place]
    trust[box][place] = 0


def _own(seen: FloatPicture, top: FloatPicture, hair: FloatPicture, share: Plane) -> FloatPicture:
    """The colours (h, w, 3) of hair of which so much is seen before a top, each (h, w, 3): nearly those of the hair
    around where it is little, but for their light, since a top with a pattern is not known so well."""
    whole = (seen - top * in_three(1 - share)) / in_three(np.maximum(share, _TOLD[0]))
    told, most = (in_three(np.interp(share, _TOLD, ends).astype(np.float32)) for ends in ((0, 1), _HUES))
    differs = (whole.clip(0, 255) - hair) * told
    light = differs.mean(axis=2, keepdims=True)
    return np.asarray(hair + light + (differs - light).clip(-most, most), dtype=np.float32)
