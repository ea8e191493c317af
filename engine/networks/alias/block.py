"""The residual block of the ALIAS generator."""

from collections.abc import Callable

from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias import fused
from engine.networks.alias.noise import NoiseSource
from engine.networks.alias.norm import AliasNorm, Maps
from engine.networks.alias.normalisation import LEAK
from engine.networks.spectral import SpectralConv2d


class AliasBlock(nn.Module):
    """Residual block of two modulated convolutions; the shortcut is learned where the widths differ.

    norm: makes the norm of so many channels.
    """

    def __init__(self, channels_in: int, channels_out: int, norm: Callable[[int], AliasNorm]) -> None:
        super().__init__()
        middle = min(channels_in, channels_out)
        self.learned_shortcut = channels_in != channels_out
        self.conv_0 = SpectralConv2d(channels_in, middle, 3)
        self.conv_1 = SpectralConv2d(middle, channels_out, 3)
        if self.learned_shortcut:
            self.conv_s = SpectralConv2d(channels_in, channels_out, 1, bias=False)
        self.norm_0 = norm(channels_in)
        self.norm_1 = norm(middle)
        if self.learned_shortcut:
            self.norm_s = norm(channels_in)

    def forward(self, x: Tensor, maps: Maps, noise: NoiseSource) -> Tensor:
        y = self.conv_0(self._normalised(self.norm_0, x, maps, noise, leak=True))
        y = self.conv_1(self._normalised(self.norm_1, y, maps, noise, leak=True))
        if self.learned_shortcut:
            x = self.conv_s(self._normalised(self.norm_s, x, maps, noise, leak=False))
        summed: Tensor = x + y
        return summed

    def _normalised(self, norm: AliasNorm, x: Tensor, maps: Maps, noise: NoiseSource, leak: bool) -> Tensor:
        if maps.distinct is not None and fused.serves(x, maps.distinct):
            return fused.norm(norm, x, maps.distinct, maps.mask, noise.draw(x), leak)
        y: Tensor = norm(x, maps, noise.draw(x))
        return F.leaky_relu(y, LEAK) if leak else y
