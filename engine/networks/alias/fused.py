"""ALIAS norm for training: noise, normalisation, modulation and the ReLU after it in as few passes as possible.

The arithmetic is that of `AliasNorm`. A norm is `z * scale + shift`, where scale and shift depend on the channel and on
the pixel's label neighbourhood only, so statistics, gamma and beta are folded into two small tables, and autograd works
on the tables. Only three things touch every pixel: the sums for the statistics, the look-up, and the gradient of the
look-up, which is written out here. With activations channels-last this takes two thirds of the time of a training step.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks.alias import modulation
from engine.networks.alias.neighbourhoods import Neighbourhoods
from engine.networks.alias.norm import AliasNorm
from engine.networks.alias.normalisation import LEAK
from engine.networks.statistics import EPSILON

_ENOUGH_PIXELS = 256  # over fewer, sums of squares lose digits that the plain form keeps, and there is nothing to save


def serves(x: Tensor, distinct: Neighbourhoods | None) -> bool:
    """Whether this form is the one to use for activations (B, C, H, W)."""
    return distinct is not None and x.shape[2] * x.shape[3] >= _ENOUGH_PIXELS


def norm(
    module: AliasNorm, x: Tensor, distinct: Neighbourhoods, mask: Tensor | None, noise: Tensor | None, leak: bool
) -> Tensor:
    """`module(x, ...)`, and where `leak` a leaky ReLU after it: (B, C, H, W), channels-last, at least float32.

    mask: (B, 1, H, W), normalised by itself, or None. noise: (B, 1, H, W) or None.
    """
    batch, channels, height, width = x.shape
    pixels = x.permute(0, 2, 3, 1).reshape(batch, height * width, channels)
    with torch.autocast(x.device.type, enabled=False):
        pixels = pixels.float() if pixels.dtype in (torch.bfloat16, torch.float16) else pixels
        if noise is not None:
            pixels = torch.addcmul(pixels, noise.reshape(batch, -1, 1), module.noise_scale)
        scale, shift = _tables(module, pixels, distinct, mask)
        firsts = torch.arange(batch, device=x.device) * len(distinct)  # every sample has its own rows
        index = (distinct.index.reshape(batch, -1) + firsts[:, None]).flatten()
        made: Tensor = _ScaleShift.apply(  # type: ignore[no-untyped-call]
            pixels.flatten(0, 1), scale.flatten(0, 1), shift.flatten(0, 1), index, leak
        )
    return made.view(batch, height, width, channels).permute(0, 3, 1, 2)


def _tables(module: AliasNorm, pixels: Tensor, distinct: Neighbourhoods, mask: Tensor | None) -> tuple[Tensor, Tensor]:
    """Scale and shift (B, K, C) for every neighbourhood."""
    if mask is None:
        mean, rstd = _statistics(pixels)
        region = pixels.new_ones(len(distinct), 1)
    else:
        mean, rstd = _region_statistics(pixels, mask.flatten(1)[:, None].to(pixels))
        share = distinct.middle[:, -1:].to(pixels)
        region = torch.cat([share, 1 - share], dim=1)
    gamma, beta = modulation.gamma_beta(module, distinct, pixels.dtype)
    return (region @ rstd) * (1 + gamma), beta - (region @ (mean * rstd)) * (1 + gamma)


def _statistics(pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and one over the spread, (B, 1, C); sums as products, which are quickest forwards and backwards."""
    even = pixels.new_full((len(pixels), 1, pixels.shape[1]), 1 / pixels.shape[1])
    mean = even @ pixels
    variance = (even @ pixels.square() - mean.square()).clamp_min(0)
    return mean, (variance + EPSILON).rsqrt()


def _region_statistics(pixels: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """The same of the two regions of a mask (B, 1, P), (B, 2, C), as `normalisation.masked_norm` takes them."""
    weights = torch.cat([mask, 1 - mask], dim=1)
    size = weights.sum(dim=2, keepdim=True)
    size = torch.where(size == 0, torch.ones_like(size), size)
    mean = (weights @ pixels) / size
    squares = weights.square()
    total = squares @ pixels.square() - 2 * mean * (squares @ pixels) + mean.square() * squares.sum(2, keepdim=True)
    count = pixels.shape[1]
    return mean, ((total / count).clamp_min(0) + EPSILON).rsqrt() * (size / count).sqrt()


class _ScaleShift(torch.autograd.Function):
    """leaky(z * scale[index] + shift[index]): z (N, C), tables (K, C), index (N,)."""

    @staticmethod
    def forward(ctx: Any, z: Tensor, scale: Tensor, shift: Tensor, index: Tensor, leak: bool) -> Tensor:
        scales = scale.index_select(0, index)
        made = shift.index_select(0, index).addcmul_(z, scales)
        if leak:
            F.leaky_relu_(made, LEAK)
        ctx.rows, ctx.leak = len(scale), leak
        ctx.save_for_backward(z, scales, made if leak else made[:0], index)
        return made

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        z, scales, made, index = ctx.saved_tensors
        (gradient,) = gradients
        if ctx.leak:
            gradient = torch.ops.aten.leaky_relu_backward(gradient, made, LEAK, True)
        by_scale = _summed(gradient * z, index, ctx.rows)
        return gradient * scales, by_scale, _summed(gradient, index, ctx.rows), None, None


def _summed(values: Tensor, index: Tensor, rows: int) -> Tensor:
    """Sum (N, C) into (rows, C), in a fixed order on every device."""
    if values.device.type == "cpu":
        return values.new_zeros(rows, values.shape[1]).index_add_(0, index, values)
    summed: Tensor = torch.ops.aten.embedding_dense_backward(values, index, rows, -1, False)
    return summed
