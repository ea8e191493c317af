"""The try-on put together from what is known best: the photo, the warped cloth, and the generator for the rest.

A small generator paints shading and new skin, but not a stranger's background, nor the exact colour of a print. So the
picture is laid together from back to front:
- the photo's background, continued smoothly behind the old garment where the new one leaves it bare;
- everything of the photo that neither garment touches: hair, face, skin, trousers, bit for bit;
- more of the other clothes (of trousers or skirt) where a shorter garment leaves a gap beside them;
- skin that the old garment hid, the generator's, in the person's own colour;
- the garment: the warped cloth, continued to the outline of the predicted clothes, with the generator's shading.
The published method has no such step; packs say in their manifest whether they want it (`engine.refinements`).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.category import UPPER, Category
from engine.category.agnostic import hidden_region
from engine.filling import fill, nearest, nearest_values
from engine.fringe import bleeding, grown_mask, shrunk_mask
from engine.labels import IGNORE, Lip, Seg, lip_to_segmentation
from engine.values import Agnostic, Array8, Person, Segmentation, Warp

Mask = NDArray[np.bool_]
Picture = NDArray[np.float32]
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_MOSTLY = 0.6  # share of a colour
# of the picture: other clothes of which less is seen say nothing about the rest, which the generator paints then
_BEYOND_LEAST = 0.01
_WHOLLY = 250  # of 255: masks of users, and warped ones, are not always full
_NECK, _LEFT_SHOULDER, _RIGHT_SHOULDER = 1, 5, 2
# in halves of the shoulders' width: half the neck's width; how far the slope from neck to shoulder lies above the
# joints at its two ends; how much of that slope may be bare
_NECK_HALF, _RISE, _SHOULDER_RISE, _REACH = 0.36, 0.42, 0.2, 0.7


@dataclass(frozen=True)
class AssemblyOptions:
    """Lengths are shares of the picture's height."""

    shading: float = 0.4  # share of the generator's broad shading laid over the cloth
    broad: float = 24 / 1024  # spread of the blur that makes shading of brightness
    margin: float = 4 / 1024  # how far around the old garment its colour may bleed into the photo
    missed: float = 24 / 1024  # and how far the parse may have missed a part of it
    alike: float = 64.0  # distance of two colours, 0 to 441, that pass for one garment
    relief: float = 0.7  # share of the generator's light and shade on skin that it had to invent
    feather: float = 2 / 1024  # half the width of the blend of the layers
    edge: float = 3 / 1024  # of the cloth's outline that is never trusted
    rim: float = 12 / 1024  # and as far as here not where the product photo's background shines through
    tinge: float = 0.12  # the least share of another colour that is seen as a fringe


def assemble(
    person: Person,
    agnostic: Agnostic,
    generated: Array8,
    segmentation: Segmentation,
    warp: Warp,
    options: AssemblyOptions = AssemblyOptions(),
    category: Category = UPPER,
) -> tuple[Array8, Array8]:
    """What to lay over the photo (H, W, 3), and where: (H, W), 255 wholly, 0 not at all, as `composite` takes them."""
    photo, before, after = person.image, _worn_before(person, agnostic, category), segmentation.labels
    old, new = before == category.garment, after == category.garment
    rim = _hair_rim(before, new, options)
    kept = np.isin(before, category.over) & ~rim
    clothes = (new & ~kept) | rim
    bare = old & ~clothes  # the old garment was here, the new one is not
    neckline = _neckline(person, clothes) if category.neckline else np.zeros_like(clothes)
    skin = bare & (np.isin(after, category.bare) | neckline)
    cloth = dressed(generated, clothes, warp, options)
    missable = np.isin(before, (Seg.BACKGROUND, *category.partly))
    tinged = _tinged(photo, old, missable, kept | clothes, options) & ~_passes(photo, cloth, clothes, options)
    feather = options.feather * len(after)
    layers = _beneath(_backdrop(person, old, options), tinged | clothes)
    body = ~np.isin(after, (Seg.BACKGROUND, category.garment, Seg.NOISE))
    layers = _laid(layers, generated.astype(np.float32), bare & body & ~skin, feather)
    if category.beyond is not None:
        layers = _continued(layers, photo, before == category.beyond, after, bare & ~skin, category.beyond, options)
    flesh, seam = _new_skin(generated, person, skin, options, category), _seam(skin, person.parse, options, category)
    layers = _laid(layers, flesh, seam, feather)
    layers = _laid(layers, cloth, clothes, feather)
    changed = _changed(bare | clothes | tinged, kept, options)
    return np.rint(layers).clip(0, 255).astype(np.uint8), changed


def _worn_before(person: Person, agnostic: Agnostic, category: Category) -> Array8:
    """The photo's segmentation (H, W). What has no label is the old garment where it was hidden, else it stays."""
    before = lip_to_segmentation(person.parse)
    unknown = (before == IGNORE) & hidden_region(agnostic.image)
    return np.where(unknown, np.uint8(category.garment), before)


def dressed(generated: Array8, clothes: Mask, warp: Warp, options: AssemblyOptions = AssemblyOptions()) -> Picture:
    """The warped cloth (H, W, 3) over all of `clothes`, with the generator's broad shading; float32, 0 to 255."""
    height = len(clothes)
    seen = _pure_cloth(warp, options) & clothes
    if not seen.any():
        return generated.astype(np.float32)
    cloth = nearest(warp.cloth, seen).astype(np.float32)
    darker = np.asarray((generated.astype(np.float32) - cloth) @ _LUMA, dtype=np.float32)
    shade = _blurred(darker, clothes, options.broad * height)
    return np.asarray(cloth + options.shading * (shade - np.median(shade[clothes]))[..., None], dtype=np.float32)


def _pure_cloth(warp: Warp, options: AssemblyOptions) -> Mask:
    """Where the warped cloth has its own colour, not mixed with the background of the product photo."""
    height, inside = len(warp.mask), warp.mask >= _WHOLLY
    inner = shrunk_mask(inside, options.rim * height)
    outside = ~grown_mask(warp.mask > 0, options.edge * height)
    mixed = bleeding(warp.cloth, outside, inner) > options.tinge
    return shrunk_mask(inside, options.edge * height) & ~mixed


def _backdrop(person: Person, old: Mask, options: AssemblyOptions) -> Picture:
    """The photo without the person's outline: its own background, smoothly continued behind the old garment.

    What is left of the person is kept as it is, so that only the garment's place is filled.
    """
    person_like = person.parse != Lip.BACKGROUND
    near = grown_mask(person_like, options.margin * len(old))
    filled = fill(person.image, ~near)
    own = person_like & ~old
    return np.where(own[..., None], person.image.astype(np.float32), filled)


def _neckline(person: Person, clothes: Mask) -> Mask:
    """Above the new neckline and below the slope from neck to shoulders: what is bare there is skin, not background."""
    pose = person.pose.completed()
    if not all(pose.found(joint) for joint in (_NECK, _LEFT_SHOULDER, _RIGHT_SHOULDER)):
        return np.zeros_like(clothes)
    (left, left_y), (right, right_y), (middle, neck) = (
        pose.point(joint) for joint in (_LEFT_SHOULDER, _RIGHT_SHOULDER, _NECK)
    )
    half, shoulder = max(abs(left - right) / 2, 1.0), (left_y + right_y) / 2
    rows, columns = np.ogrid[: clothes.shape[0], : clothes.shape[1]]
    beside = np.clip((np.abs(columns - middle) / half - _NECK_HALF) / (1 - _NECK_HALF), 0, None)
    top, end = neck - _RISE * half, shoulder - _SHOULDER_RISE * half
    slope = top + beside * (end - top)
    below = np.maximum.accumulate(clothes, axis=0)
    inside = (beside == 0) | ((rows >= slope) & (beside < _REACH))
    return np.asarray(~below & inside & clothes.any(axis=0, keepdims=True), dtype=np.bool_)


def _continued(
    layers: Picture, photo: Array8, other: Mask, after: Array8, bare: Mask, label: Seg, options: AssemblyOptions
) -> Picture:
    """The layers with more of the other clothes, which lie below the garment, where it has become shorter."""
    pure = shrunk_mask(other, options.margin * len(other))  # their outline has the garment's colour in it
    gap = _gap(other, after, bare, label)
    if pure.mean() < _BEYOND_LEAST or not gap.any():
        return layers
    return _laid(layers, fill(photo, pure), gap, options.feather * len(other))


def _gap(other: Mask, after: Array8, bare: Mask, label: Seg) -> Mask:
    """Of what is bare, what is the other clothes (trousers, a skirt), or lies above them without a break.

    A gap between arm and body has the top below it and shows the background.
    """
    gap, height = bare & (after == Seg.BACKGROUND), len(other)
    rows = np.arange(height)[:, None]
    ends, begins = (
        np.minimum.accumulate(np.where(stop, rows, height)[::-1], axis=0)[::-1] for stop in (~(gap | other), other)
    )
    return np.asarray((bare & (after == label)) | (gap & (begins < ends)), dtype=np.bool_)


def _new_skin(generated: Array8, person: Person, skin: Mask, options: AssemblyOptions, category: Category) -> Picture:
    """The colour of the person's own skin nearby, with the generator's light and shade; (H, W, 3) float32."""
    sure = shrunk_mask(np.isin(person.parse, (Lip.FACE, *category.skin)), options.margin / 2 * len(skin))
    if not sure.any():
        return generated.astype(np.float32)
    colour = fill(person.image, sure)
    light = generated.astype(np.float32) @ _LUMA
    light -= np.median(light[skin]) if skin.any() else 0
    return np.asarray(colour + options.relief * light[..., None], dtype=np.float32)


def _seam(skin: Mask, parse: Array8, options: AssemblyOptions, category: Category) -> Mask:
    """New skin, and so much of the old skin beside it as the old garment's edge has darkened."""
    return skin | (grown_mask(skin, 0.75 * options.margin * len(skin)) & np.isin(parse, category.skin))


def _hair_rim(before: Array8, new: Mask, options: AssemblyOptions) -> Mask:
    """Hair's outline where it lies on the clothes: it has the old garment's colour in it."""
    width = options.edge * len(before)
    hair = before == Seg.HAIR
    return np.asarray(hair & ~shrunk_mask(hair, width) & grown_mask(new, width), dtype=np.bool_)


def _tinged(photo: Array8, old: Mask, missable: Mask, other: Mask, options: AssemblyOptions) -> Mask:
    """What has the old garment's colour around it, where nothing else is laid: its rim, and more that the parse missed.

    Far from the garment only what is rather the garment's colour than that of its own surroundings.
    """
    near = _coloured(photo, old, options.margin * len(old)) > options.tinge
    missed = missable & (_coloured(photo, old, options.missed * len(old)) > _MOSTLY)
    found = near | missed | old
    side = 2 * max(1, round(options.margin / 2 * len(old))) + 1  # single pixels do not tell
    return np.asarray((cv2.medianBlur(found.astype(np.uint8), side) > 0) & ~(old | other), dtype=np.bool_)


def _passes(photo: Array8, cloth: Picture, clothes: Mask, options: AssemblyOptions) -> Mask:
    """What looks like the new garment beside it: a remainder of the old one there is seen by nobody, a gap would be."""
    near = grown_mask(clothes, options.missed * len(clothes)) & ~clothes
    alike = np.zeros_like(clothes)
    if near.any():
        beside = nearest_values(cloth.clip(0, 255).astype(np.uint8), clothes, near)
        alike[near] = np.square(photo[near].astype(np.float32) - beside).sum(axis=1) < options.alike**2
    return alike


def _coloured(photo: Array8, old: Mask, reach: float) -> Picture:
    """How much of the old garment's colour each pixel has that is at most `reach` from it; 0 beyond."""
    outer = ~grown_mask(old, reach)
    return bleeding(photo, shrunk_mask(old, reach / 2), outer)


def _beneath(layers: Picture, covered: Mask) -> Picture:
    """The layers continued from beside into what is covered or not pure, so that a soft outline mixes with its side."""
    return np.where(covered[..., None], fill(layers, ~covered), layers).astype(np.float32)


def _changed(region: Mask, kept: Mask, options: AssemblyOptions) -> Array8:
    """The region, feathered outwards; hair and face stay."""
    soft = np.where(region, 255, _feathered(region.astype(np.uint8) * 255, options.feather * len(region)))
    return np.where(kept, 0, soft).astype(np.uint8)


def _laid(below: Picture, above: Picture, where: Mask, feather: float) -> Picture:
    alpha = _feathered(where.astype(np.uint8) * 255, feather).astype(np.float32)[..., None] / 255
    return np.asarray(below + (above - below) * alpha, dtype=np.float32)


def _blurred(values: Picture, inside: Mask, spread: float) -> Picture:
    """Blur of what lies inside only; undefined outside."""
    share = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), spread)
    blurred = cv2.GaussianBlur(values * inside, (0, 0), spread)
    return np.asarray(blurred / np.maximum(share, 1e-3), dtype=np.float32)


def _feathered(mask: Array8, feather: float) -> Array8:
    side = 2 * max(1, round(feather)) + 1
    return np.asarray(cv2.blur(mask, (side, side)), dtype=np.uint8)
