"""What the painters of other papers look at and make: one interface, so that one recipe trains and one stage uses them.

A painter stands in the place of VITON-HD's ALIAS generator: pix2pix, CP-VTON, ClothFlow, ACGPN. All work at 256 x 192,
as their papers do; `engine.tryon.painting` enlarges what they make.
"""

from dataclasses import dataclass, fields
from typing import NamedTuple, Protocol

import torch
from torch import Tensor

SIZE = (256, 192)
CLASSES = 13  # of the segmentation


@dataclass(frozen=True, eq=False)
class Seen:
    """What there is to look at, each (B, C, 256, 192); a painter takes what its paper gives it.

    agnostic, pose: pictures 3 in [-1, 1]. cloth: the product photo 3 on white. laid, laid_mask: the garment as it was
    warped, 3 on white, and its mask 1 in [0, 1]. parse: one-hot planes 13 of the person in the garment; region: where
    in it the garment is, 1. limbs, limbs_mask: the photo 3 where its own arms stay in sight, grey (0) elsewhere, and
    where that is, 1.
    """

    agnostic: Tensor
    pose: Tensor
    cloth: Tensor
    laid: Tensor
    laid_mask: Tensor
    parse: Tensor
    region: Tensor
    limbs: Tensor
    limbs_mask: Tensor

    def planes(self, *names: str) -> Tensor:
        """Some of them one after the other, (B, C, H, W). ValueError where a size is none that painters work at."""
        joined = torch.cat([getattr(self, name) for name in names], dim=1)
        if any(side % 64 for side in joined.shape[2:]):
            raise ValueError(f"painters take (B, C, {SIZE[0]}, {SIZE[1]}), not {tuple(joined.shape)}")
        return joined


NAMES = tuple(field.name for field in fields(Seen))
_CHANNELS = (3, 3, 3, 3, 1, CLASSES, 1, 3, 1)


def blank(size: tuple[int, int] = SIZE) -> Seen:
    """One picture of nothing but zeros."""
    return Seen(*(torch.zeros(1, channels, *size) for channels in _CHANNELS))


class Painted(NamedTuple):
    """picture (B, 3, H, W) in [-1, 1] is the result.

    rendered: what the network drew itself, the picture alike where there is nothing else. shown: how far (B, 1, H, W)
    the laid cloth was taken as it is, None where the method has no such mask.
    """

    picture: Tensor
    rendered: Tensor
    shown: Tensor | None = None


class Painter(Protocol):
    """A network that paints."""

    def __call__(self, seen: Seen) -> Painted: ...


def composed(made: Tensor, laid: Tensor) -> Painted:
    """A picture 3 and a mask's logits 1, (B, 4, H, W), laid together with the cloth: mask x cloth + rest x picture."""
    rendered, shown = torch.tanh(made[:, :3]), torch.sigmoid(made[:, 3:])
    return Painted(laid * shown + rendered * (1 - shown), rendered, shown)
