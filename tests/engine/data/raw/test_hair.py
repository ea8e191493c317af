"""How much of each pixel is hair, told before a plain wall; and batches of it before cloth."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.arrays import Array8, Labels, Picture
from engine.data.cache import PackedCache, cached
from engine.data.layout import VitonDataset
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.hair_batches import HairMaker
from engine.data.raw.hair_mattes import matted
from engine.data.sampler import Draw
from engine.errors import TryOnError
from engine.imaging.planes import Plane, box_around
from engine.labels import Lip
from tests.rendered import write_rendered_dataset

SIZE = (256, 192)
WALL, BROWN, SKIN, TOP = (232, 230, 228), (96, 62, 40), (220, 176, 150), (40, 60, 160)


def head(hair: tuple[int, int, int] = BROWN) -> tuple[Picture, Labels, Plane]:
    """A photo of somebody with soft hair and a strand that stands away from it, the parse, which has no strands, and
    how much of each pixel is hair."""
    share = np.zeros(SIZE, np.float32)
    cv2.ellipse(share, (96, 70), (44, 56), 0, 0, 360, 1.0, cv2.FILLED)
    cv2.line(share, (138, 90), (152, 104), 1.0, 1)
    share = np.asarray(cv2.GaussianBlur(share, (0, 0), 1.2), np.float32)
    picture = WALL + (np.array(hair, np.float32) - WALL) * share[..., None]
    parse = np.where(share > 0.5, np.uint8(Lip.HAIR), np.uint8(Lip.BACKGROUND))
    parse[60:104, 136:170] = Lip.BACKGROUND
    for label, colour, (rows, columns) in (
        (Lip.FACE, SKIN, (slice(40, 104), slice(72, 120))),
        (Lip.UPPER, TOP, (slice(122, 256), slice(40, 152))),
    ):
        parse[rows, columns] = label
        picture[rows, columns] = colour
    share[(parse == Lip.FACE) | (parse == Lip.UPPER)] = 0
    noise = np.random.default_rng(0).normal(0, 2, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8), parse, share


def test_shares_and_colours_are_those_of_the_hair() -> None:
    picture, parse, share = head()
    found = matted(picture, parse)
    assert found is not None
    true = share[box_around(parse == Lip.HAIR, 160 * SIZE[0] // 1024)]
    assert found.rim.sum() > 150
    assert np.abs(found.share - true)[found.rim].mean() < 0.08
    strand = found.known & (true > 0.25) & (found.parse == Lip.BACKGROUND)
    assert (found.share[strand] > 0.1).mean() > 0.9, "what a parse has no class for is found"
    half = found.rim & (true > 0.4) & (true < 0.8)
    seen, own = (np.abs(one[half] - BROWN).mean() for one in (found.picture, found.hair))
    assert own < 20 < 40 < seen, "without the wall that is seen through it"
    other = (found.parse == Lip.UPPER) & found.known
    assert other.any()
    assert not found.share[other].any()


def test_a_speck_on_the_wall_is_no_hair() -> None:
    picture, parse, _ = head()
    place = box_around(parse == Lip.HAIR, 160 * SIZE[0] // 1024)
    picture[34:37, 147:150] = BROWN
    found = matted(picture, parse)
    assert found is not None
    whole = np.zeros(SIZE, np.float32)
    whole[place] = found.share
    assert not whole[32:39, 145:152].any()


def test_nothing_is_told_before_a_pattern_in_the_walls_colour_or_without_hair() -> None:
    picture, parse, _ = head()
    striped = picture.copy()
    striped[::4][parse[::4] == Lip.BACKGROUND] = 120
    assert matted(striped, parse) is None
    assert matted(head((205, 200, 195))[0], parse) is None
    assert matted(picture, np.where(parse == Lip.HAIR, np.uint8(Lip.FACE), parse)) is None


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> PackedCache:
    """Rendered ones; of the first six numbers 1, 2 and 4 have enough hair."""
    root = write_rendered_dataset(tmp_path_factory.mktemp("people"), 6)
    return cached(VitonDataset(root, "train", paired=True, size=SIZE), root / "cache")


def cloths(colour: tuple[int, int, int]) -> Backgrounds:
    cloth: Array8 = np.full((60, 60, 3), colour, np.uint8)
    return Backgrounds((), [lambda: cloth])


def test_batches_show_hair_before_cloth_with_a_parse_that_is_somewhat_off(people: PackedCache) -> None:
    maker = HairMaker(Path("people"), people, range(6), cloths((20, 140, 60)))
    draw = Draw(0, (0, 1, 2, 3), (0, 1, 2, 3))
    batch, again = maker(draw, (96, 96)), maker(draw, (96, 96))
    assert batch.photo.shape == (4, 3, 96, 96)
    assert batch.photo.equal(again.photo)
    assert not batch.photo.equal(maker(Draw(1, (0, 1, 2, 3), (4, 5, 6, 7)), (96, 96)).photo)
    assert maker.batch([0, 1], [0, 1], (96, 96)).share.equal(maker.batch([0, 1], [0, 1], (96, 96)).share)
    for planes in (batch.hair, batch.worn, batch.known):
        assert planes.shape == (4, 1, 96, 96)
        assert set(planes.unique().tolist()) <= {0.0, 1.0}
    assert batch.photo.abs().max() <= 1
    rim = (batch.known > 0) & (batch.share > 0.1) & (batch.share < 0.9)
    assert rim.flatten(1).sum(dim=1).min() > 20, "every piece shows an outline"
    assert 0.005 < ((batch.hair > 0) != (batch.share > 0.5)).float().mean() < 0.2
    assert not (batch.hair * batch.worn).any()


def test_in_the_place_of_somebody_without_hair_the_next_is_held_out(people: PackedCache) -> None:
    """Also where nobody else is in the batch: a batch of one would end a training."""
    maker = HairMaker(Path("people"), people, [2, 4], cloths((9, 9, 9)))
    assert maker.batch([0, 1, 3], [0], (96, 96)).share.max() > 0.9
    assert maker.batch([0, 1, 3], [2], (96, 96)).share.max() > 0.9, "after the last the first"


def test_people_without_hair_teach_nothing(people: PackedCache) -> None:
    maker = HairMaker(Path("people"), people, [0, 3, 5], cloths((9, 9, 9)))
    with pytest.raises(TryOnError) as problem:
        maker.batch([0, 3], [0, 1], (96, 96))
    assert problem.value.code == "data.no_hair"
    assert str(problem.value).startswith("In people no hair")
