"""Garments on floors, beds, doors and hangers: what belongs to the garment, by colour, edges and place.

GrabCut (Rother, Kolmogorov and Blake, SIGGRAPH 2004) between a sure background at the border and a sure garment in the
middle; where a network has an opinion, that takes the place of the border and the middle.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.analysis.garment.backdrop import lab
from engine.arrays import Mask8, Picture, Planes

_SIZE = 320  # longer side of the picture it works on; the outline is found again at full size
_ROUNDS = 3
_SURE, _SURELY_NOT = 0.96, 0.03  # probabilities of a network
_NETWORK = 0.75  # weight of a network against colours
_BORDER = 0.02
_MIDDLE = (
    0.3,
    0.3,
    0.7,
    0.7,
)  # left, top, right, bottom of the part that is surely garment, unless it looks like border
_CLUSTERS = 6
_SEED = 0


def grabbed(picture: Picture, probability: Planes | None) -> Mask8:
    """0 or 255 (H, W): the garment in a picture uint8 (H, W, 3); probability (h, w): what a network thinks, or None."""
    size = (picture.shape[1], picture.shape[0])
    if max(size) > _SIZE:
        mask = grabbed(_shrunk(picture), probability)
        return np.where(cv2.resize(mask, size, interpolation=cv2.INTER_CUBIC) > 127, 255, 0).astype(np.uint8)
    marks = _marks(picture, probability)
    if not (marks == cv2.GC_FGD).any() or not np.isin(marks, (cv2.GC_BGD, cv2.GC_PR_BGD)).any():
        return np.zeros(picture.shape[:2], dtype=np.uint8)
    seen = (lab(_blurred(picture, 0.8)) * (2.0, 1, 1) + (20, 128, 128)).clip(0, 255).astype(np.uint8)
    whole = (0, 0, marks.shape[1], marks.shape[0])  # not looked at where marks are given
    models = (np.zeros((1, 65)), np.zeros((1, 65)))
    cv2.setRNGSeed(_SEED)
    found, _, _ = cv2.grabCut(seen, marks, whole, *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.where(np.isin(found, (cv2.GC_FGD, cv2.GC_PR_FGD)), 255, 0).astype(np.uint8)


def _shrunk(picture: Picture) -> Picture:
    scale = _SIZE / max(picture.shape[:2])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _blurred(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def _marks(picture: Picture, probability: Planes | None) -> Mask8:
    """GrabCut's marks (H, W): what is surely and what is probably garment or background.

    A network is believed where it is sure all around a place. Without one the border is background and the middle
    garment, unless it looks like the border; between them each pixel goes by how unlike the border it is.
    """
    height, width = picture.shape[:2]
    strip = max(2, round(_BORDER * max(height, width)))
    border = np.ones((height, width), dtype=np.bool_)
    border[strip:-strip, strip:-strip] = False
    unlike = _distance_to_border(lab(_blurred(picture, 2.0)), border)
    threshold = max(8.0, float(np.percentile(unlike[border], 90)))
    if probability is not None:
        return _marks_by_network(_resized(probability, (width, height)), np.clip(unlike / (2 * threshold), 0, 1))
    return _marks_by_place(unlike, border, threshold)


def _marks_by_network(plane: Planes, colour: Planes) -> Mask8:
    """plane: a network's probability (H, W), which counts most; colour: 0.5 where colours say neither, 0..1."""
    soft = np.asarray(cv2.GaussianBlur(plane, (0, 0), 0.01 * max(plane.shape)), dtype=np.float32)
    mixed = _NETWORK * soft + (1 - _NETWORK) * colour
    marks = np.where(mixed > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[soft > _SURE] = cv2.GC_FGD
    marks[soft < _SURELY_NOT] = cv2.GC_BGD
    return marks


def _marks_by_place(unlike: Planes, border: NDArray[np.bool_], threshold: float) -> Mask8:
    height, width = border.shape
    left, top, right, bottom = (round(part * side) for part, side in zip(_MIDDLE, (width, height) * 2, strict=True))
    marks = np.where(unlike > threshold, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    middle = np.zeros_like(border)
    middle[top:bottom, left:right] = True
    marks[middle & (unlike > 1.2 * threshold)] = cv2.GC_FGD
    if (marks[middle] == cv2.GC_FGD).mean() < 0.3:  # garment and background share their colours: only place is left
        marks[middle] = np.where(marks[middle] == cv2.GC_FGD, cv2.GC_FGD, cv2.GC_PR_FGD)
        marks[round(0.4 * height) : round(0.6 * height), round(0.4 * width) : round(0.6 * width)] = cv2.GC_FGD
    marks[border & (unlike < threshold)] = cv2.GC_BGD
    return marks


def _resized(plane: Planes, size: tuple[int, int]) -> Planes:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _distance_to_border(colours: NDArray[np.float32], border: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Lab distance (H, W) from every pixel to the nearest of the commonest colours of the border."""
    samples = colours[border]
    samples = np.ascontiguousarray(samples[:: max(1, len(samples) // 4000)])
    cv2.setRNGSeed(_SEED)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    clusters = min(_CLUSTERS, len(samples))
    _, labels, centres = cv2.kmeans(samples, clusters, None, criteria, 2, cv2.KMEANS_PP_CENTERS)  # type: ignore[call-overload]
    shares = np.bincount(labels.ravel(), minlength=clusters) / len(samples)
    distances = [np.linalg.norm((colours - centre) * (0.7, 1, 1), axis=2) for centre in centres[shares > 0.04]]
    return np.asarray(np.min(distances, axis=0), dtype=np.float32)
