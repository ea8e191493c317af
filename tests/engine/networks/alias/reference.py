"""The ALIAS generator a second time, as plainly as its description reads, in float64.

Written from the description of the method alone and sharing no code with the engine, to have something to compare
with at any size, width and weights. Slow and wasteful on purpose.
"""

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

UPPER = 2
BLOCKS = ("head_0", "G_middle_0", "G_middle_1", "up_0", "up_1", "up_2", "up_3", "up_4")
State = Mapping[str, Tensor]


def plain_norm(x: Tensor) -> Tensor:
    mean = x.mean(dim=(2, 3), keepdim=True)
    variance = ((x - mean) ** 2).mean(dim=(2, 3), keepdim=True)
    return (x - mean) / (variance + 1e-5).sqrt()


def region_norm(x: Tensor, region: Tensor) -> Tensor:
    count = region.sum(dim=(2, 3), keepdim=True)
    count = torch.where(count == 0, torch.ones_like(count), count)
    mean = (x * region).sum(dim=(2, 3), keepdim=True) / count
    return plain_norm(x * region + mean * (1 - region)) * (count / (x.shape[2] * x.shape[3])).sqrt()


def masked_norm(x: Tensor, mask: Tensor) -> Tensor:
    return region_norm(x, mask) + region_norm(x, 1 - mask)


def conv(state: State, name: str, x: Tensor) -> Tensor:
    weight = state[f"{name}.weight"]
    return F.conv2d(x, weight, state.get(f"{name}.bias"), padding=weight.shape[2] // 2)


def spectral_conv(state: State, name: str, x: Tensor) -> Tensor:
    weight = state[f"{name}.weight_orig"]
    sigma = state[f"{name}.weight_u"] @ weight.flatten(1) @ state[f"{name}.weight_v"]
    return F.conv2d(x, weight / sigma, state.get(f"{name}.bias"), padding=weight.shape[2] // 2)


def alias_norm(state: State, name: str, x: Tensor, labels: Tensor, mask: Tensor | None) -> Tensor:
    """Without noise: the fill rule leaves its factors at zero."""
    normalised = plain_norm(x) if mask is None else masked_norm(x, mask)
    if f"{name}.conv_gamma.weight" not in state:
        return normalised
    hidden = F.relu(conv(state, f"{name}.conv_shared.0", labels))
    return normalised * (1 + conv(state, f"{name}.conv_gamma", hidden)) + conv(state, f"{name}.conv_beta", hidden)


def block(state: State, name: str, x: Tensor, labels: Tensor, mask: Tensor | None) -> Tensor:
    y = x
    for index in (0, 1):
        y = F.leaky_relu(alias_norm(state, f"{name}.norm_{index}", y, labels, mask), 0.2)
        y = spectral_conv(state, f"{name}.conv_{index}", y)
    if f"{name}.conv_s.weight_orig" not in state:
        return x + y
    return spectral_conv(state, f"{name}.conv_s", alias_norm(state, f"{name}.norm_s", x, labels, mask)) + y


def alias_generator(
    state: State, x: Tensor, parse: Tensor, misalignment: Tensor, normalisation: str = "alias"
) -> Tensor:
    """(B, 9, H, W), (B, 7, H, W), (B, 1, H, W) -> (B, 3, H, W), all float64."""
    state = {key: value.double() for key, value in state.items()}
    x, parse, misalignment = x.double(), parse.double(), misalignment.double()
    y = x[:, :0]
    for scale, name in enumerate(BLOCKS):
        size = (x.shape[2] >> (7 - scale), x.shape[3] >> (7 - scale))
        labels, mask = F.interpolate(parse, size=size), F.interpolate(misalignment, size=size)
        masked = normalisation == "alias" and scale < 5
        if masked:
            labels = torch.cat([labels, mask], dim=1)
            labels[:, UPPER] -= mask[:, 0]
        features = conv(state, f"conv_{scale}", F.interpolate(x, size=size))
        y = torch.cat([F.interpolate(y, size=size), features], dim=1) if scale else features
        y = block(state, name, y, labels, mask if masked else None)
    return torch.tanh(conv(state, "conv_img", F.leaky_relu(y, 0.2)))
