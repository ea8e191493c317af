"""Whether warnings mean something: how many of the worst results carry one, and how many of the others do.

The worst are those furthest from the photo when the own garment is put on again, by LPIPS, or where that is not
measured by the mean difference in the clothes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.category import UPPER, Category
from engine.evaluation.report import Row
from engine.metrics.measured import Key
from engine.tryon.quality import quality
from engine.values import TryOnResult

WORST = 20
_LEAST_SHARE = 5  # of few pairs, one in so many counts as worst
_ERRORS = (Key("lpips", "pasted"), Key("l1_clothes", "pasted"))


@dataclass
class Warned:
    """Collects results pair by pair: how wrong each is, and which warnings it carries.

    errors: for each result its error by each of the measures, NaN where that was not taken. Results are ranked by one
    of them, the one that most were measured by; those without it are left out.
    """

    errors: list[tuple[float, ...]] = field(default_factory=list)
    codes: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, result: TryOnResult, values: Mapping[Key, float], category: Category = UPPER) -> None:
        """Take in one paired result and what was measured of it; nothing where no error was measured."""
        errors = tuple(float(values.get(key, np.nan)) for key in _ERRORS)
        if np.isnan(errors).all():
            return
        self.errors.append(errors)
        self.codes.append(tuple(one.code for one in quality(result, category=category).doubts))

    @property
    def measure(self) -> str:
        """By what results are ranked."""
        return _ERRORS[self._place].name

    @property
    def _place(self) -> int:
        """Of the measure that most results have, the first of equals."""
        return int((~np.isnan(self.errors)).sum(axis=0).argmax())

    def _ranked(self) -> NDArray[np.bool_]:
        """For each result that has the measure, the worst first, whether it carries a warning."""
        errors = np.array(self.errors)[:, self._place]
        order = [place for place in np.argsort(-errors, kind="stable") if not np.isnan(errors[place])]
        return np.array([bool(self.codes[place]) for place in order])

    def shares(self, most: int = WORST) -> tuple[float, float, int]:
        """Share of the worst results that carry a warning, share of the others, and how many count as worst."""
        warned = self._ranked()
        worst = max(1, min(most, len(warned) // _LEAST_SHARE))
        return float(warned[:worst].mean()), float(warned[worst:].mean()) if len(warned) > worst else 0.0, worst

    def rows(self, pack: str) -> list[Row]:
        """Two numbers for the report; none without results."""
        if not self.errors:
            return []
        (bad, good, worst), count = self.shares(), len(self._ranked())
        told = f"results that carry at least one warning; worst by {self.measure} of {count} paired results"
        return [
            Row(pack, f"warned (the {worst} worst)", round(bad, 5), "higher", told, worst),
            Row(pack, "warned (all others)", round(good, 5), "lower", told, count - worst),
        ]
