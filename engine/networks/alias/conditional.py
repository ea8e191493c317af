"""Norms that the paper's experiments compare with, at the places of the ALIAS norm: one scale and shift a channel.

Conditional batch norm (de Vries et al., NIPS 2017) and adaptive instance norm (Huang and Belongie, ICCV 2017). Both are
told the label map as a whole, brought to 4 x 3 places, where ALIAS and SPADE are told it pixel by pixel.
"""

from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias.norm import AliasNorm, Maps
from engine.networks.alias.normalisation import LEAK, instance_norm

_PLACES = (4, 3)


class ConditionalNorm(AliasNorm):
    """Normalise, then scale and shift every channel by what the whole label map says.

    As `AliasNorm`; batch: over the batch, with running statistics, else picture by picture.
    """

    def __init__(self, channels: int, labels: int, hidden: int, batch: bool) -> None:
        super().__init__(channels, 0, hidden)
        self.told = nn.Linear(labels * _PLACES[0] * _PLACES[1], hidden)
        self.gamma_beta = nn.Linear(hidden, 2 * channels)
        self.batch = nn.BatchNorm2d(channels, affine=False) if batch else None

    def forward(self, x: Tensor, maps: Maps, noise: Tensor | None) -> Tensor:
        if noise is not None:
            x = x + noise * self.noise_scale[:, None, None]
        normalised = instance_norm(x) if self.batch is None else self.batch(x)
        layout = F.adaptive_avg_pool2d(maps.labels, _PLACES).flatten(1)
        gamma, beta = self.gamma_beta(F.leaky_relu(self.told(layout), LEAK))[..., None, None].chunk(2, dim=1)
        scaled: Tensor = normalised * (1 + gamma) + beta
        return scaled
