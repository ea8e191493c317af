"""The packed cache holds what the files hold, is built all or nothing, and notices when files change."""

import json
import os
import pickle
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from engine.data.cache import PackedCache, cached, default_folder, open_cache, source_fingerprint
from engine.data.layout import VitonDataset
from engine.data.sample import Sample
from engine.errors import Aborted, TryOnError
from engine.pose import pose_from_openpose
from tests.engine.data.test_layout import _unpacked
from tests.rendered import write_rendered_dataset

SIZE = (128, 96)


def assert_same(one: Sample, other: Sample) -> None:
    assert (one.name, one.cloth_name, one.size) == (other.name, other.cloth_name, other.size)
    for field in ("image", "cloth", "cloth_mask", "parse"):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))
    np.testing.assert_array_equal(one.pose.keypoints, other.pose.keypoints)
    for hand, twin in zip(one.pose.hands, other.pose.hands, strict=True):
        assert (hand is None) == (twin is None)
        if hand is not None:
            np.testing.assert_array_equal(hand, twin)


def test_round_trip_without_copies(drawn: Path, tmp_path: Path) -> None:
    data = VitonDataset(drawn, size=(256, 192))
    cache = cached(data, tmp_path / "cache")
    assert cache.names == cache.clean == data.names
    assert cache.digests() == data.digests()
    assert len(cache) == 6
    for packed, sample in zip(cache, data, strict=True):
        assert_same(packed, sample)
        for array in (packed.image, packed.cloth, packed.cloth_mask, packed.parse):
            assert not array.flags.owndata
            assert not array.flags.writeable


def test_opening_and_indexing_are_quick(drawn: Path, tmp_path: Path) -> None:
    folder = cached(VitonDataset(drawn, size=SIZE), tmp_path / "cache").folder
    start = time.process_time()
    cache = PackedCache(folder)
    for _ in range(50):
        cache[3]
    assert time.process_time() - start < 0.2


def test_hands_are_kept(copy: Path, tmp_path: Path) -> None:
    path = copy / "train/openpose-json/00001_00_keypoints.json"
    data = json.loads(path.read_text())
    data["people"][0]["hand_left_keypoints_2d"] = [float(value) for value in range(20, 83)]
    path.write_text(json.dumps(data))
    sample = cached(VitonDataset(copy, size=SIZE), tmp_path / "cache")[1]
    expected = pose_from_openpose(data, SIZE)
    assert expected.hands[0] is not None
    np.testing.assert_array_equal(sample.pose.hands[0], expected.hands[0])
    assert sample.pose.hands[1] is None


def test_unpaired_garments_are_kept(copy: Path, tmp_path: Path) -> None:
    (copy / "train_pairs.txt").write_text("00000_00.jpg 00001_00.jpg\n00000_00.jpg 00002_00.jpg\n")
    data = VitonDataset(copy, size=SIZE)
    for packed, sample in zip(cached(data, tmp_path / "cache"), data, strict=True):
        assert_same(packed, sample)


def test_built_once_and_again_when_files_change(copy: Path) -> None:
    data = VitonDataset(copy, size=SIZE)
    cache = cached(data)
    assert cache.folder == default_folder(data) == copy / ".cache/train-128x96"
    stamp = (cache.folder / "image.npy").stat().st_mtime_ns
    assert (cached(data).folder / "image.npy").stat().st_mtime_ns == stamp
    shutil.copy(copy / "train/image/00001_00.jpg", copy / "train/image/00002_00.jpg")
    again = cached(data)
    assert (again.folder / "image.npy").stat().st_mtime_ns != stamp
    np.testing.assert_array_equal(again[1].image, again[2].image)


def test_fingerprint_depends_on_size_pairs_and_times(copy: Path) -> None:
    first = source_fingerprint(VitonDataset(copy, size=SIZE))
    assert source_fingerprint(VitonDataset(copy, size=SIZE)) == first
    others = {source_fingerprint(VitonDataset(copy, size=(256, 192)))}
    others.add(source_fingerprint(VitonDataset(copy, size=SIZE, names=["00000_00"])))
    os.utime(copy / "train/image/00000_00.jpg", (1, 1))
    others.add(source_fingerprint(VitonDataset(copy, size=SIZE)))
    assert len(others | {first}) == 4


def test_broken_samples_are_skipped_and_doubtful_ones_named(copy: Path, tmp_path: Path) -> None:
    (copy / "train/cloth/00001_00.jpg").write_bytes(b"broken")
    mask = copy / "train/cloth-mask/00003_00.png"
    shutil.copy(copy / "train/cloth-mask/00004_00.png", mask)
    data = VitonDataset(copy, size=SIZE)
    cache = cached(data, tmp_path / "cache")
    assert cache.names == [name for name in data.names if name != "00001_00"]
    assert list(cache.header.skipped) == ["00001_00"]
    assert "cloth/00001_00.jpg" in cache.header.skipped["00001_00"].replace("\\", "/")
    assert_same(cache[1], data[2])
    assert set(cache.header.doubtful) <= {"00003_00"}
    assert set(cache.clean) == set(cache.names) - set(cache.header.doubtful)


def test_abort_and_failure_leave_the_old_cache(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = VitonDataset(copy, size=SIZE)
    old = cached(data).header
    os.utime(copy / "train/image/00000_00.jpg", (1, 1))
    with pytest.raises(Aborted):
        cached(data, abort=lambda: True)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.data.cache._write_npy_header", full)
    with pytest.raises(TryOnError, match=r"cannot be written \(No space left"):
        cached(data)
    assert PackedCache(default_folder(data)).header == old
    assert [path.name for path in (copy / ".cache").iterdir()] == ["train-128x96"]


def test_what_a_killed_build_left_is_removed(copy: Path) -> None:
    data = VitonDataset(copy, size=SIZE)
    dead, alive = (copy / f".cache/.train-128x96-{number}-abc" for number in (2**22 + 5, os.getpid()))
    for folder in (dead, alive):
        folder.mkdir(parents=True)
    cached(data)
    assert not dead.exists()
    assert alive.exists()


def test_too_little_space_is_told_before(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1))
    with pytest.raises(TryOnError, match=r"needs 0\.0 GB, but .* has 0\.0 GB left"):
        cached(VitonDataset(copy, size=SIZE))


def test_a_size_is_needed(drawn: Path) -> None:
    with pytest.raises(TryOnError, match="needs a size"):
        cached(VitonDataset(drawn))


def test_a_set_without_a_readable_sample_is_refused(copy: Path) -> None:
    for path in (copy / "train/image").iterdir():
        path.write_bytes(b"broken")
    with pytest.raises(TryOnError, match="No sample of"):
        cached(VitonDataset(copy, size=SIZE))


def test_other_folders_and_versions_are_refused(drawn: Path, tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="not a cache"):
        PackedCache(tmp_path)
    folder = cached(VitonDataset(drawn, size=SIZE), tmp_path / "cache").folder
    header = json.loads((folder / "header.json").read_text())
    (folder / "header.json").write_text(json.dumps(header | {"version": 0}))
    with pytest.raises(TryOnError, match="not a cache of this version"):
        PackedCache(folder)
    (folder / "header.json").write_text(json.dumps(header))
    (folder / "parse.npy").write_bytes(b"short")
    with pytest.raises(TryOnError, match=r"parse\.npy is damaged"):
        PackedCache(folder)


def test_travels_to_other_processes_by_name(drawn: Path, tmp_path: Path) -> None:
    cache = cached(VitonDataset(drawn, size=SIZE), tmp_path / "cache")
    packed = pickle.dumps(cache)
    assert len(packed) < 1000
    assert pickle.loads(packed) is open_cache(cache.folder)
    assert_same(pickle.loads(packed)[2], cache[2])


def _packs(root: Path, folder: Path) -> None:
    data = VitonDataset(root, size=(256, 192))
    cache = cached(data, folder)
    assert len(cache) == 8
    for packed, sample in zip(cache, data, strict=True):
        assert_same(packed, sample)


def test_real_pairs_are_packed(shared_data: Path, tmp_path: Path) -> None:
    _packs(_unpacked(shared_data, tmp_path, 8), tmp_path / "cache")


def test_rendered_pairs_are_packed(tmp_path: Path) -> None:
    _packs(write_rendered_dataset(tmp_path, 8, (256, 192), bodies="coco18"), tmp_path / "cache")
