"""The composer: paints the person in the laid garment, and says where the laid cloth may be shown as it is.

A U-Net (Ronneberger et al., MICCAI 2015) with residual blocks (He et al., CVPR 2016) that gives a picture and a mask
over the laid cloth, as CP-VTON's try-on module does (Wang et al., ECCV 2018): what the warp shows rightly is taken from
it sharp, and only the rest is painted. Without normalisation: on a CPU it would cost more time than the convolutions,
and residual branches that begin small (Zhang et al., "Fixup", ICLR 2019) train as well at this depth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.labels import Seg

SIZE = (256, 192)  # height and width of the pictures it learns on and paints
HIDDEN = 128 / 127.5 - 1  # what the agnostic picture holds where it hides the photo
SKIN = ((Seg.FACE, Seg.NECK), (Seg.LEFT_ARM, Seg.RIGHT_ARM))  # whose colour is told, the first that is seen
CLASSES = 13  # of the segmentation, the neck among them
PLANES = 3 + 3 + 3 + 1 + CLASSES + 1 + 3  # agnostic picture, pose, laid cloth, its mask, parse, hidden, skin's colour
MULTIPLE = 32  # of which height and width have to be multiples
_GROWTH = (1, 2, 3, 5, 7, 8)  # channels of the levels, in widths; each has half the size of the one before
_BLOCKS = (0, 1, 1, 2, 2, 3)  # residual blocks of the levels
_LEAK = 0.1
_BRANCH = 0.2  # scale of a residual branch at the start
_LEAST = 30  # pixels that tell a colour
_SHOWN = 1.0  # logit of the cloth being shown, at the start


@dataclass(frozen=True)
class ComposerConfig:
    """Hyper-parameters."""

    width: int = 32  # channels of the finest level


class Composer(nn.Module):
    """Input (B, 27, H, W) as `composer_input` lays it out; H and W are multiples of 32, 256 x 192 in training.

    Output: a picture (B, 3, H, W) in [-1, 1] of the whole person, and (B, 1, H, W) in [0, 1]: how far the laid cloth
    may be shown instead of it, to be multiplied by the cloth's mask and the predicted region of the garment.

    >>> import torch
    >>> painted, shown = Composer(ComposerConfig(width=4)).eval()(torch.zeros(1, PLANES, 64, 32))
    >>> painted.shape, shown.shape
    (torch.Size([1, 3, 64, 32]), torch.Size([1, 1, 64, 32]))
    """

    def __init__(self, config: ComposerConfig = ComposerConfig()) -> None:
        super().__init__()
        self.config = config
        widths = [factor * config.width for factor in _GROWTH]
        steps = list(pairwise(widths))
        self.stem = _conv(PLANES, widths[0])
        self.down = nn.ModuleList(_conv(fine, coarse, stride=2) for fine, coarse in steps)
        self.encode = nn.ModuleList(_blocks(*level) for level in zip(widths[1:], _BLOCKS[1:], strict=True))
        self.up = nn.ModuleList(_conv(coarse + fine, fine) for fine, coarse in steps)
        self.decode = nn.ModuleList(_blocks(*level) for level in zip(widths[:-1], _BLOCKS[:-1], strict=True))
        self.out = nn.Conv2d(widths[0], 4, 3, padding=1)
        nn.init.normal_(self.out.weight, std=0.01)
        nn.init.zeros_(self.out.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        if x.ndim != 4 or x.shape[1] != PLANES or any(side % MULTIPLE for side in x.shape[2:]):
            raise ValueError(f"the composer takes (B, {PLANES}, {SIZE[0]}, {SIZE[1]}), not {tuple(x.shape)}")
        levels = [self.stem(x)]
        for down, encode in zip(self.down, self.encode, strict=True):
            levels.append(encode(down(_active(levels[-1]))))
        y = levels.pop()
        for up, decode in zip(reversed(self.up), reversed(self.decode), strict=True):
            y = decode(up(_active(torch.cat([F.interpolate(y, scale_factor=2.0), levels.pop()], dim=1))))
        made = self.out(_active(y)).float()
        return torch.tanh(made[:, :3]), torch.sigmoid(made[:, 3:] + _SHOWN)


class _Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first, self.second = _conv(channels, channels), _conv(channels, channels)
        self.scale = nn.Parameter(torch.full((channels, 1, 1), _BRANCH))

    def forward(self, x: Tensor) -> Tensor:
        branch: Tensor = self.second(_active(self.first(_active(x))))
        return x + branch * self.scale.to(x.dtype)


def composer_input(
    agnostic: Tensor, pose: Tensor, cloth: Tensor, mask: Tensor, parse: Tensor, hidden: Tensor, skin: Tensor
) -> Tensor:
    """What `Composer` reads, (B, 27, H, W).

    agnostic, pose, cloth: pictures (B, 3, H, W) in [-1, 1], the cloth on white outside its mask. mask: (B, 1, H, W) in
    [0, 1]. parse: one-hot (B, 13, H, W), class 12 the neck. hidden: (B, 1, H, W), 1 where the agnostic picture hides
    the photo. skin: (B, 3, 1, 1) the person's colour, `skin_colour`.
    """
    tone = skin.expand(-1, -1, *agnostic.shape[2:])
    return torch.cat([agnostic, pose, cloth, mask, parse, hidden, tone], dim=1)


def skin_colour(image: Tensor, labels: Tensor, hidden: Tensor, groups: Sequence[Sequence[int]] = SKIN) -> Tensor:
    """One flat colour a person, (B, 3, 1, 1): the median of what is seen of the first group of classes that is seen.

    image (B, 3, H, W), labels (B, H, W), hidden (B, 1, H, W). Grey (0) where no skin is seen.
    """
    found = image.new_zeros(len(image), 3, 1, 1)
    for number, picture in enumerate(image):
        for group in groups:
            seen = torch.isin(labels[number], labels.new_tensor(group)) & (hidden[number, 0] < 0.5)
            if int(seen.sum()) > _LEAST:
                found[number, :, 0, 0] = picture[:, seen].median(dim=1).values
                break
    return found


def _blocks(channels: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(_Residual(channels) for _ in range(count)))


def _conv(channels_in: int, channels_out: int, stride: int = 1) -> nn.Conv2d:
    layer = nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1)
    nn.init.kaiming_normal_(layer.weight, _LEAK)
    nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
    return layer


def _active(x: Tensor) -> Tensor:
    return F.leaky_relu(x, _LEAK)
