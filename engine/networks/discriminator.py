"""Discriminators of adversarial losses: PatchGAN (Isola et al., CVPR 2017) at several scales (Wang et al., 2018)."""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


@dataclass(frozen=True)
class DiscriminatorConfig:
    """Hyper-parameters; the defaults are those of the published recipes."""

    channels_in: int
    width: int = 64  # channels of the first layer, doubled by each next one up to eight times
    layers: int = 3  # halvings of one scale's network
    scales: int = 2  # networks, each next one looking at the picture at half the size
    spectral: bool = False  # spectral normalisation of every convolution


class PatchDiscriminator(nn.Module):
    """(B, C, H, W) -> the features of every layer; the last is the verdict on overlapping patches, (B, 1, h, w)."""

    def __init__(self, config: DiscriminatorConfig) -> None:
        super().__init__()
        widths = [min(2**level, 8) * config.width for level in range(config.layers + 1)]
        stages = [self._stage(config, config.channels_in, widths[0], stride=2, norm=False)]
        for level in range(1, config.layers + 1):
            stride = 2 if level < config.layers else 1
            stages.append(self._stage(config, widths[level - 1], widths[level], stride, norm=True))
        stages.append(nn.Sequential(_conv(widths[-1], 1, 1, config.spectral)))
        self.stages = nn.ModuleList(stages)

    @staticmethod
    def _stage(config: DiscriminatorConfig, source: int, target: int, stride: int, norm: bool) -> nn.Sequential:
        layers: list[nn.Module] = [_conv(source, target, stride, config.spectral)]
        if norm:
            layers.append(nn.InstanceNorm2d(target))
        return nn.Sequential(*layers, nn.LeakyReLU(0.2))

    def forward(self, x: Tensor) -> list[Tensor]:
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features


def _conv(source: int, target: int, stride: int, spectral: bool) -> nn.Module:
    conv = nn.Conv2d(source, target, 4, stride=stride, padding=2)
    if not spectral:
        return conv
    normalised: nn.Module = spectral_norm(conv)
    return normalised


class MultiScaleDiscriminator(nn.Module):
    """(B, C, H, W) -> one list of features a scale, from full size down; see `PatchDiscriminator`.

    >>> import torch
    >>> verdicts = MultiScaleDiscriminator(DiscriminatorConfig(3, width=4))(torch.zeros(1, 3, 64, 48))
    >>> [tuple(features[-1].shape) for features in verdicts]
    [(1, 1, 11, 9), (1, 1, 7, 6)]
    """

    def __init__(self, config: DiscriminatorConfig) -> None:
        super().__init__()
        self.config = config
        self.scales = nn.ModuleList(PatchDiscriminator(config) for _ in range(config.scales))
        self.halve = nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)

    def forward(self, x: Tensor) -> list[list[Tensor]]:
        verdicts = []
        for network in self.scales:
            verdicts.append(network(x))
            x = self.halve(x)
        return verdicts
