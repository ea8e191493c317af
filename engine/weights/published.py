"""Import of the three published VITON-HD checkpoints as a weight pack.

The checkpoints (Choi et al., CVPR 2021) are state dicts saved by torch.save: seg_final.pth, gmm_final.pth and
alias_final.pth. They come from file-sharing sites, so they are read as tensors only and never executed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import TryOnError
from engine.weights.checkpoint_files import read_checkpoint
from engine.weights.manifest import Manifest, check_name
from engine.weights.pack import Pack, refuse_existing, sha256_of, write_states
from engine.weights.store import find_packs, weights_folder

if TYPE_CHECKING:
    from torch import Tensor

    from engine.weights.strict import Shapes

LICENCE = "as published by its authors (CC BY-NC 4.0 for the original VITON-HD checkpoints); research, non-commercial"
SIZES = ((1024, 768), (512, 384))
FILE_NAMES = {"segmentation": "seg_final.pth", "matching": "gmm_final.pth", "alias": "alias_final.pth"}
_COUNTER = ".num_batches_tracked"


def import_published(
    seg: str | Path, gmm: str | Path, alias: str | Path, name: str = "viton-hd", *, width: int = 64
) -> Pack:
    """Convert the three published checkpoints to a pack called `name` in the user's weights folder.

    seg, gmm, alias: state dicts as `engine.weights.checkpoint_files` reads them. width: 64 is the published network;
    other values are for checkpoints of the same architecture trained at another width. Tensors are stored in float32,
    exactly as they are.

    The pack appears whole or not at all. TryOnError names the file, and the first key that is missing or has another
    shape; a pickle that holds anything but tensors is refused without running it.
    """
    paths = {"segmentation": Path(seg), "matching": Path(gmm), "alias": Path(alias)}
    folder = weights_folder() / check_name(name)
    refuse_existing(folder)
    if any(pack.name == name for pack in find_packs()):
        raise TryOnError("pack.name_taken", name=name)
    for kind, path in paths.items():
        _check_file(path, kind)
    configs = {kind: {"width": width} for kind in paths}
    provenance = {
        "source": "published VITON-HD checkpoints, converted by `tryon weights import`",
        "files": {kind: {"name": path.name, "sha256": sha256_of(path)} for kind, path in paths.items()},
    }
    manifest = Manifest(name, "1", LICENCE, SIZES, _full(configs), provenance, {})
    return write_states(folder, manifest, _states(paths, configs), half=False)


def _states(
    paths: Mapping[str, Path], configs: Mapping[str, Mapping[str, Any]]
) -> "Iterator[tuple[str, dict[str, Tensor]]]":
    """One checkpoint after the other, checked against the network it is for; only one is in memory at a time."""
    from engine.weights import strict

    expected = {kind: strict.expected_shapes(kind, config) for kind, config in configs.items()}
    for kind, path in paths.items():
        state = _with_counters(read_checkpoint(path), expected[kind])
        found = {key: tuple(value.shape) for key, value in state.items()}
        wrong = strict.difference(expected[kind], found)
        if wrong:
            raise _misfit(path, kind, wrong, found, expected)
        yield kind, {key: state[key] for key in expected[kind]}


def _misfit(path: Path, kind: str, wrong: str, found: "Shapes", expected: "Mapping[str, Shapes]") -> TryOnError:
    """What to say of a checkpoint that does not fit; says so when it is simply another stage's."""
    for other, shapes in expected.items():
        if other != kind and _without_counters(found) == _without_counters(shapes):
            return TryOnError("import.swapped", path=path, kind=kind, other=other)
    return TryOnError("import.wrong", path=path, kind=kind, wrong=wrong)


def _with_counters(state: "dict[str, Tensor]", expected: "Shapes") -> "dict[str, Tensor]":
    """`state` with batch counters as single numbers; old PyTorch left them out, or saved them as vectors of one.

    Evaluation does not use them, so a missing one is zero.
    """
    import torch

    counters = {key: state.get(key, torch.zeros((), dtype=torch.int64)) for key in expected if key.endswith(_COUNTER)}
    return state | {key: value.reshape(()) if value.numel() == 1 else value for key, value in counters.items()}


def _without_counters(shapes: "Shapes") -> "Shapes":
    return {key: shape for key, shape in shapes.items() if not key.endswith(_COUNTER)}


def _full(configs: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Configurations with every hyper-parameter written out, so that a later change of a default does not matter."""
    from engine import networks
    from engine.weights import strict

    return {kind: networks.config_of(strict.unfilled(kind, config)) for kind, config in configs.items()}


def _check_file(path: Path, kind: str) -> None:
    if not path.is_file():
        raise TryOnError("import.absent", path=path, kind=kind, file=FILE_NAMES[kind])
    if path.stat().st_size == 0:
        raise TryOnError("import.empty", path=path)
