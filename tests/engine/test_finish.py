"""Detail and colour of the warped cloth are carried over where it is trusted, and nowhere else."""

import cv2
import numpy as np
import pytest

from engine.evaluation.similarity import sharpness
from engine.finish import FinishOptions, carry_over
from engine.labels import Seg
from engine.networks import tps
from engine.pipeline import TryOnPipeline
from engine.refinements import Refinements
from engine.stages import Array8, Garment, Person, Segmentation, Warp
from tests.packs import narrow_networks, narrow_pipeline
from tests.rendered import rendered_pair

SIZE = (256, 192)
INSIDE = np.s_[80:180, 50:140]


def checked(size: tuple[int, int] = SIZE, side: int = 3) -> Array8:
    """Red and white squares."""
    y, x = np.indices(size) // side
    picture = np.full((*size, 3), 230, dtype=np.uint8)
    picture[(x + y) % 2 == 0] = (200, 40, 50)
    return picture


@pytest.fixture
def parse() -> Segmentation:
    labels = np.zeros(SIZE, dtype=np.uint8)
    labels[INSIDE] = Seg.UPPER
    return Segmentation(labels)


def warp_of(cloth: Array8, mask: Array8 | None = None) -> Warp:
    full = np.full(SIZE, 255, dtype=np.uint8)
    return Warp(tps.rest_points().numpy(), cloth, full if mask is None else mask)


def test_lost_detail_comes_back(parse: Segmentation) -> None:
    cloth = checked()
    raw = cv2.GaussianBlur(cloth, (0, 0), 4)
    made = carry_over(raw, parse, warp_of(cloth), FinishOptions(fine=6 / 256, inset=0.01))
    region = parse.labels == Seg.UPPER
    deep = cv2.erode(region.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    assert sharpness(raw, cloth, deep) < 0.1
    assert sharpness(made, cloth, deep) > 0.8


def test_nothing_changes_outside_the_trusted_region(parse: Segmentation) -> None:
    mask = np.full(SIZE, 255, dtype=np.uint8)
    mask[:, :80] = 200
    raw = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), dtype=np.uint8)
    made = carry_over(raw, parse, warp_of(checked(), mask))
    trusted = (parse.labels == Seg.UPPER) & (mask == 255)
    assert (made[~trusted] == raw[~trusted]).all()
    assert (made[trusted] != raw[trusted]).any()


def test_shading_stays_and_colour_moves(parse: Segmentation) -> None:
    shade = np.linspace(0.5, 1.0, SIZE[1], dtype=np.float32)[None, :, None]
    raw = (np.full((*SIZE, 3), (120, 120, 120)) * shade).astype(np.uint8)
    cloth = np.full((*SIZE, 3), (160, 100, 100), dtype=np.uint8)
    made = carry_over(raw, parse, warp_of(cloth), FinishOptions(detail=0, colour=1, light=0, coarse=2 / 256))
    centre = np.s_[110:150, 70:120]
    luma = np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(made[centre] @ luma, raw[centre] @ luma, atol=1.5)
    redness = made[centre].astype(int)[..., 0] - made[centre].astype(int)[..., 1]
    np.testing.assert_allclose(redness, 60, atol=2)


def test_without_trust_the_picture_is_the_generators(parse: Segmentation) -> None:
    raw = checked(side=5)
    assert carry_over(raw, parse, warp_of(checked(), np.zeros(SIZE, np.uint8))) is raw
    same = carry_over(raw, parse, warp_of(checked()), FinishOptions(detail=0, colour=0, light=0))
    assert (same == raw).all()


def test_a_pack_that_asks_for_it_gets_it_and_raw_stays_the_generators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.pipeline.carry_over", lambda raw, *_: 255 - raw)
    monkeypatch.setattr("engine.pipeline.in_the_photos_tones", lambda raw, *_: raw)
    pair = rendered_pair(1)
    person, garment = Person(pair.image, pair.pose, pair.parse), Garment(pair.cloth, pair.cloth_mask)
    plain = narrow_pipeline()
    refined = TryOnPipeline(narrow_networks(), "cpu", size=(512, 384), refinements=Refinements(finish=True))
    before, after = (one.run(person, garment, keep_original=False) for one in (plain, refined))
    assert (before.raw == after.raw).all()
    assert (before.image == before.raw).all()
    assert (after.image == 255 - after.raw).all()
