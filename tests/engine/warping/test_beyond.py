"""Cloth beyond a garment's outline in its product photo."""

import numpy as np

from engine.arrays import Mask8, Picture
from engine.warping.beyond import gone_on

SIZE = (512, 384)


def photo(cloth: Picture) -> tuple[Picture, Mask8]:
    """A garment before a white wall, narrower below."""
    mask = np.zeros(SIZE, np.uint8)
    mask[100:400, 100:280] = 255
    mask[300:400, 100:140] = 0
    return np.where(mask[..., None] > 0, cloth, np.uint8(255)), mask


def striped() -> Picture:
    rows = (np.arange(SIZE[0]) // 8 % 2)[:, None, None]
    return np.where(np.broadcast_to(rows, (*SIZE, 3)) > 0, np.uint8(30), np.uint8(200))


def test_stripes_go_on_as_stripes_beside_the_garment() -> None:
    image, mask = photo(striped())
    made = gone_on(image, mask)
    assert np.array_equal(made[110:390, 20:360], striped()[110:390, 20:360])
    assert np.array_equal(made[150:250, 150:250], image[150:250, 150:250])


def test_above_and_below_it_is_mirrored() -> None:
    image, mask = photo(striped())
    made = gone_on(image, mask)
    for beyond in (made[60:90, 200], made[410:440, 200]):
        assert set(np.unique(beyond)) == {30, 200}


def test_a_gap_that_the_mask_has_closed_over_the_wall_is_none_of_the_cloth() -> None:
    image, mask = photo(np.full((*SIZE, 3), (40, 30, 60), np.uint8))
    image[300:400, 140:146] = 255
    image[300:400, 146:147] = 140  # an enlarged photo mixes the two
    assert gone_on(image, mask).max() == 60


def test_the_end_of_an_armpit_that_is_mixed_with_the_wall_is_none_of_the_cloth() -> None:
    """Lighter in all colours than the cloth, and not as light as the wall."""
    image, mask = photo(np.full((*SIZE, 3), (225, 140, 40), np.uint8))
    mask[250:400, 150:158] = 0
    image[250:400, 150:158], image[240:250, 150:157] = 255, (240, 200, 150)
    image[120:130, 106:116] = (240, 200, 150)  # and a light spot elsewhere is its own
    made = gone_on(image, mask)
    assert np.abs(made[236:300, 140:168].astype(int) - (225, 140, 40)).max() < 12
    assert np.array_equal(made[120:130, 106:116], image[120:130, 106:116])


def test_a_white_garment_is_white_to_its_edge() -> None:
    image, mask = photo(np.full((*SIZE, 3), 250, np.uint8))
    image[100:400, 102:104] = (0, 0, 0)
    assert np.array_equal(gone_on(image, mask)[150:250, 110:270], image[150:250, 110:270])
    assert (gone_on(image, mask)[150:250, :60] == 250).all()


def test_no_garment_no_change() -> None:
    image = striped()
    assert gone_on(image, np.zeros(SIZE, np.uint8)) is image


def test_what_a_small_photo_has_mixed_with_the_wall_goes_on_nowhere() -> None:
    image, mask = photo(np.full((*SIZE, 3), (200, 30, 40), np.uint8))
    for inner, share in enumerate((0.6, 0.3)):  # of an enlarged photo's outline
        image[100 + inner : 300, 279 - inner] = (255 * share + 200 * (1 - share), 255 * share, 255 * share)
    assert np.array_equal(np.unique(gone_on(image, mask)[150:250, 150:].reshape(-1, 3), axis=0), [[200, 30, 40]])
