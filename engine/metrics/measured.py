"""What is measured of one try-on, and what each number means."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

Better = Literal["higher", "lower"]
SIZE = (256, 192)  # pictures are compared at this size, after the mean of each area
_AT = "192 x 256 pixels after area averaging"


@dataclass(frozen=True)
class Metric:
    """How a number is to be read: its direction, how pairs are put together, and one sentence of protocol."""

    better: Better
    protocol: str
    together: Literal["mean", "median"] = "mean"


METRICS: dict[str, Metric] = {
    "ssim": Metric("higher", f"SSIM in colour, Gaussian window 11 (sigma 1.5), against the photo, at {_AT}"),
    "lpips": Metric("lower", f"LPIPS against the photo, at {_AT}"),
    "l1_clothes": Metric(
        "lower", f"mean absolute difference (0 to 1) to the photo in the true clothes region, at {_AT}"
    ),
    "warp_l1": Metric("lower", f"warped cloth against the worn one in the true clothes region (0 to 1), at {_AT}"),
    "warp_iou": Metric("higher", f"warped cloth mask against the true clothes region, at {_AT}"),
    "iou": Metric("higher", "predicted against true parse, IoU over all pixels of all pairs, at 192 x 256 pixels"),
    "sharpness": Metric(
        "higher",
        "gradient energy of the result over that of the warped cloth at full size, inside the clothes where the warped "
        "cloth covers them wholly, off the outline",
        "median",
    ),
    "colour": Metric(
        "lower", f"CIEDE2000 of the median colours of the clothes, plain garments only, at {_AT}", "median"
    ),
    "frechet": Metric("lower", "Frechet distance of feature statistics of results and photos; depends on the network"),
    "kid": Metric("lower", "kernel distance of Inception features of results and photos"),
}


@dataclass(frozen=True)
class Key:
    """Names one number: the metric of METRICS, and in which variant (a class, a region, how the picture was made)."""

    metric: str
    variant: str = ""

    @property
    def name(self) -> str:
        return f"{self.metric} ({self.variant})" if self.variant else self.metric


@dataclass
class Numbers:
    """Measured numbers of a pack, pair by pair; a pair that has none of a kind (NaN) is left out of the summary."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    values: dict[Key, list[float]] = field(default_factory=dict)
    whole: dict[Key, tuple[float, int]] = field(
        default_factory=dict
    )  # not a summary of pairs: value, pairs it rests on

    def add(self, pair: tuple[str, str], values: dict[Key, float]) -> None:
        """Take in one pair, (person, garment)."""
        for key in (key for key in values if key not in self.values):
            self.values[key] = [float("nan")] * len(self.pairs)
        self.pairs.append(pair)
        for key, column in self.values.items():
            column.append(values.get(key, float("nan")))

    def summary(self) -> dict[Key, tuple[float, int]]:
        """Value and number of pairs behind it, of every number that any pair has."""
        found = {key: _together(METRICS[key.metric].together, column) for key, column in self.values.items()}
        return {key: one for key, one in (found | self.whole).items() if one[1]}


def _together(how: str, column: Iterable[float]) -> tuple[float, int]:
    known = [value for value in column if not np.isnan(value)]
    if not known:
        return float("nan"), 0
    return float(np.mean(known) if how == "mean" else np.median(known)), len(known)
