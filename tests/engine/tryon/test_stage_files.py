"""Every intermediate is written under a name that says what it is, and can be read again."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.imaging.images import read_labels, read_photo
from engine.labels import LIP, SEGMENTATION
from engine.pose import read_pose
from engine.tryon.stage_files import save_stages
from engine.values import Coat, TryOnResult
from tests.quick import QuickPipeline, job

PICTURES = ("person", "garment", "pose", "agnostic", "warped-cloth", "generated", "layers", "result")
MASKS = ("coat", "garment-mask", "warped-mask", "misalignment", "changed")
LABELS = ("parse", "agnostic-parse", "segmentation")
POINTS = ("pose.json", "control-points.json")


@pytest.fixture
def result() -> TryOnResult:
    return QuickPipeline((256, 192)).run_batch([job(0)])[0]


@pytest.fixture
def folder(tmp_path: Path, result: TryOnResult) -> Path:
    save_stages(tmp_path / "deep" / "stages", result.values)
    return tmp_path / "deep" / "stages"


def test_these_files_and_no_others(folder: Path) -> None:
    names = {f"{name}.png" for name in (*PICTURES, *MASKS, *LABELS)} | set(POINTS)
    assert {path.name for path in folder.iterdir()} == names


def test_pictures_and_masks_are_exact(folder: Path, result: TryOnResult) -> None:
    wanted = {
        "person": result.person.image,
        "garment": result.garment.image,
        "pose": result.agnostic.pose_picture,
        "agnostic": result.agnostic.image,
        "warped-cloth": result.warp.cloth,
        "generated": result.raw,
        "layers": result.layers,
        "result": result.image,
    }
    for name, picture in wanted.items():
        assert np.array_equal(read_photo(folder / f"{name}.png"), picture), name
    masks = {
        "coat": result.value(Coat).stays,
        "garment-mask": result.garment.mask,
        "warped-mask": result.warp.mask,
        "misalignment": result.misalignment,
        "changed": result.changed,
    }
    for name, mask in masks.items():
        assert np.array_equal(read_photo(folder / f"{name}.png")[..., 0], mask), name  # soft values too


def test_labels_are_exact(folder: Path, result: TryOnResult) -> None:
    assert np.array_equal(read_labels(folder / "parse.png"), result.person.parse)
    assert np.array_equal(read_labels(folder / "agnostic-parse.png", len(LIP)), result.agnostic.parse)
    assert np.array_equal(read_labels(folder / "segmentation.png", len(SEGMENTATION)), result.segmentation.labels)


def test_points_are_exact(folder: Path, result: TryOnResult) -> None:
    pose = read_pose(folder / "pose.json", result.person.size)
    assert np.array_equal(pose.keypoints, result.person.pose.keypoints)
    points = json.loads((folder / "control-points.json").read_text())
    assert np.array_equal(np.array(points, dtype=np.float32), result.warp.points)


def test_written_again_over_the_old_ones(folder: Path, result: TryOnResult) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    save_stages(folder, result.values)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
