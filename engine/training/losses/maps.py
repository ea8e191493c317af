"""Regions and label maps of whole batches, on their device; the tables are those of `engine.labels`."""

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.category import UPPER, Category
from engine.category.visibility import PARTLY_COUNTS
from engine.data.batches import one_hot
from engine.labels import IGNORE, SEGMENTATION, Lip, Seg, segmentation_to_alias
from engine.networks.inputs import segmentation_labels
from engine.networks.segmentation import SIZE


@lru_cache
def _segmentation_to_alias(category: Category) -> Tensor:
    numbers = np.full((1, 256), IGNORE, dtype=np.uint8)
    numbers[0, : len(SEGMENTATION)] = np.arange(len(SEGMENTATION))
    return torch.from_numpy(segmentation_to_alias(numbers, category.to_alias)[0].astype(np.int64))


def alias_labels(segmentation: Tensor, category: Category = UPPER) -> Tensor:
    """The 13 classes, int64 (B, H, W), to the 7 of the ALIAS generator; 255 stays."""
    return _segmentation_to_alias(category).to(segmentation.device)[segmentation]


def smoothed(segmentation: Tensor) -> Tensor:
    """Labels (B, H, W) that were enlarged by nearest, with the outlines that the pipeline gives a predicted parse.

    Unknown pixels (255) take their neighbours' label.
    """
    size = segmentation.shape[1], segmentation.shape[2]
    shrunk = F.interpolate(segmentation.unsqueeze(1).float(), size=SIZE)[:, 0].long()
    return segmentation_labels(one_hot(shrunk, len(SEGMENTATION)), size)


def with_neck(segmentation: Tensor, lip: Tensor) -> Tensor:
    """Labels (B, H, W) of the 13 classes that tell the neck, `Seg.NECK`, from the background."""
    return torch.where(lip == Lip.NECK, Seg.NECK, segmentation)


def worn(lip: Tensor, category: Category = UPPER) -> Tensor:
    """Region of the worn garment, float32 (B, 1, H, W), from LIP labels (B, H, W)."""
    return among(lip, category.worn)


def visibility(lip: Tensor, category: Category = UPPER) -> Tensor:
    """`engine.category.visibility` for true LIP labels (B, H, W), which know the neck: float32 (B, 1, H, W)."""
    return 1 - among(lip, category.over_lip) - (1 - PARTLY_COUNTS) * among(lip, category.partly_lip)


def among(lip: Tensor, classes: tuple[int, ...]) -> Tensor:
    """Where the label is one of `classes`, float32 (B, 1, H, W)."""
    return torch.isin(lip, torch.tensor(classes, dtype=lip.dtype, device=lip.device)).unsqueeze(1).float()
