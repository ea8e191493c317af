"""Numbers and devices in words, in both languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tryon_app.views.language import Language
from tryon_app.views.number_words import number_name
from tryon_app.views.train_words import device_name


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


def test_devices_have_names(korean: None) -> None:
    assert device_name("CPU, 2 cores") == "CPU, 코어 2개"
    assert device_name("NVIDIA H100, 80 GB") == "NVIDIA H100, 80 GB"
