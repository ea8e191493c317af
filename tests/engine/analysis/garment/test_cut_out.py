"""Garments cut out of drawn product photos, plain and cluttered, whose masks are known."""

from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.analysis.garment.cut_out import AnalysedGarment, cut_out, find_garment
from engine.errors import TryOnError
from engine.imaging.images import read_photo
from engine.messages import SENTENCES
from tests.rendered import rendered_pair

SIZE = (256, 192)


def iou(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


def saved(picture: np.ndarray, folder: Path, quality: int = 85) -> np.ndarray:
    """The picture after JPEG, as photos come."""
    Image.fromarray(picture).save(folder / "photo.jpg", quality=quality)
    return read_photo(folder / "photo.jpg")


def on(background: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A drawn garment laid on a background of its size, and its mask (H, W)."""
    pair = rendered_pair(seed, (background.shape[0], background.shape[1]))
    return np.where(pair.cloth_mask[..., None] > 0, pair.cloth, background).astype(np.uint8), pair.cloth_mask > 0


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 8])
def test_studio_photos(seed: int, tmp_path: Path) -> None:
    pair = rendered_pair(seed, SIZE)
    found = find_garment(saved(pair.cloth, tmp_path))
    assert found.plain
    assert iou(found.mask > 0, pair.cloth_mask > 0) > 0.95


def white_shirt(size: tuple[int, int] = SIZE) -> tuple[np.ndarray, np.ndarray]:
    """White on white: only its shaded outline and folds differ, in places not at all."""
    mask = rendered_pair(3, size).cloth_mask
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    shade = 12 * np.exp(-distance / 4) + 2 * np.sin(np.arange(size[1]) / 9)[None] ** 2
    picture = np.repeat(np.where(mask > 0, 255 - shade, 255)[..., None], 3, axis=2)
    return picture.round().clip(0, 255).astype(np.uint8), mask > 0


def test_white_on_white(tmp_path: Path) -> None:
    picture, mask = white_shirt()
    assert iou(find_garment(saved(picture, tmp_path, 92)).mask > 0, mask) > 0.95


@pytest.mark.parametrize("side", [4, 8, 12, 20])
def test_tiny_and_noisy_photos_are_a_garment_or_a_sentence(side: int) -> None:
    noise = np.random.default_rng(side).integers(0, 256, (side, side, 3), dtype=np.uint8)
    tiny = cv2.resize(rendered_pair(3, SIZE).cloth, (side, side), interpolation=cv2.INTER_AREA)
    for photo in (noise, tiny, np.repeat(noise, 20, axis=1)):
        with suppress(TryOnError):
            assert cut_out(np.ascontiguousarray(photo), size=(128, 96)).mask.any()


def test_uneven_light_is_no_garment(tmp_path: Path) -> None:
    ramp = np.linspace(225, 160, 192)[None, :, None] + np.linspace(0, 25, 256)[:, None, None]
    picture, mask = on(np.broadcast_to(ramp, (*SIZE, 3)).round().astype(np.uint8), 5)
    assert iou(find_garment(saved(picture, tmp_path)).mask > 0, mask) > 0.93


def planks(size: tuple[int, int] = SIZE) -> np.ndarray:
    """A floor of boards in browns, with dark gaps."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[: size[0], : size[1]]
    board = (x // 24 + 7 * (y // 90)).astype(int)
    brown = np.array([150, 105, 60]) + rng.integers(-25, 25, (board.max() + 1, 1))
    floor = brown[board] + rng.normal(0, 6, (*size, 1))
    floor[(x % 24 == 0) | (y % 90 == 0)] -= 50
    return floor.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", [2, 8])
def test_on_a_floor_by_colour_alone(seed: int, tmp_path: Path) -> None:
    picture, mask = on(planks(), seed)
    assert iou(find_garment(saved(picture, tmp_path)).mask > 0, mask) > 0.83


class Told:
    """A garment network that knows the mask, coarsely."""

    def __init__(self, mask: np.ndarray) -> None:
        self.mask = mask

    def probability(self, picture: np.ndarray) -> np.ndarray:
        blurred = cv2.GaussianBlur(self.mask.astype(np.float32), (0, 0), 2.0)
        return np.asarray(cv2.resize(blurred, (96, 128), interpolation=cv2.INTER_AREA), dtype=np.float32)


def test_a_network_decides_where_colours_cannot(tmp_path: Path) -> None:
    """The garment is cut from the floor's own boards, shifted."""
    floor, mask = planks(), rendered_pair(2, SIZE).cloth_mask > 0
    picture = np.where(mask[..., None], np.roll(floor, 11, axis=1), floor).astype(np.uint8)
    picture = saved(picture, tmp_path)
    assert iou(find_garment(picture, Told(mask)).mask > 0, mask) > 0.9


def test_framed_as_product_photos_are() -> None:
    wide = np.full((600, 1400, 3), 250, np.uint8)
    pair = rendered_pair(5, (512, 384))
    wide[60:572, 900:1284] = np.where(pair.cloth_mask[..., None] > 0, pair.cloth, 250)
    garment = cut_out(wide, size=(512, 384))
    assert isinstance(garment, AnalysedGarment)
    assert garment.size == (512, 384)
    rows, columns = np.flatnonzero((garment.mask > 127).any(axis=1)), np.flatnonzero((garment.mask > 127).any(axis=0))
    height, width = (rows[-1] - rows[0]) / 512, (columns[-1] - columns[0]) / 384
    assert max(height / 0.9, width / 0.92) == pytest.approx(1, abs=0.04)
    assert abs(rows[0] + rows[-1] - 511) < 12
    assert abs(columns[0] + columns[-1] - 383) < 12
    assert (garment.image[garment.mask == 0] == 255).all()
    assert ((garment.mask > 0) & (garment.mask < 255)).any()  # soft at its edge
    true = garment.framed.to_frame((900 + 192, 60 + 256))
    assert garment.mask[int(true[1]), int(true[0])] == 255


def test_a_product_photo_is_taken_as_it_is() -> None:
    pair = rendered_pair(5, (512, 384))
    garment = cut_out(pair.cloth, size=(512, 384))
    assert garment.framed.box == (0, 0, 384, 512)
    assert iou(garment.mask > 127, pair.cloth_mask > 0) > 0.96
    inside = cv2.erode(pair.cloth_mask, np.ones((7, 7), np.uint8)) > 0
    assert np.abs(garment.image[inside].astype(int) - pair.cloth[inside]).max() <= 1


def test_no_fringe_of_a_dark_background_on_white() -> None:
    picture, _ = on(np.full((512, 384, 3), (30, 40, 35), np.uint8), 3)
    garment = cut_out(picture, size=(512, 384))
    edge = (garment.mask > 20) & (garment.mask < 235)
    assert edge.any()
    lighter = garment.image[edge].astype(int).min(axis=1) - 45
    assert (lighter > 0).mean() > 0.95


def test_what_is_cut_off_or_small_is_told() -> None:
    pair = rendered_pair(5, (512, 384))
    cut = {one.code for one in cut_out(np.ascontiguousarray(pair.cloth[:, :230]), size=(512, 384)).warnings}
    assert "garment_cut" in cut
    small = {one.code for one in cut_out(rendered_pair(5, (128, 96)).cloth, size=(512, 384)).warnings}
    assert "garment_small" in small


@pytest.mark.parametrize("value", [0, 128, 255])
def test_nothing_there(value: int) -> None:
    with pytest.raises(TryOnError, match=SENTENCES["photo.no_garment"].split(";")[0]):
        cut_out(np.full((300, 200, 3), value, np.uint8))


def test_real_product_photos(shared_data: Path) -> None:
    """The masks of the data set on some of its validation garments; its twin on drawn ones is above."""
    import zipfile

    with zipfile.ZipFile(shared_data / "viton256-train-7.zip") as archive:
        masks = sorted(name for name in archive.namelist() if "/cloth-mask/" in name and name.endswith(".png"))
        scores = []
        for name in masks[-500::50]:
            with archive.open(name) as file, Image.open(file) as mask_file:
                mask = np.asarray(mask_file.convert("L")) > 127
            with archive.open(name.replace("cloth-mask", "cloth").replace(".png", ".jpg")) as file:
                picture = np.asarray(Image.open(file).convert("RGB"))
            scores.append(iou(find_garment(picture).mask > 0, mask))
    assert np.median(scores) > 0.97


class Sees:
    """A network that sees a garment where its picture says so."""

    def __init__(self, probability: np.ndarray) -> None:
        self._probability = probability.astype(np.float32)

    def probability(self, picture: np.ndarray) -> np.ndarray:
        return cv2.resize(self._probability, (picture.shape[1] // 2, picture.shape[0] // 2))


def test_a_network_takes_a_shadow_out_and_puts_white_cloth_in() -> None:
    truth = np.zeros((400, 300), np.uint8)
    truth[80:320, 60:240] = 255
    photo = np.full((400, 300, 3), 246, np.uint8)
    photo[80:320, 60:240] = (60, 90, 160)
    photo[80:140, 60:240] = 246  # a yoke as white as the paper
    photo[320:350, 60:260] = 150  # a shadow
    found = find_garment(photo, Sees(truth / 255))
    assert ((found.mask > 0) == (truth > 0)).mean() > 0.99
    assert found.disputed < 0.05


def test_a_coloured_backdrop_between_sleeve_and_body_is_no_garment() -> None:
    photo = np.empty((400, 300, 3), np.uint8)
    photo[:] = (170, 40, 60)
    rng = np.random.default_rng(3)
    photo = (photo + rng.normal(0, 5, photo.shape)).clip(0, 255).astype(np.uint8)
    photo[60:340, 50:250] = (210, 210, 205)
    photo[200:320, 70:78] = (140, 32, 48)  # darker than the rest, as it lies in the shadow of the sleeve
    seen = np.zeros((400, 300))
    seen[60:340, 50:250] = 0.97
    seen[195:325, 68:80] = 0.8
    mask = find_garment(photo, Sees(seen)).mask
    assert (mask[210:310, 72:76] == 0).all()
    assert (mask[70:330, 100:240] > 0).all()


def test_doubt_where_a_network_is_in_two_minds() -> None:
    photo = np.full((400, 300, 3), 246, np.uint8)
    photo[80:320, 60:240] = (60, 90, 160)
    seen = np.full((400, 300), 0.35)
    seen[90:310, 70:230] = 0.75
    assert "garment_uncertain" in {one.code for one in cut_out(photo, Sees(seen)).warnings}


def test_nothing_touches_the_edge_of_the_frame() -> None:
    photo = np.full((400, 300, 3), 246, np.uint8)
    photo[80:320] = (60, 90, 160)
    cut = cut_out(photo)
    rim = np.r_[cut.mask[0], cut.mask[-1], cut.mask[:, 0], cut.mask[:, -1]]
    assert not rim.any()


def test_a_piece_that_is_no_garment_is_left_out() -> None:
    photo = np.full((400, 300, 3), 200, np.uint8)
    photo = (photo + np.random.default_rng(5).normal(0, 4, photo.shape)).clip(0, 255).astype(np.uint8)
    photo[120:360, 60:240] = (60, 90, 160)
    photo[20:90, 200:290] = (120, 110, 100)  # a tile
    seen = np.zeros((400, 300))
    seen[120:360, 60:240], seen[20:90, 200:290] = 0.98, 0.45
    mask = find_garment(photo, Sees(seen)).mask
    assert not mask[:100].any()
    assert (mask[130:350, 70:230] > 0).all()


def on_grey_wall() -> np.ndarray:
    """A light top on a wall that is nearly as light, and not even."""
    photo = np.full((400, 300, 3), 200, np.uint8)
    photo = (photo + np.random.default_rng(5).normal(0, 3, photo.shape)).clip(0, 255).astype(np.uint8)
    photo[100:340, 60:240] = (70, 90, 150)
    return photo


def test_light_cloth_beside_cloth_that_is_found_belongs_to_it() -> None:
    photo = on_grey_wall()
    photo[100:116, 60:240] = photo[20:36, 60:240]  # a yoke in the wall's colour
    seen = np.zeros((400, 300))
    seen[100:340, 60:240] = 0.98
    mask = find_garment(photo, Sees(seen)).mask
    assert (mask[104:336, 64:236] > 0).mean() > 0.98
    assert not mask[:90].any()


def test_a_carpet_that_a_network_takes_for_cloth_is_none() -> None:
    seen = np.zeros((400, 300))
    seen[100:340, 60:240] = 0.98
    seen[:, :60] = 0.97
    mask = find_garment(on_grey_wall(), Sees(seen)).mask
    assert (mask[:, :30] == 0).all()


def test_a_tile_is_no_part_of_the_garment() -> None:
    photo = on_grey_wall()
    photo[10:80, 180:290] = (150, 140, 120)
    seen = np.zeros((400, 300))
    seen[100:340, 60:240], seen[10:80, 180:290] = 0.98, 0.75
    mask = find_garment(photo, Sees(seen)).mask
    assert not mask[:90].any()
    assert (mask[110:330, 70:230] > 0).all()


def on_red_cloth() -> tuple[np.ndarray, np.ndarray]:
    """A grey top on red cloth, and what a network that sees no gaps says of it."""
    photo = np.empty((400, 300, 3), np.uint8)
    photo[:] = (190, 60, 85)
    photo = (photo + np.random.default_rng(3).normal(0, 5, photo.shape)).clip(0, 255).astype(np.uint8)
    photo[60:340, 50:250] = (205, 208, 200)
    seen = np.zeros((400, 300))
    seen[60:340, 50:250] = 0.97
    return photo, seen


def test_a_gap_in_deep_shadow_is_no_garment() -> None:
    photo, seen = on_red_cloth()
    photo[200:320, 70:80] = (84, 24, 36)  # the shadow of a sleeve
    seen[195:325, 68:82] = 0.8
    mask = find_garment(photo, Sees(seen)).mask
    assert (mask[210:310, 72:78] == 0).all()
    assert (mask[70:330, 100:240] > 0).all()


def test_a_brighter_part_of_the_garment_in_the_backdrops_hue_stays() -> None:
    photo, seen = on_red_cloth()
    photo[260:340, 50:250] = (245, 20, 80)  # more of a colour than the backdrop has
    seen[260:340, 50:250] = 0.9
    assert (find_garment(photo, Sees(seen)).mask[70:330, 60:240] > 0).mean() > 0.98


def on_paper() -> tuple[np.ndarray, np.ndarray]:
    """A blue top on a studio's paper, and what a network sees of it."""
    photo = np.full((400, 300, 3), 246, np.uint8)
    photo[80:320, 60:240] = (60, 90, 160)
    seen = np.zeros((400, 300))
    seen[80:320, 60:240] = 0.98
    return photo, seen


def test_a_print_that_a_network_does_not_know_stays() -> None:
    photo, seen = on_paper()
    photo[140:260, 100:200] = (20, 15, 25)
    seen[140:260, 100:200] = 0.02
    assert (find_garment(photo, Sees(seen)).mask[85:315, 65:235] > 0).all()


def test_what_a_network_denies_at_the_outline_goes() -> None:
    photo, seen = on_paper()
    seen[280:, :] = 0.02  # a box on which the top lies
    assert not (find_garment(photo, Sees(seen)).mask[290:] > 0).any()


def test_a_light_corner_that_flowed_away_with_the_backdrop_comes_back() -> None:
    photo, seen = on_paper()
    photo[80:92, 60:75] = 246
    seen[80:92, 60:75] = 0.8
    assert (find_garment(photo, Sees(seen)).mask[84:92, 64:75] > 0).mean() > 0.8


def test_cloth_of_the_garments_own_colour_stays_where_a_network_does_not_know_it() -> None:
    """Before a wall that is less even than a studio's paper."""
    photo = on_grey_wall()
    photo[100:340, 60:240] = (200, 50, 70)
    photo[260:340, 60:110] = (190, 60, 80)
    seen = np.zeros((400, 300))
    seen[100:340, 60:240] = 0.98
    seen[250:345, 50:110] = 0.1  # the end of a sleeve
    assert (find_garment(photo, Sees(seen)).mask[264:336, 64:106] > 0).all()
