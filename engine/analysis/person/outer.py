"""What is worn or carried over a top, as a network of its own sees it, laid into the parse.

Of a coat it tells where among the upper clothes it is. Things in front (a bag, its strap, a phone) are what the parse
has no class for: nobody knows what they hide.
"""

import numpy as np

from engine.analysis.common.refine import refined_labels
from engine.analysis.person.colours import mostly_like
from engine.arrays import BoolMask, Labels, Picture, Planes
from engine.category import UPPER
from engine.imaging.colour_bleed import grown_mask, near, shrunk_mask
from engine.imaging.components import each_part, ring_around, small_parts
from engine.imaging.filling import nearest_values
from engine.imaging.guided import GuidedFilter
from engine.imaging.images import resize_labels
from engine.imaging.planes import among
from engine.labels import IGNORE, Lip, Outer

_DOUBTFUL = 0.2, 0.8  # probabilities between which nobody can say whether it is a coat
_UNSURE = 0.5  # share of the upper clothes of which that is so: then they are not told apart
_AGREED = 0.5  # share of a coat that is one by the parse as well
_STRANDS = 40 / 1024  # of the height, from where hair is
_LEAST = 4e-3  # of the picture: smaller things are jewellery, bits of straps, or none
_ENCLOSED = 0.98  # of the outline: with so much of upper clothes beside it, it lies on them
_RIM, _EDGE, _CORE = 60 / 1024, 4 / 1024, 12 / 1024  # of the height: of things and clothes; outlines that are mixed
_DARK = 70  # of 255 in lightness: a bag's frame, leather and shade are as dark
_SMALL = 2e-4  # of the picture: a smaller piece is not seen
_LINE = 3 / 1024  # of the height, half the width of a line between two classes that somebody left open


def with_outer(parse: Labels, outer: Planes | None, guided: GuidedFilter) -> Labels:
    """A parse (H, W) with a coat told from what is worn below it, and things not known, 255.

    outer: probabilities (3, h, w) of the classes of `Outer`; without them, or where they leave doubt or the parse sees
    no coat there, upper clothes are a coat as a whole or none, as the parse has them for the most part. guided: fits
    them to the picture (H, W, 3).
    """
    made = parse.copy()
    worn, coat, things = among(parse, UPPER.worn), parse == Lip.COAT, None
    if outer is not None:
        seen = refined_labels(outer, guided)[0]
        coat = _below_hair(seen == Outer.COAT, worn, parse)
        hands = among(parse, UPPER.limb_labels)  # which hold them, and lie before them
        things = _carried((seen == Outer.THING) & ~hands, worn)
    if outer is None or _is_unsure(outer[Outer.COAT], parse) or not _agrees(parse, coat):
        coat = worn & (2 * np.count_nonzero(parse == Lip.COAT) > np.count_nonzero(worn))
    made[worn & (parse == Lip.COAT)] = Lip.UPPER
    made[coat] = Lip.COAT
    if things is not None:
        made[things] = IGNORE
    return made


def with_cloth_beside_things(colours: Picture, parse: Labels) -> Labels:
    """A parse (H, W) of a picture with colours (H, W, 3), in Lab, whose upper clothes have what is of their colours in
    the rim of a thing (255): of a sleeve that a strap lies on, all was kept."""
    things, worn, height = things_in(parse), among(parse, UPPER.worn), len(parse)
    if not (things.any() and worn.any()):
        return parse
    cloth = shrunk_mask(worn, _EDGE * height) & near(things, _RIM * height)
    if not cloth.any() or np.median(colours[cloth, 0]) < _DARK:
        return parse
    piece = mostly_like(colours, things & near(worn, _RIM * height), cloth, shrunk_mask(things, _CORE * height))
    rest = things & ~piece
    strap = rest & ~_large(rest)  # which would be none by itself
    piece &= ~near(strap & ~small_parts(strap, 8, least=_SMALL * piece.size), _RIM * height)
    piece &= ~small_parts(piece, 8, least=_SMALL * piece.size)
    made = parse.copy()
    if piece.any():
        made[piece] = nearest_values(parse, worn, piece)
    return made


def things_in(parse: Labels) -> BoolMask:
    """Where (H, W) a parse (H, W) knows that something is in front, but not of what class; lines are no things."""
    unknown = np.asarray(parse == IGNORE)
    if not unknown.any():
        return unknown
    inner = shrunk_mask(unknown, _LINE * len(parse))
    return _large(np.asarray(unknown & grown_mask(inner, 2 * _LINE * len(parse))))


def _is_unsure(coat: Planes, parse: Labels) -> bool:
    """Whether probabilities (h, w) of a coat say little of the upper clothes of a parse (H, W)."""
    worn = among(resize_labels(parse, (coat.shape[0], coat.shape[1])), UPPER.worn)
    low, high = _DOUBTFUL
    return bool(worn.any() and ((coat > low) & (coat < high))[worn].mean() > _UNSURE)


def _agrees(parse: Labels, coat: BoolMask) -> bool:
    """Whether a parse (H, W) calls much of a coat (H, W) one too: else it is a top with something before it."""
    return not coat.any() or bool((parse[coat] == Lip.COAT).mean() > _AGREED)


def _below_hair(coat: BoolMask, worn: BoolMask, parse: Labels) -> BoolMask:
    """The coat (H, W) among upper clothes (H, W), up to where hair begins: strands leave doubt around."""
    made = coat & worn
    beside = worn & near(parse == Lip.HAIR, _STRANDS * len(parse))
    known = worn & ~beside
    if beside.any() and known.any():
        made[beside] |= nearest_values(made.view(np.uint8), known, beside) > 0
    return made


def _carried(things: BoolMask, worn: BoolMask) -> BoolMask:
    """Things (H, W), without small ones and those that lie on upper clothes (H, W) alone, which are prints."""
    made = _large(things)
    for box, own in each_part(made, 1):
        if worn[box][ring_around(own)].mean() > _ENCLOSED:
            made[box] &= ~own
    return made


def _large(things: BoolMask) -> BoolMask:
    return np.asarray(things & ~small_parts(things, 8, least=_LEAST * things.size))
