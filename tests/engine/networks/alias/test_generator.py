"""The ALIAS generator beyond its golden output: every weight and mask against a plain one, the noise, the ablations."""

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.alias import AliasConfig, AliasGenerator
from engine.weights.strict import expected_shapes
from tests.engine.networks.alias.reference import alias_generator
from tests.engine.networks.contract import NetworkContract, Shape
from tests.fill import person_labels, soft_misalignment
from tests.packs import filled

SIZE = (256, 128)  # 2 x 1 pixels at the smallest scale, where rounding counts most
LARGER = (384, 384)  # so many that the exact value is within reach of single precision
MASKS = ("soft", "hard", "empty", "full", "one pixel", "everywhere faint")
NORMALISATIONS = ("alias", "spade", "instance")


def make_inputs(batch: int = 1, size: tuple[int, int] = SIZE, mask: str = "soft", seed: int = 1) -> list[Tensor]:
    """Picture noise, a drawn person's labels, and a misalignment inside the upper clothes."""
    labels = torch.from_numpy(person_labels(*size))
    soft = torch.from_numpy(soft_misalignment(*size))
    upper = (labels == 2).float()
    single = torch.zeros(size)
    single[size[0] // 2, size[1] // 2] = 1
    misaligned = {
        "soft": soft,
        "hard": (soft > 0.5).float(),
        "empty": torch.zeros(size),
        "full": upper,
        "one pixel": single * upper,
        "everywhere faint": upper / 255,
    }[mask]
    x = torch.rand(batch, 9, *size, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    parse = F.one_hot(labels, 7).permute(2, 0, 1).float()
    return [x, parse.repeat(batch, 1, 1, 1), misaligned.repeat(batch, 1, 1, 1)]


def noisy(seed: int = 0) -> AliasGenerator:
    network = filled("alias", {"width": 4}, seed, noise=0.3)
    assert isinstance(network, AliasGenerator)
    return network


def seeded(*seeds: int) -> list[torch.Generator]:
    return [torch.Generator().manual_seed(seed) for seed in seeds]


class TestAliasGenerator(NetworkContract):
    kind = "alias"
    config_class = AliasConfig
    network_class = AliasGenerator
    shapes = ((9, *SIZE), (7, *SIZE), (1, *SIZE))
    outputs = ((3, *SIZE),)
    refused = (ValueError,)
    wrong = (
        ((1, 8, *SIZE), (1, 7, *SIZE), (1, 1, *SIZE)),
        ((1, 9, *SIZE), (1, 8, *SIZE), (1, 1, *SIZE)),
        ((1, 9, *SIZE), (1, 7, *SIZE), (1, 2, *SIZE)),
        ((2, 9, *SIZE), (1, 7, *SIZE), (2, 1, *SIZE)),
        ((1, 9, *SIZE), (1, 7, *SIZE), (1, 1, 128, 256)),
        ((1, 9, 250, 128), (1, 7, 250, 128), (1, 1, 250, 128)),
        ((1, 9, 256, 192), (1, 7, 256, 192), (1, 1, 256, 192)),
        ((9, *SIZE), (7, *SIZE), (1, *SIZE)),
    )

    def inputs(self, batch: int = 1, shapes: tuple[Shape, ...] | None = None) -> list[Tensor]:
        return make_inputs(batch)

    def ordinary_inputs(self) -> list[Tensor]:
        return make_inputs(size=(512, 384))

    @pytest.mark.parametrize("size", [(128, 128), (128, 256), (256, 128), (256, 384)])
    def test_sides_are_any_multiples_of_128(self, network: nn.Module, size: tuple[int, int]) -> None:
        with torch.no_grad():
            made = network(*make_inputs(size=size))
        assert made.shape == (1, 3, *size)
        assert bool(made.isfinite().all())
        assert float(made.abs().max()) <= 1


@pytest.mark.parametrize("width", [-4, 0, 2, 6, 63])
def test_width_that_cannot_be_divided_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="width"):
        AliasConfig(width=width)


def test_unknown_normalisation_is_refused() -> None:
    with pytest.raises(ValueError, match="batch"):
        AliasConfig(normalisation="batch")  # type: ignore[arg-type]


# --- against a plain reference ------------------------------------------------------------------------------------


def assert_is_reference(network: nn.Module, inputs: Sequence[Tensor], normalisation: str = "alias") -> None:
    with torch.inference_mode():
        made = network(*inputs)
        wanted = alias_generator(network.state_dict(), *inputs, normalisation)
    error = float((made - wanted).abs().max())
    assert error < 1e-4
    assert float(wanted.std()) > 0.05  # a picture, not a constant that anything would match


@pytest.mark.parametrize("mask", MASKS)
def test_every_kind_of_mask(mask: str) -> None:
    assert_is_reference(filled("alias", {"width": 4}), make_inputs(2, LARGER, mask=mask))


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
@pytest.mark.parametrize("seed", [1, 2])
def test_any_weights(seed: int, normalisation: str) -> None:
    config = {"width": 8, "normalisation": normalisation}
    assert_is_reference(filled("alias", config, seed), make_inputs(size=LARGER, seed=seed), normalisation)


def test_mask_beyond_the_upper_clothes() -> None:
    """The network is given whatever mask; only the pipeline promises that it lies inside the clothes."""
    x, parse, _ = make_inputs()
    anywhere = torch.rand(1, 1, *SIZE, generator=torch.Generator().manual_seed(2))
    assert_is_reference(filled("alias", {"width": 4}), [x, parse, anywhere])


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_published_form_is_the_same_function(normalisation: str) -> None:
    network = filled("alias", {"width": 4, "normalisation": normalisation})
    assert isinstance(network, AliasGenerator)
    network.dense = True
    assert_is_reference(network, make_inputs(size=(384, 256)), normalisation)


def test_soft_labels() -> None:
    x, parse, mask = make_inputs(size=(384, 256))
    soft = torch.softmax(torch.randn(parse.shape, generator=torch.Generator().manual_seed(2)), dim=1)
    assert_is_reference(filled("alias", {"width": 4}), [x, soft, mask * soft[:, 2:3]])


def test_samples_with_different_masks() -> None:
    parts = zip(*(make_inputs(mask=mask, seed=i) for i, mask in enumerate(("soft", "empty", "full"))), strict=True)
    assert_is_reference(filled("alias", {"width": 4}), [torch.cat(part) for part in parts])


def test_training_computes_the_same_function() -> None:
    """Whatever shortcut evaluation takes; without noise and with converged vectors both are one function."""
    network = filled("alias", {"width": 4})
    inputs = make_inputs(size=(384, 256))
    before = network(*inputs).detach()
    network.train()
    for _ in range(100):
        for module in network.modules():
            if hasattr(module, "_power_iteration"):
                module._power_iteration()
    with torch.no_grad():
        trained = network(*inputs)
        wanted = alias_generator(network.state_dict(), *inputs)
    assert float((trained - wanted).abs().max()) < 1e-3
    assert float((trained - before).abs().mean()) < 0.2


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_published_width_with_other_weights(seed: int) -> None:
    assert_is_reference(filled("alias", seed=seed), make_inputs(size=(512, 384), seed=seed))


# --- noise --------------------------------------------------------------------------------------------------------


@torch.inference_mode()
def test_same_seed_same_picture_other_seed_another() -> None:
    network, inputs = noisy(), make_inputs()
    first, again, other = (network(*inputs, generator=seeded(seed)[0]) for seed in (5, 5, 6))
    assert torch.equal(first, again)
    assert float((first - other).abs().mean()) > 1e-3


@torch.inference_mode()
def test_batch_gives_the_pictures_of_its_samples() -> None:
    network, (x, parse, mask) = noisy(), make_inputs(2)
    together = network(x, parse, mask, generator=seeded(5, 6))
    for index, seed in enumerate((5, 6)):
        alone = network(*(part[index : index + 1] for part in (x, parse, mask)), generator=seeded(seed))
        assert float((together[index] - alone[0]).abs().max()) < 1e-5


@torch.inference_mode()
def test_progress_of_a_batch_is_one_journey() -> None:
    shares: list[float] = []
    noisy()(*make_inputs(3), generator=seeded(1, 2, 3), report=shares.append)
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert all(any(low <= share < low + 1 / 3 for share in shares) for low in (0, 1 / 3, 2 / 3))


@torch.inference_mode()
def test_one_generator_and_a_list_of_one_are_the_same() -> None:
    network, inputs = noisy(), make_inputs()
    assert torch.equal(network(*inputs, generator=seeded(5)[0]), network(*inputs, generator=seeded(5)))


@torch.inference_mode()
def test_without_a_generator_pytorch_s_own_is_used() -> None:
    network, inputs = noisy(), make_inputs()
    made = []
    with torch.random.fork_rng():
        for seed in (5, 5, 6):
            torch.manual_seed(seed)
            made.append(network(*inputs))
    assert torch.equal(made[0], made[1])
    assert not torch.equal(made[0], made[2])


@torch.inference_mode()
def test_noise_changes_the_picture_only_by_its_learned_factor() -> None:
    inputs = make_inputs()
    silent = filled("alias", {"width": 4})
    assert torch.equal(silent(*inputs, generator=seeded(5)), silent(*inputs, generator=seeded(6)))
    differences = []
    for factor in (0.01, 0.1):
        network = filled("alias", {"width": 4}, noise=factor)
        differences.append(float((network(*inputs, generator=seeded(5)) - silent(*inputs)).abs().mean()))
    assert 0 < differences[0] < differences[1]


@torch.inference_mode()
def test_noise_of_one_norm_is_enough() -> None:
    """Noise must not be left out because most factors are zero."""
    network, inputs = filled("alias", {"width": 4}), make_inputs()
    network.get_parameter("up_4.norm_1.noise_scale").fill_(0.5)
    assert not torch.equal(network(*inputs, generator=seeded(5)), network(*inputs, generator=seeded(6)))


@torch.inference_mode()
def test_wrong_number_of_generators_is_refused() -> None:
    with pytest.raises(ValueError, match="generators"):
        noisy()(*make_inputs(2), generator=seeded(1, 2, 3))


def test_noise_factors_learn_from_zero() -> None:
    network = filled("alias", {"width": 4}).train()
    network(*make_inputs(2), generator=seeded(5, 6)).square().mean().backward()
    factors = {name: p for name, p in network.named_parameters() if name.endswith("noise_scale")}
    assert len(factors) == 23  # two a block, a third where the shortcut is learned
    for name, factor in factors.items():
        assert factor.grad is not None, name
        assert bool(factor.grad.any()), name


# --- ablations ----------------------------------------------------------------------------------------------------


def test_ablations_have_their_own_keys() -> None:
    alias, spade, instance = (expected_shapes("alias", {"width": 4, "normalisation": n}) for n in NORMALISATIONS)
    assert list(alias) == list(spade)
    assert {key: (alias[key], spade[key]) for key in alias if alias[key] != spade[key]} == {
        key: ((8, 8, 3, 3), (8, 7, 3, 3))
        for key in alias
        if key.endswith("conv_shared.0.weight")
        and key.split(".")[0] in ("head_0", "G_middle_0", "G_middle_1", "up_0", "up_1")
    }
    modulation = ("conv_shared", "conv_gamma", "conv_beta")
    assert set(instance) == {key for key in alias if not any(part in key for part in modulation)}


@torch.inference_mode()
def test_ablations_see_only_what_they_should() -> None:
    x, parse, mask = make_inputs()
    for normalisation, sees_mask, sees_parse in (
        ("alias", True, True),
        ("spade", False, True),
        ("instance", False, False),
    ):
        network = filled("alias", {"width": 4, "normalisation": normalisation})
        made = network(x, parse, mask)
        assert torch.equal(network(x, parse, torch.zeros_like(mask)), made) is not sees_mask
        assert torch.equal(network(x, parse.flip(3).roll(1, dims=1), mask), made) is not sees_parse
