"""How long a garment's sleeves are, read from its product photo.

Our own network, trained from nothing on what people wear: a few strided convolutions, then two layers that see all of
the garment at once. Beside the length it says how far off that may be: the scale of a Laplace distribution (Kendall and
Gal, NeurIPS 2017).
"""

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

SIZE = (128, 96)
CHANNELS_IN = 4
LONGEST = 2.0  # bones of a limb
_GROWTH = (1, 2, 4, 6, 6)  # channels of the levels, in widths
_SLOPE = 0.1  # of the leaky ReLUs
_DOUBT = (-4.0, 1.0)  # logarithms of the least and the most


@dataclass(frozen=True)
class SleevesConfig:
    """Hyper-parameters."""

    width: int = 16  # channels of the finest level
    dropout: float = 0.3  # before the layers that see all of the garment


class SleeveLength(nn.Module):
    """Five levels, the finest at half the picture's size, and two linear layers.

    Input (B, 4, 128, 96) from `engine.networks.flow.garment_planes`: product photo on white 3, mask 1. Output (B, 2):
    the length in bones from the limb's root, 0 to 2 in practice, and the logarithm of its doubt in bones.

    >>> SleeveLength(SleevesConfig(width=4)).eval()(torch.zeros(1, 4, 128, 96)).shape
    torch.Size([1, 2])
    """

    def __init__(self, config: SleevesConfig = SleevesConfig()) -> None:
        super().__init__()
        self.config = config
        widths = [CHANNELS_IN, *(factor * config.width for factor in _GROWTH)]
        levels = [_level(one, other) for one, other in pairwise(widths)]
        places = (SIZE[0] >> len(levels)) * (SIZE[1] >> len(levels))
        hidden = 4 * config.width
        self.levels = nn.Sequential(*levels)
        self.head = nn.Sequential(
            nn.Flatten(),
            nn.Dropout(config.dropout),
            nn.Linear(widths[-1] * places, hidden),
            nn.LeakyReLU(_SLOPE),
            nn.Linear(hidden, 2),
        )
        nn.init.constant_(self.head[-1].bias, 0.0)  # type: ignore[arg-type]

    def forward(self, garment: Tensor) -> Tensor:
        if garment.shape[1:] != (CHANNELS_IN, *SIZE):
            raise ValueError(f"the sleeves' network takes (B, 4, 128, 96), not {tuple(garment.shape)}")
        length, doubt = self.head(self.levels(garment)).float().split(1, dim=1)
        return torch.cat([LONGEST / 2 + length, doubt.clamp(*_DOUBT)], dim=1)


def _level(channels_in: int, channels_out: int) -> nn.Sequential:
    layer = nn.Conv2d(channels_in, channels_out, 3, stride=2, padding=1, bias=False)
    return nn.Sequential(layer, nn.InstanceNorm2d(channels_out, affine=True), nn.LeakyReLU(_SLOPE))
