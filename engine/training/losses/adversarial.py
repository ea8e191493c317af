"""Losses of generator and discriminator; verdicts are those of `engine.networks.discriminator`, means over scales."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.training.losses.as_float32 import as_float32

Verdicts = Sequence[Sequence[Tensor]]


def least_squares(verdicts: Verdicts, real: bool) -> Tensor:
    """LSGAN (Mao et al., ICCV 2017): squared distance of the patch verdicts from 1 (`real`) or 0."""
    target = 1.0 if real else 0.0
    return torch.stack([(as_float32(features[-1]) - target).square().mean() for features in verdicts]).mean()


def log_likelihood(verdicts: Verdicts, real: bool) -> Tensor:
    """The first loss (Goodfellow et al., NIPS 2014), as pix2pix has it: cross entropy of the patch verdicts' logits."""
    last = [as_float32(features[-1]) for features in verdicts]
    return torch.stack([F.softplus(-one if real else one).mean() for one in last]).mean()


def hinge_discriminator(fake: Verdicts, real: Verdicts) -> Tensor:
    """Hinge loss of the discriminator (Lim and Ye, 2017): verdicts on real above 1, on fake below -1."""
    losses = [
        F.relu(1 + as_float32(f[-1])).mean() + F.relu(1 - as_float32(r[-1])).mean()
        for f, r in zip(fake, real, strict=True)
    ]
    return torch.stack(losses).mean()


def hinge_generator(fake: Verdicts) -> Tensor:
    """Hinge loss of the generator: verdicts on its pictures as high as possible."""
    return torch.stack([-as_float32(features[-1]).mean() for features in fake]).mean()


def feature_matching(fake: Verdicts, real: Verdicts) -> Tensor:
    """L1 between the discriminator's features of fake and real but for the last (Wang et al., CVPR 2018)."""
    losses = [
        F.l1_loss(as_float32(a), as_float32(b.detach()))
        for fake_features, real_features in zip(fake, real, strict=True)
        for a, b in zip(fake_features[:-1], real_features[:-1], strict=True)
    ]
    return torch.stack(losses).sum() / len(fake)


def split(verdicts: Verdicts) -> tuple[list[list[Tensor]], list[list[Tensor]]]:
    """First and second half of the batch, for a discriminator that judged both at once."""
    halves = [[feature.chunk(2) for feature in features] for features in verdicts]
    return [[h[0] for h in features] for features in halves], [[h[1] for h in features] for features in halves]


@contextmanager
def frozen(network: nn.Module) -> Iterator[nn.Module]:
    """Gradients flow through `network` but not into its weights, for what is computed in the block."""
    network.requires_grad_(False)
    try:
        yield network
    finally:
        network.requires_grad_(True)
