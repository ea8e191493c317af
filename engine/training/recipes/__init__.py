"""The table from a recipe's name to its presets and class, and starting or resuming a run of one.

One module a recipe; imports training, its losses, metrics, warping and below. Training itself imports no recipe.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import torch

from engine.errors import TryOnError
from engine.training.options import LoopOptions, changed
from engine.training.recipe import Recipe

_WHERE = {
    "segmentation": ("engine.training.recipes.segmentation", "SegmentationOptions", "SegmentationRecipe"),
    "alias": ("engine.training.recipes.alias", "AliasOptions", "AliasRecipe"),
    "matching": ("engine.training.recipes.matching", "MatchingOptions", "MatchingRecipe"),
    "parser": ("engine.training.recipes.parser", "ParserOptions", "ParserRecipe"),
    "outer": ("engine.training.recipes.outer", "OuterOptions", "OuterRecipe"),
    "hair": ("engine.training.recipes.hair", "HairOptions", "HairRecipe"),
    "garment": ("engine.training.recipes.garment", "GarmentOptions", "GarmentRecipe"),
    "flow": ("engine.training.recipes.flow", "FlowOptions", "FlowRecipe"),
    "collar": ("engine.training.recipes.collar", "CollarOptions", "CollarRecipe"),
    "marks": ("engine.training.recipes.marks", "MarksOptions", "MarksRecipe"),
    "sleeves": ("engine.training.recipes.sleeves", "SleevesOptions", "SleevesRecipe"),
    "composer": ("engine.training.recipes.composer", "ComposerOptions", "ComposerRecipe"),
    "pix2pix": ("engine.training.recipes.pix2pix", "Pix2PixOptions", "Pix2PixRecipe"),
    "cpvton": ("engine.training.recipes.cpvton", "CpVtonOptions", "CpVtonRecipe"),
    "clothflow": ("engine.training.recipes.clothflow", "ClothFlowOptions", "ClothFlowRecipe"),
    "acgpn": ("engine.training.recipes.acgpn", "AcgpnOptions", "AcgpnRecipe"),
}
RECIPES: tuple[str, ...] = tuple(_WHERE)


class Entry(NamedTuple):
    """One recipe: its presets by name, the class of its options, and the class itself."""

    presets: Mapping[str, LoopOptions]
    options: type[LoopOptions]
    recipe: type[Recipe]


def entry(kind: str) -> Entry:
    """The recipe of `kind`. TryOnError that names an unknown one."""
    if kind not in _WHERE:
        raise TryOnError("recipe.unknown", kind=kind, known=", ".join(RECIPES))
    module_name, options, recipe = _WHERE[kind]
    module = import_module(module_name)
    return Entry(module.PRESETS, getattr(module, options), getattr(module, recipe))


def preset(kind: str, name: str, values: Mapping[str, object] | None = None) -> LoopOptions:
    """The options of a preset, some of them replaced. TryOnError that names an unknown preset or option."""
    presets = entry(kind).presets
    if name not in presets:
        raise TryOnError("recipe.preset", kind=kind, name=name, known=", ".join(presets))
    return changed(presets[name], values or {})


def recorded(kind: str, record: Mapping[str, Any], values: Mapping[str, object] | None = None) -> LoopOptions:
    """The options that a run's record holds, some of them replaced. TryOnError where the record does not fit."""
    try:
        options = entry(kind).options(**record)
    except TypeError as error:
        raise TryOnError("run.options", reason=error) from error
    return changed(options, values or {})


def make(kind: str, options: LoopOptions) -> Recipe:
    """A recipe with new networks, drawn from the options' seed."""
    torch.manual_seed(options.seed)
    recipe: Recipe = entry(kind).recipe(options)  # type: ignore[call-arg]
    return recipe
