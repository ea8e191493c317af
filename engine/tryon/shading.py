"""The light of the photo on the new garment: the shadows and folds that a plain old top shows stay where they are.

What a plain cloth shows of light and dark is how the light falls on the body under it. Cloth that has been
photographed lying flat has none of that. So the old top's lightness, relative to its median, is laid over the new one
where both lie. It is read from the top's own colour only: prints, of its colour or not, seams and whatever else differs
are left out, and a top that is mostly pattern, or too dark to show anything, gives nothing.
"""

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.imaging.blurring import blurred, mean_around
from engine.imaging.colour_bleed import grown_mask, shrunk_mask
from engine.imaging.planes import in_three, resized_mask

_ROWS = 512  # of the picture that is looked at
# Lengths are shares of the picture's height.
_RIM = 6 / 1024  # of the old top, whose colours are mixed
_FINE = 5 / 1024  # what is finer than this is weave, noise and faint print
_FADE = 16 / 1024  # over which the light ends where the old top does, or what it shows
_HUE = 9.0  # a or b of CIELAB, from the top's own, that passes for the same cloth
_STEP = 0.4  # and the logarithm of lightness, from what is around it: a print steps, a fold slopes
_AROUND = 40 / 1024  # that is
_DEEPEST = 0.7  # logarithm of the lightness that a shadow takes: what is darker is another cloth
_EDGE = 3 / 1024  # of a print, whose colours are mixed
_BUSY = 6.0  # lightness, 0 to 255, by which a pixel mostly differs from those beside it where there is print
_BESIDE, _NEAR = 8 / 1024, 6 / 1024  # that is, and over which that is taken: letters and dots are close together
_AMID = 24 / 1024  # between busy places so near there is the rest of a print
_PLAIN = 0.8  # of the top that has to be its own colour
_LEAST = 0.01  # of the picture: a top of which less is seen says nothing
_DARK, _LIT = 15.0, 60.0  # lightness of a top, 0 to 255, that says nothing and all
_MUCH = 0.5  # darkest and, a third of it, lightest that it makes, as a logarithm
_STRENGTH = 0.5  # of what is read: dark tops shine more than others


def lit(cloth: FloatPicture, photo: Array8, old: BoolMask, new: BoolMask) -> FloatPicture:
    """The `cloth` (H, W, 3), 0 to 255, in the light that the photo shows on the old top.

    old, new: where the old top and the new garment lie, (H, W).
    """
    height, width = old.shape
    size = max(1, round(_ROWS * width / height)), _ROWS  # nothing finer is read
    top = resized_mask(shrunk_mask(old, _RIM * height), size)
    small = _light(np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), top)
    if small is None:
        return cloth
    light = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    both = blurred((old & new).astype(np.float32), _FADE * height)
    share = np.clip(2 * both - 1, 0, 1)  # ends where the old top does
    factors = np.exp(light * share)
    return np.asarray(cloth * in_three(np.where(new, factors, 1)), dtype=np.float32)


def _light(photo: Array8, top: BoolMask) -> FloatPicture | None:
    """The logarithm of the light on the top (H, W), 0 where it is as mostly; None where the top does not show it."""
    height = len(top)
    if top.mean() < _LEAST:
        return None
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB).astype(np.float32)
    lightness, *hue = np.median(lab[top], axis=0) - (0, 128, 128)
    light = np.log(np.maximum(lab[..., 0], 1) / max(float(lightness), 1))
    bright, own = np.exp(light), top.copy()
    for channel, of_top in enumerate(hue, start=1):
        own &= np.abs(lab[..., channel] - 128 - of_top * bright) < _HUE  # less light, less colour
    own &= (light > -_DEEPEST) & (np.abs(light - mean_around(light, own, _AROUND * height)) < _STEP)
    own &= ~_print(lab[..., 0], top)
    if lightness < _DARK or own.sum() < _PLAIN * top.sum():
        return None
    strength = _STRENGTH * min(1.0, float((lightness - _DARK) / (_LIT - _DARK)))
    own = shrunk_mask(own, _EDGE * height)
    smooth = mean_around(light, own, _FINE * height).clip(-_MUCH, _MUCH / 3)
    known = (2 * blurred(own.astype(np.float32), _FADE * height)).clip(0, 1)
    return np.asarray(strength * smooth * known, dtype=np.float32)


def _print(lightness: FloatPicture, top: BoolMask) -> BoolMask:
    """Where the top (H, W) is as busy as letters, dots and stripes are, whatever their colour, and folds are not; and
    what lies between such places."""
    height = len(top)
    steps = np.abs(lightness - mean_around(lightness, top, _BESIDE * height))
    busy = blurred((steps * top).astype(np.float32), _NEAR * height) > _BUSY
    return shrunk_mask(grown_mask(busy, _AMID * height), _AMID * height) & top
