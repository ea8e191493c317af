"""Gamma and beta of ALIAS norms, worked out once for each distinct label neighbourhood and then looked up.

The same function as the published convolutions over whole label maps, not an approximation: every pixel
gets what the two convolutions give for its own 5 x 5 labels (`engine.networks.neighbourhoods`). At 1024 x 768 with
the published widths the dense form spends 671 billion multiply-adds on this, the tables a few per cent of them.
Differentiable.
"""

from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks import neighbourhoods
from engine.networks.neighbourhoods import Neighbourhoods


class Modulation(Protocol):
    """The convolutions of an ALIAS norm."""

    conv_shared: nn.Sequential
    conv_gamma: nn.Conv2d
    conv_beta: nn.Conv2d


def find_neighbourhoods(classes: Tensor, mask: Tensor | None, upper: int) -> Neighbourhoods:
    """The distinct neighbourhoods of a modulation map.

    classes: (B, 7, H, W) one-hot (see `is_one_hot`). mask: (B, 1, H, W) in [0, 1], or None; with a mask the map has
    eight channels, the mask taken out of the class `upper` and appended.
    """
    numbers = torch.arange(classes.shape[1], dtype=classes.dtype, device=classes.device)
    codes = torch.einsum("c,bchw->bhw", numbers, classes).long()  # quicker than argmax over a strided dimension
    identity = torch.eye(classes.shape[1], dtype=classes.dtype, device=classes.device)
    if mask is None:
        return neighbourhoods.find(codes, identity)
    values, value_of_pixel = torch.unique(mask[:, 0], return_inverse=True)
    vectors = torch.cat([identity, identity.new_zeros(len(identity), 1)], dim=1).repeat_interleave(len(values), dim=0)
    vectors[:, -1] = values.repeat(len(identity))
    vectors[:, upper] -= vectors[:, -1]
    return neighbourhoods.find(codes * len(values) + value_of_pixel, vectors)


def is_one_hot(classes: Tensor) -> bool:
    """Whether every pixel of (B, C, H, W) has exactly one class; a table needs that, and a soft map does not."""
    numbers = torch.arange(classes.shape[1], dtype=classes.dtype, device=classes.device)
    powers = torch.stack([numbers.pow(power) for power in range(3)])
    # shares that sum to one and have no variance over the class numbers are all in one class
    total, mean, square = torch.einsum("pc,bchw->pbhw", powers, classes)
    return bool((total == 1).all() and (square == mean.square()).all() and classes.min() >= 0)


def gamma_beta(norm: Modulation, distinct: Neighbourhoods) -> tuple[Tensor, Tensor]:
    """What `norm` makes of each distinct neighbourhood: two tables (K, C)."""
    shared = cast(nn.Conv2d, norm.conv_shared[0])
    hidden = F.conv2d(distinct.patches, shared.weight, shared.bias).relu_()
    # outside the picture the second convolution sees zeros, not what the first would make of an empty neighbourhood
    hidden = (hidden * distinct.inside).flatten(1)
    tables = [F.linear(hidden, conv.weight.flatten(1), conv.bias) for conv in (norm.conv_gamma, norm.conv_beta)]
    return tables[0], tables[1]


def look_up(table: Tensor, distinct: Neighbourhoods) -> Tensor:
    """(K, C) -> (B, C, H, W), channels-last in memory."""
    # embedding rather than indexing: its gradient sums in a fixed order on every device
    return F.embedding(distinct.index, table).permute(0, 3, 1, 2)
