"""The thin-plate spline against its definition."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.networks import tps

Points = NDArray[np.float64]


def base_grid(size: tuple[int, int]) -> torch.Tensor:
    y, x = torch.meshgrid(torch.linspace(-0.9, 0.9, size[0]), torch.linspace(-0.9, 0.9, size[1]), indexing="ij")
    return torch.stack([x, y], dim=-1)


def spline_by_definition(rest: Points, positions: Points, queries: Points) -> Points:
    """Bookstein 1989: the least bent surface through the points, one linear system a coordinate, in float64."""

    def kernel(a: Points, b: Points) -> Points:
        r = np.linalg.norm(a[:, None] - b[None], axis=2)
        return np.where(r > 0, r**2 * np.log(np.where(r > 0, r, 1) ** 2), 0)

    def plane(p: Points) -> Points:
        return np.hstack([np.ones((len(p), 1)), p])

    system = np.block([[kernel(rest, rest), plane(rest)], [plane(rest).T, np.zeros((3, 3))]])
    solved = np.linalg.solve(system, np.vstack([positions, np.zeros((3, 2))]))
    return kernel(queries, rest) @ solved[:-3] + plane(queries) @ solved[-3:]


def scattered(count: int, seed: int = 0) -> Points:
    """Points that keep some distance from each other, so that the system is well conditioned."""
    rng = np.random.default_rng(seed)
    points: list[Points] = []
    while len(points) < count:
        point = rng.uniform(-1, 1, 2)
        if all(np.linalg.norm(point - other) > 0.5 / np.sqrt(count) for other in points):
            points.append(point)
    return np.array(points)


def moved(rest: Points, seed: int = 1) -> Points:
    return rest + 0.3 * np.random.default_rng(seed).standard_normal(rest.shape)


@pytest.mark.parametrize("size", [(64, 48), (1024, 768), (5, 7), (1, 1)])
def test_points_at_rest_give_the_base_grid(size: tuple[int, int]) -> None:
    grid = tps.spline_grid(tps.rest_points().float()[None], size)
    assert grid.shape == (1, *size, 2)
    assert float((grid[0] - base_grid(size)).abs().max()) < 1e-5


@given(st.lists(st.floats(-2, 2), min_size=6, max_size=6))
def test_affine_moves_are_exact(numbers: list[float]) -> None:
    matrix, shift = torch.tensor(numbers[:4]).reshape(2, 2), torch.tensor(numbers[4:])
    grid = tps.spline_grid((tps.rest_points().float() @ matrix + shift)[None], (32, 24))
    assert float((grid[0] - (base_grid((32, 24)) @ matrix + shift)).abs().max()) < 5e-5


@pytest.mark.parametrize("count", [3, 4, 9, 25, 40])
def test_control_points_are_met_exactly(count: int) -> None:
    rest = scattered(count)
    influence = tps.influence(torch.from_numpy(rest), torch.from_numpy(rest))
    assert float((influence - torch.eye(count)).abs().max()) < 1e-9
    assert np.abs((influence @ torch.from_numpy(moved(rest))).numpy() - moved(rest)).max() < 1e-9


@pytest.mark.parametrize("count", [3, 5, 25, 40])
def test_agrees_with_the_definition(count: int) -> None:
    rest, queries = scattered(count), np.random.default_rng(2).uniform(-1.2, 1.2, (500, 2))
    wanted = spline_by_definition(rest, moved(rest), queries)
    exact = tps.influence(torch.from_numpy(queries), torch.from_numpy(rest)) @ torch.from_numpy(moved(rest))
    assert np.abs(exact.numpy() - wanted).max() < 1e-9


@pytest.mark.parametrize("count", [None, 3, 7, 36])
def test_grid_agrees_with_the_definition(count: int | None) -> None:
    rest = tps.rest_points().numpy() if count is None else scattered(count)
    wanted = spline_by_definition(rest, moved(rest), base_grid((90, 70)).double().reshape(-1, 2).numpy())
    given_rest = None if count is None else torch.from_numpy(rest)
    grid = tps.spline_grid(torch.from_numpy(moved(rest)).float()[None], (90, 70), given_rest)
    assert np.abs(grid[0].reshape(-1, 2).numpy() - wanted).max() < 1e-4


def test_batch_is_independent() -> None:
    rest = tps.rest_points().numpy()
    positions = torch.from_numpy(np.stack([moved(rest, seed) for seed in range(3)])).float()
    together = tps.spline_grid(positions, (40, 30))
    for index in range(3):
        assert torch.allclose(together[index], tps.spline_grid(positions[index : index + 1], (40, 30))[0], atol=1e-6)


def test_size_changes_only_how_densely_the_spline_is_sampled() -> None:
    positions = torch.from_numpy(moved(tps.rest_points().numpy())).float()[None]
    coarse, fine = tps.spline_grid(positions, (11, 9)), tps.spline_grid(positions, (101, 81))
    assert float((fine[:, ::10, ::10] - coarse).abs().max()) < 1e-5


def test_gradient() -> None:
    positions = torch.from_numpy(np.stack([moved(tps.rest_points().numpy(), seed) for seed in (0, 1)]))
    assert torch.autograd.gradcheck(lambda p: tps.spline_grid(p, (4, 3)), positions.requires_grad_())


def test_grid_made_for_inference_can_be_used_in_training() -> None:
    """The influence of a size is remembered; remembering an inference tensor would break a later training step."""
    positions = torch.from_numpy(moved(tps.rest_points().numpy())).float()[None]
    with torch.inference_mode():
        tps.spline_grid(positions, (37, 29))
    positions.requires_grad_()
    tps.spline_grid(positions, (37, 29)).square().sum().backward()
    assert positions.grad is not None
    assert bool(positions.grad.any())


def test_rest_points_are_x_outer_y_inner() -> None:
    points = tps.rest_points(3, 0.5)
    assert points.tolist() == [[x, y] for x in (-0.5, 0.0, 0.5) for y in (-0.5, 0.0, 0.5)]


@pytest.mark.parametrize("rest", [[[0, 0], [1, 1]], [[0, 0], [1, 1], [0.5, 0.5]], [[0, 0], [0, 0], [1, 0], [0, 1]]])
def test_points_without_a_spline_are_refused(rest: list[list[float]]) -> None:
    """Too few, on one line, or two at the same place."""
    with pytest.raises((ValueError, RuntimeError)):
        tps.spline_grid(torch.zeros(1, len(rest), 2), (8, 6), torch.tensor(rest))


def test_wrong_number_of_positions_is_refused() -> None:
    with pytest.raises((ValueError, RuntimeError)):
        tps.spline_grid(torch.zeros(1, 24, 2), (8, 6))


def test_mixed_precision_leaves_the_spline_whole() -> None:
    tps._grid_influence.cache_clear()
    positions = (tps.rest_points() + 0.05 * torch.randn(25, 2, generator=torch.Generator().manual_seed(0)))[
        None
    ].float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        half = tps.spline_grid(positions, (64, 48))
    tps._grid_influence.cache_clear()
    whole = tps.spline_grid(positions, (64, 48))
    assert half.dtype == torch.float32
    torch.testing.assert_close(half, whole, atol=1e-6, rtol=0)
