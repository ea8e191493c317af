"""The finished picture, laid together from what is known best: photo, laid cloth, and the generator for the rest.

A generator that has learned on pictures 256 rows high paints shading, new skin and the outline of a body well, but
nothing finer than that. So its picture is taken class by class, each continued beyond its outline (where skin keeps
its shade), and cut out anew along the outlines of the predicted parse at full size; on the garment only its light is
taken, the colours are the cloth's own, and a plain old top tells the light too (`engine.tryon.shading`). What lies
behind the person is the photo's background, continued. And the photo stays, bit for bit, wherever neither garment
lies, but for the ends of hair that lay before the old one (`engine.tryon.hair`): also where the agnostic picture hid
it, if it is what the generator, who has not seen it, expects there. A bare arm agrees with a painted arm; a piece of
an old sleeve that the parse took for skin does not, and goes.

The published method has no such step; packs say in their manifest whether they want it (`engine.weights.refinements`).
"""

from collections.abc import Sequence

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.category import UPPER, Category
from engine.category.agnostic import hidden_region
from engine.imaging.blurring import blur_reach, blurred, mean_around
from engine.imaging.colour_bleed import distance_from, grown_mask, near, shrunk_mask
from engine.imaging.exemplar import continued, is_plain
from engine.imaging.filling import fill, nearest_values
from engine.imaging.inpainting import with_seam
from engine.imaging.planes import among, box_around, in_three, lightest, resized_mask, small_size
from engine.labels import Lip, Seg
from engine.tryon.grain import grained
from engine.tryon.hair import ends_of_hair, lay_hair
from engine.tryon.outline import WHOLLY, to_outline
from engine.tryon.photo_parse import photo_labels
from engine.tryon.rims import rim_share
from engine.tryon.shading import lit
from engine.tryon.skin import ARMS, SKIN, THROAT, likeness, lit_colour, no_hands, toned, tones_of
from engine.values import Agnostic, Person, Segmentation, Warp

_ROWS = 256  # of the generator's picture that say something
_LAYERS: tuple[tuple[Seg, ...], ...] = (  # back to front; what is painted of one is continued, never of two
    (Seg.HAIR,),
    (Seg.LEFT_SHOE, Seg.RIGHT_SHOE, Seg.SOCKS),
    (Seg.LEFT_LEG, Seg.RIGHT_LEG),
    (Seg.BOTTOM,),
    THROAT,
    (Seg.LEFT_ARM,),
    (Seg.RIGHT_ARM,),
    (Seg.UPPER,),
)
_SKINS = (THROAT, *((arm,) for arm in ARMS))
_INNER = 0.4  # share of a class that has to be left without its outline
_RIM, _STEP = 4, 1.0  # outline that is not taken, and softness, in pixels of the small picture
_LEAST = 0.01  # of the picture: clothes of which less is seen say nothing about the rest, which is painted then
# Lengths are shares of the picture's height.
_MARGIN = 10 / 1024  # how far around the old garment its colour may bleed into the photo
_HALO = 18 / 1024  # how near to the person the background is not pure: lenses blur, and cameras sharpen
_GRAIN = 12 / 1024  # what is finer than this is a background's texture
_EVERYWHERE = 0.9  # of a wall without lines
_RINGING = 56 / 1024  # how far around a compressed photo's outlines leave traces, which only a plain wall shows
_HAIRS = 28 / 1024  # how far from hair and face single hairs are seen
_MIXED, _LIGHTENED = 5 / 1024, 14 / 1024  # rim of painted skin that is mixed, and that may be too light
_SMOOTH = 3 / 1024  # how softly it is taken
_DEEPEST = 0.72  # shade of an outline: half of 1,665 arms' inner sides are no darker
_DETAIL = 16 / 1024  # what is finer than this is the cloth's own
_DETAILED, _EVEN = 40 / 1024, 8  # around the cloth, for the light not to see a border; pixels that blurs make one
_PRINT, _LITTLE = 12.0, 0.01  # levels of 256 from the colour around that are a print's; what even that tells of light
_EDGE = 5 / 1024  # by which an outline has hardly moved
_OUTLINE = 1.5 / 1024  # softness of the outlines
_AROUND = 24 / 1024  # a part of the skin, that it is painted in
_UNDER = 6 / 1024  # how far a layer goes on under those before it, whose soft outlines would show the back
_BROAD = 8 / 1024  # what is finer than this is not compared
_ALIKE = 45.0  # difference of two colours, 0 to 255, that passes for the same
_UNLIKE = 70.0  # and one that does not
_COLLAR = 28 / 1024  # how near to the old garment remains of it may lie
_FINE = 2 / 1024  # what is finer than this is not compared there
_ALIKE_BY_COLLAR = 18.0, 30.0  # as _ALIKE and _UNLIKE there
_MOSTLY = 0.7  # trust that makes what stays tell the tone of what is painted beside it
_CHANGED = 16 / 1024  # how near to a garment the photo may not stay
_SHADOW = 24 / 1024  # of a sleeve, on the arm beyond it
_OF_ARM = 0.14  # of the root of an arm's area, at most
_RIM_SHARE = 0.02  # of a pixel, that is a trace of what goes
_FEATHER = 3 / 1024  # half the width of the blend with the photo


def layered(
    person: Person,
    agnostic: Agnostic,
    generated: Array8,
    segmentation: Segmentation,
    warp: Warp,
    category: Category = UPPER,
    knows_neck: bool = False,
    hair: Array8 | None = None,
) -> tuple[Array8, Array8]:
    """What to lay over the photo (H, W, 3), and where: (H, W), 255 wholly, 0 not at all, as `composite` takes them.

    knows_neck: the parse tells the neck, as `Seg.NECK`. hair: (H, W), how much of each pixel is hair, where that is
    known; None leaves its outline to the parse.
    """
    after = segmentation.labels
    before = photo_labels(person, agnostic, category, knows_neck)
    ends = ends_of_hair(hair, before, after, category)
    shown = after if ends is None else ends.behind
    kept = among(before, category.over) & (shown == after)
    garment = (shown == category.garment) & ~kept
    changed = grown_mask(garment | (before == category.garment), _CHANGED * len(after))
    plain = _before_plain_wall(person)
    halo = _RINGING if plain else _HALO
    behind = person.parse == Lip.BACKGROUND
    goes = among(before, (category.garment, *category.limb_classes)) & ((shown == Seg.BACKGROUND) | garment)
    share, added = rim_share(person.image, goes, behind, halo)
    painted = _Painted(generated, after)
    picture = _backdrop(person.image - added, ~behind, shown == Seg.BACKGROUND, halo, None if plain else painted)
    _lay_others(picture, painted, person.image, (before, shown), changed, category)
    if garment.any():
        cloth = with_detail(painted.of((category.garment,), covered=warp.mask >= WHOLLY), warp, garment)
        top = (before == category.garment) & (person.parse != Lip.COAT)  # of a coat one would see pockets and lapels
        cloth = lit(cloth, person.image, top, garment)
        _lay(picture, cloth, garment)
    parts = [among(shown, classes) for classes in _SKINS]
    hidden, skin = hidden_region(agnostic.image), among(shown, SKIN)
    face = (before == Seg.FACE) & (person.parse != Lip.SUNGLASSES)
    alike = likeness(person.image, face)
    none = no_hands(person.image, before, alike)
    far = far_from_sleeves(before, after, category)
    arms = among(before, ARMS) & among(after, ARMS)
    bare = arms & ~hidden & (far > _MOSTLY) & ~none
    light = lit_colour(person.image, face, bare & (alike > _MOSTLY))
    sure = bare | (among(before, THROAT) & among(after, THROAT) & ~hidden)
    # skin that is in the face's light may stay, and so may skin in the light of what is surely skin
    likely = _likely(person.image, picture, painted, parts, sure, (None, light), before == category.garment)
    traces = _traces(before, after, behind, category) | (share > _RIM_SHARE)
    likely = np.maximum(likely, alike * arms)
    trust = np.minimum(_trust(likely, before, after, hidden, traces, category), far)
    if plain:
        trust = np.minimum(trust, _free_of_rings(before, after, behind, category))
    (tone,) = tones_of(picture, person.image, parts, skin & (trust > _MOSTLY) & ~none, (light,))
    picture = toned(picture, tone, skin)
    stays = skin & (trust > _MOSTLY) & among(before, SKIN)
    picture = grained(picture, person.image, shrunk_mask(stays, _BROAD * len(after)), skin & (trust < 1))
    if ends is not None:
        lay_hair(picture, trust, person.image, generated, before == Seg.HAIR, ends)
    return np.rint(picture).clip(0, 255).astype(np.uint8), np.rint((1 - trust) * 255).astype(np.uint8)


class _Painted:
    """The generator's picture of single classes, continued beyond their outline."""

    def __init__(self, generated: Array8, labels: Array8) -> None:
        self._size = labels.shape[::-1]
        self._whole, self._whole_labels = generated, labels
        self.size = small_size(labels.shape, _ROWS)
        self._picture = np.asarray(cv2.resize(generated, self.size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        self._labels = np.asarray(cv2.resize(labels, self.size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)

    def layer(self, classes: tuple[int, ...]) -> FloatPicture:
        """(H, W, 3) float32: classes that lie under the garment."""
        if classes in _SKINS:
            return self._closely(among(self._whole_labels, classes))
        # the small outline has steps, which would show
        return self.of(classes, _RIM, _STEP)

    def _closely(self, region: BoolMask) -> FloatPicture:
        """(H, W, 3) float32: all that the generator shows of a region (H, W), and near it what is nearest; 0 further
        away. Its outline may be darker than what lies further in, as a limb's is; what makes it lighter, black or of
        another colour is what lies beside it.
        """
        box = box_around(region, round(_AROUND * len(region)), _EVEN)
        place, made = region[box], np.zeros(self._whole.shape, np.float32)
        whole = place.shape[::-1]
        size = max(1, whole[0] // 2), max(1, whole[1] // 2)  # nothing finer has been painted
        part = np.asarray(cv2.resize(self._whole[box], size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        share = cv2.resize(place.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        inside = share > min(0.5, float(share.max()) / 2)  # also of a speck
        unit = len(region) * size[1] / whole[1]
        fine, broad = (_without_rim(part, inside, rim * unit) for rim in (_MIXED, _LIGHTENED))
        shade = (fine.sum(axis=2) / np.maximum(broad.sum(axis=2), 1)).clip(_DEEPEST, 1)
        smooth = blurred(broad * in_three(shade), _SMOOTH * unit)
        made[box] = cv2.resize(smooth, whole, interpolation=cv2.INTER_LINEAR)
        return made

    def background(self, photo: FloatPicture, known: BoolMask) -> FloatPicture:
        """(H, W, 3) float32: what is painted of the background, in the tone of a photo's (H, W, 3) that is known (H, W)
        around it."""
        broad = self.small((Seg.BACKGROUND,), _RIM, 0)
        seen = np.asarray(cv2.resize(photo, self.size, interpolation=cv2.INTER_AREA), dtype=np.float32)
        tone = blurred(fill(seen - broad, resized_mask(known, self.size)), _BROAD * self.size[1])
        return np.asarray(cv2.resize(broad + tone, self._size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)

    def of(
        self, classes: tuple[int, ...], rim: int = 2, softness: float = 0.0, covered: BoolMask | None = None
    ) -> FloatPicture:
        """(H, W, 3) float32, 0 to 255: where the classes lie as painted, elsewhere what is nearest to that.

        rim, softness: pixels of the small picture that are not taken along the outline, and that are blurred.
        covered: (H, W), where cloth was laid; between sleeve and body a generator paints the gap that it was shown.
        """
        broad = self.small(classes, rim, softness, covered)
        return np.asarray(cv2.resize(broad, self._size, interpolation=cv2.INTER_CUBIC), dtype=np.float32)

    def small(
        self, classes: tuple[int, ...], rim: int, softness: float, covered: BoolMask | None = None
    ) -> FloatPicture:
        """As `of`, of the small picture's `size` (width, height)."""
        region = among(self._labels, classes)
        if covered is not None:
            laid = resized_mask(covered, self.size)
            region = region & laid if (region & laid).any() else region
        # the outline is mixed with what lies beside it
        enough = _INNER * np.count_nonzero(region)
        inners = (shrunk_mask(region, one) for one in range(rim, 0, -1))
        broad = fill(self._picture, next((one for one in inners if np.count_nonzero(one) > enough), region))
        return blurred(broad, softness) if softness else broad


def _lay_others(
    picture: FloatPicture,
    painted: _Painted,
    photo: Array8,
    labels: tuple[Array8, Array8],
    changed: BoolMask,
    category: Category,
) -> None:
    """Lay all but the garment, back to front; `picture` (H, W, 3) is changed.

    labels: (H, W), the photo's and those to be shown. changed: (H, W), where other clothes are not the photo's.
    """
    (before, shown), layers = labels, _in_order(category)
    for number, classes in enumerate(layers[:-1]):
        where = _and_under(shown, classes, layers[number + 1 :])
        if not where.any():
            continue
        own = _own(photo, before == category.beyond, where & changed) if category.beyond in classes else None
        _lay(picture, painted.layer(classes) if own is None else own, where)


def _without_rim(picture: Array8, region: BoolMask, rim: float) -> FloatPicture:
    """A picture (h, w, 3) that shows what is nearest further in where a region (h, w) ends, and outside of it."""
    inner = shrunk_mask(region, rim)
    inner = inner if inner.any() else region
    made = picture.astype(np.float32)
    made[~inner] = nearest_values(picture, inner, ~inner)
    return made


def with_detail(broad: FloatPicture, warp: Warp, garment: BoolMask) -> FloatPicture:
    """The laid cloth in the light of the broad colours (H, W, 3), where it covers the garment (H, W); those elsewhere.

    The light is how the broad colours differ from the cloth's between its prints, which a generator blurs.
    """
    height, whole = len(garment), (to_outline(warp, garment) >= WHOLLY) & garment
    box = box_around(whole, round(_DETAILED * height), _EVEN)
    made, fine, laid = broad.copy(), warp.cloth[box].astype(np.float32), whole[box]
    printed = lightest(np.abs(fine - mean_around(fine, laid, _DETAIL * height)))
    plain = laid * np.maximum(np.exp(-np.square(printed / _PRINT)), _LITTLE)
    light = mean_around(broad[box] - fine, plain, _DETAIL * height)
    made[box] += (fine + light - broad[box]) * in_three(blurred(laid.astype(np.float32), _OUTLINE * height))
    return made


def _in_order(category: Category) -> list[tuple[Seg, ...]]:
    """The layers, the garment last."""
    others = [classes for classes in _LAYERS if category.garment not in classes]
    return [*others, (category.garment,)]


def _and_under(labels: Array8, classes: Sequence[Seg], before: Sequence[Sequence[Seg]]) -> BoolMask:
    """Where the classes lie (H, W), and a little of where others lie before them."""
    where = among(labels, classes)
    covering = among(labels, [one for layer in before for one in layer])
    return where | (grown_mask(where, _UNDER * len(labels)) & covering)


def _before_plain_wall(person: Person) -> bool:
    size = small_size(person.parse.shape, _ROWS)
    picture = cv2.resize(person.image, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    someone = cv2.resize((person.parse != Lip.BACKGROUND).astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    around = grown_mask(someone, _RINGING * size[1])
    return bool((~around).any()) and is_plain(fill(picture, ~around), around, ~around, _EVERYWHERE)


def _backdrop(
    photo: FloatPicture, someone: BoolMask, bare: BoolMask, around: float, painted: _Painted | None
) -> FloatPicture:
    """A photo's background (H, W, 3) float32, continued behind someone: with its texture where it will be bare.

    around: as a share of the height, how near to someone it is not pure. painted: what a generator, which has seen more
    backgrounds, takes to lie there; then pieces of the background give no more than what is fine. Their colours are
    further from the truth (on 24 street photos with a band beside the person hidden: by a twelfth).
    """
    rim = around * len(someone)
    known = ~near(someone, rim)
    hole = near(someone & bare, rim) & near(bare, rim) & ~known
    if painted is None or not (hole.any() and known.any()):
        return continued(photo, hole, known)
    broad = photo.copy()
    broad[hole] = painted.background(photo, known)[hole]
    broad = with_seam(broad, hole, known)
    pieces = continued(photo, hole, known, broad)
    fine = pieces - mean_around(pieces, known | hole, _GRAIN * len(hole))
    pieces[hole] = (broad + fine)[hole]
    return pieces


def _own(photo: Array8, region: BoolMask, where: BoolMask) -> FloatPicture | None:
    """The photo's own (H, W, 3) float32 of other clothes, continued to `where`; None where too little is seen."""
    inner = shrunk_mask(region, _MARGIN * len(region))  # the outline has the old garment's colour in it
    return continued(photo.astype(np.float32), where & ~inner, inner) if inner.mean() >= _LEAST else None


def _traces(before: Array8, after: Array8, behind: BoolMask, category: Category) -> BoolMask:
    """Where (H, W) colours of the old garment bleed, and where rings are left around what goes.

    behind: (H, W), the photo's background.
    """
    height, old = len(before), before == category.garment
    gone = (old | among(before, ARMS)) & (after == Seg.BACKGROUND)
    gone = shrunk_mask(gone, _EDGE * height)  # outlines that have hardly moved keep their rings
    return np.asarray(grown_mask(old, _MARGIN * height) | (behind & near(gone, _HALO * height)))


def _free_of_rings(before: Array8, after: Array8, behind: BoolMask, category: Category) -> FloatPicture:
    """How far (H, W) a plain wall, the photo's background `behind` (H, W), shows no rings around what goes and around
    all of the old garment; 1 where there is no such wall.

    Near hair it does: single ones stand away from what a parse calls hair.
    """
    height = len(before)
    ringing = (before == category.garment) | (among(before, ARMS) & (after == Seg.BACKGROUND))
    wall = behind & ~near(among(before, category.over), _HAIRS * height)
    away = (distance_from(ringing) / height - _HALO) / (_RINGING - _HALO)
    return np.where(wall, away.clip(0, 1), np.float32(1))


def _trust(
    likely: FloatPicture,
    before: Array8,
    after: Array8,
    hidden: BoolMask,
    traces: BoolMask,
    category: Category,
) -> FloatPicture:
    """How far the photo may stay, (H, W) from 0 to 1; wholly or not at all but for a feathered rim.

    likely: (H, W), how far it is what one would expect. traces: (H, W), where it may not stay, for what the old garment
    leaves.
    """
    height = len(before)
    kept = among(before, category.over)
    garments = (before == category.garment) | ((after == category.garment) & ~kept)
    same = (before == after) | (among(before, THROAT) & among(after, THROAT))
    agrees = np.where(hidden & among(after, SKIN), likely, 1)
    trust = np.where(same, agrees, ~hidden).astype(np.float32)
    trust[traces | garments] = 0
    side = 2 * max(1, round(_FEATHER * height)) + 1
    trust = np.asarray(cv2.blur(cv2.erode(trust, np.ones((3, 3))), (side, side)), dtype=np.float32)
    trust[garments] = 0
    trust[kept] = 1
    return trust


def far_from_sleeves(before: Array8, after: Array8, category: Category = UPPER) -> FloatPicture:
    """Towards 0 on an arm near its sleeve that is gone, whose shadow is left and ends in a step; 1 elsewhere, (H, W).

    Less of a hand than of a whole arm, where there is more to lose.
    """
    far = np.ones(before.shape, dtype=np.float32)
    for arm in ARMS:
        gone = (before == category.garment) & (after == arm)
        reach = min(_SHADOW * len(after), _OF_ARM * float(np.sqrt(np.count_nonzero(before == arm))))
        if reach >= 1 and gone.any():
            box = box_around(gone, round(4 * reach), _EVEN)
            shadow = blurred(grown_mask(gone[box], reach).astype(np.float32), reach / 2)
            stays = (before[box] == arm) & (after[box] == arm)
            np.minimum(far[box], 1 - shadow, out=far[box], where=stays)
    return far


def _likely(
    photo: Array8,
    picture: FloatPicture,
    painted: _Painted,
    parts: Sequence[BoolMask],
    sure: BoolMask,
    lights: Sequence[FloatPicture | None],
    old: BoolMask,
) -> FloatPicture:
    """1 where the photo has the broad colours of a picture in one of the lights, 0 where quite other ones; (H, W).

    parts: (H, W), of `_SKINS`, whose outlines are left out: their shade a photo need not have. old: (H, W), the garment
    that goes. A throat near it has to have the finer colours too: what a parse misses of a collar is narrow.
    """
    size = painted.size
    seen = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    expected = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    places, known = ([resized_mask(one, size) for one in masks] for masks in (parts, [sure]))
    for classes, place in zip(_SKINS, places, strict=True):
        expected[place] = painted.small(classes, _RIM, _STEP)[place]
    tones = tones_of(expected, seen, places, known[0], lights)
    share = _alike(seen, expected, tones, _BROAD * size[1], (_ALIKE, _UNLIKE))
    by_collar = near(resized_mask(old, size), _COLLAR * size[1]) & places[0]
    finely = _alike(seen, expected, tones, _FINE * size[1], _ALIKE_BY_COLLAR)
    share[by_collar] = cv2.erode(finely, np.ones((3, 3)))[by_collar]
    return np.asarray(cv2.resize(share, photo.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _alike(
    seen: Array8, expected: FloatPicture, tones: Sequence[FloatPicture], spread: float, levels: tuple[float, float]
) -> FloatPicture:
    """(h, w), 1 where what is seen differs less than the first of the levels from what is expected in one of the tones,
    both blurred by `spread` pixels; 0 where more than the second."""
    away = [lightest(np.abs(blurred(seen - expected - one, spread))) for one in tones]
    alike, unlike = levels
    return np.asarray(((unlike - np.min(away, axis=0)) / (unlike - alike)).clip(0, 1), dtype=np.float32)


def _lay(below: FloatPicture, above: FloatPicture, where: BoolMask) -> None:
    """Lay one picture (H, W, 3) over another where it belongs (H, W); `below` is changed."""
    soft = _OUTLINE * len(where)
    box = box_around(where, blur_reach(soft))
    below[box] += (above[box] - below[box]) * in_three(blurred(where[box].astype(np.float32), soft))
