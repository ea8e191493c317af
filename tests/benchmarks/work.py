"""How much there is to do: multiply-adds from the shapes of the modules, and distinct label neighbourhoods."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias import AliasGenerator, scale_size
from engine.networks.normalisation import SCALES
from engine.networks.spectral import SpectralConv2d

REACH = 2  # the two 3 x 3 convolutions of a modulation see two pixels in each direction


@dataclass(frozen=True)
class Work:
    """Multiply-adds of one picture.

    modulation: the convolutions that make gamma and beta of whole label maps. tables: the same for the distinct
    neighbourhoods only. proper: the generator itself.
    """

    modulation: int
    tables: int
    proper: int

    @property
    def dense(self) -> int:
        return self.modulation + self.proper

    @property
    def table(self) -> int:
        return self.tables + self.proper


def work(network: AliasGenerator, distinct: list[int], x: Tensor) -> Work:
    """Count for an input x (B, 9, H, W) whose maps have `distinct` neighbourhoods at each scale."""
    modulation = tables = proper = 0
    for scale, block in enumerate(network.blocks()):
        height, width = scale_size(x, scale)
        pixels = height * width
        proper += pixels * network.encoder(scale).weight.numel()
        for name, module in block.named_modules():
            if isinstance(module, SpectralConv2d):
                proper += pixels * module.weight_orig.numel()
            elif isinstance(module, nn.Conv2d):
                # of a neighbourhood, the first convolution is needed at the nine places that the second one reads
                places = 9 if "conv_shared" in name else 1
                modulation += pixels * module.weight.numel()
                tables += distinct[scale] * places * module.weight.numel()
    proper += pixels * network.conv_img.weight.numel()
    return Work(modulation, tables, proper)


def distinct_neighbourhoods(network: AliasGenerator, parse: Tensor, misalignment: Tensor) -> list[int]:
    """How many each scale's map has, smallest scale first; counted apart from the engine's own search."""
    codes = parse.argmax(dim=1)[0]
    steps = [2 ** (SCALES - 1 - scale) for scale in range(SCALES)]
    return [
        _count(codes[::step, ::step], misalignment[0, 0, ::step, ::step] if network.is_masked(scale) else None)
        for scale, step in enumerate(steps)
    ]


def _count(codes: Tensor, mask: Tensor | None) -> int:
    values = codes + 1
    if mask is not None:
        shares, number = torch.unique(mask, return_inverse=True)
        values = codes * len(shares) + number + 1
    padded = F.pad(values, (REACH,) * 4)
    # random odd factors modulo 2^64: two neighbourhoods have the same sum as good as never
    random = torch.Generator().manual_seed(0)
    total = torch.zeros_like(values)
    for window in padded.unfold(0, 2 * REACH + 1, 1).unfold(1, 2 * REACH + 1, 1).flatten(2).unbind(2):
        total += window * (2 * int(torch.randint(2**62, (), generator=random)) + 1)
    return len(torch.unique(total))
