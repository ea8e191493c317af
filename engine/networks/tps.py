"""Thin-plate spline: a smooth warp through a handful of control points.

Bookstein, "Principal Warps", PAMI 1989, with the kernel r^2 log r^2. The spline is linear in where its control points
are moved to, so for fixed rest positions the whole sampling grid is one matrix product: influence (H*W, N) times
positions (N, 2). VITON-HD rests a 5 x 5 grid of points on [-0.9, 0.9] and evaluates on a grid over the same span.
"""

from functools import lru_cache

import torch
from torch import Tensor

SPAN = 0.9  # published: both the rest points and the sampling grid end at 0.9, not at 1


def rest_points(count: int = 5, span: float = SPAN) -> Tensor:
    """Rest positions (count * count, 2) as x, y in [-span, span]; x is the outer, y the inner index, as published."""
    axis = torch.linspace(-span, span, count, dtype=torch.float64)
    x, y = torch.meshgrid(axis, axis, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1)


def _kernel(queries: Tensor, points: Tensor) -> Tensor:
    """r^2 log r^2 between (Q, 2) and (N, 2), zero where r is zero."""
    squared = (queries[:, None, 0] - points[None, :, 0]).square_()
    squared += (queries[:, None, 1] - points[None, :, 1]).square_()
    # log of the smallest positive number times zero is zero, which spares a full-size mask
    kernel: Tensor = squared * squared.clamp_min(torch.finfo(squared.dtype).tiny).log_()
    return kernel


@lru_cache(maxsize=8)
def _solver(points: tuple[tuple[float, float], ...]) -> Tensor:
    """(N + 3, N) float64: positions of the N control points -> kernel weights and affine part of the spline."""
    rest = torch.tensor(points, dtype=torch.float64)
    count = len(rest)
    system = torch.zeros(count + 3, count + 3, dtype=torch.float64)
    system[:count, :count] = _kernel(rest, rest)
    affine = torch.cat([torch.ones(count, 1, dtype=torch.float64), rest], dim=1)
    system[:count, count:] = affine
    system[count:, :count] = affine.T
    inverse: Tensor = torch.linalg.inv(system)
    return inverse[:, :count]


def influence(queries: Tensor, rest: Tensor) -> Tensor:
    """How far each control point moves each query: (Q, 2) and (N, 2) -> (Q, N), rows summing to one.

    `influence(queries, rest) @ positions` is where the spline sends the queries when the control points at `rest` are
    moved to `positions`; at `queries == rest` it is the identity matrix.
    """
    points = tuple((float(x), float(y)) for x, y in rest.tolist())
    solver: Tensor = _solver(points).to(queries)
    count = len(points)
    kernel = _kernel(queries, rest.to(queries))
    return torch.addmm(solver[count] + queries @ solver[count + 1 :], kernel, solver[:count])


def grid_points(size: tuple[int, int], span: float = SPAN) -> tuple[Tensor, Tensor]:
    """The sampling grid's x (W,) and y (H,) positions on [-span, span]."""
    height, width = size
    return torch.linspace(-span, span, width), torch.linspace(-span, span, height)


@lru_cache(maxsize=2)
def _grid_influence(
    size: tuple[int, int], points: tuple[tuple[float, float], ...], span: float, device: torch.device
) -> Tensor:
    """`influence` of the whole sampling grid (H * W, N), made in bands of rows so that temporaries stay small."""
    x, y = (axis.to(device) for axis in grid_points(size, span))
    rest = torch.tensor(points, dtype=torch.float64)
    out = torch.empty(size[0], size[1], len(points), device=device)
    for top in range(0, size[0], 64):
        rows = y[top : top + 64]
        queries = torch.stack([x.expand(len(rows), -1), rows[:, None].expand(-1, len(x))], dim=-1)
        out[top : top + 64] = influence(queries.reshape(-1, 2), rest).reshape(len(rows), len(x), -1)
    return out.reshape(-1, len(points))


def spline_grid(positions: Tensor, size: tuple[int, int], rest: Tensor | None = None, span: float = SPAN) -> Tensor:
    """Sampling grid (B, H, W, 2) for `grid_sample`, from where the control points are moved to.

    positions: (B, N, 2) as x, y, in units of half the picture (-1 left or top, 1 right or bottom).
    rest: (N, 2) where the points rest; the published 5 x 5 grid when None. Any N >= 3 points not on one line.
    size: (H, W) of the grid. Differentiable in `positions`.
    """
    base = rest_points() if rest is None else rest
    points = tuple((float(px), float(py)) for px, py in base.tolist())
    # kept for the caller as a plain tensor: made in inference mode it could not be used in training later
    # and never in half precision: the solver's large terms cancel, and three digits of a place are whole pixels
    with torch.autocast(positions.device.type, enabled=False):
        with torch.inference_mode(False), torch.no_grad():
            weights = _grid_influence(size, points, span, positions.device)
        whole = positions if positions.dtype == torch.float64 else positions.float()
        grid = weights.to(whole.dtype) @ whole
    return grid.reshape(len(positions), *size, 2)
