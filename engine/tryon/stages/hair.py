"""How much of each pixel is hair, along its outline before the top."""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.arrays import Array8, BoolMask
from engine.imaging.colour_bleed import distance_from
from engine.imaging.planes import Plane, among, box_around, padded, small_size
from engine.labels import Lip
from engine.networks.hair import MULTIPLE, ROWS, hair_planes
from engine.tryon.context import Context
from engine.values import Hair, Person

# Shares of the picture's height: from hair and top, as far as where hair is looked for; from the parse's hair, as far
# as strands may go; over which that fades; and around it, so that the network sees what it is part of.
_REACH, _STRANDS, _FADES, _AROUND = 44 / 1024, 28 / 1024, 12 / 1024, 48 / 1024


def run(context: Context, person: Sequence[Person]) -> list[Hair]:
    """Look at the piece of the photo in which hair lies beside the top; elsewhere the parse has the word."""
    return [Hair(np.rint(_share(context, one) * 255).astype(np.uint8)) for one in person]


def _share(context: Context, person: Person) -> Plane:
    height, hair, worn = len(person.parse), person.parse == Lip.HAIR, among(person.parse, context.category.worn)
    told: Plane = hair.astype(np.float32)
    if not (hair.any() and worn.any()):
        return told
    from_hair, from_worn = (distance_from(one) / height for one in (hair, worn))
    within = np.minimum(_REACH - from_worn, np.where(hair, _REACH, _STRANDS) - from_hair)
    looked = (hair | worn) & (within > 0)
    if not looked.any():
        return told
    found = _found(context, person.image, hair, worn, box_around(looked, round(_AROUND * height)))
    told[looked] += ((found - told) * (within / _FADES).clip(0, 1))[looked]
    return told


def _found(context: Context, photo: Array8, hair: BoolMask, worn: BoolMask, box: tuple[slice, slice]) -> Plane:
    """What the network says of a box of the photo, (H, W); 0 outside of it."""
    height, made = len(photo), np.zeros(hair.shape, np.float32)
    whole = hair[box].shape
    size = small_size(whole, max(1, round(ROWS * whole[0] / height)))
    pieces = (photo[box], *(one[box].astype(np.uint8) * 255 for one in (hair, worn)))
    small = (np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), dtype=np.uint8) for one in pieces)
    seen, *marks = (padded(one, MULTIPLE) for one in small)
    planes = hair_planes(context.pictures([seen]), *(context.masks([one]) for one in marks))
    share: Tensor = torch.sigmoid(context.forward(lambda network: network(planes), full=True).float())
    inner = share[0, 0, : size[1], : size[0]].cpu().numpy()
    made[box] = np.clip(cv2.resize(inner, whole[::-1], interpolation=cv2.INTER_CUBIC), 0, 1)
    return made
