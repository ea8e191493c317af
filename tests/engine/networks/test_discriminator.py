"""PatchGAN at several scales."""

import itertools

import pytest
import torch

from engine.networks.discriminator import DiscriminatorConfig, MultiScaleDiscriminator


@pytest.mark.parametrize("spectral", [False, True])
def test_one_list_of_features_a_scale_the_second_at_half_size(spectral: bool) -> None:
    network = MultiScaleDiscriminator(DiscriminatorConfig(5, width=4, spectral=spectral))
    verdicts = network(torch.randn(2, 5, 64, 48))
    assert [len(features) for features in verdicts] == [5, 5]
    assert [feature.shape[1] for feature in verdicts[0]] == [4, 8, 16, 32, 1]
    assert verdicts[0][0].shape[2:] == (33, 25)
    assert verdicts[1][0].shape[2:] == (17, 13)
    sum(features[-1].mean() for features in verdicts).backward()
    assert all(parameter.grad is not None for parameter in network.parameters())


def test_published_width_and_number_of_weights() -> None:
    """Two scales of C64-C128-C256-C512 with kernels of 4 on 21 + 13 channels."""
    network = MultiScaleDiscriminator(DiscriminatorConfig(34))
    widths = [34, 64, 128, 256, 512, 1]
    one = sum(16 * a * b + b for a, b in itertools.pairwise(widths))
    assert sum(parameter.numel() for parameter in network.parameters()) == 2 * one


def test_spectral_norm_bounds_the_largest_singular_value() -> None:
    network = MultiScaleDiscriminator(DiscriminatorConfig(3, width=4, spectral=True)).train()
    for _ in range(15):
        network(torch.randn(1, 3, 16, 12))
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            assert float(torch.linalg.matrix_norm(module.weight.detach().flatten(1), 2)) == pytest.approx(1, abs=0.1)
