"""Street photos become pairs: the person, and what they wear cut out on white; as many as were asked for."""

from pathlib import Path

import numpy as np
import pytest

from engine.category import UPPER
from engine.data.cache import PackedCache, cached
from engine.data.layout import VitonDataset
from engine.data.loader import BatchLoader
from engine.data.raw.photos import StreetPhotos
from engine.data.raw.street_pairs import street_pair, with_street
from engine.errors import TryOnError
from engine.labels import IGNORE, Lip
from tests.engine.data.raw.test_photos import write_street

SIZE = (256, 192)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("street"), 6)


@pytest.fixture(scope="module")
def cache(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> PackedCache:
    return cached(VitonDataset(drawn, size=SIZE), tmp_path_factory.mktemp("caches") / "cache")


def test_the_garment_is_what_the_person_wears(street: Path) -> None:
    photo = StreetPhotos(street).photo("0000")
    sample = street_pair(photo, SIZE, UPPER)
    assert sample is not None
    assert sample.paired
    assert sample.size == SIZE
    worn = np.isin(sample.parse, UPPER.worn)
    assert np.array_equal(sample.cloth_mask > 0, worn)
    assert np.array_equal(sample.cloth[worn], sample.image[worn])
    assert (sample.cloth[~worn] == 255).all()
    assert (sample.pose.keypoints[:, 2] >= 0).all()


def test_what_hides_the_garment_belongs_to_what_is_around(street: Path) -> None:
    photo = StreetPhotos(street).photo("0000")
    parse = photo.parse.copy()
    places = np.argwhere(np.isin(parse, UPPER.worn))
    row, column = places[len(places) // 2]
    parse[row - 10 : row + 10, column - 10 : column + 10] = IGNORE  # a bag
    hidden = type(photo)(photo.name, photo.image, parse, photo.keypoints, photo.framed)
    plain, sample = street_pair(photo, SIZE, UPPER), street_pair(hidden, SIZE, UPPER)
    assert plain is not None
    assert sample is not None
    assert not (sample.parse == IGNORE).any()
    assert (sample.parse == Lip.BACKGROUND).sum() > (plain.parse == Lip.BACKGROUND).sum()


def test_who_wears_no_garment_is_no_pair(street: Path) -> None:
    photo = StreetPhotos(street).photo("0000")
    bare = np.where(np.isin(photo.parse, UPPER.worn), np.uint8(Lip.BACKGROUND), photo.parse)
    assert street_pair(type(photo)(photo.name, photo.image, bare, photo.keypoints, False), SIZE, UPPER) is None


def test_they_make_the_share_that_was_asked_for_and_leave_the_held_out_ones_alone(
    cache: PackedCache, street: Path
) -> None:
    train = cache.names
    both = with_street(cache, train, str(street), 0.5)
    held_out = StreetPhotos(street).validation
    assert abs(len(both.added) / (len(both.added) + len(train)) - 0.5) < 0.15
    assert both.names == [*train, *both.added]
    assert len(set(both.names)) == len(both.names)
    seen = {both[index].name for index in range(len(both.names))}
    assert seen == {*train, *StreetPhotos(street).train}
    assert not seen & set(held_out)


def test_batches_are_drawn_from_both(cache: PackedCache, street: Path) -> None:
    both = with_street(cache, cache.names, str(street), 0.5)
    with BatchLoader(both, 4, size=(64, 48), workers=0, seed=3) as loader:
        names = {name for _ in range(loader.steps_per_epoch) for name in next(loader).names}
    assert names & set(StreetPhotos(street).train)
    assert names & set(cache.names)


def test_a_folder_without_photos_is_said(cache: PackedCache, tmp_path: Path) -> None:
    with pytest.raises(TryOnError) as problem:
        with_street(cache, cache.names, str(tmp_path), 0.5)
    assert problem.value.code == "data.no_photos"
