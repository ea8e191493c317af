"""Tops that are made into open coats, for a parser to learn which is which."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.data.cache import cached
from engine.data.layout import VitonDataset
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.batches import PhotoMaker
from engine.data.raw.open_coats import opened
from engine.data.raw.photos import Photo
from engine.data.sampler import Draw
from engine.labels import Lip
from engine.pose.skeleton import Joint
from tests.engine.data.raw.test_photos import drawn_photo
from tests.rendered import write_rendered_dataset

GREEN = (20, 230, 40)


def cloth(photo: Photo) -> np.ndarray:
    return np.full(photo.image.shape, GREEN, np.uint8)


def top_of(photo: Photo) -> np.ndarray:
    return np.isin(photo.parse, (Lip.UPPER, Lip.DRESS, Lip.COAT))


@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5])
def test_sleeves_and_sides_are_a_coat_and_the_middle_is_the_other_cloth(seed: int) -> None:
    photo = drawn_photo(3)
    made = opened(photo, cloth(photo), np.random.default_rng(seed))
    assert made is not None
    coat, below = made.parse == Lip.COAT, made.parse == Lip.UPPER
    assert np.array_equal(coat | below, top_of(photo))
    assert np.array_equal(made.parse[~top_of(photo)], photo.parse[~top_of(photo)])
    assert below.any()
    red, green, blue = np.moveaxis(made.image[below].astype(int), 1, 0)
    assert ((green > red + 20) & (green > blue + 20)).mean() > 0.6, "but for the outline"
    (neck, hips) = (photo.keypoints[joint, :2] for joint in (Joint.NECK, Joint.MID_HIP))
    rows, columns = np.nonzero(below)
    assert abs(columns.mean() - (neck[0] + hips[0]) / 2) < 0.4 * abs(hips[1] - neck[1])
    assert rows.min() < neck[1] + 0.5 * (hips[1] - neck[1])
    again = opened(photo, cloth(photo), np.random.default_rng(seed))
    assert again is not None
    assert np.array_equal(again.image, made.image)


def test_what_is_no_top_or_a_coat_already_or_lies_nowhere_known_is_left() -> None:
    photo = drawn_photo(3)
    for label in (Lip.COAT, Lip.PANTS):
        parse = np.where(top_of(photo), np.uint8(label), photo.parse)
        assert opened(replace(photo, parse=parse), cloth(photo), np.random.default_rng(1)) is None
    lost = photo.keypoints.copy()
    lost[Joint.LEFT_SHOULDER] = 0
    assert opened(replace(photo, keypoints=lost), cloth(photo), np.random.default_rng(1)) is None


def test_a_maker_says_whose_labels_are_exact(tmp_path: Path) -> None:
    packed = cached(VitonDataset(write_rendered_dataset(tmp_path, 4), "train", paired=True, size=(256, 192)))
    draw = Draw(0, (0, 1, 2, 3), (0, 1, 2, 3))
    for share in (0.0, 1.0):
        batch = PhotoMaker(packed, range(4), None, Backgrounds(), open_coats=share)(draw, (256, 192))
        coats = (batch.parse == Lip.COAT).flatten(1).any(dim=1)
        assert batch.exact.tolist() == coats.tolist()
        assert bool(batch.exact.any()) == bool(share)
