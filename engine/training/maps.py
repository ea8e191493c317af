"""From the uint8 pictures and label maps of a batch to what the networks and losses read.

The tables are those of `engine.labels`; only that a whole batch is looked up at once, on its device.
"""

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.labels import IGNORE, LIP, SEGMENTATION, Lip, lip_to_segmentation, segmentation_to_alias

WORN = (Lip.UPPER, Lip.DRESS, Lip.COAT)


def picture(values: Tensor) -> Tensor:
    """uint8 (B, C, H, W) -> float32 in [-1, 1], as `engine.images.to_tensor`."""
    return values.float() / 127.5 - 1


def mask(values: Tensor) -> Tensor:
    """uint8 (B, 1, H, W), 0 or 255 -> float32 0 or 1."""
    return (values >= 128).float()


@lru_cache(maxsize=1)
def _lip_to_segmentation() -> Tensor:
    return _table(lip_to_segmentation, len(LIP))


@lru_cache(maxsize=1)
def _segmentation_to_alias() -> Tensor:
    return _table(segmentation_to_alias, len(SEGMENTATION))


def _table(merge: object, classes: int) -> Tensor:
    numbers = np.full((1, 256), IGNORE, dtype=np.uint8)
    numbers[0, :classes] = np.arange(classes)
    return torch.from_numpy(merge(numbers)[0].astype(np.int64))  # type: ignore[operator]


def segmentation_labels(lip: Tensor) -> Tensor:
    """LIP labels uint8 (B, H, W) -> the 13 classes, int64; 255 stays."""
    return _lip_to_segmentation().to(lip.device)[lip.long()]


def alias_labels(segmentation: Tensor) -> Tensor:
    """The 13 classes (B, H, W) -> the 7 of the ALIAS generator, int64; 255 stays."""
    return _segmentation_to_alias().to(segmentation.device)[segmentation.long()]


def one_hot(labels: Tensor, classes: int) -> Tensor:
    """Integer (B, H, W) -> float32 (B, classes, H, W); all zero where the label is 255."""
    known = labels.long().clamp_max(classes)
    return F.one_hot(known, classes + 1)[..., :classes].permute(0, 3, 1, 2).float().contiguous()


def worn(lip: Tensor) -> Tensor:
    """Region of the worn top, float32 (B, 1, H, W), from LIP labels (B, H, W)."""
    return among(lip, WORN)


def among(lip: Tensor, classes: tuple[int, ...]) -> Tensor:
    """Where the label is one of `classes`, float32 (B, 1, H, W)."""
    return torch.isin(lip, torch.tensor(classes, dtype=lip.dtype, device=lip.device)).unsqueeze(1).float()
