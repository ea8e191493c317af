"""The norm of the ALIAS generator, modulated by label maps, as published (VITON-HD, section 3.4)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.networks.alias import modulation
from engine.networks.alias.neighbourhoods import Neighbourhoods
from engine.networks.alias.normalisation import instance_norm, masked_norm


@dataclass(frozen=True)
class Maps:
    """What modulates the blocks at one scale.

    labels: (B, 7 or 8, H, W); mask: (B, 1, H, W) where the misaligned region is normalised by itself, or None.
    distinct: the neighbourhoods of `labels` where a table of them is cheaper than convolving, or None.
    """

    labels: Tensor
    mask: Tensor | None
    distinct: Neighbourhoods | None = None


class AliasNorm(nn.Module):
    """Normalise, then scale and shift each pixel by what its label neighbourhood says.

    x (B, C, H, W), maps of the same size, noise (B, 1, H, W) or None: one N(0, 1) value a pixel, scaled by a learned
    factor a channel. `labels` 0 leaves the modulation out.
    """

    def __init__(self, channels: int, labels: int, hidden: int) -> None:
        super().__init__()
        self.noise_scale = nn.Parameter(torch.zeros(channels))
        if labels:
            self.conv_shared = nn.Sequential(nn.Conv2d(labels, hidden, 3, padding=1), nn.ReLU())
            self.conv_gamma = nn.Conv2d(hidden, channels, 3, padding=1)
            self.conv_beta = nn.Conv2d(hidden, channels, 3, padding=1)
        self.modulated = labels > 0

    def forward(self, x: Tensor, maps: Maps, noise: Tensor | None) -> Tensor:
        if noise is not None:
            x = x + noise * self.noise_scale[:, None, None]
        normalised = instance_norm(x) if maps.mask is None else masked_norm(x, maps.mask)
        if not self.modulated:
            return normalised
        gamma, beta = self._modulation(maps)
        return normalised * (1 + gamma) + beta

    def _modulation(self, maps: Maps) -> tuple[Tensor, Tensor]:
        if maps.distinct is not None:
            gamma, beta = modulation.gamma_beta(self, maps.distinct)
            return modulation.look_up(gamma, maps.distinct), modulation.look_up(beta, maps.distinct)
        hidden = self.conv_shared(maps.labels)
        return self.conv_gamma(hidden), self.conv_beta(hidden)
