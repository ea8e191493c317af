"""The networks, one file each, and the table from a kind's name to its configuration and class.

The table is filled on first use, so that asking for a kind's name does not import torch. Imports labels, pose and
system; knows nothing of try-on, training or command line.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn

_WHERE: dict[str, tuple[str, str, str]] = {
    "segmentation": ("engine.networks.segmentation", "SegmentationConfig", "SegmentationGenerator"),
    "matching": ("engine.networks.matching", "MatchingConfig", "GeometricMatching"),
    "alias": ("engine.networks.alias", "AliasConfig", "AliasGenerator"),
    "parser": ("engine.networks.parser", "ParserConfig", "PersonParser"),
    "outer": ("engine.networks.outer", "ParserConfig", "OuterLayer"),
    "hair": ("engine.networks.hair", "HairConfig", "HairMatte"),
    "garment": ("engine.networks.garment", "GarmentConfig", "GarmentMask"),
    "flow": ("engine.networks.flow", "FlowConfig", "AppearanceFlow"),
    "composer": ("engine.networks.composer", "ComposerConfig", "Composer"),
    "collar": ("engine.networks.collar", "CollarConfig", "CollarMask"),
    "marks": ("engine.networks.marks", "MarksConfig", "SleeveMarks"),
    "sleeves": ("engine.networks.sleeves", "SleevesConfig", "SleeveLength"),
    "pix2pix": ("engine.networks.pix2pix", "Pix2PixConfig", "Pix2Pix"),
    "cpvton": ("engine.networks.cpvton", "CpVtonConfig", "CpVton"),
    "clothflow": ("engine.networks.clothflow", "ClothFlowConfig", "ClothFlow"),
    "acgpn": ("engine.networks.acgpn", "AcgpnConfig", "Acgpn"),
}
KINDS: tuple[str, ...] = tuple(_WHERE)


def build(kind: str, config: Mapping[str, Any]) -> "nn.Module":
    """A new network of `kind` (one of `KINDS`) with the hyper-parameters in `config`; missing ones keep their default.

    Raises ValueError that names an unknown kind or hyper-parameter.
    """
    if kind not in _WHERE:
        raise ValueError(f"unknown network kind {kind!r}; known are {', '.join(KINDS)}")
    module_name, config_name, class_name = _WHERE[kind]
    module = import_module(module_name)
    config_class = getattr(module, config_name)
    unknown = set(config) - {field.name for field in fields(config_class)}
    if unknown:
        raise ValueError(f"unknown hyper-parameter {sorted(unknown)[0]!r} for a {kind} network")
    network: nn.Module = getattr(module, class_name)(config_class(**config))
    return network


def config_of(network: "nn.Module") -> dict[str, Any]:
    """The hyper-parameters of a network made by `build`, as plain values for JSON."""
    config: Any = network.config
    return asdict(config)
