"""The first steps of the ALIAS generator on a handful of pixels, rounded the way the published network rounds them.

A 256 x 128 picture has 2 x 1 pixels at the smallest scale. Instance norm over two pixels divides their difference by
itself, so where a channel's two values nearly agree their last bits become the result: float32 networks differ by 3e-4
in the picture from each other, and by 1e-4 from the value in float64. What the reference vectors hold is explained, to
4e-5, by an encoder that adds up its products one after the other, channel by channel, with the bias last (a fused
matrix product over unfolded patches), and by PyTorch's own instance norm in float32. So these two are done like that,
and everything after them in float64.
"""

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias import modulation
from engine.networks.alias.neighbourhoods import Neighbourhoods
from engine.networks.alias.norm import AliasNorm
from engine.networks.alias.normalisation import instance_norm, masked_norm
from engine.networks.statistics import Noise

HANDFUL = 8  # pixels; with more of them rounding is magnified too little to matter


def convolve_in_order(conv: nn.Conv2d, x: Tensor) -> Tensor:
    """A 3 x 3 convolution (1, C, H, W) -> (H, W, O) that rounds to float32 after each fused multiply-add."""
    places = F.unfold(x.float(), 3, padding=1)[0].double()
    weights = conv.weight.flatten(1).double()
    sums = places.new_zeros(len(weights), places.shape[1], dtype=torch.float32)
    for weight, values in zip(weights.T, places, strict=True):
        sums = torch.addcmul(sums.double(), weight[:, None], values).float()
    return (sums + cast(Tensor, conv.bias)[:, None]).T.reshape(x.shape[2], x.shape[3], -1)


@dataclass(frozen=True)
class RoundedNorm:
    """An ALIAS norm step by step in float32; stands in for `engine.networks.alias.streaming.Affine`.

    mask: (1, 1, H, W) of the region that is normalised by itself, or None. distinct: None without modulation.
    """

    module: AliasNorm
    mask: Tensor | None
    distinct: Neighbourhoods | None
    noise: Noise | None

    def apply(self, band: Tensor, top: int, owned: bool = False) -> Tensor:
        """The whole picture (H, W, C) normalised and modulated, in its own dtype; `top` is 0."""
        if self.noise is not None:
            band = self.noise.add_to(band, top)
        x = band.float().permute(2, 0, 1)[None].contiguous()
        normalised = instance_norm(x) if self.mask is None else masked_norm(x, self.mask.float())
        if self.distinct is not None:
            gamma, beta = modulation.gamma_beta(self.module, self.distinct)
            normalised = normalised * (1 + modulation.look_up(gamma, self.distinct))
            normalised = normalised + modulation.look_up(beta, self.distinct)
        return normalised[0].permute(1, 2, 0).to(band.dtype)
