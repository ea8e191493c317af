"""Drawn garments: a body, and sleeves that lie at an angle."""

import math

import cv2
import numpy as np

from engine.networks.flow import SIZE

BODY = (60, 60, 132, 200)  # left, top, right, bottom
LENGTH, RADIUS = 90, 9


def garment(*angles: float, length: float = LENGTH) -> np.ndarray:
    """A mask (256, 192) with sleeves so many degrees from straight down: the left, then the right one."""
    mask = np.zeros(SIZE, np.uint8)
    left, top, right, bottom = BODY
    cv2.rectangle(mask, (left, top), (right, bottom), 255, -1)
    for root, side, angle in zip(roots(), (-1, 1), angles, strict=False):
        way = np.array([side * math.sin(math.radians(angle)), math.cos(math.radians(angle))])
        end = root + length * way
        cv2.line(mask, tuple(map(round, root)), tuple(map(round, end)), 255, 2 * RADIUS)
    return mask


def roots() -> list[np.ndarray]:
    """Where the sleeves begin."""
    left, top, right, _ = BODY
    return [np.array([x, top + RADIUS], np.float64) for x in (left, right)]
