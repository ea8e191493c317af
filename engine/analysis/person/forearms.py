"""Sleeves on forearms that the parse took for trousers, or for the wall.

A dark sleeve beside a hip looks to a small parser like the trousers behind it, and a white one before a white wall like
nothing at all. It would stay in the picture below a shorter new sleeve. From elbow to wrist there is an arm: where most
of it is in a sleeve, so is the rest, and how far that reaches its own colours tell.
"""

import cv2
import numpy as np

from engine.analysis.person.colours import mostly_like
from engine.arrays import BoolMask, Labels, Picture, Size
from engine.category import UPPER
from engine.imaging.colour_bleed import distance_from, shrunk_mask
from engine.labels import Lip
from engine.pose import Joint, Pose

_BOTTOMS = (Lip.PANTS, Lip.SKIRT)
# Of the forearm's length: from the bone, where a sleeve may reach and where nothing but the arm is, and along it.
_LOOSE, _CORE, _FROM, _TO = 0.22, 0.15, 0.1, 1.0
_SLEEVE, _BARE = 0.3, 0.15  # of the arm: more than this in a sleeve, less than this bare
_PIECES = 20  # of which a forearm's length is made
_LOST, _PARTLY = 0.8, 0.2  # share of such a piece that is wall: where the arm is lost, and beside such pieces
_EDGE = 6 / 1024  # of the picture's height: of an outline, whose colours are mixed
_AROUND = 120 / 1024  # and from a forearm, where the trousers show their colours


def along_forearms(pose: Pose, size: Size) -> BoolMask:
    """(H, W): where sleeves hang whose elbow and wrist are found in a pose of any size."""
    pose = pose.scaled(size)
    found: BoolMask = np.zeros(size, np.bool_)
    for _, (*_, elbow, wrist) in UPPER.limbs:
        found |= _along(pose, elbow, wrist, _LOOSE)
    return found


def in_sleeves(parse: Labels, pose: Pose) -> BoolMask:
    """(H, W): where sleeves hang along forearms of which the parse (H, W) sees little bare."""
    found: BoolMask = np.zeros(parse.shape, np.bool_)
    for arm, (*_, elbow, wrist) in UPPER.limbs:
        if _is_sleeve(parse[_along(pose, elbow, wrist, _CORE)], arm):
            found |= _along(pose, elbow, wrist, _LOOSE)
    return found


def with_whole_sleeves(colours: Picture, parse: Labels, pose: Pose) -> Labels:
    """The parse (H, W) of a picture with colours (H, W, 3), in Lab, whose sleeves go on down to the hands."""
    made = parse
    for arm, (*_, elbow, wrist) in UPPER.limbs:
        core = _along(pose, elbow, wrist, _CORE)
        if _is_sleeve(made[core], arm):
            made = _before_trousers(colours, made, _along(pose, elbow, wrist, _LOOSE))
            made = np.where(_gaps(made, core, pose, elbow, wrist), Lip.UPPER, made).astype(np.uint8)
    return made


def _is_sleeve(seen: Labels, arm: int) -> bool:
    """Whether what a parse sees (N,) in the middle of a forearm is a sleeve."""
    worn, bare = int(np.isin(seen, UPPER.worn).sum()), int((seen == arm).sum())
    return worn > _SLEEVE * seen.size and bare < _BARE * seen.size


def _along(pose: Pose, elbow: Joint, wrist: Joint, half: float) -> BoolMask:
    """(H, W): along a forearm, a share of its length to either side; nothing where a joint is not found."""
    drawn = np.zeros(pose.size, np.uint8)
    if pose.found(elbow) and pose.found(wrist):
        start, end = np.array(pose.point(elbow)), np.array(pose.point(wrist))
        first, last = (tuple(map(int, (start + share * (end - start)).round())) for share in (_FROM, _TO))
        cv2.line(drawn, first, last, 1, max(1, round(2 * half * float(np.hypot(*(end - start))))))
    return drawn > 0


def _before_trousers(colours: Picture, parse: Labels, zone: BoolMask) -> Labels:
    """The parse with the trousers of a zone given to the top where they have the sleeve's colours."""
    height = len(parse)
    bottoms = np.isin(parse, _BOTTOMS)
    if not (bottoms & zone).any():
        return parse
    sleeve = shrunk_mask(np.isin(parse, UPPER.worn), _EDGE * height) & zone
    away = distance_from(zone)
    trousers = shrunk_mask(bottoms, _EDGE * height) & (away > _EDGE * height) & (away < _AROUND * height)
    return np.where(mostly_like(colours, bottoms & zone, sleeve, trousers), Lip.UPPER, parse).astype(np.uint8)


def _gaps(parse: Labels, core: BoolMask, pose: Pose, elbow: Joint, wrist: Joint) -> BoolMask:
    """(H, W): background along a forearm where that crosses all of it, and what adjoins; a bone that is a little
    beside its arm lies nowhere wholly on the wall."""
    gaps: BoolMask = np.zeros(parse.shape, np.bool_)
    start = np.array(pose.point(elbow))
    along = np.array(pose.point(wrist)) - start
    y, x = np.nonzero(core)
    piece = ((np.stack([x, y], axis=1) - start) @ along / (along @ along) * _PIECES).astype(int).clip(0, _PIECES - 1)
    wall = parse[y, x] == Lip.BACKGROUND
    share = np.bincount(piece, wall, _PIECES) / np.maximum(np.bincount(piece, minlength=_PIECES), 1)
    runs = np.cumsum(np.diff(share > _PARTLY, prepend=False))  # the pieces of a run share a number
    lost = np.isin(runs, runs[share > _LOST])[piece] & wall
    gaps[y[lost], x[lost]] = True
    return gaps
