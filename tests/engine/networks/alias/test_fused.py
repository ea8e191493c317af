"""The fused form of the ALIAS norm, used in training, is the plain one: values and gradients, in double precision."""

import copy
from typing import cast

import pytest
import torch
from torch import Tensor

from engine.labels import Alias
from engine.networks.alias import AliasConfig, AliasGenerator, fused
from engine.networks.alias.modulation import find_neighbourhoods
from engine.networks.alias.norm import Maps
from engine.networks.alias.normalisation import LEAK
from tests.benchmarks import cases

SIZE = (128, 256)
Trained = tuple[Tensor, dict[str, Tensor]]


def lively(normalisation: str = "alias") -> AliasGenerator:
    torch.manual_seed(0)
    network = AliasGenerator(AliasConfig(4, normalisation)).train().double()  # type: ignore[arg-type]
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    return network


def trained(network: AliasGenerator, inputs: cases.Picture) -> Trained:
    """Picture and gradients of one step; two pictures a batch, one of them mirrored."""
    both = [torch.cat([one, one.flip(3)]).double() for one in inputs]
    noise = [torch.Generator().manual_seed(seed) for seed in (1, 2)]
    made = network(*both, generator=noise)
    (made - both[0][:, :3]).abs().mean().backward()
    return made, {name: cast(Tensor, one.grad) for name, one in network.named_parameters()}


@pytest.mark.parametrize("normalisation", ["alias", "spade"])
def test_values_and_gradients_are_those_of_the_plain_form(normalisation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = cases.picture(SIZE)
    network = lively(normalisation)
    other = copy.deepcopy(network)
    monkeypatch.setattr("engine.networks.alias.modulation.WORTHWHILE", 10.0)
    quick, quick_gradients = trained(network, inputs)
    monkeypatch.setattr(fused, "_ENOUGH_PIXELS", 10**9)
    plain, plain_gradients = trained(other, inputs)
    torch.testing.assert_close(quick, plain, atol=1e-11, rtol=0)
    for name, gradient in plain_gradients.items():
        torch.testing.assert_close(quick_gradients[name], gradient, atol=1e-11, rtol=0, msg=name)


def test_the_gradient_of_the_look_up_is_right() -> None:
    generator = torch.Generator().manual_seed(3)
    z, scale, shift = (torch.randn(n, 2, generator=generator, dtype=torch.float64) for n in (7, 3, 3))
    index = torch.tensor([0, 0, 1, 2, 2, 2, 1])
    inputs = [one.requires_grad_() for one in (z, scale, shift)]
    for leak in (True, False):
        assert torch.autograd.gradcheck(lambda *x, leak=leak: fused._ScaleShift.apply(*x, index, leak), inputs)


def test_half_precision_is_normalised_in_full() -> None:
    network = lively().float().blocks()[3].norm_0
    _, parse, mask = cases.picture(SIZE)
    distinct = find_neighbourhoods(parse.argmax(dim=1), parse.shape[1], mask, Alias.GARMENT)
    x = torch.randn(1, len(network.noise_scale), *SIZE, generator=torch.Generator().manual_seed(0)).bfloat16()
    noise = torch.randn(1, 1, *SIZE)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        made = fused.norm(network, x, distinct, mask, noise, leak=True)
    assert made.dtype == torch.float32
    torch.testing.assert_close(made, fused.norm(network, x.float(), distinct, mask, noise, leak=True))
    plain = network(x.float(), Maps(mask, mask, distinct), noise)
    torch.testing.assert_close(made, torch.nn.functional.leaky_relu(plain, LEAK), atol=1e-4, rtol=1e-4)
