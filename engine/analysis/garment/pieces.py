"""Garments that lie side by side in one photo."""

import cv2
import numpy as np

from engine.arrays import Box, Mask8

_SIMILAR = 0.3  # of the largest piece's area: smaller ones belong to it, as the halves of an open jacket do


def pieces(mask: Mask8) -> list[Mask8]:
    """The garments in a mask (H, W) of 0 and 255, the largest first; the mask itself where it shows one."""
    _, islands, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    order = [int(index) + 1 for index in np.argsort(-areas) if areas[index] >= _SIMILAR * areas.max()]
    if len(order) < 2:
        return [mask]
    return [np.where(islands == index, 255, 0).astype(np.uint8) for index in order]


def box_of(mask: Mask8) -> Box:
    """The box around what is in a mask (H, W); an empty one around nothing."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return 0.0, 0.0, 0.0, 0.0
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)
