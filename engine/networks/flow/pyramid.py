"""Features of one picture at four sizes, each with the coarser ones' view added (Lin et al., "FPN", CVPR 2017)."""

from collections.abc import Sequence
from itertools import pairwise

from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.unet import Residual, conv


class Pyramid(nn.Module):
    """(B, C, H, W) -> features (B, `features`, h, w) at 1/32, 1/16, 1/8 and 1/4 of the size, coarse to fine.

    widths: channels of the halvings, the first of which has no features of its own: it is the dearest and says least.
    """

    def __init__(self, channels_in: int, widths: Sequence[int], features: int) -> None:
        super().__init__()
        first = nn.Sequential(*conv(channels_in, widths[0], stride=2))
        rest = [nn.Sequential(*conv(a, b, stride=2), Residual(b)) for a, b in pairwise(widths)]
        self.down = nn.ModuleList([first, *rest])
        self.lateral = nn.ModuleList(nn.Conv2d(width, features, 1) for width in widths[1:])
        self.smooth = nn.ModuleList(nn.Conv2d(features, features, 3, padding=1) for _ in widths[1:])

    def forward(self, x: Tensor) -> list[Tensor]:
        levels = []
        for down in self.down:
            x = down(x)
            levels.append(x)
        y: Tensor | None = None
        made: list[Tensor] = []
        for index in range(len(self.lateral) - 1, -1, -1):
            own: Tensor = self.lateral[index](levels[index + 1])
            y = own if y is None else own + F.interpolate(y, scale_factor=2.0, mode="nearest")
            made.append(self.smooth[index](y))
        return made
