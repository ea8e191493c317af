"""Means and rates of the normalisations, worked out in bands of rows and without a normalised copy of the input.

Activations are (H, W, C). A norm's input may be given in parts whose channels follow one another, and a part may be
smaller than the picture by a whole factor when it is enlarged with nearest: that changes neither mean nor variance.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.networks.threads import Band, in_bands

EPSILON = 1e-5  # below a variance
_BAND_BYTES = 4 * 2**20  # a band's largest array on a CPU; with its neighbours it stays in the cache
# but not fewer pixels than this, or reading a convolution's weights again for each band would cost more
_BAND_PIXELS = 3072
_BAND_ROWS = 4  # whole tiles of `engine.networks.alias.winograd`


@dataclass(frozen=True)
class Noise:
    """Noise of one norm: a map (H, W) and the learned factor of each channel (C,)."""

    values: Tensor
    factors: Tensor

    def rows(self, top: int, count: int) -> Tensor:
        """(count, W, 1)."""
        return self.values[top : top + count, :, None]

    def add_to(self, band: Tensor, top: int, out: Tensor | None = None) -> Tensor:
        """Rows (rows, W, C) beginning at `top` with their noise, in `out` or fresh memory."""
        return torch.addcmul(band, self.rows(top, len(band)), self.factors, out=out)

    def add_in(self, band: Tensor, top: int) -> Tensor:
        """The same in place."""
        return band.addcmul_(self.rows(top, len(band)), self.factors)


def bands(like: Tensor, channels: int) -> list[Band]:
    """Bands of rows of `like` (H, W, ...) with `channels`; on a GPU the whole picture is one band."""
    height, width = like.shape[:2]
    rows = height
    if like.device.type == "cpu":
        rows = max(_BAND_BYTES // (width * channels * like.element_size()), _BAND_PIXELS // width)
        rows = max(rows // _BAND_ROWS, 1) * _BAND_ROWS
    return [(top, min(top + rows, height)) for top in range(0, height, rows)]


def plain_statistics(part: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and rate (1, C) of (H, W, C): normalised = (z - mean) * rate."""
    ((mean, rstd),) = region_statistics([part], [None], part.new_ones(1, *part.shape[:2]))
    return mean, rstd


def region_statistics(parts: list[Tensor], noises: list[Noise | None], regions: Tensor) -> list[tuple[Tensor, Tensor]]:
    """For each noise (None: without), mean and rate (R, C) of each region of weights (R, H, W) of the parts plus noise.

    normalised = sum over the regions of weight * (z - mean) * rstd: what
    `engine.networks.alias.normalisation.masked_norm` computes from copies of the input filled with each region's mean;
    one region of ones is plain instance norm. From the moments of the parts, which the noises share, and their
    covariance with each noise.
    """
    exact = torch.float64 if parts[0].dtype == torch.float64 else torch.float32
    maps = [noise.values.to(exact) for noise in noises if noise is not None]
    found = [_of_region(parts, noises, maps, region.to(exact)) for region in regions]
    return [
        (torch.stack([one[number][0] for one in found]), torch.stack([one[number][1] for one in found]))
        for number in range(len(noises))
    ]


def _of_region(
    parts: list[Tensor], noises: list[Noise | None], maps: list[Tensor], region: Tensor
) -> list[tuple[Tensor, Tensor]]:
    """Mean and rate (C,) of one region for each noise."""
    count, squares = region.numel(), region.square()
    pixels = _total(region)
    pixels = torch.where(pixels == 0, torch.ones_like(pixels), pixels)
    averages = [_total(region * one) / pixels for one in maps]
    spreads = iter([_total(squares * (one - mean).square()) for one, mean in zip(maps, averages, strict=True)])
    weights = torch.stack([squares, *(squares * (one - mean) for one, mean in zip(maps, averages, strict=True))])
    moments = [_moments(part, region, weights, pixels) for part in parts]
    mean, sums = torch.cat([one[0] for one in moments]), torch.cat([one[1] for one in moments], dim=1)
    covariances, means = iter(sums[1:]), iter(averages)
    found = []
    for noise in noises:
        shifted, total = mean, sums[0]
        if noise is not None:
            factors = noise.factors.to(mean)
            shifted = mean + factors * next(means)
            total = total + 2 * factors * next(covariances) + factors.square() * next(spreads)
        # rounding could take a sum that ought to be tiny below zero
        found.append((shifted, (pixels / count).sqrt() * ((total / count).clamp_min(0) + EPSILON).rsqrt()))
    return found


def _total(values: Tensor) -> Tensor:
    """Sum of (H, W), row by row: a sum of everything at once is rounded as it is split among PyTorch's threads."""
    total: Tensor = values.sum(dim=1).sum()
    return total


def _moments(part: Tensor, region: Tensor, weights: Tensor, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Mean (C,) over the region, and about it sums (1 + N, C): of squares by the first weights, plain by the others."""
    exact = region.dtype
    height, width, channels = part.shape
    # an enlarged part meets the weights of several pixels at each of its own: their sum
    first = _shrunk(region[None], (height, width)).transpose(0, 1).contiguous()
    second = _shrunk(weights, (height, width)).transpose(0, 1).contiguous()
    cut = bands(part, channels)
    sums = first.new_zeros(len(cut), 1, channels)

    def add(top: int, bottom: int, hand: int) -> None:
        sums[cut.index((top, bottom))] = _weighted(first[top:bottom], part[top:bottom].to(exact))

    in_bands(cut, add)
    mean = sums.sum(dim=0) / pixels
    # a second pass about the mean: from sums of squares about zero a small variance would drown in rounding
    sums = first.new_zeros(len(cut), len(weights), channels)
    # one array a thread for all bands: fresh memory would cost more than the work
    scratch: dict[int, Tensor] = {}

    def add_centred(top: int, bottom: int, hand: int) -> None:
        if hand not in scratch:
            scratch[hand] = mean.new_empty(cut[0][1], width, channels)
        centred = torch.sub(part[top:bottom], mean, out=scratch[hand][: bottom - top])
        into = sums[cut.index((top, bottom))]
        if len(weights) > 1:
            into[1:] = _weighted(second[top:bottom, 1:], centred)
        into[:1] = _weighted(second[top:bottom, :1], centred.square_())

    in_bands(cut, add_centred)
    return mean[0], sums.sum(dim=0)


def _shrunk(maps: Tensor, size: tuple[int, int]) -> Tensor:
    """Maps (N, H, W) summed over the pixels that each place of a smaller size covers."""
    factor = maps.shape[1] // size[0]
    rows = sum((maps[:, i::factor] for i in range(1, factor)), start=maps[:, ::factor])
    return sum((rows[:, :, i::factor] for i in range(1, factor)), start=rows[:, :, ::factor])


def _weighted(weights: Tensor, band: Tensor) -> Tensor:
    """Sums (N, C) of (rows, W, C) by weights (rows, N, W); row by row first, which keeps float32 sums exact enough."""
    sums: Tensor = torch.bmm(weights, band).sum(dim=0)
    return sums
