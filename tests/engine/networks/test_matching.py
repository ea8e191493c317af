"""Geometric matching beyond its golden output: the correlation's order, the control points, the grid."""

import numpy as np
import torch
from torch import Tensor, nn

from engine.networks import tps
from engine.networks.matching import GeometricMatching, MatchingConfig, control_points, correlate
from tests.engine.networks.contract import NetworkContract


class TestGeometricMatching(NetworkContract):
    kind = "matching"
    config_class = MatchingConfig
    network_class = GeometricMatching
    shapes = ((7, 256, 192), (3, 256, 192))
    outputs = ((50,), (64, 48, 2))
    wrong = (
        ((1, 6, 256, 192), (1, 3, 256, 192)),
        ((1, 7, 256, 192), (1, 4, 256, 192)),
        ((1, 7, 512, 384), (1, 3, 512, 384)),
        ((2, 7, 256, 192), (1, 3, 256, 192)),
        ((1, 7, 256, 192), (1, 3, 192, 256)),
    )

    def run(self, network: nn.Module, inputs: list[Tensor]) -> list[Tensor]:
        return list(network(*inputs, size=(64, 48)))

    def test_full_size_is_the_default(self, network: nn.Module) -> None:
        with torch.no_grad():
            _, grid = network(*self.inputs())
        assert grid.shape == (1, 1024, 768, 2)

    def test_theta_does_not_depend_on_the_grid(self, network: GeometricMatching) -> None:
        with torch.no_grad():
            small, large = (network(*self.inputs(), size=size)[0] for size in ((64, 48), (128, 96)))
            assert torch.equal(small, large)
            assert torch.equal(network.offsets(*self.inputs()), small)
        assert float(small.abs().max()) < 1

    def test_grid_is_the_spline_through_the_control_points(self, network: nn.Module) -> None:
        with torch.no_grad():
            theta, grid = network(*self.inputs(), size=(81, 61))
        points = control_points(theta)[0].reshape(5, 5, 2)  # x outer, y inner
        # the grid spans [-0.9, 0.9], so every 20th (15th) line of 81 (61) lies on the rest points
        assert torch.allclose(grid[0, ::20, ::15].transpose(0, 1), points, atol=1e-5)

    def test_features_are_compared_by_direction_only(self, network: GeometricMatching) -> None:
        """A tower whose last layer is three times as strong finds the same places."""
        with torch.no_grad():
            before = network.offsets(*self.inputs())
            last = [module for module in network.extractionB.model if isinstance(module, nn.Conv2d)][-1]
            last.weight.mul_(3)
            assert last.bias is not None
            last.bias.mul_(3)
            assert torch.allclose(network.offsets(*self.inputs()), before, atol=1e-5)


def test_no_offsets_leave_the_points_at_rest() -> None:
    assert torch.equal(control_points(torch.zeros(2, 50)), tps.rest_points().float().expand(2, -1, -1))


def test_offsets_are_all_x_then_all_y_with_x_outer() -> None:
    theta = torch.zeros(1, 50)
    theta[0, 7] = 0.5  # the x of point 7: second column, third row
    theta[0, 25 + 7] = -0.25
    moved = control_points(theta) - tps.rest_points().float()
    assert torch.allclose(moved[0, 7], torch.tensor([0.5, -0.25]))
    assert int(moved.any(dim=2).sum()) == 1
    assert torch.allclose(tps.rest_points()[7].float(), torch.tensor([-0.45, 0.0]))


def test_correlation_is_every_place_of_one_with_every_place_of_the_other() -> None:
    rng = np.random.default_rng(0)
    person, cloth = (rng.standard_normal((2, 3, 4, 5)).astype(np.float32) for _ in range(2))
    made = correlate(torch.from_numpy(person), torch.from_numpy(cloth)).numpy()
    assert made.shape == (2, 20, 4, 5)
    for b, x, y, v, u in np.ndindex(2, 5, 4, 4, 5):
        wanted = person[b, :, y, x] @ cloth[b, :, v, u]
        assert abs(made[b, x * 4 + y, v, u] - wanted) < 1e-5
