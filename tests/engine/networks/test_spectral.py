"""Spectral normalisation: sigma from the stored vectors, improved by training steps only."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from engine.networks.spectral import SpectralConv2d
from tests.fill import fill_state_dict


def filled_layer(bias: bool = True) -> SpectralConv2d:
    layer = SpectralConv2d(5, 7, 3, bias=bias)
    state = fill_state_dict({key: tuple(value.shape) for key, value in layer.state_dict().items()})
    layer.load_state_dict(state)
    return layer.eval()


def largest_singular_value(layer: SpectralConv2d) -> float:
    matrix = layer.weight_orig.detach().flatten(1).double().numpy()
    return float(np.linalg.svd(matrix, compute_uv=False)[0])


def test_keys_are_those_of_the_published_checkpoints() -> None:
    assert list(filled_layer().state_dict()) == ["bias", "weight_orig", "weight_u", "weight_v"]
    assert list(filled_layer(bias=False).state_dict()) == ["weight_orig", "weight_u", "weight_v"]


def test_evaluation_divides_by_the_sigma_of_the_stored_vectors() -> None:
    layer = filled_layer()
    with torch.no_grad():
        layer.weight_u.copy_(torch.arange(7.0))  # nothing like a singular vector
        layer.weight_v.copy_(torch.linspace(-1, 1, 45))
        u, v, w = (t.double().numpy() for t in (layer.weight_u, layer.weight_v, layer.weight_orig.flatten(1)))
        sigma = u @ w @ v
        x = torch.randn(2, 5, 6, 4)
        wanted = F.conv2d(x, layer.weight_orig / sigma, layer.bias, padding=1)
        assert torch.allclose(layer(x), wanted, atol=1e-5)


def test_evaluation_leaves_the_vectors_alone() -> None:
    layer = filled_layer()
    before = layer.weight_u.clone(), layer.weight_v.clone()
    layer(torch.randn(1, 5, 4, 4))
    assert torch.equal(layer.weight_u, before[0])
    assert torch.equal(layer.weight_v, before[1])


def test_training_steps_find_the_largest_singular_value() -> None:
    layer = SpectralConv2d(5, 7, 3).train()
    x = torch.randn(1, 5, 4, 4)
    for _ in range(200):
        layer(x)
    weight = layer.eval().weight().detach().flatten(1).double().numpy()
    assert abs(float(np.linalg.svd(weight, compute_uv=False)[0]) - 1) < 1e-4
    sigma = float(layer.weight_u @ layer.weight_orig.detach().flatten(1) @ layer.weight_v)
    assert abs(sigma / largest_singular_value(layer) - 1) < 1e-4


def test_gradient_reaches_the_weight_but_not_the_vectors() -> None:
    layer = filled_layer()
    layer.double()

    def normalised(weight: torch.Tensor) -> torch.Tensor:
        return torch.func.functional_call(layer, {"weight_orig": weight}, (torch.ones(1, 5, 3, 3, dtype=torch.double),))

    assert torch.autograd.gradcheck(normalised, layer.weight_orig.detach().clone().requires_grad_())
    assert not layer.weight_u.requires_grad
    assert not layer.weight_v.requires_grad


def test_two_passes_of_one_training_step_can_go_backwards() -> None:
    layer = filled_layer().train()
    x = torch.randn(1, 5, 4, 4)
    (layer(x) + layer(2 * x)).sum().backward()
    assert layer.weight_orig.grad is not None
    assert bool(layer.weight_orig.grad.isfinite().all())


@pytest.mark.parametrize("training", [False, True])
def test_half_precision_keeps_sigma_whole(training: bool) -> None:
    """As in mixed-precision training: the convolution is halved, the singular value is not."""
    layer, twin = filled_layer().train(training), filled_layer().train(training)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        weight = layer.weight()
        made = layer(torch.randn(1, 5, 4, 4))
    assert made.dtype == torch.bfloat16
    assert weight.dtype == torch.float32
    assert torch.equal(weight, twin.weight())
    made.float().sum().backward()
    assert layer.weight_orig.grad is not None
