"""Networks and inputs that the sections measure."""

from collections.abc import Callable
from typing import Literal, cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.labels import Alias
from engine.networks.alias import streaming
from engine.networks.alias.generator import IN_CHANNELS, AliasGenerator
from engine.weights.strict import expected_shapes, unfilled
from tests.benchmarks.plan import Size
from tests.fill import fill_state_dict, person_labels, soft_misalignment

Form = Literal["dense", "table"]
FORMS: tuple[Form, Form] = ("dense", "table")
NOISE = 0.1  # factor of the noise in each norm; trained networks have some
Picture = tuple[Tensor, Tensor, Tensor]
"""Input (1, 9, H, W), one-hot parse (1, 7, H, W) and misalignment (1, 1, H, W) of the ALIAS generator."""


def generator(form: Form, channels: int, noise: bool) -> AliasGenerator:
    """An ALIAS generator by the fill rule of the reference vectors; both forms have the same values.

    The dense form is left just as published: weights in PyTorch's own layout, every modulation convolved in full.
    """
    network = _filled(channels)
    if noise:
        for name, factor in network.named_parameters():
            if name.endswith("noise_scale"):
                factor.data.fill_(NOISE)
    network.dense = form == "dense"
    if form == "table":
        network.workspace = streaming.Workspace()
        streaming.lay_out(network)
    return network


def _filled(channels: int) -> AliasGenerator:
    """Not `tests.packs.filled`, which keeps the values for the next time: another 400 MB beside the network."""
    config = {"width": channels}
    network = cast(AliasGenerator, unfilled("alias", config))
    network.load_state_dict(fill_state_dict(expected_shapes("alias", config)), strict=True, assign=True)
    return network.eval()


def picture(size: Size, labels: NDArray[np.int64] | None = None) -> Picture:
    """A person-shaped parse (or `labels`) with a softly edged misalignment; the picture itself is noise."""
    labels = person_labels(*size) if labels is None else labels
    parse = F.one_hot(torch.from_numpy(labels), len(Alias)).permute(2, 0, 1)[None].float().contiguous()
    mask = torch.from_numpy(soft_misalignment(*size))[None, None] * parse[:, Alias.GARMENT, None]
    x = torch.randn(1, IN_CHANNELS, *size, generator=torch.Generator().manual_seed(0))
    return x.clamp(-1, 1), parse, mask


def blobs(size: Size, count: int) -> NDArray[np.int64]:
    """Person-shaped labels with `count` ellipses of any class strewn over them: more and more outlines."""
    rng = np.random.default_rng(count)
    labels = person_labels(*size).astype(np.int32)
    longest = size[0] // 64
    for _ in range(count):
        centre = (int(rng.integers(size[1])), int(rng.integers(size[0])))
        axes = (int(rng.integers(1, longest + 1)), int(rng.integers(1, longest + 1)))
        cv2.ellipse(labels, centre, axes, float(rng.uniform(0, 180)), 0, 360, int(rng.integers(len(Alias))), -1)
    return labels.astype(np.int64)


def call(network: AliasGenerator, inputs: Picture) -> Callable[[], Tensor]:
    """One picture, with the same noise every time."""

    def run() -> Tensor:
        with torch.inference_mode():
            made: Tensor = network(*inputs, generator=torch.Generator().manual_seed(1))
        return made

    return run
