"""Long sleeves of a product photo raised: shops let them hang, people lay a garment down with its arms spread.

The body of the garment stays. What lies beside it turns about the armpit and slides under the body, so that no gap
opens. Short sleeves, and garments whose sleeves cannot be told from the body, stay as they are.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels, Picture
from engine.data.sample import Sample

_LOWER = (0.6, 0.9)  # of the garment's height: here the body is measured
_NARROWEST, _WIDEST = 0.25, 0.9  # width of the body as a share of the garment's
_LONG = 0.55  # of the garment's height
_DEEPEST = 0.55  # of the height: an armpit lower than this is a sleeve that touches the body
_INWARDS = 2  # pixels into the sleeve where its seam is looked for
_WHITE = 255
_FILLED = 0.97  # of the picture, at most

Affine = NDArray[np.float64]  # (3, 3), from old pixels to new ones
Part = tuple[Labels, Affine]


@dataclass(frozen=True)
class _Sleeve:
    """The mask (H, W) of a sleeve, on which side of the body it is (-1 left, 1 right), and its armpit (x, y)."""

    mask: Labels
    side: int
    armpit: tuple[float, float]


def swung(sample: Sample, left: float, right: float) -> Sample:
    """The sample with the sleeves of its product photo raised by so many degrees, made to fit the picture.

    left, right: 0 to 90 degrees, for the sleeves on these sides of the picture.
    """
    sleeves = _sleeves(sample.cloth_mask)
    if not sleeves:
        return sample
    mask = sample.cloth_mask
    parts = [(sleeve.mask, _turn(sleeve, left if sleeve.side < 0 else right)) for sleeve in sleeves]
    body = mask.copy()
    for alone, _ in parts:
        body[alone > 0] = 0
    parts.append((body, np.eye(3)))
    fit = _fit(parts)
    cloth, covered = np.full_like(sample.cloth, _WHITE), np.zeros_like(mask)
    for alone, turn in parts:
        moved, there = _moved(sample.cloth, alone, fit @ turn)
        cloth, covered = np.where(there[..., None] > 0, moved, cloth), np.maximum(covered, there)
    return replace(sample, cloth=cloth, cloth_mask=covered)


def _sleeves(mask: Labels) -> list[_Sleeve]:
    rows, columns = np.flatnonzero((mask > 0).any(axis=1)), np.flatnonzero((mask > 0).any(axis=0))
    if not len(rows):
        return []
    top, height, width = rows[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    middle = int(columns[0] + columns[-1]) // 2
    lower = mask[top + int(_LOWER[0] * height) : top + int(_LOWER[1] * height)] > 0
    found = []
    for side in (-1, 1):
        reach = _run(lower[:, middle::side] if side > 0 else lower[:, middle::-1])
        edge = middle + side * reach
        if not _NARROWEST * width < 2 * reach < _WIDEST * width:
            return []
        sleeve = _sleeve_beside(mask, edge, side, top + _DEEPEST * height)
        if sleeve is None:
            return []
        if cv2.boundingRect(sleeve.mask)[3] > _LONG * height:
            found.append(sleeve)
    return found


def _sleeve_beside(mask: Labels, edge: int, side: int, lowest: float) -> _Sleeve | None:
    """What is sewn on beyond the column `edge`, and no wider hem; None where no seam ends above `lowest`."""
    seam = edge + _INWARDS * side
    if not 0 <= seam < mask.shape[1] or not mask[:, seam].any():
        return None
    shoulder = int(np.argmax(mask[:, seam] > 0))
    armpit = shoulder + _run(mask[None, shoulder:, seam] > 0)
    if armpit > lowest:
        return None
    outer = ((np.arange(mask.shape[1]) - edge) * side > 0) & (mask > 0)
    _, pieces = cv2.connectedComponents(outer.astype(np.uint8))
    own = np.where(outer & (pieces == pieces[shoulder, seam]), mask, np.uint8(0))
    return _Sleeve(own, side, (float(edge), float(armpit)))


def _run(lines: NDArray[np.bool_]) -> int:
    """How far the lines (N, L) are True from their beginning, the median."""
    ends = np.where(lines.all(axis=1), lines.shape[1], np.argmin(lines, axis=1))
    return int(np.median(ends)) if len(ends) else 0


def _turn(sleeve: _Sleeve, degrees: float) -> Affine:
    return np.vstack([cv2.getRotationMatrix2D(sleeve.armpit, degrees * sleeve.side, 1.0), (0, 0, 1)])


def _fit(parts: list[Part]) -> Affine:
    """(3, 3): the turned parts moved to the middle, and made smaller where they would leave the picture."""
    corners = [cv2.boundingRect(mask) for mask, _ in parts]
    placed = [
        turn @ np.array([[x, x + w, x, x + w], [y, y, y + h, y + h], [1, 1, 1, 1]], dtype=np.float64)
        for (x, y, w, h), (_, turn) in zip(corners, parts, strict=True)
    ]
    spots = np.concatenate(placed, axis=1)[:2]
    low, high = spots.min(axis=1), spots.max(axis=1)
    height, width = parts[0][0].shape
    scale = min(1.0, _FILLED * width / (high[0] - low[0]), _FILLED * height / (high[1] - low[1]))
    shift = np.array([width, height]) / 2 - scale * (low + high) / 2
    return np.array([[scale, 0, shift[0]], [0, scale, shift[1]], [0, 0, 1]])


def _moved(cloth: Picture, mask: Labels, move: Affine) -> tuple[Picture, Labels]:
    size = (mask.shape[1], mask.shape[0])
    moved = cv2.warpAffine(cloth, move[:2], size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.warpAffine(mask, move[:2], size, flags=cv2.INTER_NEAREST)
    return moved.astype(np.uint8, copy=False), there.astype(np.uint8, copy=False)
