"""Beginning a run with weights that are there already: those of a pack, instead of random ones."""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any, TypeVar

from torch import nn

from engine.errors import TryOnError
from engine.networks import config_of
from engine.networks.segmentation import SegmentationGenerator
from engine.training.options import LoopOptions
from engine.training.recipe import Recipe
from engine.training.widening import widened
from engine.weights import find_pack

Options = TypeVar("Options", bound=LoopOptions)


def with_widths(options: Options, kind: str, pack_name: str, chosen: Collection[str] = ()) -> Options:
    """`options` with the hyper-parameters of the pack's network of `kind`, as far as the recipe has them.

    Other networks of the pack that the recipe learns on are taken from there too, unless the options name some. A
    segmentation generator may become wider (`engine.training.widening`).
    chosen: names of the options that the user has set. TryOnError where the pack or its network is missing
    or another than those options say.
    """
    pack = find_pack(pack_name)
    if kind not in pack.configs:
        has = ", ".join(pack.configs)
        raise TryOnError("pack.no_beginning", name=pack.name, kind=kind, has=has)
    known = {field.name: getattr(options, field.name) for field in fields(options)}
    own = {name: value for name, value in pack.configs[kind].items() if name in known}
    if kind == "segmentation" and "width" in chosen:
        own["width"] = max(own["width"], known["width"])
    for name in sorted(own.keys() & set(chosen)):
        if own[name] != known[name]:
            raise TryOnError(
                "pack.contradicted", kind=kind, name=pack.name, option=name, found=own[name], wanted=known[name]
            )
    others: dict[str, Any] = {other: pack_name for other in pack.configs if known.get(other) == ""}
    return replace(options, **others, **own)


def begin_with(recipe: Recipe, pack_name: str) -> str:
    """Give the recipe's network the weights of the pack; returns the pack's name and version for the record.

    TryOnError where the networks differ, which they do not after `with_widths` unless the recipe fixes something.
    """
    pack = find_pack(pack_name)
    network = pack.load(recipe.trains)
    if isinstance(network, SegmentationGenerator) and isinstance(recipe.network, SegmentationGenerator):
        wider = replace(network.config, width=recipe.network.config.width)
        if recipe.network.config == wider and wider.width > network.config.width:
            recipe.network.load_state_dict(widened(network, recipe.network))
            return f"{pack.name} {pack.version}"
    if _shapes(network) != _shapes(recipe.network):
        raise TryOnError(
            "pack.other_network",
            kind=recipe.trains,
            name=pack.name,
            found=config_of(network),
            wanted=config_of(recipe.network),
        )
    recipe.network.load_state_dict(network.state_dict())
    return f"{pack.name} {pack.version}"


def _shapes(network: nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in network.state_dict().items()}
