"""From pictures and label maps to the tensors each network reads; the pipeline and the training share them.

Pictures are (B, 3, H, W) in [-1, 1], masks (B, 1, H, W) in [0, 1], one-hot maps (B, C, H, W). How each is resized is
part of the published method (`SegmentationGenerator` bilinear, `GeometricMatching` and `AliasGenerator` nearest).
"""

from functools import cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.imaging.planes import likeliest
from engine.networks import matching, segmentation

NOISE_SHARE = 0.159  # published quirk: the noise channel is Bernoulli, not Gaussian; one with this probability
_BLUR_SIZE, _BLUR_SIGMA = 15, 3.0
_BAND = 64  # rows of label planes at a time: they stay in the cache


def segmentation_noise(generators: list[torch.Generator | None]) -> Tensor:
    """The noise channel (B, 1, 256, 192), one CPU generator a sample."""
    height, width = segmentation.SIZE
    draws = [torch.rand(1, 1, height, width, generator=generator) for generator in generators]
    return (torch.cat(draws) < NOISE_SHARE).float()


def segmentation_input(
    cloth_mask: Tensor, cloth: Tensor, agnostic_parse: Tensor, pose: Tensor, noise: Tensor
) -> Tensor:
    """(B, 21, 256, 192): cloth mask 1, masked cloth 3, agnostic parse 13, pose 3, noise 1 (already at 256 x 192)."""
    # the mask is applied at full size: outside the garment the cloth is 0, mid grey
    parts = [cloth_mask, cloth * cloth_mask, agnostic_parse, pose]
    resized = [F.interpolate(part, size=segmentation.SIZE, mode="bilinear", align_corners=False) for part in parts]
    return torch.cat([*resized, noise.to(cloth)], dim=1)


def matching_input(clothes: Tensor, pose: Tensor, agnostic_image: Tensor) -> Tensor:
    """(B, 7, 256, 192): region of the clothes to be worn 1, pose 3, agnostic image 3."""
    parts = [clothes, pose, agnostic_image]
    return torch.cat([F.interpolate(part, size=matching.SIZE) for part in parts], dim=1)


def cloth_input(cloth: Tensor) -> Tensor:
    """(B, 3, 256, 192): the product photo, not masked."""
    return F.interpolate(cloth, size=matching.SIZE)


def alias_input(agnostic_image: Tensor, pose: Tensor, warped_cloth: Tensor) -> Tensor:
    """(B, 9, H, W) for the ALIAS generator."""
    return torch.cat([agnostic_image, pose, warped_cloth], dim=1)


def on_white(cloth: Tensor, mask: Tensor) -> Tensor:
    """A garment (B, 3, H, W) on white outside its mask (B, 1, H, W), as product photos are."""
    return cloth * mask + (1 - mask)


def misalignment(upper: Tensor, warped_mask: Tensor) -> Tensor:
    """Where the upper clothes (B, 1, H, W) are not covered by the warped cloth's soft mask: max(upper - mask, 0)."""
    return (upper - warped_mask).clamp_min(0)


def sampled(cloth: Tensor, cloth_mask: Tensor, grid: Tensor, mask_ends: bool = False) -> tuple[Tensor, Tensor]:
    """Sample cloth (B, 3, H, W) and mask (B, 1, H, W) along grid (B, H, W, 2); borders are repeated outwards.

    mask_ends: not the mask's; beyond the photo it is 0.
    """
    if mask_ends:
        return _sampled(cloth, grid, "border"), _sampled(cloth_mask, grid, "zeros")
    both = torch.cat([cloth, cloth_mask], dim=1)
    sampled = _sampled(both, grid, "border")
    return sampled[:, :3], sampled[:, 3:]


def _sampled(picture: Tensor, grid: Tensor, beyond: str) -> Tensor:
    return F.grid_sample(picture, grid, padding_mode=beyond, align_corners=False)


def segmentation_labels(probabilities: Tensor, size: tuple[int, int]) -> Tensor:
    """Network output (B, 13, 256, 192) -> labels (B, H, W) int64: enlarged, blurred, the largest wins.

    Bilinear to full size, Gaussian blur 15 x 15 with sigma 3 and zero padding. Both are linear along each side, so
    a side is one matrix, and the enlarged planes only exist a band of rows at a time.
    """
    down, across = (_enlarge_and_blur(n, large) for n, large in zip(probabilities.shape[2:], size, strict=True))
    wide = probabilities.float() @ across.to(probabilities.device)
    bands = [_largest(_rows(wide, down[:, top : top + _BAND])) for top in range(0, size[0], _BAND)]
    return torch.cat(bands, dim=1)


def _rows(wide: Tensor, down: Tensor) -> Tensor:
    """A band of output rows, of the input rows (B, C, h, W) that reach it: down (h, rows) is zero for most."""
    reaching = down.any(dim=1).nonzero()
    first, last = int(reaching[0]), int(reaching[-1]) + 1
    return down[first:last].T.to(wide.device) @ wide[:, :, first:last]


def _largest(planes: Tensor) -> Tensor:
    """(B, C, h, W) -> (B, h, W) int64, the first of the largest: `argmax`, which is slow over planes on a CPU."""
    if planes.device.type == "cpu":
        return torch.from_numpy(np.stack([likeliest(enumerate(one))[0] for one in planes.detach().numpy()])).long()
    best, labels = planes[:, 0].clone(), torch.zeros_like(planes[:, 0], dtype=torch.uint8)
    for number in range(1, planes.shape[1]):
        labels.masked_fill_(planes[:, number] > best, number)
        torch.maximum(best, planes[:, number], out=best)
    return labels.long()


@cache
@torch.inference_mode(False)
@torch.no_grad()
def _enlarge_and_blur(small: int, large: int) -> Tensor:
    """(small, large): what a side's values become when the side is enlarged bilinearly and blurred."""
    enlarged = F.interpolate(torch.eye(small)[None], size=large, mode="linear", align_corners=False)[0]
    taps = torch.arange(_BLUR_SIZE) - _BLUR_SIZE // 2
    weights = torch.exp(-taps.float().square() / (2 * _BLUR_SIGMA**2))
    weights /= weights.sum()
    padded = F.pad(enlarged, (_BLUR_SIZE // 2, _BLUR_SIZE // 2))
    return (padded.unfold(1, _BLUR_SIZE, 1) @ weights).contiguous()
