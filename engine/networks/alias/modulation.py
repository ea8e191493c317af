"""Gamma and beta of ALIAS norms, worked out once for each distinct label neighbourhood and then looked up.

The same function as the published convolutions over whole label maps, not an approximation: every pixel
gets what the two convolutions give for its own 5 x 5 labels (`engine.networks.alias.neighbourhoods`). The first
convolution and the products of the second are shared further, by all neighbourhoods that hold the same 3 x 3 patch. At
1024 x 768 with the published widths the dense form spends 671 billion multiply-adds on this, the tables less than one
per cent. Differentiable.
"""

from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias import neighbourhoods
from engine.networks.alias.neighbourhoods import Neighbourhoods

WORTHWHILE = 0.3  # in training, with more distinct neighbourhoods a pixel than this, convolving the map is cheaper

_SHARED = 1.5  # neighbourhoods a patch from which on sharing the patches' products pays


class Modulation(Protocol):
    """The convolutions of an ALIAS norm."""

    conv_shared: nn.Sequential
    conv_gamma: nn.Conv2d
    conv_beta: nn.Conv2d


def class_numbers(parse: Tensor) -> Tensor | None:
    """(B, C, H, W) one-hot -> (B, H, W) int64; None if any pixel is not wholly in one class: then there is no table."""
    numbers = torch.arange(parse.shape[1], dtype=parse.dtype, device=parse.device)
    powers = torch.stack([numbers.pow(power) for power in range(3)])
    # shares that sum to one and have no variance over the class numbers are all in one class
    total, mean, square = torch.einsum("pc,bchw->pbhw", powers, parse)
    if bool((total == 1).all() and (square == mean.square()).all() and parse.min() >= 0):
        codes: Tensor = mean.long()
        return codes
    return None


def find_neighbourhoods(codes: Tensor, classes: int, mask: Tensor | None, garment: int) -> Neighbourhoods:
    """The distinct neighbourhoods of a modulation map.

    codes: (B, H, W) int64 class numbers below `classes`. mask: (B, 1, H, W) in [0, 1], or None; with a mask the map has
    one channel more, the mask taken out of the class `garment` and appended.
    """
    identity = torch.eye(classes, device=codes.device)
    if mask is None:
        return neighbourhoods.find(codes, identity)
    values, value_of_pixel = torch.unique(mask[:, 0], return_inverse=True)
    identity = identity.to(mask)
    vectors = torch.cat([identity, identity.new_zeros(classes, 1)], dim=1).repeat_interleave(len(values), dim=0)
    vectors[:, -1] = values.repeat(classes)
    vectors[:, garment] -= vectors[:, -1]
    return neighbourhoods.find(codes * len(values) + value_of_pixel, vectors)


def gamma_beta(norm: Modulation, distinct: Neighbourhoods, dtype: torch.dtype | None = None) -> tuple[Tensor, Tensor]:
    """What `norm` makes of each distinct neighbourhood: two tables (K, C), worked out in `dtype`, else the weights'."""
    dtype = dtype or norm.conv_gamma.weight.dtype
    weight, bias = _parameters(cast(nn.Conv2d, norm.conv_shared[0]), dtype)
    hidden = F.linear(distinct.patches.flatten(1).to(dtype), weight.flatten(1), bias).relu_()
    # outside the picture the second convolution sees zeros, not what the first would make of an empty patch
    hidden = F.pad(hidden, (0, 0, 0, 1))
    made = _summed if len(distinct) > _SHARED * len(hidden) else _gathered
    return made(norm.conv_gamma, hidden, distinct.places, dtype), made(norm.conv_beta, hidden, distinct.places, dtype)


def _summed(conv: nn.Conv2d, hidden: Tensor, places: Tensor, dtype: torch.dtype) -> Tensor:
    """The second convolution: each patch (P + 1, I) times the weights of each place, then nine of these added up."""
    weight, bias = _parameters(conv, dtype)
    by_place = weight.permute(2, 3, 1, 0).flatten(0, 1)
    products = torch.matmul(hidden, by_place).flatten(0, 1)
    firsts = torch.arange(places.shape[1], device=places.device) * len(hidden)
    return F.embedding_bag(places + firsts, products, mode="sum") + bias


def _gathered(conv: nn.Conv2d, hidden: Tensor, places: Tensor, dtype: torch.dtype) -> Tensor:
    """The same by one product for each neighbourhood: where nearly every one has patches of its own."""
    weight, bias = _parameters(conv, dtype)
    by_place = weight.permute(0, 2, 3, 1).flatten(1)
    return F.linear(F.embedding(places, hidden).flatten(1), by_place, bias)


def _parameters(conv: nn.Conv2d, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    return conv.weight.to(dtype), cast(Tensor, conv.bias).to(dtype)


def look_up(table: Tensor, distinct: Neighbourhoods) -> Tensor:
    """(K, C) -> (B, C, H, W)."""
    # embedding rather than indexing: its gradient sums in a fixed order on every device
    return F.embedding(distinct.index, table).permute(0, 3, 1, 2)
