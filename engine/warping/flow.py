"""Laying a garment along a dense flow (`engine.networks.flow`), and handles by which a user moves it.

The handles are a lattice over the laid garment. Moving one takes the cloth below it along: the displacement is
continued smoothly between the handles, by the thin-plate spline, and added to the flow.
"""

import torch
from torch import Tensor, nn

from engine.networks import tps
from engine.networks.flow import carried, garment_planes, person_planes, rest_grid, thinned

_SIDE = 5  # handles along each side
_LAID = 0.5  # of the laid mask: here the garment is


def flow_of(network: nn.Module, parse: Tensor, pose: Tensor, agnostic: Tensor, cloth: Tensor, mask: Tensor) -> Tensor:
    """The flow (B, 2, 64, 48) of garments onto people, float32.

    parse (B, 13, 256, 192): one-hot, the predicted one or the agnostic one where nothing is predicted yet. pose,
    agnostic, cloth (B, 3, H, W): pictures of any size in [-1, 1]. mask (B, 1, H, W): the garment's, in [0, 1].
    """
    person = person_planes(parse, thinned(pose), thinned(agnostic))
    flow: Tensor = network(person, garment_planes(thinned(cloth), (thinned(mask) > 0.5).float()))[-1]
    return flow.float()


def laid(cloth: Tensor, mask: Tensor, flow: Tensor) -> tuple[Tensor, Tensor]:
    """Cloth (B, 3, H, W) and mask (B, 1, H, W) along a flow; beyond the photo its edge goes on, the mask ends."""
    return carried(cloth, flow), carried(mask, flow, "zeros")


def handles(flow: Tensor, mask: Tensor) -> Tensor:
    """The lattice (25, 2) at rest over the garment that one flow (1, 2, h, w) lays: x outer, y inner, in half pictures.

    A garment that is laid nowhere has its handles over the whole picture.
    """
    size = flow.shape[2], flow.shape[3]
    there = carried(thinned(mask), flow, "zeros")
    places = rest_grid((there.shape[2], there.shape[3]), flow.device)[0][there[0, 0] > _LAID]
    if not len(places):
        places = rest_grid(size, flow.device)[0].flatten(0, 1)
    low, high = places.amin(dim=0), places.amax(dim=0)
    unit = (tps.rest_points(_SIDE, 1.0).to(flow) + 1) / 2
    return low + unit * (high - low)


def dragged(flow: Tensor, rest: Tensor, points: Tensor) -> Tensor:
    """The flow (1, 2, h, w) with the cloth taken along where the handles (25, 2) are moved from `rest` to `points`."""
    if torch.equal(rest, points):
        return flow
    size = flow.shape[2], flow.shape[3]
    queries = rest_grid(size, flow.device)[0].flatten(0, 1)
    moved = tps.influence(queries, rest) @ (points - rest).to(flow)
    back = -moved.T.reshape(1, 2, *size)
    return carried(flow, back) + back
