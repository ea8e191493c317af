"""What an outline says: drawn tops are tops, turned ones are turned, other things are none."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.analysis.garment.shape import shape_doubt
from engine.analysis.given_files import read_garment
from engine.analysis.photo_files import find_garment
from engine.arrays import Turn
from engine.imaging.images import save_mask, save_picture, turned
from engine.messages import Fault
from tests.rendered import rendered_pair

CASES = Path(__file__).parents[3] / "data" / "cases"
LYING: tuple[tuple[Turn, str], ...] = (
    (90, "garment_turned_right"),
    (180, "garment_upside_down"),
    (270, "garment_turned_left"),
)


def tops() -> list[np.ndarray]:
    return [rendered_pair(seed, (256, 192)).cloth_mask for seed in range(1, 17)]


def test_drawn_tops_are_tops() -> None:
    assert sum(bool(shape_doubt(mask)) for mask in tops()) <= 1


@pytest.mark.parametrize(("turn", "code"), LYING)
def test_turned_tops_are_turned(turn: Turn, code: str) -> None:
    said = [shape_doubt(turned(mask, turn)) for mask in tops()]
    assert said.count(code) >= 12


def test_mirrored_it_lies_on_its_other_side() -> None:
    other = {"garment_turned_right": "garment_turned_left", "garment_turned_left": "garment_turned_right"}
    said = [(shape_doubt(lying), shape_doubt(lying[:, ::-1])) for lying in (turned(mask, 90) for mask in tops())]
    assert all(mirrored == other.get(code, code) for code, mirrored in said)


def test_size_and_place_do_not_matter() -> None:
    large = cv2.resize(turned(tops()[2], 90), (900, 700), interpolation=cv2.INTER_NEAREST)
    moved = np.pad(large, ((300, 10), (5, 200)))
    assert shape_doubt(moved) == shape_doubt(large) == "garment_turned_right"


def test_nothing_is_doubted_by_nobody() -> None:
    assert shape_doubt(np.zeros((40, 30), np.uint8)) == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("not_a_top/g_dress.jpg", "garment_dress"),
        ("not_a_top/g_trousers.jpg", "garment_trousers"),
        ("garment_photo/g_side.jpg", "garment_turned_left"),
    ],
)
def test_photos_of_other_things_are_told(name: str, code: str) -> None:
    assert code in {one.code for one in find_garment(CASES / name, None, size=(256, 192)).warnings}


def mug(handle: int, side: int) -> np.ndarray:
    """A photo (400, 400, 3) of a white mug on a grey table; its handle, so large, on the right (1) or left (-1)."""
    photo = np.full((400, 400, 3), 205, np.uint8)
    middle, colour = 200 - side * handle // 2, (246, 244, 240)
    cv2.ellipse(photo, (middle + side * 90, 200), (handle, 62), 0, 0, 360, (238, 236, 230), 22)
    cv2.rectangle(photo, (middle - 90, 95), (middle + 90, 300), colour, -1)
    cv2.ellipse(photo, (middle, 300), (90, 22), 0, 0, 360, colour, -1)
    cv2.ellipse(photo, (middle, 95), (90, 22), 0, 0, 360, (120, 84, 60), -1)
    cv2.ellipse(photo, (middle, 95), (90, 22), 0, 0, 360, colour, 6)
    return photo


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("handle", [45, 60, 75])
def test_a_mug_is_no_top(tmp_path: Path, handle: int, side: int) -> None:
    """Its outline is doubted for what it is, though the network has seen no mugs; with a remedy to click."""
    save_picture(tmp_path / "mug.png", mug(handle, side))
    garment = find_garment(tmp_path / "mug.png", None, size=(256, 192))
    code = shape_doubt(garment.mask)
    assert code == "garment_other"
    assert code in {one.code for one in garment.warnings}
    assert Fault(f"doubt.{code}").remedy


def test_a_photo_turned_upright_is_in_order() -> None:
    garment = find_garment(CASES / "garment_photo" / "g_side.jpg", None, turn=90, size=(256, 192))
    assert garment.framed.photo_size == (1024, 768)
    assert not [one.code for one in garment.warnings]


def test_a_mask_that_is_given_is_looked_at_and_turned_too(tmp_path: Path) -> None:
    photo = CASES / "garment_photo" / "g_side.jpg"
    found = find_garment(photo, None, size=(1024, 768))
    mask = np.zeros((768, 1024), np.uint8)
    left, top = found.framed.box[:2]
    for y, x in np.argwhere(found.mask[::8, ::8] > 127) * 8 / found.framed.scale + (top, left):
        mask[round(y) - 8 : round(y) + 8, round(x) - 8 : round(x) + 8] = 255
    save_mask(tmp_path / "mask.png", mask)
    assert "garment_turned_left" in {one.code for one in read_garment(photo, tmp_path / "mask.png").warnings}
    assert not read_garment(photo, tmp_path / "mask.png", 90).warnings
