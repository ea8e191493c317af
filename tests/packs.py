"""Networks and weight packs for tests: values from the fill rule of the reference vectors, none of them trained."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine import networks
from engine.tryon.pipeline import TryOnPipeline
from engine.weights import Pack, import_published, write_pack
from engine.weights.refinements import Refinements
from engine.weights.strict import expected_shapes, unfilled
from tests.fill import fill_state_dict

KINDS = ("segmentation", "matching", "alias")  # the networks of the published try-on
NARROW = 4
LIVELY = 2  # seed of the fill rule whose narrow networks predict clothes, arms and background all at once
Size = tuple[int, int]


def filled_state(kind: str, config: Mapping[str, Any], seed: int = 0, noise: float = 0.0) -> dict[str, torch.Tensor]:
    """State of a network by the fill rule; `noise` is the factor of the ALIAS norms, which the rule leaves at zero."""
    shapes = expected_shapes(kind, config)
    state = _filled(tuple(shapes.items()), seed) if len(config) else fill_state_dict(shapes, seed)
    return {key: value + noise if key.endswith("noise_scale") else value.clone() for key, value in state.items()}


@lru_cache(maxsize=16)
def _filled(shapes: tuple[tuple[str, tuple[int, ...]], ...], seed: int) -> dict[str, torch.Tensor]:
    """Narrow states are asked for again and again; published ones are too large to keep."""
    return fill_state_dict(dict(shapes), seed)


def filled(kind: str, config: Mapping[str, Any] | None = None, seed: int = 0, noise: float = 0.0) -> nn.Module:
    """A network of `kind` by the fill rule, in evaluation mode; published widths where `config` is left out."""
    config = config or {}
    network = unfilled(kind, config)
    network.load_state_dict(filled_state(kind, config, seed, noise), strict=True, assign=True)
    return network.eval()


def narrow_networks(seed: int = LIVELY, noise: float = 0.0, width: int = NARROW) -> dict[str, nn.Module]:
    """The three networks of the try-on at a sixteenth of the published width: a picture in a second."""
    return {kind: filled(kind, {"width": width}, seed, noise) for kind in KINDS}


def narrow_pipeline(size: Size = (512, 384), seed: int = LIVELY, noise: float = 0.0) -> TryOnPipeline:
    """A pipeline on narrow networks, on the CPU."""
    return TryOnPipeline(narrow_networks(seed, noise), "cpu", size=size)


def narrow_pack(
    folder: Path,
    name: str = "narrow",
    noise: float = 0.0,
    sizes: tuple[Size, ...] = ((512, 384),),
    refinements: Refinements = Refinements(),
) -> Pack:
    """A weight pack of narrow networks in `folder`."""
    made = narrow_networks(noise=noise)
    return write_pack(folder, name, made, "1", "none", sizes, "filled, not trained", refinements=refinements)


def published_pack(folder: Path, name: str = "published") -> Pack:
    """Three checkpoints of the published shapes, written to `folder` and imported into the user's packs."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {kind: folder / f"{kind}.pth" for kind in KINDS}
    for kind, path in paths.items():
        torch.save(filled_state(kind, networks.config_of(unfilled(kind, {}))), path)
    return import_published(paths["segmentation"], paths["matching"], paths["alias"], name)
