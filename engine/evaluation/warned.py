"""Whether warnings mean something: how many of the worst results carry one, and how many of the others do.

The worst are those furthest from the photo when the own garment is put on again, by LPIPS, or where that is not
measured by the mean difference in the clothes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.analysis.quality import quality
from engine.evaluation.measured import Key
from engine.evaluation.report import Row
from engine.stages import TryOnResult

WORST = 20
_LEAST_SHARE = 5  # of few pairs, one in so many counts as worst
_ERRORS = (Key("lpips", "pasted"), Key("l1_clothes", "pasted"))


@dataclass
class Warned:
    """Collects results pair by pair: how wrong each is, and which warnings it carries."""

    errors: list[float] = field(default_factory=list)
    codes: list[tuple[str, ...]] = field(default_factory=list)
    measure: str = ""

    def add(self, result: TryOnResult, values: Mapping[Key, float]) -> None:
        """Take in one paired result and what was measured of it; nothing where no error was measured."""
        key = next((one for one in _ERRORS if not np.isnan(values.get(one, np.nan))), None)
        if key is None:
            return
        self.measure = self.measure or key.name
        self.errors.append(values[key])
        self.codes.append(tuple(one.code for one in quality(result).doubts))

    def shares(self, most: int = WORST) -> tuple[float, float, int]:
        """Share of the worst results that carry a warning, share of the others, and how many count as worst."""
        worst = max(1, min(most, len(self.errors) // _LEAST_SHARE))
        order = np.argsort(self.errors)[::-1]
        warned = np.array([bool(one) for one in self.codes])[order]
        return float(warned[:worst].mean()), float(warned[worst:].mean()) if len(order) > worst else 0.0, worst

    def rows(self, pack: str) -> list[Row]:
        """Two numbers for the report; none without results."""
        if not self.errors:
            return []
        bad, good, worst = self.shares()
        told = f"results that carry at least one warning; worst by {self.measure} of {len(self.errors)} paired results"
        return [
            Row(pack, f"warned (the {worst} worst)", round(bad, 5), "higher", told, worst),
            Row(pack, "warned (all others)", round(good, 5), "lower", told, len(self.errors) - worst),
        ]
