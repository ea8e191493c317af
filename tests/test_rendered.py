"""The drawn people must be good enough to stand in for photos: deterministic, consistent, and varied."""

import json
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.data.layout import VitonDataset
from tests.rendered import draw_pair, fingerprint, rendered_pair, write_rendered_dataset

SEEDS = range(12)


def test_same_seed_draws_the_same_bytes_and_other_seeds_do_not() -> None:
    prints = [fingerprint(draw_pair(seed, (128, 96))) for seed in SEEDS]
    assert prints == [fingerprint(draw_pair(seed, (128, 96))) for seed in SEEDS]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize("size", [(128, 96), (256, 192), (512, 384), (1024, 768)])
def test_every_size_shows_the_same_scene(size: tuple[int, int]) -> None:
    pair, small = rendered_pair(4, size), rendered_pair(4, (128, 96))
    assert pair.image.shape == pair.cloth.shape == (*size, 3)
    assert pair.parse.shape == pair.cloth_mask.shape == size
    down = cv2.resize(pair.image, (96, 128), interpolation=cv2.INTER_AREA)
    assert np.abs(down.astype(int) - small.image).mean() < 4
    np.testing.assert_allclose(pair.pose.keypoints[:, :2] * 128 / size[0], small.pose.keypoints[:, :2], atol=1e-3)


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="4:3"):
        rendered_pair(0, (256, 256))


@pytest.mark.parametrize("seed", SEEDS)
def test_labels_are_where_the_joints_are(seed: int) -> None:
    pair = rendered_pair(seed)
    assert {0, 2, 5, 13} <= set(np.unique(pair.parse)) <= set(range(20))
    nose, shoulders = pair.pose.keypoints[0], pair.pose.keypoints[[2, 5]]
    assert pair.parse[int(nose[1]), int(nose[0])] == 13
    assert shoulders[0, 0] < shoulders[1, 0], "the person's right shoulder is on the left of the picture"
    for label, elbow in ((14, 6), (15, 3)):
        x, y, seen = pair.pose.keypoints[elbow]
        if seen:  # sleeve or bare arm, but never the other one
            assert pair.parse[int(y), int(x)] in (label, 5)


@pytest.mark.parametrize("seed", SEEDS)
def test_worn_and_flat_garment_have_the_same_colours(seed: int) -> None:
    pair = rendered_pair(seed)
    flat, worn = pair.cloth[pair.cloth_mask > 0], pair.image[pair.parse == 5]
    assert 0.1 < (pair.cloth_mask > 0).mean() < 0.6
    assert np.abs(flat.mean(0) - worn.mean(0)).max() < 30
    assert pair.cloth[pair.cloth_mask == 0].mean() > 225


@pytest.mark.parametrize("bodies", ["body25", "coco18"])
def test_written_data_set_reads_back_through_the_engine(tmp_path: Path, bodies: str) -> None:
    write_rendered_dataset(tmp_path, 3, (128, 96), bodies=bodies)
    data = VitonDataset(tmp_path, "train")
    assert data.names == ["00000_00", "00001_00", "00002_00"]
    for index, name in enumerate(data.names):
        pair, sample = rendered_pair(int(name[:5]), (128, 96)), data.sample(index)
        np.testing.assert_array_equal(sample.parse, pair.parse)
        np.testing.assert_array_equal(sample.cloth_mask, pair.cloth_mask)
        assert np.abs(sample.image.astype(int) - pair.image).mean() < 4
        body = [joint for joint in range(25) if joint != 8]  # COCO-18 has no mid hip
        np.testing.assert_allclose(sample.pose.keypoints[body, :2], pair.pose.keypoints[body, :2], atol=2e-3)


def test_files_have_the_forms_the_layout_asks_for(tmp_path: Path) -> None:
    base = write_rendered_dataset(tmp_path, 2, (128, 96), split="test", bodies="coco18", unpaired=True) / "test"
    assert (tmp_path / "test_pairs.txt").read_text() == "00000_00.jpg 00001_00.jpg\n00001_00.jpg 00000_00.jpg\n"
    assert Image.open(base / "image-parse" / "00000_00.png").mode == "P"
    data = json.loads((base / "openpose-json" / "00000_00_keypoints.json").read_text())
    assert len(data["people"][0]["pose_keypoints_2d"]) == 54


def test_drawing_is_quick() -> None:
    rendered_pair(0)
    start = time.process_time()
    for seed in range(5):
        rendered_pair(seed)
    assert (time.process_time() - start) / 5 < 0.25, "about 0.05 s on a quiet core"
