"""Bare arms of a photo, shown to a network that predicts the parse in another garment.

The clothing-agnostic parse takes the arms out, since they may have been covered. But arms that the photo shows bare
tell exactly where arm or sleeve will be. Training pairs show a person in one garment only, where a bare arm begins just
where the sleeve ends; so arms are laid bare here from a random place on, also within the sleeve, as by a shorter one.
"""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import Labels, Size
from engine.category import UPPER, Category
from engine.labels import Lip, Seg
from engine.pose import Pose

ARMS: tuple[tuple[Lip, Seg], ...] = ((Lip.LEFT_ARM, Seg.LEFT_ARM), (Lip.RIGHT_ARM, Seg.RIGHT_ARM))
_RADIUS = 16 / 256  # of the height: as far from its bones as a limb reaches
_STEPS = 100  # places told along a limb; two limbs fit into a byte
_COVERED = 0.25  # share of people who show no bare arm but what the agnostic parse has
_APART = 0.2  # share whose arms are bare from different places on
_THINNER = (7, 10)  # pixels by which an arm in a sleeve is thinner than that, at 256 rows

Place = tuple[float, float]


def limb_places(pose: Pose, size: Size, category: Category = UPPER) -> Labels:
    """(H, W): 0 beside the limbs; on the n-th of them 101 n + 1 at its root to 101 n + 101 at its end."""
    pose = pose.scaled(size).completed()
    drawn = np.zeros(size, np.uint8)
    for number, (_, chain) in enumerate(category.limbs):
        joints = [joint for joint in chain[1:] if pose.found(joint)]
        for value, (start, end) in enumerate(_parts([pose.point(joint) for joint in joints])):
            colour = (_STEPS + 1) * number + 1 + value
            cv2.line(drawn, _pixel(start), _pixel(end), colour, max(1, round(2 * _RADIUS * size[0])))
    return drawn


def _parts(points: Sequence[Place]) -> list[tuple[Place, Place]]:
    """The way along the points as `_STEPS` + 1 short lines; none for fewer than two points."""
    if len(points) < 2:
        return []
    ends = np.linspace(0, len(points) - 1, _STEPS + 2)
    way = np.stack([np.interp(ends, range(len(points)), axis) for axis in zip(*points, strict=True)], axis=1)
    return [(tuple(start), tuple(end)) for start, end in pairwise(way)]


def _pixel(point: Place) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def laid_bare(planes: Tensor, parse: Tensor, places: Tensor, seeds: Sequence[int], worn: Sequence[int]) -> Tensor:
    """Agnostic parses (B, 13, H, W) with arms that are bare from a random place on.

    parse: LIP labels (B, H, W); places: (B, H, W), `limb_places`; worn: LIP labels of the garment.
    """
    shown = torch.zeros_like(parse)
    for row, seed in enumerate(seeds):
        drawn = torch.Generator().manual_seed(seed + 1)  # the seed itself draws the network's noise
        chances, cuts = torch.rand(2, generator=drawn), torch.rand(2, generator=drawn) * 1.1 - 0.1
        thinner = int(torch.randint(_THINNER[0], _THINNER[1] + 1, (), generator=drawn))
        if chances[0] < _COVERED:
            continue
        for number, (lip, seg) in enumerate(ARMS):
            cut = float(cuts[number if chances[1] < _APART else 0])
            along = (places[row].long() - 1 - (_STEPS + 1) * number) / _STEPS
            on_limb = (along >= 0) & (along <= 1)
            sleeve = _shrunk(on_limb, thinner) & torch.isin(parse[row], parse.new_tensor(list(worn)))
            bare = ((parse[row] == lip) | sleeve) & (~on_limb | (along >= cut))
            shown[row][bare] = seg
    return with_arms(planes, shown)


def with_arms(planes: Tensor, labels: Tensor) -> Tensor:
    """One-hot parses (B, 13, H, W) with the arms of labels (B, H, W) of the same classes over them."""
    arms = torch.stack([labels == seg for _, seg in ARMS], dim=1)
    made = planes * ~arms.any(dim=1, keepdim=True)
    for number, (_, seg) in enumerate(ARMS):
        made[:, seg] += arms[:, number]
    return made


def _shrunk(mask: Tensor, pixels: int) -> Tensor:
    side = 2 * pixels + 1
    outside = F.max_pool2d((~mask).float()[None, None], side, stride=1, padding=pixels)
    return outside[0, 0] < 0.5
