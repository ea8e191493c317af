"""Batches: right tensors, fixed order, exact resume, the same from threads and processes, shared among ranks."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.category.agnostic import agnostic_image, agnostic_parse
from engine.data.augment import AugmentConfig
from engine.data.batches import Batch, one_hot, raw_batch, to_batch
from engine.data.cache import PackedCache, cached
from engine.data.layout import VitonDataset
from engine.data.loader import BatchLoader
from engine.data.prefetch import Prefetcher
from engine.data.sampler import Draw, EpochSampler
from engine.errors import TryOnError
from engine.imaging.images import to_tensor
from engine.labels import lip_to_segmentation
from engine.labels import one_hot as one_hot_array

SIZE = (128, 96)
TENSORS = (
    "image",
    "cloth",
    "cloth_mask",
    "parse",
    "labels",
    "segmentation",
    "agnostic_parse",
    "agnostic_image",
    "pose",
)


@pytest.fixture(scope="module")
def cache(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> PackedCache:
    return cached(VitonDataset(drawn, size=SIZE), tmp_path_factory.mktemp("caches") / "cache")


def assert_equal(one: Batch, other: Batch) -> None:
    assert one.names == other.names
    for name in TENSORS:
        assert torch.equal(getattr(one, name), getattr(other, name)), name


def test_tensors_of_a_batch(cache: PackedCache) -> None:
    samples = [cache[0], cache[3]]
    batch = to_batch(raw_batch(samples))
    assert batch.names == batch.cloth_names == ("00000_00", "00003_00")
    assert len(batch) == 2
    shapes = {name: tuple(getattr(batch, name).shape) for name in TENSORS}
    pictures, maps = dict.fromkeys(("image", "cloth", "agnostic_image", "pose"), (2, 3, *SIZE)), (2, *SIZE)
    assert shapes == pictures | {
        "cloth_mask": (2, 1, *SIZE),
        "parse": maps,
        "labels": maps,
        "segmentation": (2, 13, *SIZE),
        "agnostic_parse": (2, 13, *SIZE),
    }
    for row, sample in enumerate(samples):
        assert torch.equal(batch.image[row], to_tensor(sample.image))
        assert torch.equal(batch.pose[row], to_tensor(sample.pose.draw()))
        agnostic = agnostic_image(sample.image, sample.parse, sample.pose)
        np.testing.assert_allclose(batch.agnostic_image[row], to_tensor(agnostic), atol=1 / 127.5)
        hot = one_hot_array(lip_to_segmentation(agnostic_parse(sample.parse, sample.pose)), 13)
        np.testing.assert_array_equal(batch.agnostic_parse[row].numpy(), hot)
        np.testing.assert_array_equal(batch.parse[row].numpy(), sample.parse)
        np.testing.assert_array_equal(batch.cloth_mask[row, 0].numpy() * 255, sample.cloth_mask)
    assert torch.equal(batch.segmentation.argmax(1), batch.labels)
    assert all(getattr(batch, name).is_contiguous() for name in TENSORS)


def test_unknown_labels_are_in_no_class() -> None:
    labels = torch.tensor([[[0, 255], [12, 3]]], dtype=torch.uint8)
    hot = one_hot(labels, 13)
    assert hot.sum().item() == 3
    assert hot[0, :, 0, 1].sum() == 0
    assert hot[0, 12, 1, 0] == 1


def test_an_epoch_shows_every_sample_once() -> None:
    sampler = EpochSampler(24, seed=3, batch=4)
    epochs = [[next(sampler) for _ in range(6)] for _ in range(3)]
    orders = [[index for draw in epoch for index in draw.indices] for epoch in epochs]
    for number, (epoch, order) in enumerate(zip(epochs, orders, strict=True)):
        assert {draw.epoch for draw in epoch} == {number}
        assert sorted(order) == list(range(24))
    assert orders[0] != orders[1] != orders[2]


def test_incomplete_batches_are_dropped() -> None:
    sampler = EpochSampler(10, seed=0, batch=4)
    assert sampler.steps_per_epoch == 2
    assert [next(sampler).epoch for _ in range(5)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("world", [2, 3])
def test_ranks_share_the_batch_of_one_process(world: int) -> None:
    whole = EpochSampler(25, seed=1, batch=6)
    parts = [EpochSampler(25, seed=1, batch=6 // world, rank=rank, world=world) for rank in range(world)]
    for _ in range(9):
        draw, shares = next(whole), [next(part) for part in parts]
        assert sorted(draw.indices) == sorted(index for share in shares for index in share.indices)
        assert sorted(draw.places) == sorted(place for share in shares for place in share.places)


def test_sampler_state() -> None:
    one, other = EpochSampler(20, 5, 3), EpochSampler(20, 5, 3)
    for _ in range(11):
        next(one)
    other.load_state_dict(one.state_dict())
    assert [next(one) for _ in range(9)] == [next(other) for _ in range(9)]
    for changed in (EpochSampler(21, 5, 3), EpochSampler(20, 6, 3), EpochSampler(20, 5, 4)):
        with pytest.raises(TryOnError, match="resume with the same data and settings"):
            changed.load_state_dict(one.state_dict())


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(TryOnError, match="3 samples, fewer than a batch of 4"):
        EpochSampler(3, 0, 2, world=2)


@pytest.mark.parametrize("workers", [0, 2])
def test_resume_is_exact(cache: PackedCache, workers: int) -> None:
    def loader() -> BatchLoader:
        return BatchLoader(cache, 2, augment=AugmentConfig(), seed=4, workers=workers)

    with loader() as whole, loader() as resumed:
        for _ in range(4):
            next(whole)
        state = whole.state_dict()
        next(resumed)  # and what has been made ahead is dropped
        resumed.load_state_dict(state)
        for _ in range(4):
            assert_equal(next(whole), next(resumed))


def test_threads_change_nothing(cache: PackedCache) -> None:
    with (
        BatchLoader(cache, 2, augment=AugmentConfig(), workers=0) as plain,
        BatchLoader(cache, 2, augment=AugmentConfig(), workers=3) as threaded,
    ):
        for _ in range(7):
            assert_equal(next(plain), next(threaded))


def test_processes_change_nothing(cache: PackedCache) -> None:
    with (
        BatchLoader(cache, 3, augment=AugmentConfig(), workers=0) as plain,
        BatchLoader(cache, 3, augment=AugmentConfig(), workers=1, processes=True) as remote,
    ):
        for _ in range(3):
            assert_equal(next(plain), next(remote))


def test_processes_need_a_cache(drawn: Path) -> None:
    with pytest.raises(ValueError, match="PackedCache"):
        BatchLoader(VitonDataset(drawn, size=SIZE), 2, processes=True)


def test_data_set_and_cache_give_the_same_batches(drawn: Path, cache: PackedCache) -> None:
    with (
        BatchLoader(VitonDataset(drawn, size=SIZE), 2, augment=AugmentConfig(), workers=0) as files,
        BatchLoader(cache, 2, augment=AugmentConfig(), workers=0) as packed,
    ):
        assert_equal(next(files), next(packed))


def test_names_and_size(cache: PackedCache) -> None:
    names = ["00001_00", "00004_00", "00005_00"]
    with BatchLoader(cache, 1, names=names, size=(256, 192), workers=1) as loader:
        batches = [next(loader) for _ in range(3)]
    assert sorted(name for batch in batches for name in batch.names) == names
    assert batches[0].image.shape == (1, 3, 256, 192)
    with pytest.raises(TryOnError, match="no sample nobody"):
        BatchLoader(cache, 1, names=["nobody"])


def test_another_seed_is_another_order_and_other_changes(cache: PackedCache) -> None:
    def first(seed: int, names: list[str] | None = None) -> Batch:
        with BatchLoader(cache, 1, names=names, augment=AugmentConfig(flip=0.5), seed=seed, workers=0) as loader:
            return next(loader)

    assert len({first(seed).names for seed in range(8)}) > 2
    assert not torch.equal(first(0, ["00002_00"]).image, first(1, ["00002_00"]).image)


def test_a_bad_sample_is_named(copy: Path) -> None:
    (copy / "train/cloth/00002_00.jpg").write_bytes(b"broken")
    with (
        BatchLoader(VitonDataset(copy), 6, workers=1) as loader,
        pytest.raises(TryOnError, match=r"00002_00\.jpg"),
    ):
        next(loader)


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_a_batch_that_fails_fails_again_and_none_is_skipped(workers: int) -> None:
    broken = {1}

    def make(draw: Draw, number: int) -> int:
        if number in broken:
            raise TryOnError("text", text="a photo is gone")
        return number

    feed = Prefetcher(make, EpochSampler(6, 0, 2), workers)
    assert next(feed) == 0
    for _ in range(3):
        with pytest.raises(TryOnError, match="is gone"):
            next(feed)
    broken.clear()
    feed.load_state_dict(feed.state_dict())  # begins again where it was
    assert [next(feed) for _ in range(4)] == [1, 2, 3, 4]
    feed.close()


@pytest.mark.gpu
def test_batches_reach_the_gpu(cache: PackedCache) -> None:
    device = "cuda" if torch.cuda.is_available() else "mps"
    with (
        BatchLoader(cache, 2, workers=1, device=device) as there,
        BatchLoader(cache, 2, workers=0) as here,
    ):
        batch, expected = next(there), next(here)
    assert batch.image.device.type == device
    torch.testing.assert_close(batch.image.cpu(), expected.image)
    assert torch.equal(batch.segmentation.cpu(), expected.segmentation)
