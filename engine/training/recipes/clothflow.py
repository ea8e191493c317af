"""Recipe of ClothFlow's rendering network: a classifier's features and their style (Han et al., ICCV 2019).

The paper trains it by a perceptual and a style loss (Johnson et al., ECCV 2016). A plain distance is added here,
because features of our own, where no VGG weights are named, do not tell colours well. Its flow is the recipe "flow".
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks.clothflow import ClothFlow, ClothFlowConfig
from engine.networks.painting import Painted
from engine.training.losses.as_float32 import as_float32
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.painting import PaintingRecipe, WarpedOptions, presets


@dataclass(frozen=True, kw_only=True)
class ClothFlowOptions(WarpedOptions):
    """Hyper-parameters of the ClothFlow recipe."""

    style: float = 1.0  # weight of the distance of the features' Gram matrices


PRESETS = presets(ClothFlowOptions, 4)


class ClothFlowRecipe(PaintingRecipe):
    """Trains `ClothFlow` on garments that a trained flow has laid."""

    kind: ClassVar[str] = "clothflow"
    trains: ClassVar[str] = "clothflow"
    options: ClothFlowOptions

    def __init__(self, options: ClothFlowOptions) -> None:
        super().__init__(options, ClothFlow(ClothFlowConfig(options.width)))

    def terms(self, painted: Painted, batch: Prepared) -> Losses:
        return {
            "perceptual": self.options.perceptual * self.perceptual(painted, batch),
            "style": self.options.style * self._style(painted.picture, batch["truth"]),
        }

    def _style(self, made: Tensor, truth: Tensor) -> Tensor:
        assert self.features is not None
        with torch.no_grad():
            goal = [gram(one) for one in self.features.features(truth)]
        found = [gram(one) for one in self.features.features(made)]
        return torch.stack([F.l1_loss(a, b) for a, b in zip(found, goal, strict=True)]).sum()


def gram(features: Tensor) -> Tensor:
    """The Gram matrix (B, C, C) of features (B, C, h, w): mean products of channels over all places."""
    flat = as_float32(features).flatten(2)
    return flat @ flat.transpose(1, 2) / flat.shape[2]
