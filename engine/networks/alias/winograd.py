"""3 x 3 convolution with 36 instead of 144 multiplications for sixteen outputs.

Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016: F(4 x 4, 3 x 3). Exact up to rounding.
The usual points 0, 1, -1, 2, -2 magnify rounding tenfold; sqrt(1/2) and sqrt(2) instead of 1 and 2 make it four times
that of the direct form. It pays for many channels on more than a handful of pixels.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from engine.networks.alias.workspace import Workspace

TILE = 4  # outputs of a tile along one dimension; it reads two more inputs
_READ = TILE + 2
_CHANNELS = 64
_A, _B = 0.5**0.5, 2**0.5  # the points are 0, +-A, +-B and infinity; A * B is one, which spares a multiplication


def transform_weight(weight: Tensor, rate: Tensor | float = 1.0) -> Tensor:
    """`rate` times (O, I, 3, 3) -> (36, I, O), what `convolve` multiplies with."""
    points = torch.tensor([0, _A, -_A, _B, -_B], dtype=torch.float64)
    distances = torch.stack([(point - points[points != point]).prod() for point in points])
    matrix = points[:, None] ** torch.arange(3) / distances[:, None]
    matrix = torch.cat([matrix, matrix.new_tensor([[0, 0, 1]])])
    result = weight.new_empty(_READ**2, weight.shape[1], weight.shape[0])
    # in double precision, a few output channels at a time
    for part, into in zip(torch.split(weight, _CHANNELS), torch.split(result, _CHANNELS, dim=2), strict=True):
        rows = torch.einsum("pa,oiab->piob", matrix, part.double() * rate)
        into.copy_(torch.einsum("piob,qb->pqio", rows, matrix).flatten(0, 1))
    return result


def convolve(framed: Tensor, transformed: Tensor, workspace: "Workspace", out: Tensor) -> None:
    """Rows (rows + 2, W + 2, I), framed by what lies around them, -> `out` (rows, W, O). rows and W multiples of 4."""
    height, width, channels = out.shape[0] // TILE, out.shape[1] // TILE, framed.shape[2]
    lines = workspace.array("winograd lines", (_READ, height, framed.shape[1], channels), framed)
    pair = workspace.array("winograd pair", (2, height, framed.shape[1], channels), framed)
    _spread(_places(framed, 0), lines, pair)
    values = workspace.array("winograd values", (_READ, _READ, height, width, channels), framed)
    pair = workspace.array("winograd pair", (2, height, width, channels), framed)
    for line, places in zip(lines, values, strict=True):
        _spread(_places(line, 1), places, pair)
    products = workspace.array("winograd products", (_READ**2, height * width, transformed.shape[2]), framed)
    torch.bmm(values.view(_READ**2, height * width, channels), transformed, out=products)
    _outputs(products.view(_READ, _READ, height, width, -1), workspace, out)


def _outputs(products: Tensor, workspace: "Workspace", out: Tensor) -> None:
    """(6, 6, h, w, O) -> (4h, 4w, O)."""
    height, width, channels = products.shape[2:]
    rows = workspace.array("winograd lines", (TILE, *products.shape[1:]), products)
    _collect(products, list(rows), workspace.array("winograd values", (4, *products.shape[1:]), products))
    tiles = out.view(height, TILE, width, TILE, channels)
    scratch = workspace.array("winograd pair", (4, height, width, channels), products)
    for number, row in enumerate(rows):
        _collect(row, [tiles[:, number, :, place] for place in range(TILE)], scratch)


def _places(lines: Tensor, dim: int) -> list[Tensor]:
    """The first, second, ... sixth value that every tile reads: tiles begin four apart."""
    inputs = lines.shape[dim] - (_READ - 1)
    return [
        lines.narrow(dim, start, inputs)[:: TILE if dim == 0 else 1, :: TILE if dim == 1 else 1]
        for start in range(_READ)
    ]


def _spread(d: Sequence[Tensor], out: Tensor, pair: Tensor) -> None:
    """Six inputs of each tile -> their polynomial at the six points, along one dimension."""
    even, odd = pair
    for number, (own, other) in enumerate([(_A, _B), (_B, _A)]):
        torch.add(d[4], d[2], alpha=-(other**2), out=even)
        torch.add(d[3], d[1], alpha=-(other**2), out=odd)
        torch.add(even, odd, alpha=own, out=out[1 + 2 * number])
        torch.add(even, odd, alpha=-own, out=out[2 + 2 * number])
    for first, to in ((0, 0), (1, 5)):
        torch.add(d[first], d[first + 4], out=even)
        torch.add(even, d[first + 2], alpha=-(_A**2 + _B**2), out=out[to])


def _collect(m: Tensor, out: Sequence[Tensor], scratch: Tensor) -> None:
    """Products at the six points -> four outputs, along one dimension."""
    a_even, a_odd, b_even, b_odd = scratch
    torch.add(m[1], m[2], out=a_even)
    torch.sub(m[1], m[2], out=a_odd)
    torch.add(m[3], m[4], out=b_even)
    torch.sub(m[3], m[4], out=b_odd)
    torch.add(m[0], a_even, out=out[0]).add_(b_even)
    torch.mul(a_odd, _A, out=out[1]).add_(b_odd, alpha=_B)
    torch.mul(a_even, _A**2, out=out[2]).add_(b_even, alpha=_B**2)
    torch.add(m[5], a_odd, alpha=_A**3, out=out[3]).add_(b_odd, alpha=_B**3)
