"""What the analysis asks of a network, so that another parser or pose model can take its place."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Picture, Planes
from engine.labels import LIP
from engine.pose.skeleton import JOINTS


@dataclass(frozen=True, eq=False)
class Estimate:
    """What was found in one picture.

    parse_probabilities: float32 (20, h, w), LIP classes that sum to 1; h x w cells span the whole picture, at any
    resolution. keypoints: float32 (25, 3), x and y in pixels of the picture, confidence 0 (not found) to 1. heat:
    float32 (25, h, w), 0..1, where each joint may be, in cells that span the picture. outer: float32 (3, h, w), classes
    of `engine.labels.Outer` that sum to 1, in such cells. None where either is not known.
    """

    parse_probabilities: Planes
    keypoints: NDArray[np.float32]
    heat: Planes | None = None
    outer: Planes | None = None

    def __post_init__(self) -> None:
        if self.parse_probabilities.ndim != 3 or len(self.parse_probabilities) != len(LIP):
            raise ValueError(f"parse probabilities must be ({len(LIP)}, h, w), not {self.parse_probabilities.shape}")
        if self.keypoints.shape != (JOINTS, 3):
            raise ValueError(f"keypoints must be ({JOINTS}, 3), not {self.keypoints.shape}")

    @property
    def person(self) -> Planes:
        """Probability (h, w) that something is not background."""
        return np.asarray(1 - self.parse_probabilities[0], dtype=np.float32)


class PersonEstimator(Protocol):
    """Parse and joints of the one person who fills most of a picture."""

    def estimate(self, picture: Picture) -> Estimate:
        """Look at a picture uint8 (H, W, 3) of any size and shape."""
        ...


@runtime_checkable
class GlancingEstimator(Protocol):
    """A `PersonEstimator` that can also look in less time, well enough to find people and to place the frame."""

    def estimate(self, picture: Picture) -> Estimate:
        """As a `PersonEstimator`."""
        ...

    def glance(self, picture: Picture) -> Estimate:
        """As `estimate`, quicker and less steady."""
        ...


def glance(estimator: PersonEstimator, picture: Picture) -> Estimate:
    """The quickest look the estimator has."""
    return estimator.glance(picture) if isinstance(estimator, GlancingEstimator) else estimator.estimate(picture)


class GarmentEstimator(Protocol):
    """Where in a product photo the garment is."""

    def probability(self, picture: Picture) -> Planes:
        """Probability float32 (h, w) of the garment in a picture uint8 (H, W, 3); the cells span the picture."""
        ...
