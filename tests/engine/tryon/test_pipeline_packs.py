"""Pipelines of packs, on every device, in every precision."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import TryOnError
from engine.tryon.pipeline import TryOnPipeline, load_pipeline
from engine.values import Garment, Person, TryOnResult
from engine.weights import write_pack
from tests.engine.tryon.test_pipeline import SEED, SIZE, assert_equal, garment_of, person_of
from tests.packs import narrow_networks, narrow_pack, narrow_pipeline
from tests.rendered import rendered_pair


@pytest.fixture(scope="module")
def person() -> Person:
    return person_of(rendered_pair(1, SIZE))


@pytest.fixture(scope="module")
def garment() -> Garment:
    return garment_of(rendered_pair(2, SIZE))


@pytest.fixture(scope="module")
def result(person: Person, garment: Garment) -> TryOnResult:
    return narrow_pipeline(SIZE, noise=0.3).run(person, garment, SEED)


def test_pipeline_of_a_pack(tmp_path: Path, tryon_home: Path, person: Person, garment: Garment) -> None:
    pack = narrow_pack(tryon_home / "weights" / "mine", "mine", noise=0.3, sizes=((1024, 768), SIZE))
    assert load_pipeline("mine", "cpu").size == (1024, 768)
    assert load_pipeline(str(pack.folder), "cpu", size=SIZE).size == SIZE
    made = load_pipeline(pack, "cpu", size=SIZE).run(person, garment, SEED)
    # half precision in the file; which rounding leaves the picture alike
    assert made.raw.shape == (*SIZE, 3)
    assert made.raw.std() > 20


def test_pack_that_names_no_size(tmp_path: Path) -> None:
    assert load_pipeline(narrow_pack(tmp_path / "p", sizes=()), "cpu").size == (1024, 768)


def test_pack_without_all_networks(tmp_path: Path) -> None:
    networks = {kind: network for kind, network in narrow_networks().items() if kind != "matching"}
    pack = write_pack(tmp_path / "p", "p", networks, "1", "", [SIZE], "")
    with pytest.raises(TryOnError, match="no matching network"):
        load_pipeline(pack, "cpu")


@pytest.mark.parametrize(("device", "precision"), [("gpu", "fp32"), ("cpu", "fp8")])
def test_unknown_device_or_precision(device: str, precision: str) -> None:
    with pytest.raises(TryOnError, match=r"gpu|fp8"):
        TryOnPipeline(narrow_networks(), device, precision, SIZE)


def test_networks_in_training_are_put_to_evaluation() -> None:
    networks = {kind: network.train() for kind, network in narrow_networks().items()}
    TryOnPipeline(networks, "cpu", size=SIZE)
    assert not any(module.training for network in networks.values() for module in network.modules())


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_half_precision_gives_nearly_the_same(
    precision: str, person: Person, garment: Garment, result: TryOnResult
) -> None:
    pipeline = TryOnPipeline(narrow_networks(noise=0.3), "cpu", precision, SIZE)
    segmentation = pipeline.segmentation(result.agnostic, garment)
    assert (segmentation.labels == result.segmentation.labels).mean() > 0.9
    warp = pipeline.warp(result.agnostic, result.segmentation, garment)
    assert np.array_equal(warp.points, result.warp.points)  # full precision on purpose
    raw = pipeline.generate(result.agnostic, result.segmentation, result.warp, SEED)
    assert 0 < np.abs(raw.astype(int) - result.raw).mean() < 10


@pytest.mark.gpu
@pytest.mark.parametrize("precision", ["fp32", "bf16", "fp16"])
def test_gpu_makes_the_same_picture_twice_and_nearly_that_of_the_cpu(
    precision: str, person: Person, garment: Garment, result: TryOnResult
) -> None:
    device = "cuda" if torch.cuda.is_available() else "mps"
    pipeline = TryOnPipeline(narrow_networks(noise=0.3), device, precision, SIZE)
    first, second = (pipeline.run(person, garment, SEED) for _ in range(2))
    assert_equal(first, second)
    assert (first.segmentation.labels == result.segmentation.labels).mean() > 0.9
    raw = pipeline.generate(result.agnostic, result.segmentation, result.warp, SEED)
    assert np.abs(raw.astype(int) - result.raw).mean() < 10


@pytest.mark.parametrize(("quicker", "composer"), [(True, "bf16"), (False, "fp32")])
def test_auto_takes_half_precision_where_it_is_quicker_and_stays(
    quicker: bool, composer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.tryon.runtime.bf16_is_quicker", lambda: quicker)
    runtime = TryOnPipeline(narrow_networks(), "cpu", "auto", SIZE).runtime
    assert runtime.arithmetic("composer") == composer
    assert {runtime.arithmetic(kind) for kind in ("alias", "segmentation", "flow", "matching")} == {"fp32"}


def test_auto_keeps_the_default_packs_picture(
    monkeypatch: pytest.MonkeyPatch, person: Person, garment: Garment
) -> None:
    monkeypatch.setattr("engine.tryon.runtime.bf16_is_quicker", lambda: True)
    full, auto = (load_pipeline("default", "cpu", one, SIZE).run(person, garment, SEED) for one in ("fp32", "auto"))
    assert np.array_equal(full.segmentation.labels, auto.segmentation.labels)
    error = np.square(full.image.astype(float) - auto.image).mean()
    assert 0 < error < 255**2 / 10**4.5  # 45 dB
