"""Inside of the collar: what a product photo shows of a garment's back that nobody sees once it is worn.

It learns from where neck and face lie on the garment that the flow has laid onto a person, without labels, and from
some garments on which somebody has drawn it.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import Size
from engine.networks.photo_marks import PhotoMarks

_RARE = -3.0  # first logit: few places are inside a collar
_NOWHERE = -8.0  # logit of what a close look does not reach
_CLOSE = (192, 224)  # what it sees
_HIGH = 0.54  # of the garment's height, or of its width if that is more than
_NARROW = 0.6  # of it, as of sleeves that are spread out
_ABOVE = 0.04  # of the same, over the garment
_TOP, _ENDS = 0.16, (0.08, 0.92)  # of the garment's height, where its neck is in the middle of what is between these


@dataclass(frozen=True)
class CollarConfig:
    """Hyper-parameters."""

    width: int = 16  # channels of the finest level
    close: bool = False  # sees the garment's neck alone, about twice as large

    @property
    def size(self) -> Size:
        """Of the pictures it is for (height, width); one that looks closely takes any."""
        return (384, 288) if self.close else (256, 192)


class CollarMask(PhotoMarks):
    """Of pictures of the size that its configuration names, one plane.

    >>> import torch
    >>> CollarMask(CollarConfig(width=4)).eval()(torch.zeros(1, 4, 64, 96)).shape
    torch.Size([1, 1, 64, 96])
    """

    def __init__(self, config: CollarConfig = CollarConfig()) -> None:
        super().__init__(config.width, 1, _RARE)
        self.config = config

    def forward(self, garment: Tensor) -> Tensor:
        if not self.config.close:
            return super().forward(garment)
        there, back = necks(garment[:, 3:])
        size = list(garment.shape[2:])
        seen = F.affine_grid(there, [len(garment), 1, *_CLOSE], align_corners=False)
        logits = super().forward(F.grid_sample(garment, seen, padding_mode="border", align_corners=False))
        placed = F.affine_grid(back, [len(garment), 1, *size], align_corners=False)
        return F.grid_sample(logits - _NOWHERE, placed, padding_mode="zeros", align_corners=False) + _NOWHERE


def necks(masks: Tensor) -> tuple[Tensor, Tensor]:
    """Where the necks of garments are: affine maps (B, 2, 3) of a close look to the pictures, and of those to it.

    masks: (B, 1, H, W) from 0 to 1. Of an empty one the whole picture is looked at.
    """
    height, width = masks.shape[2:]
    found = [_neck(mask[0] > 0.5) for mask in masks]
    x, y, high = torch.tensor(found, dtype=torch.float32, device=masks.device).T
    wide = high * _CLOSE[1] / _CLOSE[0]
    none = torch.zeros_like(x)
    # a grid goes from -1 to 1 over a picture
    across, down, right, below = wide / width, high / height, 2 * x / width - 1, 2 * (y + high / 2) / height - 1
    there = torch.stack([across, none, right, none, down, below], dim=1)
    back = torch.stack([1 / across, none, -right / across, none, 1 / down, -below / down], dim=1)
    return there.view(-1, 2, 3), back.view(-1, 2, 3)


def _neck(garment: Tensor) -> tuple[float, float, float]:
    """The middle, the upper end and the height of a look at the neck of a garment (H, W), in pixels."""
    rows, columns = (torch.nonzero(garment.any(dim=axis))[:, 0] for axis in (1, 0))
    if not len(rows):
        return garment.shape[1] / 2, 0.0, float(garment.shape[0])
    first, high = int(rows[0]), int(rows[-1] - rows[0]) + 1
    side = max(high, _NARROW * (int(columns[-1] - columns[0]) + 1))
    top = torch.nonzero(garment[first : first + max(1, round(_TOP * high))])[:, 1].float()
    ends = torch.quantile(top, torch.tensor(_ENDS, device=top.device))
    return float(ends.mean()) + 0.5, first - _ABOVE * side, _HIGH * side
