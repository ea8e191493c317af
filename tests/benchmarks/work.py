"""How much there is to do: multiply-adds from the shapes of the modules, and distinct label neighbourhoods."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias.generator import AliasGenerator, scale_size
from engine.networks.alias.normalisation import SCALES
from engine.networks.spectral import SpectralConv2d

PATCH, REACH = 1, 2  # how far one and both of the 3 x 3 convolutions of a modulation see in each direction


@dataclass(frozen=True)
class Work:
    """Multiply-adds of one picture.

    modulation: the convolutions that make gamma and beta of whole label maps. tables: the same for the distinct
    3 x 3 patches only. proper: the generator itself.
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


def work(network: AliasGenerator, patches: list[int], x: Tensor) -> Work:
    """Count for an input x (B, 9, H, W) whose maps have so many distinct 3 x 3 patches at each scale."""
    modulation = tables = proper = 0
    for scale, block in enumerate(network.blocks()):
        height, width = scale_size(x, scale)
        pixels = height * width
        proper += pixels * network.encoder(scale).weight.numel()
        for module in block.modules():
            if isinstance(module, SpectralConv2d):
                proper += pixels * module.weight_orig.numel()
            elif isinstance(module, nn.Conv2d):
                modulation += pixels * module.weight.numel()
                tables += patches[scale] * module.weight.numel()
    proper += pixels * network.conv_img.weight.numel()
    return Work(modulation, tables, proper)


def distinct_neighbourhoods(
    network: AliasGenerator, parse: Tensor, misalignment: Tensor, reach: int = REACH
) -> list[int]:
    """How many each scale's map has, smallest scale first; counted apart from the engine's own search."""
    codes = parse.argmax(dim=1)[0]
    steps = [2 ** (SCALES - 1 - scale) for scale in range(SCALES)]
    return [
        _count(codes[::step, ::step], misalignment[0, 0, ::step, ::step] if network.is_masked(scale) else None, reach)
        for scale, step in enumerate(steps)
    ]


def _count(codes: Tensor, mask: Tensor | None, reach: int) -> int:
    values = codes + 1
    if mask is not None:
        shares, number = torch.unique(mask, return_inverse=True)
        values = codes * len(shares) + number + 1
    padded = F.pad(values, (reach,) * 4)
    # random odd factors modulo 2^64: two neighbourhoods have the same sum as good as never
    random = torch.Generator().manual_seed(0)
    total = torch.zeros_like(values)
    for window in padded.unfold(0, 2 * reach + 1, 1).unfold(1, 2 * reach + 1, 1).flatten(2).unbind(2):
        total += window * (2 * int(torch.randint(2**62, (), generator=random)) + 1)
    return len(torch.unique(total))
