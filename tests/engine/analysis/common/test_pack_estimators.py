"""The parser and the garment network as estimators: shapes, places and mirror images, with untrained weights."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.analysis.common.estimators import GlancingEstimator, glance
from engine.analysis.common.pack_estimators import (
    GarmentMaskEstimator,
    ParserEstimator,
    load_garment_estimator,
    load_person_estimator,
    working_size,
)
from engine.errors import TryOnError
from engine.labels import LIP
from engine.networks.garment import GarmentConfig, GarmentMask
from engine.networks.outer import OuterLayer
from engine.networks.parser import ParserConfig, PersonParser
from engine.pose.skeleton import MIRRORED
from engine.weights import write_pack
from tests.packs import narrow_pack

CPU = torch.device("cpu")


class Colours(torch.nn.Module):
    """Says hair where it is red and shoe of the left foot where green; the nose where it is brightest in blue."""

    def __init__(self) -> None:
        super().__init__()
        self.config = ParserConfig(width=4)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        batch, _, height, width = x.shape
        parse = torch.full((batch, 20, height, width), -9.0)
        parse[:, 0] = 0
        parse[:, 2], parse[:, 18] = 9 * x[:, 0], 9 * x[:, 1]
        heat = torch.full((batch, 25, height // 2, width // 2), -9.0)
        heat[:, 0] = 6 * torch.nn.functional.avg_pool2d(x[:, 2:], 2)[:, 0]
        return parse, heat


@pytest.mark.parametrize("size", [(256, 192), (1024, 768), (300, 1000), (90, 64), (64, 2000)])
@pytest.mark.parametrize("mirrored", [True, False])
def test_places_in_pictures_of_any_shape(size: tuple[int, int], mirrored: bool) -> None:
    """What is painted somewhere is found there, padding and scaling notwithstanding."""
    picture = np.zeros((*size, 3), np.uint8)
    height, width = size
    picture[: height // 2, : width // 2, 0] = 255
    y, x = int(height * 0.7), int(width * 0.6)
    reach = max(2, height // 16), max(2, width // 16)
    picture[y - reach[0] : y + reach[0] + 1, x - reach[1] : x + reach[1] + 1, 2] = 255
    estimate = ParserEstimator(Colours(), CPU, mirrored).estimate(picture)
    rows, columns = estimate.parse_probabilities.shape[1:]
    hair = estimate.parse_probabilities[2] > 0.5
    inside = hair[1 : rows // 2 - 1, 1 : columns // 2 - 1]
    assert inside.size == 0 or inside.mean() > 0.98
    assert not hair[rows // 2 + 1 :].any()
    assert not hair[:, columns // 2 + 1 :].any()
    assert np.allclose(estimate.parse_probabilities.sum(axis=0), 1, atol=1e-4)
    found_x, found_y, confidence = estimate.keypoints[0]
    assert abs(found_x - x) <= reach[0 + 1] + 2 * width / columns
    assert abs(found_y - y) <= reach[0] + 2 * height / rows
    assert confidence > (0.9 if max(size) < 8 * min(size) else 0.7)  # in a panorama it is a blur
    assert (estimate.keypoints[1:, 2] < 0.01).all()


def test_the_mirrored_photo_gets_the_mirrored_answer() -> None:
    """Exactly so, since both look at both."""
    torch.manual_seed(0)
    estimator = ParserEstimator(PersonParser(ParserConfig(width=4)), CPU)
    picture = np.random.default_rng(0).integers(0, 256, (256, 192, 3), dtype=np.uint8)
    one, other = estimator.estimate(picture), estimator.estimate(np.ascontiguousarray(picture[:, ::-1]))
    swapped = other.parse_probabilities[list(LIP.mirrored), :, ::-1]
    assert np.allclose(one.parse_probabilities, swapped, atol=1e-5)
    assert np.allclose(one.keypoints[:, 2], other.keypoints[list(MIRRORED), 2], atol=1e-4)


def test_a_glance_is_quicker() -> None:
    calls: list[int] = []
    network = Colours()
    network.register_forward_hook(lambda _, inputs, __: calls.append(len(inputs[0])))
    estimator = ParserEstimator(network, CPU)
    assert isinstance(estimator, GlancingEstimator)
    picture = np.zeros((64, 64, 3), np.uint8)
    glance(estimator, picture)
    estimator.estimate(picture)
    assert calls == [1, 2]


def test_garment_probabilities_span_the_picture() -> None:
    torch.manual_seed(0)
    estimator = GarmentMaskEstimator(GarmentMask(GarmentConfig(width=4)), CPU)
    picture = np.random.default_rng(0).integers(0, 256, (300, 500, 3), dtype=np.uint8)
    plane = estimator.probability(picture)
    assert plane.shape == working_size((300, 500), 256)
    mirrored = estimator.probability(np.ascontiguousarray(picture[:, ::-1]))
    assert np.abs(plane.mean() - mirrored.mean()) < 0.02


@pytest.mark.parametrize("size", [(256, 192), (1024, 768), (4000, 3000), (100, 10_000), (64, 64)])
def test_working_size(size: tuple[int, int]) -> None:
    height, width = working_size(size, 256)
    assert max(height, width) <= 384
    assert height * width <= 1.02 * 256 * 192
    assert abs(height / width / (size[0] / size[1]) - 1) < 0.15


class LeftHalf(torch.nn.Module):
    """Says of a picture's left half that it is a coat, of its right half that it is a thing."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits = torch.zeros(len(x), 3, *x.shape[2:])
        logits[:, 1, :, : x.shape[3] // 2], logits[:, 2, :, x.shape[3] // 2 :] = 9.0, 9.0
        return logits


def test_what_is_worn_over_a_top_is_the_mean_with_the_mirror_and_not_asked_at_a_glance() -> None:
    estimator = ParserEstimator(Colours(), CPU, outer=LeftHalf())
    picture = np.zeros((256, 192, 3), np.uint8)
    seen = estimator.estimate(picture).outer
    assert seen is not None
    assert seen.shape == (3, 256, 192)
    assert np.allclose(seen.sum(axis=0), 1, atol=1e-4)
    assert np.allclose(seen[1:], 0.5, atol=0.01)
    assert estimator.glance(picture).outer is None
    assert ParserEstimator(Colours(), CPU).estimate(picture).outer is None


def test_packs_with_and_without_the_networks(tmp_path: Path) -> None:
    parser = PersonParser(ParserConfig(width=4))
    pack = write_pack(tmp_path / "p", "p", {"parser": parser}, "1", "none", [(256, 192)], "untrained")
    assert load_person_estimator(pack, "cpu").estimate(np.zeros((64, 64, 3), np.uint8)).keypoints.shape == (25, 3)
    assert load_garment_estimator(pack, "cpu") is None
    both = {"parser": parser, "outer": OuterLayer(ParserConfig(width=4))}
    fuller = write_pack(tmp_path / "b", "b", both, "1", "none", [(256, 192)], "untrained")
    for one, knows in ((pack, False), (fuller, True)):
        assert (load_person_estimator(one, "cpu").estimate(np.zeros((64, 64, 3), np.uint8)).outer is not None) == knows
    other = narrow_pack(tmp_path / "narrow")
    with pytest.raises(TryOnError, match="'narrow' has no parser network"):
        load_person_estimator(other, "cpu")
