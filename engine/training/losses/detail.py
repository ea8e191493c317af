"""Fine detail for pictures that were enlarged: drawn on garment and person consistently.

Enlarged from 256 x 192, a picture of 512 x 384 or 1024 x 768 has nothing finer than two or four pixels, and a generator
trained on it learns to paint blur. So detail is added: a print or weave on the product photo and, through the same warp
that the generator's input goes through, on the worn garment; and grain wherever the agnostic image shows the photo's
own pixels. Where the generator has to invent (arms, neck, what was behind the old garment) none is added, so that it
carries detail from its inputs and paints plain skin where there is none.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import Size


def textures(seeds: Sequence[int], size: Size, strength: float = 0.5) -> Tensor:
    """One random pattern a seed: (B, 3, H, W) around 0, at most `strength` to either side, on the CPU."""
    return torch.stack([_texture(torch.Generator().manual_seed(seed), size, strength) for seed in seeds])


def grain(seeds: Sequence[int], size: Size, strength: float = 0.05) -> Tensor:
    """Colourless grain of random size and strength, (B, 1, H, W), on the CPU."""
    drawn = []
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        coarse = 1 + _whole(generator, 3)
        drawn.append(_noise(generator, size, coarse) * _between(generator, 0.0, strength))
    return torch.cat(drawn)


def _texture(generator: torch.Generator, size: Size, strength: float) -> Tensor:
    """A weave of fine noise with, in two of three cases, stripes, checks or a print of blots or strokes over it."""
    colour = torch.rand(3, 1, 1, generator=generator) * 2 - 1
    weave = _noise(generator, size, 1)[0] * _between(generator, 0.0, 0.08)
    kinds = (_stripes, _checks, _blots, _strokes, None, None)  # many tops are plain, and their colour counts
    kind = kinds[_whole(generator, len(kinds))]
    if kind is None:
        return weave.expand(3, -1, -1)
    pattern = kind(generator, size) * colour * _between(generator, 0.2, 1.0) * strength
    return (pattern + weave).clamp(-strength, strength)


def _stripes(generator: torch.Generator, size: Size) -> Tensor:
    """Sharp stripes at any angle, 4 to 24 pixels apart."""
    y, x = torch.meshgrid(torch.arange(size[0]).float(), torch.arange(size[1]).float(), indexing="ij")
    angle = torch.rand((), generator=generator) * torch.pi
    phase = (x * torch.cos(angle) + y * torch.sin(angle)) / _between(generator, 4, 24)
    return (torch.sin(2 * torch.pi * phase) * 4).clamp(-1, 1)[None]


def _checks(generator: torch.Generator, size: Size) -> Tensor:
    return _stripes(generator, size) * _stripes(generator, size)


def _blots(generator: torch.Generator, size: Size) -> Tensor:
    """Islands with sharp edges, as of a print."""
    field = _noise(generator, size, 4 + _whole(generator, 12))[0]
    return ((field - _between(generator, 0.3, 1.0)) * 8).clamp(0, 1)


def _strokes(generator: torch.Generator, size: Size) -> Tensor:
    """Thin winding lines: the level lines of smooth noise; the nearest thing to lettering without a font."""
    field = _noise(generator, size, 8 + _whole(generator, 16))[0]
    return (1 - field.abs() * _between(generator, 3, 10)).clamp(0, 1)


def _noise(generator: torch.Generator, size: Size, coarse: int) -> Tensor:
    """Smooth Gaussian noise (1, 1, H, W) of about unit spread whose features are `coarse` pixels wide."""
    small = torch.randn(1, 1, size[0] // coarse + 2, size[1] // coarse + 2, generator=generator)
    return F.interpolate(small, size=size, mode="bicubic", align_corners=False)


def _between(generator: torch.Generator, low: float, high: float) -> float:
    return low + (high - low) * float(torch.rand((), generator=generator))


def _whole(generator: torch.Generator, below: int) -> int:
    return int(torch.randint(below, (), generator=generator))
