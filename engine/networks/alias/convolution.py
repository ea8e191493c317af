"""The spectral convolutions of the ALIAS generator on bands of rows, each in the form that is quickest for its shape.

Activations are (rows, W, C). The singular value that divides a weight is folded into what is kept of the weight, or,
where that would be a copy of a large weight, multiplied into the result. Biases are left to the caller, who has
places where they cost nothing.
"""

from math import prod
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks.alias import winograd
from engine.networks.alias.normalisation import LEAK
from engine.networks.alias.workspace import Workspace
from engine.networks.spectral import SpectralConv2d
from engine.networks.statistics import Noise

# measured on a CPU: Winograd's tiles beat the direct convolution from so many weights (in x out) and pixels on. Weights
# take four times as much memory transformed, so not up to any number: the two largest would cost 300 MB for a 14th
_TILED_WEIGHTS = (9000, 600_000)
_TILED_PIXELS = 512
_MATRIX_WEIGHTS = 2**17  # on fewer pixels, so many weights are best read just once, by one matrix product
_FOLDED_WEIGHTS = 2**18  # a weight up to this size is copied to be divided by its singular value


class Convolution(Protocol):
    """A 3 x 3 convolution on bands of rows, with arrays of a `scratch` workspace."""

    channels: int

    def framed(self, band: Tensor, above: bool, below: bool, scratch: Workspace) -> Tensor:
        """Leaky ReLU of a band, which it overwrites, with a row of zeros where the picture ends `above` or `below`."""
        ...

    def write_to(self, out: Tensor, framed: Tensor, noise: Noise | None, top: int, scratch: Workspace) -> None:
        """The convolution of a framed band, which has a row more than `out` above and below, and noise for it."""
        ...

    def add_to(self, out: Tensor, framed: Tensor, scratch: Workspace) -> None:
        """The same, added to what is there."""
        ...


def prepared(conv: SpectralConv2d, dtype: torch.dtype, size: tuple[int, int], workspace: Workspace) -> Convolution:
    """`conv`, 3 x 3, for pictures of `size` in `dtype`."""
    weights, on_cpu = conv.weight_orig.shape[0] * conv.weight_orig.shape[1], conv.weight_orig.device.type == "cpu"
    if on_cpu and dtype == torch.float32:
        whole_tiles = not any(side % winograd.TILE for side in size)
        if _TILED_WEIGHTS[0] <= weights <= _TILED_WEIGHTS[1] and prod(size) >= _TILED_PIXELS and whole_tiles:
            return _Tiled(conv, workspace)
        if weights >= _MATRIX_WEIGHTS and prod(size) < _TILED_PIXELS:
            return _Matrix(conv, workspace)
    return _Direct(conv, dtype, workspace)


def folded_weight(conv: SpectralConv2d, dtype: torch.dtype, workspace: Workspace) -> Tensor:
    """The weight divided by its singular value, in channels-last memory."""

    def make() -> Tensor:
        precise = torch.promote_types(dtype, torch.float32)
        weight = conv.weight_orig.detach().to(precise) / conv.sigma().to(precise)
        return weight.to(dtype).contiguous(memory_format=torch.channels_last)

    return workspace.keep(conv, f"folded {dtype}", _sources(conv), make)


def as_nchw(band: Tensor) -> Tensor:
    """(H, W, C) -> (1, C, H, W) without a copy, with the strides by which PyTorch knows channels-last."""
    return band[None].permute(0, 3, 1, 2)


def _sources(conv: SpectralConv2d) -> tuple[Tensor, ...]:
    return conv.weight_orig, conv.weight_u, conv.weight_v


def _rate(conv: SpectralConv2d, workspace: Workspace) -> Tensor:
    return workspace.keep(conv, "rate", _sources(conv), lambda: conv.sigma().reciprocal())


class _Direct:
    """PyTorch's own convolution."""

    def __init__(self, conv: SpectralConv2d, dtype: torch.dtype, workspace: Workspace) -> None:
        self.channels = len(conv.weight_orig)
        self._rate: Tensor | None = None
        if conv.weight_orig.numel() <= _FOLDED_WEIGHTS:
            self._weight = folded_weight(conv, dtype, workspace)
        else:
            self._weight = conv.weight_orig.detach().to(dtype).contiguous(memory_format=torch.channels_last)
            self._rate = _rate(conv, workspace).to(dtype)

    def framed(self, band: Tensor, above: bool, below: bool, scratch: Workspace) -> Tensor:
        F.leaky_relu_(band, LEAK)
        return F.pad(band, (0, 0, 0, 0, int(above), int(below))) if above or below else band

    def write_to(self, out: Tensor, framed: Tensor, noise: Noise | None, top: int, scratch: Workspace) -> None:
        convolved = self._convolve(framed)
        if noise is None:
            out.copy_(convolved)
        else:
            noise.add_to(convolved, top, out)

    def add_to(self, out: Tensor, framed: Tensor, scratch: Workspace) -> None:
        out.add_(self._convolve(framed))

    def _convolve(self, framed: Tensor) -> Tensor:
        convolved = F.conv2d(as_nchw(framed), self._weight, padding=(0, 1))[0].permute(1, 2, 0)
        return convolved if self._rate is None else convolved.mul_(self._rate)


class _Framing:
    """Bands framed on all four sides, in an array of the workspace."""

    def __init__(self, conv: SpectralConv2d) -> None:
        self.channels = len(conv.weight_orig)

    def framed(self, band: Tensor, above: bool, below: bool, scratch: Workspace) -> Tensor:
        rows, width, channels = band.shape
        made = scratch.array("framed", (rows + above + below, width + 2, channels), band)
        made[:, 0] = made[:, -1] = 0
        if above:
            made[0] = 0
        if below:
            made[-1] = 0
        torch.ops.aten.leaky_relu.out(band, LEAK, out=made[int(above) : int(above) + rows, 1:-1])
        return made


class _Tiled(_Framing):
    """`engine.networks.alias.winograd`."""

    def __init__(self, conv: SpectralConv2d, workspace: Workspace) -> None:
        super().__init__(conv)
        weight = conv.weight_orig.detach()
        self._weight = workspace.keep(
            conv, "tiled", _sources(conv), lambda: winograd.transform_weight(weight, 1 / conv.sigma())
        )

    def write_to(self, out: Tensor, framed: Tensor, noise: Noise | None, top: int, scratch: Workspace) -> None:
        winograd.convolve(framed, self._weight, scratch, out)
        if noise is not None:
            noise.add_in(out, top)

    def add_to(self, out: Tensor, framed: Tensor, scratch: Workspace) -> None:
        made = scratch.array("framed", out.shape, out)  # the framed band itself is not needed any more by then
        winograd.convolve(framed, self._weight, scratch, made)
        out.add_(made)


class _Matrix(_Framing):
    """One matrix product of all 3 x 3 patches, for a whole small picture."""

    def __init__(self, conv: SpectralConv2d, workspace: Workspace) -> None:
        super().__init__(conv)
        self._weight = conv.weight_orig.detach().permute(0, 2, 3, 1).flatten(1)  # no copy of one laid out channels-last
        self._rate = float(_rate(conv, workspace))

    def write_to(self, out: Tensor, framed: Tensor, noise: Noise | None, top: int, scratch: Workspace) -> None:
        pixels = out.view(-1, self.channels)
        torch.addmm(pixels, self._patches(framed), self._weight.T, beta=0, alpha=self._rate, out=pixels)
        if noise is not None:
            noise.add_in(out, top)

    def add_to(self, out: Tensor, framed: Tensor, scratch: Workspace) -> None:
        out.view(-1, self.channels).addmm_(self._patches(framed), self._weight.T, alpha=self._rate)

    def _patches(self, framed: Tensor) -> Tensor:
        patches = framed.unfold(0, 3, 1).unfold(1, 3, 1).permute(0, 1, 3, 4, 2)
        return patches.reshape(patches.shape[0] * patches.shape[1], -1)
