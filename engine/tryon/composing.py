"""The composer's picture: painted at the size it has learned on, with the laid cloth over it at full size."""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import Array8, Size
from engine.category import Category
from engine.category.agnostic import hidden_region
from engine.data.batches import one_hot
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.planes import among
from engine.networks.composer import CLASSES, HIDDEN, SIZE, Composer, composer_input, skin_colour
from engine.networks.flow import thinned
from engine.networks.inputs import on_white
from engine.tryon.context import Context
from engine.tryon.laying import eight_bit
from engine.tryon.outline import to_outline
from engine.values import Agnostic, Generated, Person, Segmentation, Warp

_BESIDE = 10 / 1024  # of the height: how far around the old garment its colour may bleed into the photo


def composed(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    person: Sequence[Person | None],
) -> list[Generated]:
    """The person in the garment, the cloth shown where the composer trusts it."""
    size = agnostic[0].size
    hides = [_hides(*one, context.category) for one in zip(agnostic, person, strict=True)]
    hidden = (thinned(context.masks(hides)) > 0.5).float()
    seen = thinned(context.pictures(_seen(*one) for one in zip(agnostic, person, strict=True)))
    labels = torch.from_numpy(np.stack([one.labels for one in segmentation])).to(seen.device)
    small = F.interpolate(labels[:, None].float(), size=SIZE)[:, 0].long()
    places = [one.labels == context.category.garment for one in segmentation]
    cloth = context.pictures(one.cloth for one in warp)
    mask = context.masks(to_outline(*pair) for pair in zip(warp, places, strict=True))
    cloth = on_white(cloth, mask)
    planes = one_hot(small, CLASSES)
    pose = thinned(context.pictures(one.pose_picture for one in agnostic))
    skin = skin_colour(seen, small, hidden)
    agnostic_image = torch.where(hidden > 0, HIDDEN, seen)
    x = composer_input(agnostic_image, pose, thinned(cloth), thinned(mask), planes, hidden, skin)

    def call(network: Composer) -> Tensor:
        painted, shown = network(x)
        return torch.cat([painted, shown], dim=1)

    made = enlarged(context.forward(call).float(), size)
    garment = torch.from_numpy(np.stack(places))[:, None].to(mask)
    shown = made[:, 3:].clamp(0, 1) * mask * garment
    pictures = made[:, :3] * (1 - shown) + cloth * shown
    return [Generated(one) for one in eight_bit(pictures)]


def enlarged(planes: Tensor, size: Size) -> Tensor:
    """Four planes (B, 4, h, w) at another size, bicubic; on a CPU by OpenCV, in a tenth of PyTorch's time."""
    if planes.device.type != "cpu":
        return F.interpolate(planes, size=size, mode="bicubic", align_corners=False)
    pictures = (cv2.merge([*one]) for one in planes.detach().numpy())
    large = (cv2.resize(one, size[::-1], interpolation=cv2.INTER_CUBIC) for one in pictures)
    return torch.from_numpy(np.stack([cv2.split(one) for one in large]))


def _hides(agnostic: Agnostic, person: Person | None, category: Category) -> Array8:
    """What the composer may not see: what the agnostic picture hides, and of the old garment what lies beyond that."""
    if person is None:
        return hidden_region(agnostic.image).astype(np.uint8) * 255
    old = grown_mask(among(person.parse, category.worn), _BESIDE * len(person.parse))
    return np.where(hidden_region(agnostic.image) | old, 255, 0).astype(np.uint8)


def _seen(agnostic: Agnostic, person: Person | None) -> Array8:
    """The agnostic picture with the photo in the place of its grey, which would colour the pixels beside it."""
    if person is None:
        return agnostic.image
    hidden = hidden_region(agnostic.image).view(np.uint8)
    return np.asarray(cv2.copyTo(person.image, hidden, agnostic.image.copy()), dtype=np.uint8)
