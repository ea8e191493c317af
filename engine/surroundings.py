"""What is painted anew beside the garment, backdrop and skin, takes the photo's own tones.

A small generator paints a plain backdrop a shade too light and every arm in an average skin colour, and both show as
soon as the photo's own pixels lie beside them. A plain backdrop can be continued from where it is seen, and the skin
of the person is on the photo. Like `engine.finish` a refinement that packs ask for; the published method has none.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.labels import Lip, Seg, lip_to_segmentation
from engine.stages import Array8, Person, Segmentation

Picture = NDArray[np.float32]
Region = NDArray[np.bool_]
_ARMS = (Seg.LEFT_ARM, Seg.RIGHT_ARM)
_REACH = 40 / 1024  # spread, as a share of the height, over which the backdrop is continued
_STEP = 4  # the backdrop is smooth: it is worked out at a quarter of the size
_PLAIN = 6.0  # mean distance of the backdrop from its own smooth course up to which it counts as plain
_LIKE, _UNLIKE = 35.0, 70.0  # largest channel difference of what is surely, and what is surely not, backdrop
_ENOUGH = 1 / 2000  # share of the picture that has to show skin
_STRONGEST = 1.6  # factor by which skin may become lighter or darker


def in_the_photos_tones(raw: Array8, person: Person, segmentation: Segmentation, changed: Array8) -> Array8:
    """The generator's picture (H, W, 3) with backdrop and arms as the photo has them; `changed` (H, W) is its share."""
    made = raw.astype(np.float32)
    _continue_backdrop(made, person, segmentation, changed)
    _tone_arms(made, person, segmentation)
    return np.asarray(np.rint(made).clip(0, 255), dtype=np.uint8)


def _continue_backdrop(made: Picture, person: Person, segmentation: Segmentation, changed: Array8) -> None:
    """Where backdrop is painted and the photo's is plain, go on from the photo's; in place."""
    before = lip_to_segmentation(person.parse)
    seen = (before == Seg.BACKGROUND) & (person.parse != Lip.NECK) & (changed == 0)
    course = _course(person.image, seen)
    if course is None:
        return
    unlike = np.abs(made - course).max(axis=2)
    share = cv2.blur(((_UNLIKE - unlike) / (_UNLIKE - _LIKE)).clip(0, 1), (3, 3))
    share[(segmentation.labels != Seg.BACKGROUND) | (changed == 0)] = 0
    made += (share[..., None] * (course - made)).astype(np.float32)


def _course(photo: Array8, seen: Region) -> Picture | None:
    """The smooth course of the backdrop over the whole picture, or None where it is not plain."""
    small, inside = photo[::_STEP, ::_STEP].astype(np.float32), seen[::_STEP, ::_STEP].astype(np.float32)
    if inside.mean() < 0.02:
        return None
    course = _continued(small, inside, _REACH * len(small))
    if float(np.abs(small - course).mean(axis=2)[inside > 0].mean()) > _PLAIN:
        return None
    return np.asarray(cv2.resize(course, photo.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _continued(picture: Picture, inside: Picture, spread: float) -> Picture:
    """Blur what is inside, outwards too: near places count most, far ones where there are no others."""
    result = np.broadcast_to(picture[inside > 0].mean(axis=0), picture.shape).astype(np.float32)
    for wide in (4 * spread, 2 * spread, spread):
        share = cv2.GaussianBlur(inside, (0, 0), wide)[..., None]
        blurred = cv2.GaussianBlur(picture * inside[..., None], (0, 0), wide)
        trust = (share / 0.05).clip(0, 1)
        result = np.asarray(trust * blurred / np.maximum(share, 1e-4) + (1 - trust) * result, dtype=np.float32)
    return result


def _tone_arms(made: Picture, person: Person, segmentation: Segmentation) -> None:
    """Give painted arms the colour of the skin on the photo, their shading kept; in place."""
    arms = np.isin(segmentation.labels, _ARMS)
    skin = _skin(person)
    if skin is None or arms.mean() < _ENOUGH:
        return
    factor = (skin / np.maximum(np.median(made[arms], axis=0), 1)).clip(1 / _STRONGEST, _STRONGEST)
    share = cv2.GaussianBlur(arms.astype(np.float32), (0, 0), 1.5)[..., None] * arms[..., None]
    made *= 1 + share * (factor.astype(np.float32) - 1)


def _skin(person: Person) -> NDArray[np.float64] | None:
    """The median colour (3,) of the arms on the photo; of neck and face where the arms are covered."""
    for labels in ((Lip.LEFT_ARM, Lip.RIGHT_ARM), (Lip.NECK, Lip.FACE)):
        region = np.isin(person.parse, labels).astype(np.uint8)
        inner = cv2.erode(region, np.ones((5, 5), dtype=np.uint8), borderValue=0) > 0
        if inner.mean() >= _ENOUGH:
            return np.asarray(np.median(person.image[inner], axis=0), dtype=np.float64)
    return None
