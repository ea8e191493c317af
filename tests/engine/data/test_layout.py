"""Data sets as they lie on the disk."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.layout import VitonDataset, pose_picture
from engine.data.pairs_file import read_pairs
from engine.data.sample import enlarged_labels, resized
from engine.data.split import split_names
from engine.errors import TryOnError
from engine.labels import LIP, mirror
from tests.rendered import rendered_pair, write_rendered_dataset

NAMES = [f"{index:05d}_00" for index in range(6)]


def test_pairs_file_gives_the_order_and_the_garments(copy: Path) -> None:
    (copy / "train_pairs.txt").write_text("00003_00.jpg 00001_00.jpg\n\n00000_00.jpg 00000_00.jpg\n")
    data = VitonDataset(copy)
    assert [(record.name, record.cloth_name) for record in data.records] == [(NAMES[3], NAMES[1]), (NAMES[0], NAMES[0])]
    mixed = data.sample(0)
    assert not mixed.paired
    assert data.sample(1).paired
    expected = VitonDataset(copy, paired=True).sample(1)
    np.testing.assert_array_equal(mixed.cloth, expected.cloth)
    np.testing.assert_array_equal(mixed.cloth_mask, expected.cloth_mask)


def test_without_a_pairs_file_the_same_name_is_the_pair(copy: Path) -> None:
    (copy / "train_pairs.txt").unlink()
    assert VitonDataset(copy).names == NAMES


def test_another_pairs_file_may_be_named_from_the_root(copy: Path) -> None:
    (copy / "few.txt").write_text("00002_00.jpg 00004_00.jpg")
    for pairs in ("few.txt", copy / "few.txt"):
        assert VitonDataset(copy, pairs=pairs).names == [NAMES[2]]


@pytest.mark.parametrize("text", ["a.jpg b.jpg\nc.jpg\n", "a.jpg b.jpg c.jpg"])
def test_a_bad_line_of_a_pairs_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text(text)
    with pytest.raises(TryOnError, match=r"Line \d of .*pairs.txt"):
        read_pairs(path)


def test_a_pairs_file_that_is_not_there_is_named(drawn: Path) -> None:
    with pytest.raises(TryOnError, match=r"missing\.txt"):
        VitonDataset(drawn, pairs="missing.txt")


def test_both_spellings_of_the_parse_folder_and_of_masks_are_read(copy: Path) -> None:
    before = VitonDataset(copy).sample(2)
    (copy / "train/image-parse").rename(copy / "train/image-parse-v3")
    for path in (copy / "train/cloth-mask").glob("*.png"):
        Image.open(path).convert("L").save(path.with_suffix(".jpg"), quality=95)
        path.unlink()
    after = VitonDataset(copy).sample(2)
    np.testing.assert_array_equal(after.parse, before.parse)
    assert (after.cloth_mask != before.cloth_mask).mean() < 0.002


def test_one_bit_masks_are_read(copy: Path) -> None:
    before = VitonDataset(copy).sample(0)
    path = copy / "train/cloth-mask/00000_00.png"
    Image.open(path).convert("1").save(path)
    np.testing.assert_array_equal(VitonDataset(copy).sample(0).cloth_mask, before.cloth_mask)


def test_a_given_size_scales_pictures_labels_and_keypoints(drawn: Path) -> None:
    plain, large = VitonDataset(drawn).sample(1), VitonDataset(drawn, size=(256, 192)).sample(1)
    assert plain.size == (128, 96)
    assert large.size == large.pose.size == (256, 192)
    assert large.image.shape == large.cloth.shape == (256, 192, 3)
    np.testing.assert_allclose(large.pose.keypoints[:, :2], plain.pose.keypoints[:, :2] * 2, rtol=1e-6)
    assert set(np.unique(large.cloth_mask)) == {0, 255}
    assert set(np.unique(large.parse)) <= set(np.unique(plain.parse))
    assert (large.parse[::2, ::2] == plain.parse).mean() > 0.95


def test_pose_picture_is_the_given_one_or_drawn(copy: Path) -> None:
    sample = VitonDataset(copy).sample(0)
    np.testing.assert_array_equal(pose_picture(sample), sample.pose.draw())
    given = np.full((128, 96, 3), 77, np.uint8)
    (copy / "train/openpose-img").mkdir()
    Image.fromarray(given).save(copy / "train/openpose-img/00000_00_rendered.png")
    np.testing.assert_array_equal(pose_picture(VitonDataset(copy).sample(0)), given)


def test_listing_opens_no_picture_and_one_bad_sample_spoils_only_itself(copy: Path) -> None:
    for path in (copy / "train").rglob("00002_00.*"):
        path.write_bytes(b"no picture")
    data = VitonDataset(copy)
    assert data.names == NAMES
    with pytest.raises(TryOnError, match=r"image.00002_00\.jpg"):
        data.sample(2)
    assert data.sample(3).name == NAMES[3]


@pytest.mark.parametrize(
    "file",
    [
        "image/00001_00.jpg",
        "cloth/00001_00.jpg",
        "cloth-mask/00001_00.png",
        "image-parse/00001_00.png",
        "openpose-json/00001_00_keypoints.json",
    ],
)
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / "train" / file).unlink()
    with pytest.raises(TryOnError, match=f"{Path(file).name} is missing; add it"):
        VitonDataset(copy).sample(1)


def test_other_shapes_than_three_to_four_are_refused(copy: Path) -> None:
    Image.new("RGB", (128, 128)).save(copy / "train/cloth/00001_00.jpg")
    with pytest.raises(TryOnError, match="128 x 128 pixels, not 3:4"):
        VitonDataset(copy).sample(1)


def test_names_choose_samples_and_unknown_ones_are_refused(drawn: Path) -> None:
    assert VitonDataset(drawn, names=[NAMES[4], NAMES[1]]).names == [NAMES[1], NAMES[4]]
    with pytest.raises(TryOnError, match="no sample nobody"):
        VitonDataset(drawn, names=["nobody"])


def test_a_folder_without_a_data_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="image is missing; give the folder"):
        VitonDataset(tmp_path)


def test_a_release_with_more_folders_reads_the_same(copy: Path) -> None:
    for folder in ("image-densepose", "agnostic-v3.2", "image-parse-agnostic-v3.2"):
        (copy / "train" / folder).mkdir()
        (copy / "train" / folder / "00000_00.png").write_bytes(b"unused")
    assert len(list(VitonDataset(copy))) == 6


def test_enlarged_labels_have_smooth_outlines_and_keep_their_classes() -> None:
    labels = rendered_pair(3, (128, 96)).parse
    large = enlarged_labels(labels, (512, 384))
    exact = rendered_pair(3, (512, 384)).parse
    blocky = np.repeat(np.repeat(labels, 4, 0), 4, 1)
    assert set(np.unique(large)) == set(np.unique(labels))
    assert (large == exact).mean() > (blocky == exact).mean()
    np.testing.assert_array_equal(mirror(large, LIP), enlarged_labels(mirror(labels, LIP), (512, 384)))


def test_resized_to_its_own_size_is_the_sample_itself(drawn: Path) -> None:
    sample = VitonDataset(drawn).sample(0)
    assert resized(sample, (128, 96)) is sample


def test_split_holds_out_the_last_names() -> None:
    names = [f"{index:04d}" for index in range(3000)]
    split = split_names(names[::-1])
    assert split.train == tuple(names[:2500])
    assert split.validation == tuple(names[2500:])
    small = split_names(names[:10], validation=500)
    assert (len(small.train), len(small.validation)) == (8, 2)


def test_split_keeps_twins_of_held_out_pictures_out_of_training() -> None:
    names = [f"{index}" for index in range(10)]
    digests = dict(zip(names, "abcadefgcx", strict=True))  # 2 is 8's twin, 3 is 0's
    split = split_names(names, digests=digests, clean=[name for name in names if name != "5"])
    assert split.validation == ("8", "9")
    assert split.train == ("0", "1", "4", "6", "7")


def _unpacked(shared_data: Path, folder: Path, count: int) -> Path:
    import zipfile

    with zipfile.ZipFile(shared_data / "viton256-train-0.zip") as archive:
        stems = sorted({Path(name).stem for name in archive.namelist() if "/image/" in name})[:count]
        wanted = [name for name in archive.namelist() if Path(name).stem.removesuffix("_keypoints") in stems]
        archive.extractall(folder, wanted)
    return folder


def _read_all(root: Path, size: tuple[int, int]) -> None:
    data = VitonDataset(root, size=size)
    assert len(data) == 8
    for sample in data:
        assert sample.paired
        assert sample.size == size
        assert sample.pose.found(1)
        assert 0.05 < (sample.cloth_mask > 0).mean() < 0.9


def test_real_pairs_are_read(shared_data: Path, tmp_path: Path) -> None:
    _read_all(_unpacked(shared_data, tmp_path, 8), (256, 192))


def test_rendered_pairs_are_read_like_real_ones(tmp_path: Path) -> None:
    root = write_rendered_dataset(tmp_path, 8, (256, 192), bodies="coco18")
    (root / "train_pairs.txt").unlink()
    numbers = json.loads((root / "train/openpose-json/00000_00_keypoints.json").read_text())
    assert len(numbers["people"][0]["pose_keypoints_2d"]) == 54
    _read_all(root, (256, 192))
