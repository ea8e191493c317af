"""The quick form of the ALIAS generator is the published function."""

import copy
import threading
from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks.alias import convolution, modulation, streaming, winograd
from engine.networks.alias.generator import AliasConfig, AliasGenerator, Normalisation, make_maps
from engine.networks.alias.norm import AliasNorm
from engine.networks.alias.normalisation import instance_norm, masked_norm
from engine.networks.alias.workspace import Workspace
from engine.networks.spectral import SpectralConv2d
from engine.networks.statistics import Noise, bands, region_statistics
from tests.fill import person_labels, soft_misalignment

EXACT = 1e-8  # what float64 rounding leaves after eight scales of normalisation
SIZES = [(256, 256), (512, 384), (128, 384)]


@pytest.fixture
def threads() -> Iterator[Callable[[int], None]]:
    """Sets the number of PyTorch's threads for a test."""
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


def network(width: int = 8, normalisation: Normalisation = "alias", noise: float = 0.2) -> AliasGenerator:
    torch.manual_seed(0)
    made = AliasGenerator(AliasConfig(width, normalisation)).eval()
    for name, parameter in made.named_parameters():
        if name.endswith("noise_scale"):
            torch.nn.init.normal_(parameter, std=noise)
    for module in made.modules():
        if isinstance(module, SpectralConv2d):
            for _ in range(5):  # else sigma is far too small, and the network blows every rounding up
                module._power_iteration()
    return made


def inputs(size: tuple[int, int], batch: int = 1, seed: int = 0) -> tuple[Tensor, Tensor, Tensor]:
    rng = np.random.default_rng(seed)
    labels = torch.from_numpy(np.stack([np.roll(person_labels(*size), 7 * i, axis=1) for i in range(batch)]))
    x = torch.from_numpy(rng.uniform(-1, 1, (batch, 9, *size)).astype(np.float32))
    mask = torch.from_numpy(soft_misalignment(*size))[None, None].repeat(batch, 1, 1, 1)
    return x, F.one_hot(labels, 7).permute(0, 3, 1, 2).float(), mask


def generators(count: int, seed: int = 3) -> list[torch.Generator]:
    return [torch.Generator().manual_seed(seed + i) for i in range(count)]


def in_float64(
    made: AliasGenerator, parts: tuple[Tensor, Tensor, Tensor]
) -> tuple[AliasGenerator, tuple[Tensor, Tensor, Tensor]]:
    return made.double(), (parts[0].double(), parts[1].double(), parts[2].double())


def dense(made: AliasGenerator, parts: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    made.dense = True
    try:
        return made(*parts, generator=generators(len(parts[0])))
    finally:
        made.dense = False


@torch.inference_mode()
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("normalisation", ["alias", "spade", "instance"])
def test_equals_the_dense_form(size: tuple[int, int], normalisation: Normalisation) -> None:
    made, parts = network(normalisation=normalisation), inputs(size)
    assert (made(*parts, generator=generators(1)) - dense(made, parts)).abs().max() < 1e-4
    made, parts = in_float64(made, parts)
    assert (made(*parts, generator=generators(1)) - dense(made, parts)).abs().max() < EXACT


@torch.inference_mode()
@pytest.mark.parametrize("mask", [torch.zeros_like, torch.ones_like, torch.rand_like])
def test_equals_the_dense_form_for_any_mask(mask: Callable[[Tensor], Tensor]) -> None:
    x, parse, misalignment = inputs((256, 128))
    made, parts = in_float64(network(), (x, parse, mask(misalignment)))
    assert (made(*parts, generator=generators(1)) - dense(made, parts)).abs().max() < EXACT


@torch.inference_mode()
def test_equals_the_dense_form_for_random_labels() -> None:
    """Salt and pepper: nearly every pixel has a neighbourhood of its own."""
    x, _, mask = inputs((256, 128))
    labels = torch.from_numpy(np.random.default_rng(1).integers(0, 7, (1, 256, 128)))
    made, parts = in_float64(network(), (x, F.one_hot(labels, 7).permute(0, 3, 1, 2).float(), mask))
    assert (made(*parts, generator=generators(1)) - dense(made, parts)).abs().max() < EXACT


@torch.inference_mode()
def test_a_soft_parse_takes_the_dense_form() -> None:
    made, (x, parse, mask) = network(), inputs((128, 128))
    soft = 0.9 * parse + 0.1 / 7
    assert torch.equal(made(x, soft, mask, generator=generators(1)), dense(made, (x, soft, mask)))


@torch.inference_mode()
def test_the_batch_does_not_change_the_pictures() -> None:
    made, parts = network(), inputs((128, 128), batch=3)
    together = made(*parts, generator=generators(3))
    for number, generator in enumerate(generators(3)):
        alone = made(*(part[number : number + 1] for part in parts), generator=[generator])
        assert torch.equal(together[number : number + 1], alone)


@torch.no_grad()
def test_a_workspace_changes_nothing() -> None:
    made, parts = network(), inputs((256, 128))
    plain = made(*parts, generator=generators(1))
    made.workspace = Workspace()
    streaming.lay_out(made)
    for _ in range(2):
        assert torch.allclose(made(*parts, generator=generators(1)), plain, atol=1e-5)


@torch.no_grad()
def test_wide_convolutions_are_tiled_and_notice_new_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    made, parts = network(), inputs((256, 128))
    plain = made(*parts, generator=generators(1))
    monkeypatch.setattr(convolution, "_MATRIX_WEIGHTS", 0)
    monkeypatch.setattr(convolution, "_TILED_WEIGHTS", (0, 10**6))
    monkeypatch.setattr(convolution, "_TILED_PIXELS", 32)
    made.workspace = Workspace()
    assert torch.allclose(made(*parts, generator=generators(1)), plain, atol=1e-4)
    again = made(*parts, generator=generators(1))
    with torch.no_grad():
        for module in made.modules():
            if isinstance(module, SpectralConv2d):
                module.weight_orig[0].add_(0.1)
    changed = made(*parts, generator=generators(1))
    assert not torch.allclose(changed, again, atol=1e-3)
    made.workspace = None
    assert torch.allclose(made(*parts, generator=generators(1)), changed, atol=1e-4)


def test_what_is_kept_follows_its_sources() -> None:
    workspace, owner = Workspace(), torch.nn.Linear(1, 1)
    source, made = torch.zeros(1), count(1)

    def keep(one: Tensor, purpose: str = "a") -> int:
        return workspace.keep(owner, purpose, (one,), lambda: next(made))

    assert [keep(source), keep(source)] == [1, 1]
    source.add_(1)
    assert keep(source) == 2
    assert keep(source.clone()) == 3
    assert keep(source, "b") == 4
    source.data = torch.zeros(1)
    assert keep(source, "b") == 5
    for _ in range(2):  # memory that is given back at once may come again at the same place
        source.data = torch.zeros(1)
    assert keep(source, "b") == 6


@torch.inference_mode()
def test_threads_that_share_a_workspace_take_turns() -> None:
    made, parts = network(), [inputs((128, 128)), inputs((256, 128))]
    alone = [made(*one, generator=generators(1)) for one in parts]
    made.workspace = Workspace()
    found = list[tuple[int, bool]]()

    def run(number: int) -> None:
        with torch.inference_mode():
            for _ in range(4):
                again = made(*parts[number], generator=generators(1))
                found.append((number, torch.allclose(again, alone[number], atol=1e-5)))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(0, True)] * 4 + [(1, True)] * 4


def test_a_copied_network_has_an_empty_workspace() -> None:
    made = network()
    made.workspace = Workspace()
    made.workspace.array("a", (4,), torch.zeros(1))
    copied = copy.deepcopy(made)
    assert copied.workspace is not None
    assert not copied.workspace._buffers


@torch.inference_mode()
def test_progress_rises_from_nothing_to_nearly_all() -> None:
    made, told = network(), list[float]()
    made(*inputs((512, 384)), generator=generators(1), report=told.append)
    assert told[0] == 0
    assert told == sorted(told)
    assert 0.8 < told[-1] < 1
    assert len(told) >= 16


@torch.inference_mode()
@pytest.mark.parametrize(("dtype", "least"), [(torch.bfloat16, 30.0), (torch.float16, 45.0)])
def test_half_precision_stays_close(dtype: torch.dtype, least: float) -> None:
    made, parts = network(), inputs((256, 128))
    wanted = made(*parts, generator=generators(1))
    with torch.autocast("cpu", dtype=dtype):
        halved = made(*parts, generator=generators(1)).float()
    error = (halved - wanted).square().mean()
    assert 10 * torch.log10(4 / error) > least  # PSNR in dB; pictures span 2
    assert error > 0


def test_gradients_equal_the_dense_form() -> None:
    made, parts = network().double(), inputs((256, 256))
    doubled = parts[0].double(), parts[1].double(), parts[2].double()
    grads = []
    for form in (True, False):
        made.dense = form
        made.zero_grad()
        made(*doubled, generator=generators(1)).square().sum().backward()
        grads.append({name: p.grad.clone() for name, p in made.named_parameters() if p.grad is not None})
    assert grads[0].keys() == grads[1].keys()
    largest = max(float(grad.abs().max()) for grad in grads[0].values())
    for name, grad in grads[0].items():
        assert (grad - grads[1][name]).abs().max() < 1e-9 * largest, name


def test_a_table_is_what_the_convolutions_give() -> None:
    torch.manual_seed(1)
    norm = AliasNorm(5, 8, hidden=16)
    _, parse, mask = inputs((128, 128))
    maps = make_maps(parse, mask, (32, 32), masked=True)
    codes = modulation.class_numbers(F.interpolate(parse, size=(32, 32)))
    assert codes is not None
    distinct = modulation.find_neighbourhoods(codes, 7, maps.mask, garment=2)
    hidden = norm.conv_shared(maps.labels)
    for table, conv in zip(modulation.gamma_beta(norm, distinct), (norm.conv_gamma, norm.conv_beta), strict=True):
        assert torch.allclose(modulation.look_up(table, distinct), conv(hidden), atol=1e-5)


@pytest.mark.parametrize("noisy", [False, True])
def test_plain_statistics_are_those_of_the_whole_input(noisy: bool) -> None:
    torch.manual_seed(2)
    below, features = torch.randn(6, 5, 4) * 3 + 50, torch.randn(12, 10, 2)
    noise = Noise(torch.randn(12, 10), torch.randn(6)) if noisy else None
    ((mean, rstd),) = region_statistics([below, features], [noise], torch.ones(1, 12, 10))
    whole = streaming.BlockInput(below, features).rows(0, 12)
    whole = whole if noise is None else noise.add_to(whole, 0)
    wanted = instance_norm(whole.permute(2, 0, 1)[None])
    assert torch.allclose(((whole - mean) * rstd).permute(2, 0, 1)[None], wanted, atol=2e-4)


@pytest.mark.parametrize("noisy", [False, True])
@pytest.mark.parametrize("mask", [torch.zeros(12, 10), torch.ones(12, 10), torch.rand(12, 10)])
def test_region_statistics_are_those_of_the_masked_norm(mask: Tensor, noisy: bool) -> None:
    torch.manual_seed(3)
    below, features = torch.randn(6, 5, 4) + 1, torch.randn(12, 10, 2)
    noise = Noise(torch.randn(12, 10), torch.randn(6)) if noisy else None
    regions = torch.stack([mask, 1 - mask])
    ((means, rstds), _) = region_statistics([below, features], [noise, None], regions)
    whole = streaming.BlockInput(below, features).rows(0, 12)
    whole = whole if noise is None else noise.add_to(whole, 0)
    made = sum(regions[r][:, :, None] * (whole - means[r]) * rstds[r] for r in range(2))
    assert isinstance(made, Tensor)
    wanted = masked_norm(whole.permute(2, 0, 1)[None], mask[None, None])
    assert torch.allclose(made.permute(2, 0, 1)[None], wanted, atol=1e-5)


@pytest.mark.parametrize(("top", "bottom"), [(0, 12), (0, 5), (3, 8), (5, 12), (7, 8)])
def test_rows_of_a_block_input_are_enlarged_and_concatenated(top: int, bottom: int) -> None:
    below, features = torch.randn(6, 5, 4), torch.randn(12, 10, 2)
    enlarged = F.interpolate(below.permute(2, 0, 1)[None], scale_factor=2.0)[0].permute(1, 2, 0)
    wanted = torch.cat([enlarged, features], dim=2)[top:bottom]
    assert torch.equal(streaming.BlockInput(below, features).rows(top, bottom), wanted)


def test_bands_cover_every_row_once() -> None:
    for height, width, channels in ((1024, 768, 80), (8, 6, 1024), (100, 7, 3)):
        rows = [row for top, bottom in bands(torch.empty(height, width, 1), channels) for row in range(top, bottom)]
        assert rows == list(range(height))


@torch.inference_mode()
def test_threads_change_nothing_but_rounding(threads: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.networks.statistics._BAND_BYTES", 2**12)  # many bands
    monkeypatch.setattr("engine.networks.statistics._BAND_PIXELS", 1)
    made, parts = network(), inputs((128, 128))
    made.workspace = Workspace()
    threads(1)
    alone = made(*parts, generator=generators(1))
    threads(2)
    assert torch.allclose(made(*parts, generator=generators(1)), alone, atol=1e-5)
    assert torch.get_num_threads() == 2


@pytest.mark.parametrize(("height", "width"), [(4, 4), (8, 12), (24, 32)])
def test_winograd_is_a_convolution(height: int, width: int) -> None:
    torch.manual_seed(4)
    x, weight = torch.randn(height + 2, width + 2, 12), torch.randn(7, 12, 3, 3)
    made = torch.empty(height, width, 7)
    winograd.convolve(x, winograd.transform_weight(weight, 0.5), Workspace(), made)
    wanted = F.conv2d(convolution.as_nchw(x), weight / 2)[0].permute(1, 2, 0)
    assert torch.allclose(made, wanted, atol=1e-4)
