"""From any photo of a top to a `Garment`: cut out, centred and framed on white, as product photos are."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.analysis.common.doubt import Doubt, doubt
from engine.analysis.common.estimators import GarmentEstimator
from engine.analysis.garment.back_hem import without_back
from engine.analysis.garment.backdrop import Backdrop, backdrop_of, raggedness, silhouette
from engine.analysis.garment.doubts import doubts_about_mask, doubts_about_photo
from engine.analysis.garment.gaps import disagreement, settled, without_gaps, without_strangers
from engine.analysis.garment.grabcut import grabbed
from engine.analysis.garment.openings import without_openings
from engine.analysis.garment.pieces import box_of, pieces
from engine.arrays import FULL_SIZE, BoolMask, Box, Mask8, Picture, Planes, Size
from engine.errors import TryOnError
from engine.imaging.colour_bleed import disc
from engine.imaging.filling import nearest_values
from engine.imaging.framing import Framed, frame
from engine.imaging.guided import GuidedFilter
from engine.values import Garment

_WORKING = 512  # longer side of the picture in which the garment is found
_HEIGHT, _WIDTH = 0.9, 0.92  # of the frame that the garment fills at most; medians of VITON are 0.84 and 0.94
_FILLED = (0.55, 0.99)  # of the frame's height or width: a photo whose garment fills this much is taken as it is
_CENTRED = 0.07  # of the frame
_LEAST, _MOST = 0.02, 0.97  # of the photo
_FAINTEST = 5  # levels of 256 that a white garment stands out from white paper by, with its edges and folds
_HOOK = 0.018  # of the garment's size: thinner things (a hanger's hook, a cord) are not garment
_PART = 0.12  # of the largest piece: smaller pieces are something else
_RIM = 2  # pixels of the frame
_WHITE, _PURE = 247, 250  # brightness of white paper; of the mask, from which on a pixel has no background in it
_CLEAR = 12.0  # Lab distance from the backdrop
_VIVID, _ALIKE = 25.0, 0.3  # distance of most of a garment from its hue, and how far from that, of it, is as vivid
_UNSURE = 0.5
_DISPUTED = 0.2  # 10 of the 16 wrong masks of 120 photos on floors and hangers are above, 21 of the 104 others
_RAGGED = 9.5  # outline over root of area, of a garment that was not found well


@dataclass(frozen=True, eq=False, kw_only=True)
class AnalysedGarment(Garment):
    """A `Garment` made from a photo of any shape.

    framed: where the frame lies in the photo, with the photo's own background. plain: whether that is of one colour.
    boxes: the garments side by side in the photo, in photo pixels, the largest first; chosen: which of them this is.
    """

    framed: Framed
    plain: bool
    warnings: tuple[Doubt, ...]
    boxes: tuple[Box, ...] = ()
    chosen: int = 0

    def scaled(self, size: Size) -> "AnalysedGarment":
        if size == self.size:
            return self
        garment = super().scaled(size)
        framed = Framed(garment.image, self.framed.box, self.framed.photo_size)
        return replace(self, image=garment.image, mask=garment.mask, framed=framed)


def cut_out(
    photo: Picture, network: GarmentEstimator | None = None, *, size: Size = FULL_SIZE, box: Box | None = None
) -> AnalysedGarment:
    """The garment in a photo uint8 (H, W, 3), in a frame of `size` (height, width).

    network: asked where the background is not plain; without one colours and place decide. box: which of several
    garments, in photo pixels, where it is not the largest. The mask is soft along its edge. TryOnError where nothing is
    found; everything less is a warning.
    """
    if photo.dtype != np.uint8 or photo.ndim != 3 or photo.shape[2] != 3 or not photo.size:
        raise TryOnError("photo.array", type=photo.dtype, shape=photo.shape)
    small, scale = _working(photo)
    found = find_garment(small, network)
    parts = pieces(found.mask)
    boxes = tuple(_scaled(box_of(part), 1 / scale) for part in parts)
    chosen = 0 if box is None else max(range(len(parts)), key=lambda index: _shared(boxes[index], box))
    mask = parts[chosen]
    if not _LEAST < float((mask > 0).mean()) < _MOST:
        raise TryOnError("photo.no_garment")
    garment = framed_garment(photo, without_back(small, mask), plain=found.plain, size=size)
    codes = [*doubts_about_photo(small, mask, found.uncertain, len(parts)), *(one.code for one in garment.warnings)]
    return replace(garment, warnings=tuple(map(doubt, codes)), boxes=boxes, chosen=chosen)


def framed_garment(photo: Picture, mask: Mask8, *, plain: bool, size: Size) -> AnalysedGarment:
    """What a mask (h, w), 0 or 255, of any size shows of a photo (H, W, 3), on white in a frame of `size`."""
    box = frame_box(mask, mask.shape[1] / photo.shape[1], (photo.shape[0], photo.shape[1]))
    framed = frame(photo, size, box, fill="edge")
    soft = _mask_in(framed, mask, plain)
    warnings = tuple(map(doubt, doubts_about_mask(mask, framed)))
    return AnalysedGarment(on_white(framed.image, soft), soft, framed=framed, plain=plain, warnings=warnings)


def _scaled(box: Box, factor: float) -> Box:
    left, top, right, bottom = (edge * factor for edge in box)
    return left, top, right, bottom


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


@dataclass(frozen=True, eq=False)
class FoundGarment:
    """mask: 0 or 255 (H, W); plain: whether the background is of one colour; sure: 0..1; disputed: how far a network
    that was asked is from the mask, in areas of the mask."""

    mask: Mask8
    plain: bool
    sure: float
    disputed: float = 0.0

    @property
    def uncertain(self) -> bool:
        """Whether somebody should look at the mask."""
        return self.sure < _UNSURE or self.disputed > _DISPUTED


def find_garment(picture: Picture, network: GarmentEstimator | None = None) -> FoundGarment:
    """Where the garment is in a picture uint8 (H, W, 3) of a few hundred pixels."""
    if _is_bare(picture):
        return FoundGarment(np.zeros_like(picture[..., 0]), True, 0.0)  # paper and nothing on it
    backdrop = backdrop_of(picture)
    probability = None if network is None else network.probability(picture)
    plain = backdrop.is_plain
    mask = _flooded(backdrop, probability) if plain else np.zeros_like(picture[..., 0])
    if backdrop.is_studio and not (mask > 0).mean() > _LEAST and probability is None:
        return FoundGarment(mask, True, 0.0)
    plain = plain and _plausible(mask, probability) and (backdrop.is_studio or raggedness(mask > 0) < _RAGGED)
    if not plain:
        mask = _tidy(grabbed(picture, probability), hooks=True)
    if backdrop.is_plain:
        mask = without_openings(mask, backdrop, probability)
    if probability is not None and not backdrop.is_studio:
        mask = without_gaps(picture, without_strangers(mask, probability), probability)
        mask = without_strangers(mask, probability)  # what only a gap or a shadow joined
    disputed = 0.0 if probability is None else disagreement(mask, probability)
    return FoundGarment(mask, plain, _sureness(mask, backdrop, probability), disputed)


def _flooded(backdrop: Backdrop, probability: Planes | None) -> Mask8:
    """What differs from a plain backdrop; cloth, tiles and walls have lines and folds and shadows of their own."""
    mask = silhouette(backdrop)
    if probability is not None:
        clear = _surely_cloth(backdrop, mask > 0)
        mask = settled(mask, probability, even=backdrop.is_studio, clear=clear)
    return _tidy(mask, hooks=not backdrop.is_studio)


def _surely_cloth(backdrop: Backdrop, found: BoolMask) -> BoolMask:
    """Where (H, W) colours outweigh a network; before anything but studio paper only those that most of a vivid garment
    has, since shadows and other things differ from it too."""
    if backdrop.is_studio:
        return np.asarray(backdrop.apart > _CLEAR, dtype=np.bool_)
    own = float(np.median(backdrop.colour[found])) if found.any() else 0.0
    return np.asarray(np.abs(backdrop.colour - own) < (_ALIKE * own if own > _VIVID else 0.0), dtype=np.bool_)


def _is_bare(picture: Picture) -> bool:
    """Whether nothing at all stands out, noise aside; a network sees garments even there."""
    calm = cv2.GaussianBlur(picture, (0, 0), 3)
    return all(int(np.ptp(plane)) < _FAINTEST for plane in cv2.split(calm))


def _working(photo: Picture) -> tuple[Picture, float]:
    """The photo at working size, and working pixels a photo pixel."""
    scale = min(1.0, _WORKING / max(photo.shape[:2]))
    size = (max(1, round(photo.shape[1] * scale)), max(1, round(photo.shape[0] * scale)))
    if scale == 1.0:
        return photo, scale
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), scale


def _plausible(mask: Mask8, probability: Planes | None) -> bool:
    """Whether the flood found one thing that leaves room around it, and the network, if any, sees it there too."""
    share = float((mask > 0).mean())
    if not _LEAST < share < _MOST:
        return False
    return probability is None or _agreement(mask, probability) > 0.7


def _agreement(mask: Mask8, probability: Planes) -> float:
    """Intersection over union of a mask and what a network finds likely."""
    height, width = probability.shape
    small = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA) > 127
    likely = probability > 0.5
    return float((small & likely).sum() / max(1, int((small | likely).sum())))


def _sureness(mask: Mask8, backdrop: Backdrop, probability: Planes | None) -> float:
    """How clearly the outline separates two things, 0..1."""
    if probability is not None:
        return _agreement(mask, probability)
    inside = mask > 0
    if not inside.any() or inside.all():
        return 0.0
    difference = backdrop.apart
    spread = max(backdrop.noise, 0.5)
    separation = (float(np.median(difference[inside])) - float(np.median(difference[~inside]))) / (4 * spread)
    return float(np.clip(separation, 0, 1)) * (1.0 if backdrop.is_plain else 0.8)


def _tidy(mask: Mask8, hooks: bool) -> Mask8:
    """The main piece and others nearly as large, with small holes filled; hooks: without thin things that stick out."""
    if not mask.any():
        return mask
    if hooks:
        radius = max(1, round(_HOOK * float(np.sqrt((mask > 0).sum())) / 2))
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, disc(radius)), dtype=np.uint8)
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, disc(radius)), dtype=np.uint8)
    count, islands, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return mask
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    kept = np.where((areas >= _PART * areas.max())[islands], 255, 0).astype(np.uint8)
    return _without_small_holes(kept)


def _without_small_holes(mask: Mask8) -> Mask8:
    _, islands, stats, _ = cv2.connectedComponentsWithStats(255 - mask, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] < 0.004 * max(1, int((mask > 0).sum()))
    small[0] = False
    filled = mask.copy()
    filled[small[islands]] = 255
    return filled


def frame_box(mask: Mask8, scale: float, photo_size: Size) -> Box:
    """The 3:4 box in photo pixels that shows the garment as product photos do; the whole photo where it does so."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    left, top, right, bottom = (edge / scale for edge in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    height, width = photo_size
    middle = ((left + right) / 2, (top + bottom) / 2)
    filled = max((right - left) / width, (bottom - top) / height)
    off = max(abs(middle[0] / width - 0.5), abs(middle[1] / height - 0.5))
    is_three_to_four = abs(width / (0.75 * height) - 1) < 0.02
    if is_three_to_four and _FILLED[0] < filled < _FILLED[1] and off < _CENTRED:
        return 0.0, 0.0, float(width), float(height)
    tall = max((bottom - top) / _HEIGHT, (right - left) / _WIDTH / 0.75)
    wide = 0.75 * tall
    return middle[0] - wide / 2, middle[1] - tall / 2, middle[0] + wide / 2, middle[1] + tall / 2


def _mask_in(framed: Framed, mask: Mask8, plain: bool) -> Mask8:
    """The mask (H, W) in the frame, 0..255, its edge laid along the picture's and soft over a pixel or two."""
    box = tuple(edge * mask.shape[1] / framed.photo_size[1] for edge in framed.box)
    coarse = frame(_on_photo(mask, framed), framed.size, (box[0], box[1], box[2], box[3]), fill=0).image
    radius = max(2, round(0.6 * framed.scale * framed.photo_size[1] / mask.shape[1]))
    clear = (coarse > 127).astype(np.uint8)
    reach = np.asarray(cv2.dilate(clear, disc(2 * radius)), dtype=np.uint8)
    core = np.asarray(cv2.erode(clear, disc(2 * radius), borderValue=0), dtype=np.uint8)
    guided = GuidedFilter(framed.image, radius=radius, epsilon=1e-4 if plain else 1e-3)
    sharp = guided((coarse / 255).astype(np.float32))
    soft = np.clip((sharp - 0.5) * 2.5 + 0.5, 0, 1)  # the filter's blend is wide; an edge of cloth is not
    soft = np.where(core > 0, 1.0, np.where(reach == 0, 0.0, soft))
    made = np.zeros(coarse.shape, dtype=np.uint8)
    # what touches the frame's edge would be smeared on beyond it when the garment is warped
    made[_RIM:-_RIM, _RIM:-_RIM] = (soft * 255).round().astype(np.uint8)[_RIM:-_RIM, _RIM:-_RIM]
    return made


def _on_photo(mask: Mask8, framed: Framed) -> Mask8:
    """The mask with the shape of the photo, so that both are framed alike."""
    height = round(mask.shape[1] * framed.photo_size[0] / framed.photo_size[1])
    return np.asarray(cv2.resize(mask, (mask.shape[1], max(1, height)), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def on_white(picture: Picture, mask: Mask8) -> Picture:
    """The garment on white; along its edge its own colours, not a blend of them with the old background."""
    pure, edge, inner = picture, (mask > 0) & (mask < _PURE), mask >= _PURE
    if (picture[edge] < _WHITE).any() and inner.any():
        pure = picture.copy()
        pure[edge] = nearest_values(picture, inner, edge, cv2.DIST_MASK_3)
    white = np.full_like(picture, 255)
    cv2.copyTo(picture, np.asarray(mask == 255, dtype=np.uint8), white)
    soft = (mask > 0) & (mask < 255)
    alpha = mask[soft, None].astype(np.uint16)
    white[soft] = (pure[soft] * alpha + 255 * (255 - alpha) + 127) // 255
    return white
