"""The flow network: two pyramids and, coarse to fine, two heads a level that move the garment's features in place."""

import math
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.flow.inputs import SIZE
from engine.networks.flow.pyramid import Pyramid
from engine.networks.flow.sampling import carried

PERSON_IN, GARMENT_IN = 19, 4
_GROWTH = (1, 2, 3, 4, 4)  # channels of the halvings, in widths
_REACH = (4, 3, 2, 1)  # places to each side that a level compares, coarse to fine
_SLOPE = 0.1  # of the leaky ReLUs


@dataclass(frozen=True)
class FlowConfig:
    """Hyper-parameters."""

    width: int = 32  # channels of the first halving; the levels' features have 3/2 of it, the heads three times
    sees_limbs: bool = True  # reads what an agnostic parse leaves of bare limbs; else nothing but hands or feet


class Head(nn.Sequential):
    """Features (B, C, h, w) -> flow (B, 2, h, w); zero until it has learned."""

    def __init__(self, channels_in: int, wide: int, narrow: int) -> None:
        widths = [channels_in, wide, wide // 2, narrow]
        layers: list[nn.Module] = []
        for source, target in pairwise(widths):
            layers += [nn.Conv2d(source, target, 3, padding=1), nn.LeakyReLU(_SLOPE)]
        last = nn.Conv2d(narrow, 2, 3, padding=1)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)  # type: ignore[arg-type]
        super().__init__(*layers, last)


def correlation(person: Tensor, garment: Tensor, reach: int) -> Tensor:
    """How alike each place of `person` is to those of `garment` around it: two (B, C, h, w) -> (B, (2r+1)^2, h, w).

    Scalar products over the square root of the channels, of the shifts by -reach to reach, row by row; beyond the
    picture they are zero.
    """
    batch, channels, height, width = person.shape
    side = 2 * reach + 1
    around = F.unfold(F.pad(garment, [reach] * 4), side).view(batch, channels, side * side, height, width)
    products: Tensor = (person[:, :, None] * around).sum(dim=1) / math.sqrt(channels)
    return products


class AppearanceFlow(nn.Module):
    """Cascaded flow from the person to the product photo.

    person (B, 19, 256, 192) from `person_planes`, garment (B, 4, 256, 192) from `garment_planes`; other sizes work
    where they are multiples of 32. Returns four flows (B, 2, h, w), float32 in units of half the picture, coarse to
    fine: 8 x 6, 16 x 12, 32 x 24 and 64 x 48. The last is the one to use, at any size (`grid_of`, `carried`).

    At each level a first head sees the person, the garment moved by the flow so far and their correlation; a second
    one, half as wide, sees person and garment moved anew. Both add to the flow, and begin with nothing to add.

    >>> flows = AppearanceFlow(FlowConfig(width=4)).eval()(torch.zeros(1, 19, 256, 192), torch.zeros(1, 4, 256, 192))
    >>> flows[-1].shape
    torch.Size([1, 2, 64, 48])
    """

    def __init__(self, config: FlowConfig = FlowConfig()) -> None:
        super().__init__()
        self.config = config
        width, features, wide = config.width, config.width * 3 // 2, config.width * 3
        widths = [factor * width for factor in _GROWTH]
        self.person = Pyramid(PERSON_IN, widths, features)
        self.garment = Pyramid(GARMENT_IN, widths, features)
        self.first = nn.ModuleList(Head(2 * features + (2 * reach + 1) ** 2, wide, width) for reach in _REACH)
        self.second = nn.ModuleList(Head(2 * features, wide // 2, width) for _ in _REACH)

    def forward(self, person: Tensor, garment: Tensor) -> tuple[Tensor, ...]:
        _check(person, garment)
        if person.device.type == "cpu" and not torch.is_grad_enabled():
            person, garment = (x.contiguous(memory_format=torch.channels_last) for x in (person, garment))
        people, garments = self.person(person), self.garment(garment)
        flow = people[0].new_zeros(len(person), 2, *people[0].shape[2:], dtype=torch.float32)
        flows: list[Tensor] = []
        for level, reach in enumerate(_REACH):
            if flows:
                flow = F.interpolate(flow, scale_factor=2.0, mode="bilinear", align_corners=False)
            flow = self._refined(flow, people[level], garments[level], level, reach)
            flows.append(flow)
        return tuple(flows)

    def _refined(self, flow: Tensor, person: Tensor, garment: Tensor, level: int, reach: int) -> Tensor:
        moved = carried(garment, flow) if level else garment
        seen = torch.cat([person, moved, correlation(person, moved, reach)], dim=1)
        flow = flow + self.first[level](seen).float()
        seen = torch.cat([person, carried(garment, flow)], dim=1)
        return torch.as_tensor(flow + self.second[level](seen).float())


def _check(person: Tensor, garment: Tensor) -> None:
    wanted = (len(garment), PERSON_IN, *garment.shape[2:])
    if person.shape != wanted or garment.shape[1] != GARMENT_IN or any(side % 32 for side in person.shape[2:]):
        shapes = f"{tuple(person.shape)} and {tuple(garment.shape)}"
        raise ValueError(f"the flow takes (B, 19, {SIZE[0]}, {SIZE[1]}) and (B, 4, {SIZE[0]}, {SIZE[1]}), not {shapes}")
