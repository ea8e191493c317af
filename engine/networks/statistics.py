"""Means and rates of the normalisations, worked out in bands of rows and without a normalised copy of the input.

Activations are (H, W, C). A norm's input may be given in parts whose channels follow one another, and a part may be
smaller than the picture by a whole factor when it is enlarged with nearest: that changes neither mean nor variance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks.normalisation import EPSILON

_BAND_BYTES = 4 * 2**20  # a band's largest array on a CPU; with its neighbours it stays in the cache
_BAND_PIXELS = (
    6144  # but not fewer pixels than this, or reading a convolution's weights again for each band would cost more
)

Report = Callable[[float], None]
"""Called before each band with the share of the work that is done, 0 to 1."""


@dataclass(frozen=True)
class Noise:
    """Noise of one norm: a map (H, W) and the learned factor of each channel (C,)."""

    values: Tensor
    factors: Tensor

    def add_to(self, band: Tensor, top: int) -> Tensor:
        """Rows (rows, W, C) beginning at `top` with their noise, in fresh memory."""
        return band.addcmul(self.values[top : top + len(band), :, None], self.factors)

    def add_in(self, band: Tensor, top: int) -> Tensor:
        """The same in place."""
        return band.addcmul_(self.values[top : top + len(band), :, None], self.factors)


def bands(like: Tensor, channels: int, report: Report | None = None) -> Iterator[tuple[int, int]]:
    """(top, bottom) of bands of rows of `like` (H, W, ...) with `channels`; on a GPU the whole picture is one band."""
    height, width = like.shape[:2]
    rows = height
    if like.device.type == "cpu":
        rows = max(_BAND_BYTES // (width * channels * like.element_size()), _BAND_PIXELS // width, 2)
    for top in range(0, height, rows):
        if report is not None:
            report(top / height)
        yield top, min(top + rows, height)


def plain_statistics(parts: list[Tensor], noises: list[Noise | None]) -> list[tuple[Tensor, Tensor]]:
    """For each noise (None: without), mean and rate (1, C) of parts plus noise: normalised = (z - mean) * rate.

    From the mean and variance of the parts, which the noises share, and their covariance with each noise.
    """
    maps = [noise.values for noise in noises if noise is not None]
    moments = [_moments(part, maps) for part in parts]
    means, variances = (torch.cat([part[i] for part in moments]) for i in (0, 1))
    covariances = iter(torch.cat([part[2] for part in moments], dim=1))
    found = []
    for noise in noises:
        mean, variance = means, variances
        if noise is not None:
            factors, values = noise.factors.to(means), noise.values.to(means)
            mean = means + factors * values.mean()
            spread = values.var(correction=0)
            # rounding could take a sum that ought to be tiny below zero
            variance = (variances + 2 * factors * next(covariances) + factors.square() * spread).clamp_min(0)
        found.append((mean[None], (variance + EPSILON).rsqrt()[None]))
    return found


def _moments(part: Tensor, noises: list[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Mean (C,), variance (C,) and covariance with each noise map (N, C) of a part (h, w, C)."""
    exact = torch.float64 if part.dtype == torch.float64 else torch.float32
    height, width, channels = part.shape
    # an enlarged part meets the noise of several pixels at each of its own: their mean
    shrunk = [F.adaptive_avg_pool2d(noise[None].to(exact), (height, width))[0] for noise in noises]
    weights = torch.stack([torch.ones(height, width, dtype=exact, device=part.device), *shrunk], dim=1)
    mean = weights.new_zeros(1, channels)
    for top, bottom in bands(part, channels):
        mean += _weighted(weights[top:bottom, :1], part[top:bottom].to(exact))
    mean /= height * width
    # a second pass about the mean: from sums of squares about zero a small variance would drown in rounding
    variance, covariance = torch.zeros_like(mean), mean.new_zeros(len(shrunk), channels)
    scratch = mean.new_empty(0, channels)  # one array for all bands: fresh memory would cost more than the work
    for top, bottom in bands(part, channels):
        band = part[top:bottom]
        scratch = scratch if len(scratch) >= len(band) else mean.new_empty(band.shape)
        centred = torch.sub(band, mean, out=scratch[: len(band)])
        covariance += _weighted(weights[top:bottom, 1:], centred)
        variance += _weighted(weights[top:bottom, :1], centred.square_())
    return mean[0], variance[0] / (height * width), covariance / (height * width)


def _weighted(weights: Tensor, band: Tensor) -> Tensor:
    """Sums (N, C) of (rows, W, C) by weights (rows, N, W); row by row first, which keeps float32 sums exact enough."""
    sums: Tensor = torch.bmm(weights, band).sum(dim=0)
    return sums


def region_statistics(parts: list[Tensor], noises: list[Noise | None], regions: Tensor) -> list[tuple[Tensor, Tensor]]:
    """For each noise, mean and rate (R, C) of each region of weights (R, H, W) of the parts plus that noise.

    normalised = sum over the regions of weight * (z - mean) * rate: what `engine.networks.normalisation.masked_norm`
    computes from copies of the input filled with each region's mean. Only the smaller scales of the generator need it,
    so it works on the whole picture.
    """
    size = (regions.shape[1], regions.shape[2])
    z = torch.cat([_enlarged(part, size) for part in parts], dim=2) if len(parts) > 1 else parts[0]
    if all(noise is None for noise in noises):
        return [_region_moments(z, regions)] * len(noises)
    return [_region_moments(z if noise is None else noise.add_to(z, 0), regions) for noise in noises]


def _region_moments(z: Tensor, regions: Tensor) -> tuple[Tensor, Tensor]:
    exact = torch.float64 if z.dtype == torch.float64 else torch.float32
    z, weights = z.flatten(0, 1).to(exact), regions.flatten(1).to(exact)
    pixels = weights.sum(dim=1, keepdim=True)
    pixels = torch.where(pixels == 0, torch.ones_like(pixels), pixels)
    means = weights @ z / pixels
    squares = [weight.square() @ (z - mean).square_() for weight, mean in zip(weights, means, strict=True)]
    variances = torch.stack(squares) / len(z)
    return means, (pixels / len(z)).sqrt() * (variances + EPSILON).rsqrt()


def _enlarged(part: Tensor, size: tuple[int, int]) -> Tensor:
    factor = size[0] // part.shape[0]
    return part if factor == 1 else part.repeat_interleave(factor, dim=0).repeat_interleave(factor, dim=1)
