"""Numbers and devices in words, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtWidgets import QApplication

from engine.metrics.measured import METRICS
from engine.metrics.parse_scores import GROUPS, SCORED
from engine.pose.skeleton import Joint
from engine.training import recipes
from tryon_app.views.common.language import Language
from tryon_app.views.words.number_words import number_name
from tryon_app.views.words.training import RECIPES, device_name, kind_name, kind_purpose, street_hint

_SAME = re.compile(r"\b(IoU|SSIM|LPIPS|PCK|KID)\b")


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    Language.install(qapp, "ko")
    yield
    Language.install(qapp, "en")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mask_iou", "mask IoU"),
        ("ssim (baseline: flat colours)", "SSIM (baseline: flat colours)"),
        ("warp_l1 (true region)", "warp L1 (true region)"),
        ("iou (left arm)", "IoU (Left arm)"),
        ("studio: mean IoU", "studio: mean IoU"),
        ("street: PCK, left wrist", "street: PCK, Left wrist"),
        ("studio: IoU, lower", "studio: IoU, Lower clothes"),
        ("warned (the 20 worst)", "warned (the 20 worst)"),
        ("frechet (FID, unpaired)", "Fréchet distance (FID, unpaired)"),
        ("something new", "something new"),
    ],
)
def test_numbers_have_names(qapp: QApplication, name: str, text: str) -> None:
    Language.install(qapp, "en")
    assert number_name(name) == text


@pytest.mark.parametrize(
    "name",
    ["mask_iou", "ssim (pasted)", "iou (hair)", "studio: IoU, neck", "colour (unpaired, against the product photo)"],
)
@pytest.mark.usefixtures("korean")
def test_numbers_have_korean_names(name: str) -> None:
    assert any("가" <= letter <= "힣" for letter in number_name(name))


@pytest.mark.usefixtures("korean")
def test_every_number_of_an_evaluation_has_a_korean_name() -> None:
    """But for words that are the same everywhere."""
    parts = [*(f"IoU, {group}" for group in GROUPS), *(f"PCK, {Joint(one).name.lower()}" for one in SCORED)]
    names = [*METRICS, *(f"street: {part.replace('_', ' ')}" for part in parts), "studio: accuracy", "flip: agreement"]
    names += ["garment: mask IoU", "time: seconds of a core", "warned (all others)", "warned (the 9 worst)"]
    left = {name: _SAME.sub("", number_name(name)) for name in names}
    assert {name: text for name, text in left.items() if re.search("[A-Za-z]{2}", text)} == {}


@pytest.mark.usefixtures("korean")
def test_every_recipe_has_a_name_and_a_purpose() -> None:
    assert set(RECIPES) == set(recipes.RECIPES)
    for kind in RECIPES:
        assert re.search("[가-힣]", kind_purpose(kind))
        assert kind_name(kind) != kind
        takes = "street" in {one.name for one in fields(recipes.entry(kind).options)}
        assert bool(re.search("[가-힣]", street_hint(kind))) is takes


def test_devices_have_names(korean: None) -> None:
    assert device_name("CPU, 2 cores") == "CPU, 코어 2개"
    assert device_name("NVIDIA H100, 80 GB") == "NVIDIA H100, 80 GB"
