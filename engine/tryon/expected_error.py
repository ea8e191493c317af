"""How far a finished try-on is likely to be from a photo of the person in that garment, and why.

A line through the roots of four shares, fitted to the logarithm of LPIPS (AlexNet, at 192 x 256) of 150 held-out pairs
of VITON that the default weights put on again. In five-fold cross-validation its order agrees with that of the errors
by .73 (Spearman), and of the 30 worst 25 are among the 40 that it likes least. Where old and new garment differ the
shares are larger, and so is what can go wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.category import UPPER, Category
from engine.tryon.pushed import worn
from engine.values import TryOnResult

_BASE = -5.076


@dataclass(frozen=True)
class _Term:
    """What the root of a share adds to the logarithm of the error, what the root is mostly, and the doubt it means."""

    weight: float
    usual: float
    doubt: str


_TERMS: Mapping[str, _Term] = MappingProxyType(
    {
        "changed": _Term(4.302, 0.526, "much_changed"),
        "pattern": _Term(0.394, 0.399, "strong_pattern"),
        "uncovered": _Term(0.847, 0.117, "misaligned"),
        "overflow": _Term(1.684, 0.172, "misaligned"),
    }
)
_COUNTS = 0.075  # that a term adds to the logarithm beyond the usual, to be a reason


@dataclass(frozen=True)
class ExpectedError:
    """lpips: as it would be measured; reasons: codes of doubts (`doubt.*`) that raise it, the weightiest first."""

    lpips: float
    reasons: tuple[str, ...]


def expected_error(result: TryOnResult, pattern: float, category: Category = UPPER) -> ExpectedError:
    """The error to expect of a result.

    pattern: standard deviation of the garment's brightness, 0 to 255.
    """
    clothes = worn(result.segmentation, result.warp, category).labels
    garment, laid = clothes == category.garment, result.warp.mask > 127
    over = np.isin(clothes, (*category.over, *category.limb_classes))  # may lie over a laid garment
    shares = {
        "changed": float((result.changed > 0).mean()),
        "pattern": pattern / 100,
        "uncovered": float((result.misalignment[garment] > 127).mean()) if garment.any() else 1.0,
        "overflow": float((laid & ~garment & ~over).sum() / max(int(garment.sum()), 1)),
    }
    roots = {name: float(np.sqrt(share)) for name, share in shares.items()}
    beyond: dict[str, float] = {}
    for name, term in _TERMS.items():
        beyond[term.doubt] = beyond.get(term.doubt, 0.0) + term.weight * (roots[name] - term.usual)
    logarithm = _BASE + sum(term.weight * roots[name] for name, term in _TERMS.items())
    ordered = sorted(beyond, key=lambda one: -beyond[one])
    reasons = (one for place, one in enumerate(ordered) if place == 0 or beyond[one] > _COUNTS)
    return ExpectedError(float(np.exp(logarithm)), tuple(reasons))
