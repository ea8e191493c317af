"""A coat, jacket or cardigan that is worn open over another top: it can stay on, and what it shows is changed alone.

Under a coat nobody can see how wide a person is, nor the arms, nor the wall behind; whoever takes it off has to make
all that up. One that is open need not come off: the new top is seen between its fronts, as it would be in a mirror.
"""

import numpy as np

from engine.analysis.person.waist import below_hips
from engine.arrays import BoolMask, Labels
from engine.errors import TryOnError
from engine.imaging.blurring import blurred
from engine.imaging.components import each_part, ring_around, small_parts
from engine.imaging.planes import among
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint
from engine.pose.torso import torso_of
from engine.values import Person

_UNDER = (Lip.UPPER, Lip.DRESS)  # what is worn under a coat
_ARMS = (
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW),
)
_POINTS, _SLEEVED = 20, 0.5  # along an upper arm; share of them that is coat
_OPEN, _FRONTS = 0.14, 0.075  # of the torso: so much is seen of what is below, and of the coat
_BLOCKS = 0.03  # of the torso: coat between parts of what is below. .015 and less in 60 coats, .04 and .07 in none
_PIECE = 0.08  # of the largest piece of either: a smaller one is a pocket, a button, a print
_ENCLOSED = 0.97  # of an outline
_LAST = 8 / 1024  # of the height, above where a dress becomes a skirt: a coat that is seen there goes on below
_FRONT = 0.02  # of the height: so far below its upper end the inner edge of a front is sure
_COLLAR = 0.3, 0.1  # where it meets the neck: beside and above the neck's joint, in halves of the shoulders' width
_CHEST, _WHOLLY = 0.35, 0.9  # of the way from neck to hips; of all that lies behind a front's edge: there it is whole
_SMOOTH = 5 / 1024  # of the height: a parse's teeth are as wide


def open_coat(person: Person) -> BoolMask:
    """Where (H, W) a coat lies that is worn open over another top; nowhere if none is.

    It has both arms in its sleeves and both fronts on the torso, and something else shows between them. What lies
    between pieces of that is a block of a jumper in another colour, a tie or a bag.
    """
    none = np.zeros(person.parse.shape, np.bool_)
    try:
        pose = person.pose.completed()
    except TryOnError:
        return none
    torso = torso_of(pose)
    area = max(1, int(torso.sum()))
    if ((person.parse == Lip.COAT) & torso).sum() < _FRONTS / 2 * area:  # a quick look
        return none
    coat, below = _whole(person.parse)
    shown = (below & torso).sum() >= _OPEN * area and (coat & torso).sum() >= _FRONTS * area
    if not shown or _between(coat & torso, below & torso).sum() > _BLOCKS * area or not has_arms_in(coat, pose):
        return none
    coat |= _over_shoulders(coat, below, pose)
    return coat | _further_down(coat, person.parse, pose)


def has_arms_in(coat: BoolMask, pose: Pose) -> bool:
    """Whether both upper arms of a completed pose lie in a coat (H, W)."""
    return all(_sleeved(coat, pose, arm) for arm in _ARMS)


def _whole(parse: Labels) -> tuple[BoolMask, BoolMask]:
    """The coat and what is worn below it, (H, W) each, without small pieces of the one in the other.

    What has the coat all around is a bag on it: an opening goes on up to a neck or down to other clothes.
    """
    coat, worn = parse == Lip.COAT, among(parse, (Lip.COAT, *_UNDER))
    around = [blurred(one.astype(np.float32), _SMOOTH * len(parse)) for one in (coat, worn)]
    coat = worn & (around[0] > 0.5 * around[1])
    coat |= small_parts(worn & ~coat, 8, share=_PIECE)
    coat &= ~small_parts(coat, 8, share=_PIECE)
    for box, own in each_part(worn & ~coat, 1):
        if coat[box][ring_around(own)].mean() > _ENCLOSED:
            coat[box] |= own
    return coat, worn & ~coat


def _between(coat: BoolMask, below: BoolMask) -> BoolMask:
    """What (H, W) of a coat has in its row, on either side, the largest part of what is below it."""
    main = below & ~small_parts(below, 8, share=1.0)
    left, right = np.maximum.accumulate(main, axis=1), np.maximum.accumulate(main[:, ::-1], axis=1)[:, ::-1]
    return coat & left & right


def _over_shoulders(coat: BoolMask, below: BoolMask, pose: Pose) -> BoolMask:
    """What (H, W) of that `below` a coat is its shoulders: above where its fronts are whole, and beside the lines from
    their inner edges to the neck.

    A parse that sees straps of a bag there calls it a top.
    """
    rows, columns = np.arange(coat.shape[0])[:, None], np.arange(coat.shape[1])
    neck, hips = pose.point(Joint.NECK), pose.point(Joint.MID_HIP)
    chest = rows < neck[1] + _CHEST * (hips[1] - neck[1])
    made = np.zeros(coat.shape, np.bool_)
    for (shoulder, _), side in zip(_ARMS, (-1, 1), strict=True):
        outwards = (columns - neck[0]) * side
        front = coat & (outwards > 0)
        edge = np.where(front, outwards, np.inf).min(axis=1, keepdims=True)
        behind = outwards >= edge
        whole = (behind & front).sum(axis=1) > _WHOLLY * (behind & (coat | below)).sum(axis=1)
        first = int((whole & chest[:, 0]).argmax())
        if not whole[first]:
            continue
        sure = first + max(1, round(_FRONT * len(coat)))
        inner = edge[first:sure].min()
        beside, above = abs(pose.point(shoulder)[0] - neck[0]) * np.array(_COLLAR)
        up = ((sure - rows) / max(sure - neck[1] + above, 1)).clip(0, 1)
        made |= below & (rows < sure) & (outwards > inner + (beside - inner) * up)
    return made


def _further_down(coat: BoolMask, parse: Labels, pose: Pose) -> BoolMask:
    """What (H, W) of a long coat the parse calls a skirt, as it does of a dress, for its being long."""
    below = below_hips(pose, parse.shape)
    last = np.roll(below, -max(1, round(_LAST * len(parse))), axis=0) & ~below
    return np.asarray(below & (parse == Lip.SKIRT) & (coat & last).any(axis=0))


def _sleeved(coat: BoolMask, pose: Pose, arm: tuple[Joint, Joint]) -> bool:
    """Whether an upper arm lies in the coat; one that is not found does not say."""
    if not pose.found(arm[0]):
        return False
    root = np.array(pose.point(arm[0]))
    end = np.array(pose.point(arm[1])) if pose.found(arm[1]) else root
    points = (root + np.linspace(0, 1, _POINTS)[:, None] * (end - root)).round().astype(int)
    columns, rows = points.clip(0, (coat.shape[1] - 1, coat.shape[0] - 1)).T
    return bool(coat[rows, columns].mean() >= _SLEEVED)
