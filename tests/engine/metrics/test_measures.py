"""The numbers themselves: known values, identities, and what they must react to."""

import math

import numpy as np
import pytest

from engine.evaluation.baseline import flat_colours
from engine.labels import Lip
from engine.metrics import similarity
from engine.metrics.colour_difference import ciede2000, is_plain, to_lab, typical_colour
from engine.metrics.measured import Key, Numbers
from tests.rendered import rendered_pair

# Sharma, Wu and Dalal (2005), table 1: pairs that implementations get wrong
SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0009), 7.1792),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0011), 7.2195),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("a", "b", "expected"), SHARMA)
def test_colour_difference_is_ciede2000(a: tuple[float, ...], b: tuple[float, ...], expected: float) -> None:
    assert ciede2000(np.array(a), np.array(b)) == pytest.approx(expected, abs=1e-4)
    assert ciede2000(np.array(b), np.array(a)) == pytest.approx(expected, abs=1e-4)


def test_lab_of_known_colours() -> None:
    lab = to_lab(np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], dtype=np.uint8))
    np.testing.assert_allclose(lab, [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20]], atol=0.02)


def test_ssim_is_one_for_itself_and_falls_with_noise_and_blur() -> None:
    picture = rendered_pair(1).image
    noisy = np.clip(picture.astype(int) + np.random.default_rng(0).normal(0, 20, picture.shape), 0, 255).astype(
        np.uint8
    )
    assert similarity.ssim(picture, picture) == pytest.approx(1)
    assert similarity.ssim(picture, noisy) < 0.8
    assert similarity.ssim(picture, noisy) == pytest.approx(similarity.ssim(noisy, picture))


def test_ssim_agrees_with_torchmetrics() -> None:
    import torch
    from torchmetrics.functional.image import structural_similarity_index_measure

    a, b = rendered_pair(1).image, rendered_pair(2).image
    x, y = (torch.from_numpy(one.copy()).permute(2, 0, 1)[None].double() / 255 for one in (a, b))
    _, full = structural_similarity_index_measure(x, y, data_range=1.0, sigma=1.5, return_full_image=True)
    assert similarity.ssim(a, b) == pytest.approx(float(full[..., 5:-5, 5:-5].mean()), abs=1e-6)


def test_differences_in_a_region_and_overlap() -> None:
    a, b = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 51, np.uint8)
    region = np.zeros((4, 4), bool)
    assert math.isnan(similarity.l1(a, b, region))
    region[0] = True
    assert similarity.l1(a, b, region) == pytest.approx(0.2)
    assert similarity.iou(region, ~region) == 0
    assert math.isnan(similarity.iou(region & False, region & False))


def test_sharpness_tells_blur_and_noise() -> None:
    pair = rendered_pair(3)
    region = pair.cloth_mask >= 128
    blurred = similarity.shrunk(np.repeat(np.repeat(pair.cloth[::4, ::4], 4, 0), 4, 1), (256, 192))
    assert similarity.sharpness(pair.cloth, pair.cloth, region) == pytest.approx(1)
    grey = np.full_like(pair.cloth, 128)
    assert similarity.sharpness(grey, pair.cloth, region) == 0
    assert math.isnan(similarity.sharpness(blurred, grey, region))


def test_plain_and_patterned_garments_are_told_apart() -> None:
    region = np.ones((64, 64), bool)
    plain = np.full((64, 64, 3), (90, 30, 40), np.uint8)
    striped = plain.copy()
    striped[::2] = 255
    assert is_plain(plain, region)
    assert not is_plain(striped, region)
    assert typical_colour(plain, np.zeros((64, 64), bool)) is None


def test_the_baseline_keeps_the_photo_outside_and_paints_mean_colours_inside() -> None:
    pair = rendered_pair(4)
    changed = (pair.parse == Lip.UPPER).astype(np.uint8) * 255
    made = flat_colours(pair.image, pair.parse, changed)
    assert (made[changed == 0] == pair.image[changed == 0]).all()
    assert len(np.unique(made[changed > 0], axis=0)) == 1
    np.testing.assert_allclose(made[changed > 0][0], pair.image[changed > 0].mean(axis=0), atol=0.51)


def test_a_summary_leaves_out_pairs_without_a_number() -> None:
    numbers = Numbers()
    numbers.add(("a", "x"), {Key("ssim"): 0.5})
    numbers.add(("b", "y"), {Key("ssim"): 0.7, Key("colour"): 2.0})
    numbers.add(("c", "z"), {Key("colour"): float("nan")})
    assert numbers.summary() == {Key("ssim"): (pytest.approx(0.6), 2), Key("colour"): (2.0, 1)}
