"""The composer paints a picture and says where the cloth is shown."""

import pytest
import torch

from engine.networks import build, config_of
from engine.networks.composer import PLANES, Composer, ComposerConfig, composer_input, skin_colour


def narrow() -> Composer:
    torch.manual_seed(0)
    return Composer(ComposerConfig(width=4)).eval()


def test_picture_and_mask_have_their_ranges() -> None:
    painted, shown = narrow()(torch.randn(2, PLANES, 64, 32))
    assert painted.shape == (2, 3, 64, 32)
    assert shown.shape == (2, 1, 64, 32)
    assert painted.abs().max() <= 1
    assert 0 <= shown.min() <= shown.max() <= 1


def test_untrained_it_paints_grey_and_mostly_shows_the_cloth() -> None:
    painted, shown = narrow()(torch.randn(1, PLANES, 64, 32))
    assert painted.abs().mean() < 0.2
    assert 0.6 < shown.mean() < 0.85


def test_every_weight_learns() -> None:
    network = narrow().train()
    painted, shown = network(torch.randn(1, PLANES, 64, 32))
    (painted.square().mean() + shown.mean()).backward()
    still = [name for name, weight in network.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert not still


def test_configuration_makes_it_again() -> None:
    network = narrow()
    again = build("composer", config_of(network))
    again.load_state_dict(network.state_dict())
    x = torch.randn(1, PLANES, 32, 32)
    assert torch.equal(network(x)[0], again.eval()(x)[0])


@pytest.mark.parametrize("shape", [(1, PLANES - 1, 64, 32), (1, PLANES, 60, 32), (PLANES, 64, 32)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="27, 256, 192"):
        narrow()(torch.zeros(shape))


def test_planes_are_in_their_order() -> None:
    one, size = torch.ones(1, 1, 32, 32), (1, 3, 32, 32)
    parse = torch.zeros(1, 13, 32, 32)
    x = composer_input(
        torch.full(size, 1.0),
        torch.full(size, 2.0),
        torch.full(size, 3.0),
        4 * one,
        parse,
        6 * one,
        torch.ones(1, 3, 1, 1) * 7,
    )
    assert x.shape[1] == PLANES
    assert x[0, :, 5, 5].tolist() == [1] * 3 + [2] * 3 + [3] * 3 + [4] + [0] * 13 + [6] + [7] * 3


def test_skin_is_the_median_of_the_first_group_that_is_seen() -> None:
    image, labels, hidden = torch.zeros(2, 3, 16, 16), torch.zeros(2, 16, 16), torch.zeros(2, 1, 16, 16)
    labels[:, :8], labels[:, 8:] = 1, 2
    image[:, :, :8], image[:, :, 8:] = 0.25, 0.75
    hidden[1, :, :8] = 1  # the second person shows the second group only
    found = skin_colour(image, labels, hidden, ((1,), (2,)))
    assert found[:, 0, 0, 0].tolist() == [0.25, 0.75]
    assert skin_colour(image, labels, torch.ones_like(hidden), ((1,), (2,))).abs().sum() == 0
