"""Warping along a thin-plate spline whose 25 control points the matching network places, as VITON-HD does."""

from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.arrays import Size
from engine.networks import matching, tps
from engine.networks.inputs import cloth_input, matching_input
from engine.networks.matching import GeometricMatching, control_points
from engine.warping import Placement, Scene, checked_points
from engine.warping.fitting import fit_points


class Spline:
    """The `engine.warping.Warper` of `GeometricMatching`."""

    size: Size | None = matching.SIZE
    means = False
    points_suffice = True
    mask_ends = False  # as published

    def place(self, network: nn.Module, scene: Scene, fit: bool) -> Placement:
        """Control points (B, 25, 2)."""
        assert scene.region is not None
        person = matching_input(scene.region, scene.pose, scene.agnostic)
        theta = cast(GeometricMatching, network).offsets(person, cloth_input(scene.cloth))
        points = control_points(theta if theta.dtype == torch.float64 else theta.float())
        if fit:
            points = fit_points(points, scene.cloth_mask, scene.region, scene.visibility)
        return Placement(points=points)

    def dragged(self, placement: Placement, points: Tensor) -> Placement:
        """Along the points."""
        return Placement(points=points)

    def grid(self, placement: Placement, size: Size) -> Tensor:
        """The spline through the points."""
        assert placement.points is not None
        return tps.spline_grid(placement.points, size)

    def check(self, points: NDArray[Any]) -> NDArray[np.float32]:
        """25 pairs of finite numbers."""
        return checked_points(points)

    def encoder(self, network: nn.Module) -> nn.Sequential:
        """The tower that looks at the garment."""
        return cast(GeometricMatching, network).extractionB.model


WARPER = Spline()
