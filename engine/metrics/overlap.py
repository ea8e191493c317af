"""How well label maps and masks agree: intersection over union."""

import torch
from torch import Tensor


class ClassOverlap:
    """Collects predictions over many pictures; IoU of each class over all their pixels."""

    def __init__(self, classes: int) -> None:
        self.counts = torch.zeros(classes, classes, dtype=torch.int64)

    def add(self, predicted: Tensor, truth: Tensor) -> None:
        """Two integer (B, H, W); pixels whose truth is no class (255) are left out."""
        classes = len(self.counts)
        known = truth < classes
        pairs = truth[known].long() * classes + predicted[known].long()
        self.counts += torch.bincount(pairs.cpu(), minlength=classes**2).reshape(classes, classes)

    def iou(self) -> list[float]:
        """One number a class; NaN for a class that neither occurs nor is predicted."""
        both = self.counts.diagonal().double()
        either = self.counts.sum(0) + self.counts.sum(1) - both
        values: list[float] = torch.where(either > 0, both / either, torch.nan).tolist()
        return values


def mask_iou(a: Tensor, b: Tensor) -> Tensor:
    """Soft intersection over union of two masks (B, 1, H, W) in [0, 1], one a picture; 1 where both are empty."""
    both = (a * b).sum(dim=(1, 2, 3))
    either = (a + b - a * b).sum(dim=(1, 2, 3))
    return torch.where(either > 0, both / either.clamp_min(1e-6), torch.ones_like(both))
