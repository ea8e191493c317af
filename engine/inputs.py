"""From pictures and label maps to the tensors each network reads; the pipeline and the training share them.

Pictures are (B, 3, H, W) in [-1, 1], masks (B, 1, H, W) in [0, 1], one-hot maps (B, C, H, W). How each is resized is
part of the published method (`SegmentationGenerator` bilinear, `GeometricMatching` and `AliasGenerator` nearest).
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks import matching, segmentation

NOISE_SHARE = 0.159  # published quirk: the noise channel is Bernoulli, not Gaussian; one with this probability
_BLUR_SIZE, _BLUR_SIGMA = 15, 3.0


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


def misalignment(upper: Tensor, warped_mask: Tensor) -> Tensor:
    """Where the upper clothes (B, 1, H, W) are not covered by the warped cloth's soft mask: max(upper - mask, 0)."""
    return (upper - warped_mask).clamp_min(0)


def warp(cloth: Tensor, cloth_mask: Tensor, grid: Tensor) -> tuple[Tensor, Tensor]:
    """Sample cloth (B, 3, H, W) and mask (B, 1, H, W) along grid (B, H, W, 2); borders are repeated outwards."""
    both = torch.cat([cloth, cloth_mask], dim=1)
    sampled = F.grid_sample(both, grid, padding_mode="border", align_corners=False)
    return sampled[:, :3], sampled[:, 3:]


def segmentation_labels(probabilities: Tensor, size: tuple[int, int]) -> Tensor:
    """Network output (B, 13, 256, 192) -> labels (B, H, W) int64: enlarged, blurred, the largest wins.

    Bilinear to full size, Gaussian blur 15 x 15 with sigma 3 and zero padding; the blur is separable, so it is two
    passes of 15 taps.
    """
    enlarged = F.interpolate(probabilities.float(), size=size, mode="bilinear", align_corners=False)
    taps = torch.arange(_BLUR_SIZE, device=enlarged.device) - _BLUR_SIZE // 2
    weights = torch.exp(-taps.float().square() / (2 * _BLUR_SIGMA**2))
    weights /= weights.sum()
    batch, classes, height, width = enlarged.shape
    planes = enlarged.reshape(batch * classes, 1, height, width)
    planes = F.conv2d(planes, weights.reshape(1, 1, -1, 1), padding=(_BLUR_SIZE // 2, 0))
    planes = F.conv2d(planes, weights.reshape(1, 1, 1, -1), padding=(0, _BLUR_SIZE // 2))
    return planes.reshape(batch, classes, height, width).argmax(dim=1)
