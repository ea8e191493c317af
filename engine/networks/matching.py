"""Geometric matching: where the garment has to go, as the control points of a thin-plate spline.

Stage 2 of VITON-HD (Choi et al., CVPR 2021, section 3.3), after CP-VTON (Wang et al., ECCV 2018). Key names and shapes
are those of the published `gmm_final.pth`. Works on 256 x 192 inside, whatever the size of the picture.
"""

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

from engine.arrays import FULL_SIZE, Size
from engine.networks import tps

SIZE = (256, 192)
_PLACES = (16, 12)  # after four halvings
_POINTS = 5  # control points along each side


@dataclass(frozen=True)
class MatchingConfig:
    """Hyper-parameters; the defaults are the published network."""

    width: int = 64  # channels of the towers' first layer; they grow to eight times that


class FeatureTower(nn.Module):
    """(B, C, 256, 192) -> (B, 8 * width, 16, 12); batch norm follows the ReLU, as published."""

    def __init__(self, channels_in: int, width: int) -> None:
        super().__init__()
        widths = [width, 2 * width, 4 * width, 8 * width]
        layers: list[nn.Module] = []
        for source, target in zip([channels_in, *widths[:-1]], widths, strict=True):
            layers += [nn.Conv2d(source, target, 4, stride=2, padding=1), nn.ReLU(), nn.BatchNorm2d(target)]
        top = widths[-1]
        layers += [nn.Conv2d(top, top, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(top)]
        layers += [nn.Conv2d(top, top, 3, padding=1), nn.ReLU()]
        self.model = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.model(x)
        return features


def _unit_length(features: Tensor) -> Tensor:
    """Divide each place's feature vector by its length (published form of the guard against zero)."""
    return features / (features.square().sum(dim=1, keepdim=True) + 1e-6).sqrt()


def correlate(person: Tensor, cloth: Tensor) -> Tensor:
    """Scalar products of all places of `person` with all of `cloth`: two (B, C, h, w) -> (B, w * h, h, w).

    The output's places are the cloth's; its channels are the person's places, column by column (x outer, y inner).
    """
    batch, channels, height, width = person.shape
    places = person.transpose(2, 3).reshape(batch, channels, width * height).transpose(1, 2)
    return (places @ cloth.reshape(batch, channels, height * width)).reshape(batch, width * height, height, width)


class Regression(nn.Module):
    """Correlation (B, 192, 16, 12) -> offsets (B, 50) in (-1, 1)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        channels = [_PLACES[0] * _PLACES[1], 8 * width, 4 * width, 2 * width, width]
        layers: list[nn.Module] = []
        for index, (source, target) in enumerate(pairwise(channels)):
            kernel, stride = (4, 2) if index < 2 else (3, 1)
            conv = nn.Conv2d(source, target, kernel, stride=stride, padding=1)
            layers += [conv, nn.BatchNorm2d(target), nn.ReLU()]
        self.conv = nn.Sequential(*layers)
        self.linear = nn.Linear(width * _PLACES[0] * _PLACES[1] // 16, 2 * _POINTS**2)

    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(self.linear(self.conv(x).flatten(1)))


class GeometricMatching(nn.Module):
    """Spline that lays the product photo onto the predicted clothes region.

    person (B, 7, 256, 192): clothes region 1, pose picture 3, agnostic image 3, from
    `engine.networks.inputs.matching_input`. cloth (B, 3, 256, 192): product photo in [-1, 1]. size: (H, W) of the grid
    wanted. Returns theta (B, 50), offsets of the 5 x 5 control points (25 x, then 25 y, in (-1, 1)), and the sampling
    grid (B, H, W, 2) for `grid_sample(cloth, grid, padding_mode="border", align_corners=False)`.

    >>> theta, grid = GeometricMatching(MatchingConfig(width=4)).eval()(
    ...     torch.zeros(1, 7, 256, 192), torch.zeros(1, 3, 256, 192), size=(64, 48))
    >>> theta.shape, grid.shape
    (torch.Size([1, 50]), torch.Size([1, 64, 48, 2]))
    """

    def __init__(self, config: MatchingConfig = MatchingConfig()) -> None:
        super().__init__()
        self.config = config
        self.extractionA = FeatureTower(7, config.width)
        self.extractionB = FeatureTower(3, config.width)
        self.regression = Regression(config.width)

    def offsets(self, person: Tensor, cloth: Tensor) -> Tensor:
        """theta (B, 50) alone, without the grid."""
        if person.shape[1:] != (7, *SIZE) or cloth.shape != (len(person), 3, *SIZE):
            shapes = f"{tuple(person.shape)} and {tuple(cloth.shape)}"
            raise ValueError(f"geometric matching takes (B, 7, 256, 192) and (B, 3, 256, 192), not {shapes}")
        features = _unit_length(self.extractionA(person)), _unit_length(self.extractionB(cloth))
        theta: Tensor = self.regression(correlate(*features))
        return theta

    def forward(self, person: Tensor, cloth: Tensor, size: Size = FULL_SIZE) -> tuple[Tensor, Tensor]:
        theta = self.offsets(person, cloth)
        return theta, tps.spline_grid(control_points(theta), size)


def control_points(theta: Tensor) -> Tensor:
    """Where the control points are moved to, (B, 25, 2) as x, y, from the network's offsets (B, 50)."""
    offsets = theta.reshape(len(theta), 2, -1).transpose(1, 2)
    return tps.rest_points(_POINTS).to(theta) + offsets
