"""Norms that are told the label map as a whole, and pictures that come in at one scale alone."""

import pytest
import torch
from torch import Tensor

from engine.networks.alias import AliasConfig, AliasGenerator
from engine.networks.alias.generator import Normalisation
from tests.engine.networks.alias.test_generator import make_inputs

WHOLE: tuple[Normalisation, ...] = ("conditional_batch", "adaptive_instance")


def network(**config: object) -> AliasGenerator:
    torch.manual_seed(0)
    return AliasGenerator(AliasConfig(4, **config)).eval()


@pytest.mark.parametrize("normalisation", WHOLE)
def test_the_layout_counts_as_a_whole_and_the_misalignment_not(normalisation: Normalisation) -> None:
    x, parse, mask = make_inputs()
    made = network(normalisation=normalisation)
    with torch.no_grad():
        picture = made(x, parse, mask)
        assert torch.equal(made(x, parse, torch.zeros_like(mask)), picture)
        assert not torch.equal(made(x, parse.roll(1, dims=1), mask), picture)


@pytest.mark.parametrize("config", [*({"normalisation": one} for one in WHOLE), {"multi_scale": False}])
def test_every_weight_learns(config: dict[str, object]) -> None:
    made = network(**config).train()
    made(*make_inputs(2)).square().mean().backward()
    still = [
        name for name, one in made.named_parameters() if one.ndim > 1 and not (one.grad is not None and one.grad.any())
    ]
    assert not still


def test_batch_statistics_are_kept_for_a_try_on() -> None:
    made = network(normalisation="conditional_batch").train()
    x, parse, mask = make_inputs(2)
    with torch.no_grad():
        made(x, parse, mask)
        alone, together = made.eval()(x[:1], parse[:1], mask[:1]), made(x, parse, mask)[:1]
    assert float((alone - together).abs().max()) < 1e-4


def test_at_one_scale_the_pictures_come_in_small() -> None:
    x, parse, mask = make_inputs()
    fine = x.clone()
    fine[..., 1::2, 1::2] = 0  # the smallest scale takes every 128th pixel, none of these
    assert _unlike(network(), (x, parse, mask), fine)
    assert not _unlike(network(multi_scale=False), (x, parse, mask), fine)
    names = {name.partition(".")[0] for name, _ in network(multi_scale=False).named_parameters()}
    assert {f"conv_{scale}" for scale in range(1, 8)} & names == set()


def _unlike(made: AliasGenerator, inputs: tuple[Tensor, Tensor, Tensor], other: Tensor) -> bool:
    with torch.no_grad():
        return not torch.equal(made(*inputs), made(other, *inputs[1:]))
