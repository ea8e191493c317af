"""Photos of people for the parser: views, strong changes that keep labels true, batches."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.data.cache import PackedCache, cached
from engine.data.layout import VitonDataset
from engine.data.raw.augment import PhotoAugment, augmented, draw_view, flipped
from engine.data.raw.backgrounds import Backgrounds, cleared, wall
from engine.data.raw.batches import STREET, STUDIO, PhotoMaker
from engine.data.raw.floors import floor
from engine.data.raw.garment_batches import GarmentMaker
from engine.data.raw.photometric import Spoiling, spoiled
from engine.data.raw.photos import (
    Photo,
    StreetPhotos,
    View,
    affine_of,
    person_view,
    seen,
    shrunk,
    studio_photo,
    try_on_view,
    whole_view,
)
from engine.data.sampler import Draw
from engine.errors import TryOnError
from engine.labels import IGNORE, Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint
from tests.rendered import rendered_pair, write_rendered_dataset

SIZE = (128, 96)
CALM = Spoiling(colour=0, grey=0, shade=0, blur=0, noise=0, jpeg=0)


def drawn_photo(seed: int = 0, size: tuple[int, int] = (256, 192)) -> Photo:
    pair = rendered_pair(seed, size)
    return Photo(pair.name, pair.image, pair.parse, pair.pose.keypoints, framed=True)


def write_street(root: Path, count: int) -> Path:
    """Drawn people in the layout of Clothing Co-Parsing, on a wide canvas."""
    for folder in ("image", "image-parse", "openpose-json"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        pair = rendered_pair(seed)
        image = cv2.copyMakeBorder(pair.image, 0, 0, 20, 30, cv2.BORDER_REPLICATE)
        parse = cv2.copyMakeBorder(pair.parse, 0, 0, 20, 30, cv2.BORDER_CONSTANT, value=0)
        points = pair.pose.keypoints.copy()
        points[points[:, 2] > 0, 0] += 20
        name = f"{seed:04d}"
        cv2.imwrite(str(root / "image" / f"{name}.jpg"), image[..., ::-1])
        cv2.imwrite(str(root / "image-parse" / f"{name}.png"), parse)
        text = json.dumps(Pose(points, (256, 242)).to_openpose())
        (root / "openpose-json" / f"{name}_keypoints.json").write_text(text)
    return root


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> StreetPhotos:
    return StreetPhotos(write_street(tmp_path_factory.mktemp("street"), 6))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> PackedCache:
    root = write_rendered_dataset(tmp_path_factory.mktemp("pairs"), 6)
    return cached(VitonDataset(root, "train", paired=True, size=(256, 192)))


def colour_at(picture: NDArray[np.uint8], point: NDArray[np.float32]) -> NDArray[np.int64]:
    return picture[round(float(point[1])), round(float(point[0]))].astype(np.int64)


def test_street_photos_hold_the_last_ones_back(street: StreetPhotos) -> None:
    assert street.train == ["0000", "0001", "0002", "0003", "0004"]
    assert street.validation == ["0005"]
    photo = street.photo("0002")
    assert photo.image.shape == (256, 242, 3)
    assert street.photo("0002") is photo


def test_street_folder_without_photos_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="holds no photos"):
        StreetPhotos(tmp_path)


def test_parse_of_another_size_is_refused(tmp_path: Path) -> None:
    root = write_street(tmp_path, 1)
    cv2.imwrite(str(root / "image-parse" / "0000.png"), np.zeros((8, 8), np.uint8))
    with pytest.raises(TryOnError, match="another size"):
        StreetPhotos(root).photo("0000")


def test_whole_view_of_a_framed_photo_changes_nothing() -> None:
    photo = drawn_photo()
    picture, parse, points = seen(photo, whole_view((256, 192)), (256, 192))
    assert np.array_equal(picture, photo.image)
    assert np.array_equal(parse, photo.parse)
    assert np.allclose(points, photo.keypoints, atol=1e-3)


def test_joints_keep_to_their_labels_in_every_view() -> None:
    """The middle of the chest lies on the top, however the photo is turned and scaled."""
    photo = drawn_photo(3)
    for degrees, height in ((0, 256), (20, 300), (-30, 200), (90, 256)):
        affine = affine_of(View(96, 128, height), SIZE, degrees)
        shoulders = photo.keypoints[[Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER], :2].mean(axis=0)
        chest = shoulders * 0.6 + photo.keypoints[Joint.MID_HIP, :2] * 0.4
        x, y = affine[:, :2] @ chest + affine[:, 2]
        parse = cv2.warpAffine(photo.parse, affine, SIZE[::-1], flags=cv2.INTER_NEAREST)
        assert parse[round(y), round(x)] in (Lip.UPPER, Lip.DRESS, Lip.COAT)


def test_shrunk_picture_lies_where_the_large_one_does() -> None:
    picture = np.zeros((256, 192, 3), np.uint8)
    picture[100:140, 60:100] = 255
    affine = affine_of(View(96, 128, 800), SIZE, 10)
    small, matrix = shrunk(picture, affine)
    assert small.shape[0] < 256
    exact, quick = (cv2.warpAffine(a, m, SIZE[::-1]).astype(float) for a, m in ((picture, affine), (small, matrix)))
    centres = [np.average(np.indices(SIZE), axis=(1, 2), weights=one[..., 0]) for one in (exact, quick)]
    assert np.allclose(centres[0], centres[1], atol=0.35)


def test_joints_outside_are_known_to_be_absent_and_missing_ones_are_not() -> None:
    photo = drawn_photo()
    points = photo.keypoints.copy()
    points[Joint.NOSE] = 0
    cut = Photo("x", photo.image, photo.parse, points, framed=True)
    _, _, moved = seen(cut, View(96, 50, 90), SIZE)
    assert moved[Joint.NOSE].tolist() == [0, 0, 0]
    assert moved[Joint.MID_HIP].tolist() == [0, 0, -1]
    assert moved[Joint.NECK, 2] > 0


def test_try_on_view_of_a_street_photo_frames_head_to_thighs(street: StreetPhotos) -> None:
    photo = street.photo("0001")
    view = try_on_view(photo)
    top, bottom = view.y - view.height / 2, view.y + view.height / 2
    assert top < photo.keypoints[Joint.NOSE, 1] < photo.keypoints[Joint.MID_HIP, 1] < bottom
    without = Photo("x", photo.image, photo.parse, np.zeros_like(photo.keypoints), framed=False)
    assert try_on_view(without) == person_view(photo.parse)


def test_person_view_of_nobody_is_the_whole_photo() -> None:
    assert person_view(np.zeros((256, 192), np.uint8)) == whole_view((256, 192))


def test_same_seed_same_picture_and_labels_stay_classes() -> None:
    backgrounds = Backgrounds([lambda: drawn_photo(1)], [lambda: rendered_pair(2).cloth])
    for seed in range(12):
        one, other = (
            augmented(drawn_photo(seed), SIZE, np.random.default_rng(seed), backgrounds, PhotoAugment())
            for _ in range(2)
        )
        for a, b in zip(one, other, strict=True):
            assert np.array_equal(a, b)
        picture, parse, points = one
        assert (picture.shape, parse.shape, points.shape) == ((*SIZE, 3), SIZE, (25, 3))
        assert set(np.unique(parse)) <= {*range(20), IGNORE}
        there = points[points[:, 2] > 0]
        assert ((there[:, :2] >= 0) & (there[:, :2] <= (SIZE[1] - 1, SIZE[0] - 1))).all()


def test_another_background_leaves_the_person() -> None:
    photo = drawn_photo(4)
    config = PhotoAugment(flip=0, near=1, near_scale=(1, 1), near_shift=0, near_turn=0, background=1, occlusion=0,
                          spoiling=CALM)  # fmt: skip
    behind = Backgrounds(textures=[lambda: np.full((60, 60, 3), (0, 255, 0), np.uint8)])
    picture, parse, _ = augmented(photo, (256, 192), np.random.default_rng(5), behind, config)
    assert np.array_equal(parse, photo.parse)
    inner = cv2.erode((parse != 0).astype(np.uint8), np.ones((7, 7))) > 0
    outer = cv2.dilate((parse != 0).astype(np.uint8), np.ones((7, 7))) == 0
    change = np.abs(picture.astype(int) - photo.image).max(axis=2)
    assert change[inner].max() <= 1
    assert (change[outer] > 3).mean() > 0.9


@pytest.mark.parametrize("framed", [False, True])
def test_what_is_worn_in_the_street_is_dyed_each_thing_on_its_own(framed: bool) -> None:
    photo = replace(drawn_photo(4), framed=framed)
    plain = PhotoAugment(flip=0, background=0, occlusion=0, dye=0, spoiling=CALM)
    both = (augmented(photo, (256, 192), np.random.default_rng(5), Backgrounds(), one)
            for one in (plain, replace(plain, dye=1)))  # fmt: skip
    (picture, parse, _), (dyed, same, _) = both
    assert np.array_equal(parse, same)
    change = np.abs(picture.astype(int) - dyed).max(axis=2)
    worn = np.isin(parse, (Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.PANTS, Lip.SKIRT))
    assert worn.any()
    assert (change[worn] > 8).mean() < 0.01 if framed else (change[worn] > 8).mean() > 0.5
    assert (change[~cv2.dilate(worn.astype(np.uint8), np.ones((5, 5))).astype(bool)] == 0).all()


def test_something_in_front_is_not_known() -> None:
    photo = drawn_photo(4)
    config = PhotoAugment(flip=0, near=1, near_scale=(1, 1), near_shift=0, near_turn=0, background=0, occlusion=1,
                          spoiling=CALM)  # fmt: skip
    hidden = []
    for seed in range(6):
        picture, parse, _ = augmented(photo, (256, 192), np.random.default_rng(seed), Backgrounds(), config)
        unknown = parse == IGNORE
        changed = (picture != photo.image).any(axis=2)
        assert not (changed & ~unknown & (parse != 0)).any()
        hidden.append(unknown.mean())
    assert max(hidden) > 0.01


def test_flip_swaps_sides_and_twice_is_nothing() -> None:
    photo = drawn_photo(2)
    once = flipped(photo.image, photo.parse, photo.keypoints)
    assert np.array_equal(once[1] == Lip.LEFT_ARM, (photo.parse == Lip.RIGHT_ARM)[:, ::-1])
    assert once[2][Joint.LEFT_WRIST, 0] == pytest.approx(191 - photo.keypoints[Joint.RIGHT_WRIST, 0])
    for a, b in zip(flipped(*once), (photo.image, photo.parse, photo.keypoints), strict=True):
        assert np.allclose(a, b, atol=1e-4)


def test_people_fill_what_the_issue_asks_for() -> None:
    """30 % to 100 % of the window, and beyond it where they are cut."""
    photo, shares = drawn_photo(1), []
    for seed in range(300):
        view, _ = draw_view(photo, np.random.default_rng(seed), PhotoAugment())
        shares.append(256 / view.height)
    assert min(shares) < 0.4
    assert max(shares) > 1.5
    assert 0.5 < np.mean(np.array(shares) > 0.8) < 0.9


def test_person_cut_by_the_photo_is_cut_by_the_window() -> None:
    photo = drawn_photo(1)
    assert (photo.parse[-1] != 0).any()
    config = PhotoAugment(near=0, close=0)
    for seed in range(40):
        view, _ = draw_view(photo, np.random.default_rng(seed), config)
        assert view.y + view.height / 2 <= 256 + 1e-6


def test_cleared_photo_holds_nobody() -> None:
    image = np.full((256, 192, 3), 200, np.uint8)
    parse = np.zeros((256, 192), np.uint8)
    image[60:, 70:120], parse[60:, 70:120] = (255, 0, 0), 5
    assert np.abs(cleared(image, parse).astype(int) - 200).max() < 12


@pytest.mark.parametrize("draw", [wall, floor])
def test_drawn_backgrounds_follow_their_seed(draw) -> None:  # type: ignore[no-untyped-def]
    one, other, third = (draw(SIZE, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.shape == (*SIZE, 3)
    assert np.array_equal(one, other)
    assert not np.array_equal(one, third)


def test_every_spoiling_changes_the_picture_and_none_leaves_it() -> None:
    picture = rendered_pair(0, (256, 192)).image
    assert np.array_equal(spoiled(picture, np.random.default_rng(0), CALM), picture)
    for name in ("colour", "grey", "shade", "blur", "noise", "jpeg"):
        only = Spoiling(**{**dict.fromkeys(("colour", "grey", "shade", "blur", "noise", "jpeg"), 0.0), name: 1.0})
        changed = spoiled(picture, np.random.default_rng(0), only)
        assert changed.shape == picture.shape
        assert changed.dtype == np.uint8
        assert 0.2 < np.abs(changed.astype(float) - picture).mean() < 90


def test_batches_are_the_same_for_the_same_draw(cache: PackedCache, street: StreetPhotos) -> None:
    maker = PhotoMaker(cache, range(5), street, Backgrounds(), street_share=0.5, seed=1)
    draw = Draw(0, (0, 1, 2, 3), (0, 1, 2, 3))
    one, other, next_epoch = maker(draw, SIZE), maker(draw, SIZE), maker(Draw(1, draw.indices, draw.places), SIZE)
    assert bool((one.image == other.image).all())
    assert not bool((one.image == next_epoch.image).all())
    assert one.image.shape == (4, 3, *SIZE)
    assert set(one.keypoints[..., 2].unique().tolist()) <= {-1.0, 0.0, 1.0}


def test_held_out_people_are_unchanged(cache: PackedCache, street: StreetPhotos) -> None:
    maker = PhotoMaker(cache, range(5), street, Backgrounds())
    batch = maker.batch([5], street.validation, (256, 192))
    assert batch.source.tolist() == [STUDIO, STREET]
    photo = studio_photo(cache, 5)
    assert np.array_equal(((batch.image[0].permute(1, 2, 0) + 1) * 127.5).round().byte().numpy(), photo.image)
    assert np.array_equal(batch.parse[0].numpy(), photo.parse)


def test_joints_that_no_photo_has_are_absent(cache: PackedCache) -> None:
    maker = PhotoMaker(cache, range(5), None, Backgrounds())
    batch = maker.batch([0], [], SIZE)
    never = [joint for joint in range(25) if not any(cache[row].pose.found(joint) for row in range(5))]
    assert bool((batch.keypoints[0, never, 2] == -1).all())


def test_garments_stay_under_their_masks(cache: PackedCache) -> None:
    maker = GarmentMaker(cache, range(6), Backgrounds())
    kept = maker.batch([0], (256, 192))
    sample = cache[0]
    assert np.array_equal(kept.mask[0, 0].numpy() > 0, sample.cloth_mask >= 128)
    assert not kept.changed
    changed, again = (maker(Draw(0, (0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5)), SIZE) for _ in range(2))
    assert bool((changed.image == again.image).all())
    shares = changed.mask.mean(dim=(1, 2, 3))
    assert bool(((shares > 0.02) & (shares < 0.95)).all())
    elsewhere = maker.elsewhere([0, 1], SIZE)
    assert bool((elsewhere.image == maker.elsewhere([0, 1], SIZE).image).all())
