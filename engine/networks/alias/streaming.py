"""The ALIAS generator for inference: the same function in a fraction of the time and memory.

Three things make it quick without changing the result beyond rounding:

- gamma and beta come from tables (`engine.networks.alias.modulation`), and the normalisation is folded into them, so
  that a whole ALIAS norm is `z * scale[neighbourhood] + shift[neighbourhood]`;
- activations lie channels-last, (H, W, C), which suits both the look-up and the convolutions;
- a block is worked through in bands of rows that stay in the processor's cache. What is only needed in between (the
  enlarged and concatenated input, the normalised input, the shortcut's input) never exists at full size.

Samples are worked through one by one, so a picture does not depend on what else is in its batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.labels import Alias
from engine.networks.alias import modulation
from engine.networks.alias.affine import Affine, Shortcut
from engine.networks.alias.block import AliasBlock
from engine.networks.alias.convolution import Convolution, as_nchw, folded_weight, prepared
from engine.networks.alias.neighbourhoods import Neighbourhoods
from engine.networks.alias.noise import NoiseSource
from engine.networks.alias.norm import AliasNorm
from engine.networks.alias.normalisation import LEAK, SCALES
from engine.networks.alias.rounding import HANDFUL, RoundedNorm, convolve_in_order
from engine.networks.alias.workspace import Workspace as Workspace
from engine.networks.spectral import SpectralConv2d
from engine.networks.statistics import Noise, bands, region_statistics
from engine.networks.threads import Report, in_bands

_FEW_PIXELS = 32  # instance norm over so few pixels magnifies rounding to 3e-4; float64 costs nothing there


class Generator(Protocol):
    """What is asked of the generator."""

    conv_img: nn.Conv2d

    def blocks(self) -> list[AliasBlock]:
        """Smallest scale first."""
        ...

    def encoder(self, scale: int) -> nn.Conv2d:
        """What brings the input in at a scale."""
        ...

    def is_modulated(self) -> bool:
        """Whether the norms see the parse."""
        ...

    def is_masked(self, scale: int) -> bool:
        """Whether a scale normalises the misaligned region by itself."""
        ...


@dataclass(frozen=True)
class BlockInput:
    """What a residual block reads: the smaller scale's output (h, w, C), if any; this scale's features (H, W, F)."""

    below: Tensor | None
    features: Tensor

    @property
    def size(self) -> tuple[int, int]:
        return self.features.shape[0], self.features.shape[1]

    @property
    def channels(self) -> int:
        return self.features.shape[2] + (0 if self.below is None else self.below.shape[2])

    @property
    def parts(self) -> list[Tensor]:
        """The tensors whose channels, one after the other, make up the input."""
        return [self.features] if self.below is None else [self.below, self.features]

    def rows(self, top: int, bottom: int) -> Tensor:
        """Rows top..bottom of nearest-enlarged `below` and `features`, concatenated: (rows, W, C)."""
        if self.below is None:
            return self.features[top:bottom]
        first, last = top // 2, (bottom + 1) // 2
        lines, (width, deep) = last - first, self.below.shape[1:]
        band = self.features.new_empty(lines, 2, width, 2, self.channels)
        # one copy that repeats each line and column: an enlarged and a concatenated picture never exist
        band[..., :deep] = self.below[first:last, None, :, None]
        band = band.view(2 * lines, 2 * width, self.channels)[top - 2 * first : bottom - 2 * first]
        band[..., deep:] = self.features[top:bottom]
        return band


@dataclass(frozen=True)
class Scale:
    """What the norms of one block share.

    distinct: the label neighbourhoods, None without modulation. regions (R, H, W): weights of the regions that are
    normalised separately, summing to one at each pixel. region_of (K, R): the same for each neighbourhood.
    """

    distinct: Neighbourhoods | None
    regions: Tensor
    region_of: Tensor


@dataclass(frozen=True)
class Norm:
    """An ALIAS norm with the noise it adds in this picture."""

    module: AliasNorm
    noise: Noise | None


def generate(
    network: Generator,
    x: Tensor,
    codes: Tensor,
    misalignment: Tensor,
    noise: NoiseSource,
    report: Report | None = None,
    workspace: Workspace | None = None,
) -> Tensor:
    """`AliasGenerator.forward` for one sample, with activations in the dtype of `x`.

    x: (1, 9, H, W). codes: (1, H, W) int64, the parse as class numbers. misalignment: (1, 1, H, W).
    """
    y: Tensor | None = None
    blocks = network.blocks()
    workspace = workspace or Workspace()
    for number, block in enumerate(blocks):
        dtype = _working_type(x, number)
        below = None if y is None else y.to(dtype)
        rounded = number == 0 and dtype != x.dtype and prod(shrink(x, number).shape[2:]) <= HANDFUL
        source = BlockInput(below, _encode(network, number, x.to(dtype), rounded))
        worker = _Block(block, source, _scale(network, number, codes, misalignment), workspace, rounded)
        # its result is the next block's input, so the two take turns
        y = worker.run(f"result {number % 2}", noise, part_of(report, number, len(blocks))).to(x.dtype)
    assert y is not None
    return _picture(network, y)


def _working_type(x: Tensor, number: int) -> torch.dtype:
    few = x.shape[2] * x.shape[3] <= _FEW_PIXELS * 4 ** (SCALES - 1 - number)
    return torch.float64 if few and x.dtype == torch.float32 and x.device.type != "mps" else x.dtype


def lay_out(network: nn.Module) -> None:
    """Lay the weights of the convolutions out channels-last once and for all. Values do not change."""
    for module in network.modules():
        if isinstance(module, SpectralConv2d | nn.Conv2d):
            # outside inference mode: a parameter made inside it could not be trained any more
            with torch.inference_mode(False):
                weight = module.weight_orig if isinstance(module, SpectralConv2d) else module.weight
                weight.data = weight.data.contiguous(memory_format=torch.channels_last)


def part_of(report: Report | None, number: int, count: int) -> Report:
    """Report the progress of part `number` of `count` parts (blocks, or samples) that cost about the same."""
    return (lambda _: None) if report is None else (lambda share: report((number + share) / count))


def _scale(network: Generator, number: int, codes: Tensor, misalignment: Tensor) -> Scale:
    codes, mask = shrink(codes, number), shrink(misalignment, number)
    one = mask.new_ones(1, 1)
    if not network.is_modulated():
        return Scale(None, one.expand(1, *codes.shape[1:]), one)
    if not network.is_masked(number):
        distinct = modulation.find_neighbourhoods(codes, len(Alias), None, Alias.GARMENT)
        return Scale(distinct, one.expand(1, *codes.shape[1:]), one)
    distinct = modulation.find_neighbourhoods(codes, len(Alias), mask, Alias.GARMENT)
    share = distinct.middle[:, -1:]
    return Scale(distinct, torch.cat([mask[0], 1 - mask[0]]), torch.cat([share, 1 - share], dim=1))


def _encode(network: Generator, number: int, x: Tensor, rounded: bool) -> Tensor:
    conv, shrunk = network.encoder(number), shrink(x, number)
    if rounded:
        return convolve_in_order(conv, shrunk).to(x.dtype)
    weight, bias = (parameter.to(x.dtype) for parameter in (conv.weight, cast(Tensor, conv.bias)))
    height, width = shrunk.shape[2:]
    features = x.new_empty(height, width, len(weight))

    def encode(top: int, bottom: int, hand: int) -> None:
        band = F.pad(shrunk[:, :, max(top - 1, 0) : bottom + 1], (0, 0, int(top == 0), int(bottom == height)))
        made = F.conv2d(band.contiguous(memory_format=torch.channels_last), weight, bias, padding=(0, 1))
        features[top:bottom] = made[0].permute(1, 2, 0)

    in_bands(bands(features, len(weight)), encode)
    return features


def shrink(map_: Tensor, number: int) -> Tensor:
    """A map (..., H, W) at scale `number` (0 the smallest), by nearest as published: every 2nd, 4th ... pixel."""
    step = 2 ** (SCALES - 1 - number)
    return map_[..., ::step, ::step]


class _Block:
    """One residual block at work on one sample."""

    def __init__(
        self, block: AliasBlock, source: BlockInput, scale: Scale, workspace: Workspace, rounded: bool
    ) -> None:
        self._block, self._source, self._scale, self._workspace = block, source, scale, workspace
        self._rounded = rounded  # the norms on the block's input
        self._dtype = source.features.dtype
        self._height = source.size[0]

    def run(self, role: str, noise: NoiseSource, report: Report) -> Tensor:
        """(H, W, C), in the workspace's array for `role`.

        The noise is drawn in the order of the dense form: norm_0, norm_1, norm_s.
        """
        block = self._block
        norms = [block.norm_0, block.norm_1, *([block.norm_s] if block.learned_shortcut else [])]
        first, second, *third = [self._noise(norm, noise) for norm in norms]
        outer = [Norm(block.norm_0, first), *(Norm(block.norm_s, one) for one in third)]
        hidden, result = self._enter(role, self._outer(outer), second, lambda share: report(share * 0.6))
        (norm_1,) = self._affines([Norm(block.norm_1, None)], [hidden])  # its noise is in `hidden` already
        conv_1 = self._convolution(block.conv_1)

        def second_half(top: int, bottom: int, hand: int) -> None:
            low, high = max(top - 1, 0), min(bottom + 1, self._height)
            scratch = self._workspace.hand(hand)
            normalised = norm_1.apply(hidden[low:high], low)
            conv_1.add_to(result[top:bottom], conv_1.framed(normalised, *self._ends(top, bottom), scratch), scratch)

        in_bands(bands(hidden, hidden.shape[2]), second_half, lambda share: report(0.6 + share * 0.4))
        return result

    def _outer(self, norms: list[Norm]) -> Sequence[Affine | RoundedNorm]:
        """The norms on the block's input."""
        if not self._rounded:
            return self._affines(norms, self._source.parts)
        regions = self._scale.regions
        mask = regions[None, :1] if len(regions) > 1 else None
        return [RoundedNorm(norm.module, mask, self._scale.distinct, norm.noise) for norm in norms]

    def _enter(
        self, role: str, affines: Sequence[Affine | RoundedNorm], noise: Noise | None, report: Report
    ) -> tuple[Tensor, Tensor]:
        """The first convolution's output with its noise, and the shortcut with the second one's bias, (H, W, C) each.

        The first one's bias is left out: whatever is the same at all pixels, the norm behind it takes away.
        """
        block, source = self._block, self._source
        conv_0 = self._convolution(block.conv_0)
        shortcut = self._shortcut(affines)
        hidden = self._workspace.array("hidden", (*source.size, conv_0.channels), source.features)
        result = self._workspace.array(role, (*source.size, len(block.conv_1.weight_orig)), source.features)

        def first_half(top: int, bottom: int, hand: int) -> None:
            low, high = max(top - 1, 0), min(bottom + 1, self._height)
            band = source.rows(low, high)
            shortcut(result[top:bottom], band[top - low : bottom - low], top)
            scratch = self._workspace.hand(hand)
            normalised = affines[0].apply(band, low, owned=source.below is not None)
            framed = conv_0.framed(normalised, *self._ends(top, bottom), scratch)
            conv_0.write_to(hidden[top:bottom], framed, noise, top, scratch)

        in_bands(bands(source.features, source.channels), first_half, report)
        return hidden, result

    def _shortcut(self, affines: Sequence[Affine | RoundedNorm]) -> Callable[[Tensor, Tensor, int], object]:
        """What writes the shortcut of a band of the input that begins at a row."""
        block = self._block
        bias = cast(Tensor, block.conv_1.bias).detach().to(self._dtype)
        if not block.learned_shortcut:
            return lambda out, band, top: out.copy_(band).add_(bias)
        norm = affines[1]
        weight = folded_weight(block.conv_s, self._dtype, self._workspace)[:, :, 0, 0].T
        if isinstance(norm, Affine) and norm.is_shared:
            return Shortcut.of(norm, weight, bias).write_to

        def write(out: Tensor, band: Tensor, top: int) -> None:
            torch.addmm(bias, norm.apply(band, top).flatten(0, 1), weight, out=out.view(-1, out.shape[2]))

        return write

    def _affines(self, norms: list[Norm], parts: list[Tensor]) -> list[Affine]:
        """Fold statistics and modulation of norms that read the same input, given in parts, into tables."""
        statistics = region_statistics(parts, [norm.noise for norm in norms], self._scale.regions)
        return [self._affine(norm, *one) for norm, one in zip(norms, statistics, strict=True)]

    def _affine(self, norm: Norm, means: Tensor, rstds: Tensor) -> Affine:
        region_of = self._scale.region_of.to(means.dtype)
        scale, shift = region_of @ rstds, -(region_of @ (means * rstds))
        distinct = self._scale.distinct
        if distinct is None:
            return Affine(scale.to(self._dtype), shift.to(self._dtype), None, norm.noise)
        gamma, beta = modulation.gamma_beta(norm.module, distinct, means.dtype)
        scale, shift = scale * (1 + gamma), shift * (1 + gamma) + beta
        return Affine(scale.to(self._dtype), shift.to(self._dtype), distinct.index[0], norm.noise)

    def _convolution(self, conv: SpectralConv2d) -> Convolution:
        return prepared(conv, self._dtype, self._source.size, self._workspace)

    def _noise(self, norm: AliasNorm, source: NoiseSource) -> Noise | None:
        if not source.active:
            return None
        like = self._source.features
        values = source.draw_map(1, self._source.size)[0, 0].to(like)
        return Noise(values, norm.noise_scale.to(like))

    def _ends(self, top: int, bottom: int) -> tuple[bool, bool]:
        """Whether a band is the picture's first, and its last."""
        return top == 0, bottom == self._height


def _picture(network: Generator, y: Tensor) -> Tensor:
    """The last activation and convolution: (H, W, C) -> (1, 3, H, W) in [-1, 1]."""
    conv = network.conv_img
    weight, bias = (parameter.to(y.dtype) for parameter in (conv.weight, cast(Tensor, conv.bias)))
    # four pixels at once, with a stride of two: three output channels would leave most of a vector register empty
    fours = weight.new_zeros(len(weight), 2, 2, weight.shape[1], 4, 4)
    for i, j in product(range(2), range(2)):
        fours[:, i, j, :, i : i + 3, j : j + 3] = weight
    fours = fours.flatten(0, 2).contiguous(memory_format=torch.channels_last)
    height, width, channels = y.shape
    made = y.new_empty(1, len(weight), height, width)

    def paint(top: int, bottom: int, hand: int) -> None:
        band = F.leaky_relu(y[max(top - 1, 0) : bottom + 1], LEAK)
        band = F.pad(band, (0, 0, 0, 0, int(top == 0), int(bottom == height)))
        four = F.conv2d(as_nchw(band), fours, bias.repeat_interleave(4), stride=2, padding=(0, 1))
        made[:, :, top:bottom] = F.pixel_shuffle(four, 2).tanh_()

    in_bands(bands(y, channels), paint)
    return made
