"""What each network reads and how its output is read, against the description of the method in plain NumPy."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor

from engine.networks import inputs, matching
from engine.warping import thinned

Array = NDArray[np.float64]


def planes(*shape: int, seed: int = 0) -> Tensor:
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def nearest(array: Array, size: tuple[int, int]) -> Array:
    """The pixel whose edge lies at or before the start of the wanted pixel, as the published code has it."""
    rows, columns = (np.arange(n) * old // n for n, old in zip(size, array.shape[-2:], strict=True))
    return array[..., rows[:, None], columns]


def bilinear(array: Array, size: tuple[int, int]) -> Array:
    """Between pixel centres, without smoothing, border pixels repeated."""
    for axis, n in ((-2, size[0]), (-1, size[1])):
        old = array.shape[axis]
        place = np.clip((np.arange(n) + 0.5) * old / n - 0.5, 0, old - 1)
        low = np.floor(place).astype(int)
        high = np.minimum(low + 1, old - 1)
        share = (place - low).reshape([-1 if a == axis else 1 for a in (-2, -1)])
        array = array.take(low, axis) * (1 - share) + array.take(high, axis) * share
    return array


def test_segmentation_input_order_and_resizing() -> None:
    size = (512, 384)
    mask = (planes(2, 1, *size) > 0).float()
    cloth, parse, pose = planes(2, 3, *size, seed=1), planes(2, 13, *size, seed=2), planes(2, 3, *size, seed=3)
    noise = planes(2, 1, 256, 192, seed=4)
    made = inputs.segmentation_input(mask, cloth, parse, pose, noise).numpy()
    assert made.shape == (2, 21, 256, 192)
    whole = torch.cat([mask, cloth * mask, parse, pose], dim=1).double().numpy()
    assert np.abs(made[:, :20] - bilinear(whole, (256, 192))).max() < 1e-5
    assert np.array_equal(made[:, 20:], noise.numpy())


def test_outside_the_garment_the_cloth_is_mid_grey() -> None:
    white, nothing = torch.ones(1, 3, 512, 384), torch.zeros(1, 1, 512, 384)
    made = inputs.segmentation_input(nothing, white, torch.zeros(1, 13, 512, 384), white, torch.zeros(1, 1, 256, 192))
    assert not made[:, 1:4].any()


def test_segmentation_noise_is_bernoulli_a_generator_a_sample() -> None:
    def noise(*seeds: int) -> Tensor:
        return inputs.segmentation_noise([torch.Generator().manual_seed(seed) for seed in seeds])

    made = noise(1, 2)
    assert made.shape == (2, 1, 256, 192)
    assert set(made.unique().tolist()) == {0.0, 1.0}
    assert abs(float(noise(*range(20)).mean()) - 0.159) < 0.002
    assert torch.equal(made[1:], noise(2))
    assert not torch.equal(made[0], made[1])


@pytest.mark.parametrize("size", [(512, 384), (1024, 768), (1536, 1152), (600, 450), (256, 192), (128, 96)])
def test_fewer_pixels_for_matching_are_the_same_input(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    small, whole = (
        torch.from_numpy(np.ascontiguousarray(one)).permute(2, 0, 1)[None].float()
        for one in (thinned(picture, matching.SIZE), picture)
    )
    assert torch.equal(inputs.cloth_input(small), inputs.cloth_input(whole))


def test_matching_inputs_are_resized_with_nearest() -> None:
    size = (1024, 768)
    clothes, pose, image = (planes(1, channels, *size, seed=channels) for channels in (1, 3, 3))
    made = inputs.matching_input(clothes, pose, image)
    wanted = nearest(torch.cat([clothes, pose, image], dim=1).double().numpy(), (256, 192))
    assert np.array_equal(made.double().numpy(), wanted)
    cloth = inputs.cloth_input(image)
    assert np.array_equal(cloth.double().numpy(), nearest(image.double().numpy(), (256, 192)))


def test_inputs_at_their_own_size_are_unchanged() -> None:
    pose = planes(1, 3, 256, 192)
    assert torch.equal(inputs.cloth_input(pose), pose)
    assert torch.equal(inputs.matching_input(pose[:, :1], pose, pose)[:, 1:4], pose)


def test_alias_input_order() -> None:
    image, pose, cloth = (planes(1, 3, 128, 128, seed=seed) for seed in range(3))
    assert torch.equal(inputs.alias_input(image, pose, cloth), torch.cat([image, pose, cloth], dim=1))


def test_misalignment_is_the_uncovered_part() -> None:
    upper = torch.tensor([1.0, 1.0, 1.0, 0.0, 0.0]).reshape(1, 1, 1, 5)
    covered = torch.tensor([0.0, 0.25, 1.0, 0.5, 1.0]).reshape(1, 1, 1, 5)
    assert inputs.misalignment(upper, covered).flatten().tolist() == [1.0, 0.75, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("shift", [0, 3])
def test_warp_samples_cloth_and_mask_alike_and_repeats_the_border(shift: int) -> None:
    height, width = 12, 16
    cloth, mask = planes(1, 3, height, width), (planes(1, 1, height, width, seed=1) > 0).float()
    x = (torch.arange(width) + 0.5 + shift) * 2 / width - 1
    y = (torch.arange(height) + 0.5) * 2 / height - 1
    grid = torch.stack([x.expand(height, -1), y[:, None].expand(-1, width)], dim=-1)[None]
    columns = (torch.arange(width) + shift).clamp_max(width - 1)
    warped, warped_mask = inputs.sampled(cloth, mask, grid)
    assert torch.allclose(warped, cloth[..., columns], atol=1e-5)
    assert torch.allclose(warped_mask, mask[..., columns], atol=1e-5)


def test_labels_are_enlarged_blurred_and_the_largest() -> None:
    generator = np.random.default_rng(0)
    coarse = generator.random((2, 13, 32, 24))
    probabilities = ndimage.zoom(coarse, (1, 1, 8, 8), order=1, grid_mode=True, mode="nearest")
    made = inputs.segmentation_labels(torch.from_numpy(probabilities).float(), (512, 384)).numpy()
    taps = np.exp(-((np.arange(15) - 7) ** 2) / (2 * 3.0**2))
    kernel = np.outer(taps, taps) / taps.sum() ** 2
    enlarged = bilinear(probabilities, (512, 384))
    blurred = np.stack(
        [[ndimage.convolve(plane, kernel, mode="constant") for plane in one] for one in enlarged[:1, :, :128, :96]]
    )
    # pixels near the cut see other neighbours than in the whole picture; near the real border they see zeros
    wanted, found = blurred.argmax(axis=1)[0, :-7, :-7], made[0, :121, :89]
    second, first = np.sort(blurred[0, :, :-7, :-7], axis=0)[-2:]
    clear = first - second > 1e-5
    assert clear.mean() > 0.99
    assert np.array_equal(found[clear], wanted[clear])
    assert made.shape == (2, 512, 384)
    assert made.dtype == np.int64


def test_border_counts_outside_as_nothing_for_all_classes() -> None:
    """Zero padding darkens all classes alike, so a picture of one class stays that class up to its border."""
    probabilities = torch.full((1, 13, 256, 192), 0.1)
    probabilities[:, 5] = 0.11
    assert bool((inputs.segmentation_labels(probabilities, (512, 384)) == 5).all())
