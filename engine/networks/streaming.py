"""The ALIAS generator for inference: the same function in a fraction of the time and memory.

Three things make it quick without changing the result beyond rounding:

- gamma and beta come from tables (`engine.networks.modulation`), and the normalisation is folded into them, so that a
  whole ALIAS norm is `z * scale[neighbourhood] + shift[neighbourhood]`;
- activations lie channels-last, (H, W, C), which suits both the look-up and the convolutions;
- a block is worked through in bands of rows that stay in the processor's cache. What is only needed in between (the
  enlarged and concatenated input, the normalised input, the shortcut's input) never exists at full size.

Samples are worked through one by one, so a picture does not depend on what else is in its batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.labels import Alias
from engine.networks import modulation, winograd
from engine.networks.neighbourhoods import Neighbourhoods
from engine.networks.noise import NoiseSource
from engine.networks.normalisation import LEAK, SCALES
from engine.networks.rounding import HANDFUL, RoundedNorm, convolve_in_order
from engine.networks.spectral import SpectralConv2d
from engine.networks.statistics import Noise, Report, bands, plain_statistics, region_statistics

if TYPE_CHECKING:
    from engine.networks.alias import AliasBlock, AliasGenerator, AliasNorm

# where tiles beat the direct convolution on a CPU (measured): many channels, neither too few nor too many pixels
_MANY_WEIGHTS = 2**17
_TILED_PIXELS = (512, 16384)
_FEW_PIXELS = 32  # instance norm over so few pixels magnifies rounding to 3e-4; float64 costs nothing there


class Workspace:
    """Memory for the large arrays, kept from block to block and from picture to picture.

    On a CPU the system takes longer to hand out fresh pages than the arithmetic on them takes; a GPU's allocator keeps
    its memory by itself. One workspace serves one picture at a time.
    """

    def __init__(self) -> None:
        self._buffers: dict[str, Tensor] = {}
        self._transformed: dict[int, tuple[int, Tensor]] = {}

    def array(self, role: str, shape: tuple[int, ...], like: Tensor) -> Tensor:
        """An uninitialised array; the one given out before for the same role is overwritten."""
        if like.device.type != "cpu":
            return like.new_empty(shape)
        size = prod(shape) * like.element_size()
        held = self._buffers.get(role)
        if held is None or len(held) < size:
            self._buffers.pop(role, None)  # before the larger one is taken
            held = self._buffers[role] = torch.empty(size, dtype=torch.uint8)
        return held[:size].view(like.dtype).view(shape)

    def transformed(self, weight: Tensor) -> Tensor:
        """`winograd.transform_weight`, kept until the weight changes."""
        key, version = weight.data_ptr(), 0 if weight.is_inference() else weight._version
        if key not in self._transformed or self._transformed[key][0] != version:
            self._transformed[key] = version, winograd.transform_weight(weight)
        return self._transformed[key][1]


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

    module: "AliasNorm"
    noise: Noise | None


@dataclass(frozen=True)
class Affine:
    """A whole ALIAS norm as a table: scale and shift (K, C), and which row each pixel has, (H, W); None means row 0."""

    scale: Tensor
    shift: Tensor
    index: Tensor | None
    noise: Noise | None

    def apply(self, band: Tensor, top: int, owned: bool = False) -> Tensor:
        """Normalised and modulated rows (rows, W, C) that begin at `top`, in fresh memory; overwrites an owned band."""
        if self.noise is not None:
            band = (self.noise.add_in if owned else self.noise.add_to)(band, top)
        if self.index is None:
            return torch.addcmul(self.shift, band, self.scale)
        places = self.index[top : top + len(band)].flatten()
        scale, shift = (table.index_select(0, places).view(band.shape) for table in (self.scale, self.shift))
        return shift.addcmul_(band, scale)


def generate(
    network: "AliasGenerator",
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


def lay_out(network: "AliasGenerator") -> None:
    """Lay the weights of the block convolutions out channels-last once and for all. Values do not change."""
    for module in network.modules():
        if isinstance(module, SpectralConv2d):
            # outside inference mode: a parameter made inside it could not be trained any more
            with torch.inference_mode(False):
                weight = module.weight_orig
                weight.data = weight.data.contiguous(memory_format=torch.channels_last)


def part_of(report: Report | None, number: int, count: int) -> Report:
    """Report the progress of part `number` of `count` parts (blocks, or samples) that cost about the same."""
    return (lambda _: None) if report is None else (lambda share: report((number + share) / count))


def _scale(network: "AliasGenerator", number: int, codes: Tensor, misalignment: Tensor) -> Scale:
    codes, mask = shrink(codes, number), shrink(misalignment, number)
    one = mask.new_ones(1, 1)
    if network.config.normalisation == "instance":
        return Scale(None, one.expand(1, *codes.shape[1:]), one)
    if not network.is_masked(number):
        distinct = modulation.find_neighbourhoods(codes, len(Alias), None, Alias.UPPER)
        return Scale(distinct, one.expand(1, *codes.shape[1:]), one)
    distinct = modulation.find_neighbourhoods(codes, len(Alias), mask, Alias.UPPER)
    share = distinct.middle[:, -1:]
    return Scale(distinct, torch.cat([mask[0], 1 - mask[0]]), torch.cat([share, 1 - share], dim=1))


def _encode(network: "AliasGenerator", number: int, x: Tensor, rounded: bool) -> Tensor:
    conv = network.encoder(number)
    if rounded:
        return convolve_in_order(conv, shrink(x, number)).to(x.dtype)
    shrunk = shrink(x, number).contiguous(memory_format=torch.channels_last)
    weight, bias = (parameter.to(x.dtype) for parameter in (conv.weight, cast(Tensor, conv.bias)))
    return F.conv2d(shrunk, weight, bias, padding=1)[0].permute(1, 2, 0).contiguous()


def shrink(map_: Tensor, number: int) -> Tensor:
    """A map (..., H, W) at scale `number` (0 the smallest), by nearest as published: every 2nd, 4th ... pixel."""
    step = 2 ** (SCALES - 1 - number)
    return map_[..., ::step, ::step]


class _Block:
    """One residual block at work on one sample."""

    def __init__(
        self, block: "AliasBlock", source: BlockInput, scale: Scale, workspace: Workspace, rounded: bool
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
        for top, bottom in self._bands(hidden.shape[2], lambda share: report(0.6 + share * 0.4)):
            low, high = max(top - 1, 0), min(bottom + 1, self._height)
            activated = F.leaky_relu_(norm_1.apply(hidden[low:high], low), LEAK)
            conv_1.add_to(result[top:bottom], self._framed(activated, top, bottom))
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
        """The first convolution's output with its noise and the shortcut's, (H, W, C) each."""
        block, source = self._block, self._source
        conv_0 = self._convolution(block.conv_0)
        conv_s = self._convolution(block.conv_s) if block.learned_shortcut else None
        hidden = self._workspace.array("hidden", (*source.size, conv_0.channels), source.features)
        result = self._workspace.array(role, (*source.size, len(block.conv_1.weight_orig)), source.features)
        for top, bottom in self._bands(source.channels, report):
            low, high = max(top - 1, 0), min(bottom + 1, self._height)
            band = source.rows(low, high)
            inside = band[top - low : bottom - low]
            if conv_s is None:
                result[top:bottom] = inside
            else:
                conv_s.write_to(result[top:bottom], affines[1].apply(inside, top))
            activated = F.leaky_relu_(affines[0].apply(band, low, owned=source.below is not None), LEAK)
            conv_0.write_to(hidden[top:bottom], self._framed(activated, top, bottom))
            if noise is not None:
                noise.add_in(hidden[top:bottom], top)  # while the band is still in the cache
        return hidden, result

    def _affines(self, norms: list[Norm], parts: list[Tensor]) -> list[Affine]:
        """Fold statistics and modulation of norms that read the same input, given in parts, into tables."""
        noises = [norm.noise for norm in norms]
        if len(self._scale.regions) == 1:
            statistics = plain_statistics(parts, noises)
        else:
            statistics = region_statistics(parts, noises, self._scale.regions)
        return [self._affine(norm, *one) for norm, one in zip(norms, statistics, strict=True)]

    def _affine(self, norm: Norm, means: Tensor, rates: Tensor) -> Affine:
        region_of = self._scale.region_of.to(means.dtype)
        scale, shift = region_of @ rates, -(region_of @ (means * rates))
        distinct = self._scale.distinct
        if distinct is None:
            return Affine(scale.to(self._dtype), shift.to(self._dtype), None, norm.noise)
        gamma, beta = modulation.gamma_beta(norm.module, distinct, means.dtype)
        scale, shift = scale * (1 + gamma), shift * (1 + gamma) + beta
        return Affine(scale.to(self._dtype), shift.to(self._dtype), distinct.index[0], norm.noise)

    def _convolution(self, conv: SpectralConv2d) -> "_Convolution":
        return _Convolution(conv, self._dtype, self._source.size, self._workspace)

    def _noise(self, norm: "AliasNorm", source: NoiseSource) -> Noise | None:
        if not source.active:
            return None
        like = self._source.features
        values = source.draw_map(1, self._source.size)[0, 0].to(like)
        return Noise(values, norm.noise_scale.to(like))

    def _bands(self, channels: int, report: Report | None = None) -> Iterator[tuple[int, int]]:
        return bands(self._source.features, channels, report)

    def _framed(self, band: Tensor, top: int, bottom: int) -> Tensor:
        """Add the zero rows that a convolution sees above and below the picture."""
        above, below = int(top == 0), int(bottom == self._height)
        return F.pad(band, (0, 0, 0, 0, above, below)) if above or below else band


class _Convolution:
    """A spectral convolution on bands (rows, W, C): 3 x 3 takes a row more above and below, 1 x 1 does not.

    Dividing the result by sigma spares a normalised copy of the weight.
    """

    def __init__(self, conv: SpectralConv2d, dtype: torch.dtype, size: tuple[int, int], workspace: Workspace) -> None:
        self._conv, self._dtype, self._workspace = conv, dtype, workspace
        weight = conv.weight_orig.detach()
        self._bias = weight.new_zeros((), dtype=dtype) if conv.bias is None else conv.bias.detach().to(dtype)
        self._rate = conv.sigma().reciprocal().to(dtype)
        self.channels = len(weight)
        self._tiled = (
            weight.device.type == "cpu"
            and dtype == torch.float32
            and conv.padding == 1
            and weight.shape[0] * weight.shape[1] >= _MANY_WEIGHTS
            and _TILED_PIXELS[0] <= prod(size) <= _TILED_PIXELS[1]
        )
        self._weight = weight if self._tiled else weight.to(dtype).contiguous(memory_format=torch.channels_last)

    def write_to(self, out: Tensor, band: Tensor) -> None:
        torch.addcmul(self._bias, self._convolve(band), self._rate, out=out)

    def add_to(self, out: Tensor, band: Tensor) -> None:
        out.addcmul_(self._convolve(band), self._rate).add_(self._bias)

    def _convolve(self, band: Tensor) -> Tensor:
        if self._tiled:
            return winograd.convolve(band, self._workspace.transformed(self._weight), self._workspace)
        padding = (0, self._conv.padding)
        return F.conv2d(as_nchw(band), self._weight, padding=padding)[0].permute(1, 2, 0)


def as_nchw(band: Tensor) -> Tensor:
    """(H, W, C) -> (1, C, H, W) without a copy, with the strides by which PyTorch knows channels-last."""
    return band[None].permute(0, 3, 1, 2)


def _picture(network: "AliasGenerator", y: Tensor) -> Tensor:
    """The last activation and convolution: (H, W, C) -> (1, 3, H, W) in [-1, 1]; overwrites `y`."""
    activated = as_nchw(F.leaky_relu_(y, LEAK))
    conv = network.conv_img
    weight, bias = (parameter.to(y.dtype) for parameter in (conv.weight, cast(Tensor, conv.bias)))
    return F.conv2d(activated, weight, bias, padding=1).contiguous().tanh_()
