"""Import of the three published VITON-HD checkpoints as a weight pack.

The checkpoints (Choi et al., CVPR 2021) are state dicts saved by torch.save: seg_final.pth, gmm_final.pth and
alias_final.pth. They come from file-sharing sites, so they are read as tensors only and never executed.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

from engine.errors import TryOnError
from engine.weights.manifest import Manifest, check_name
from engine.weights.pack import Pack, refuse_existing, sha256_of, write_states
from engine.weights.store import find_packs, weights_folder

if TYPE_CHECKING:
    from torch import Tensor

    from engine.weights.strict import Shapes

LICENCE = "as published by its authors (CC BY-NC 4.0 for the original VITON-HD checkpoints); research, non-commercial"
SIZES = ((1024, 768), (512, 384))
FILE_NAMES = {"segmentation": "seg_final.pth", "matching": "gmm_final.pth", "alias": "alias_final.pth"}
_WRAPPERS = ("state_dict", "model_state_dict", "model")  # common names of the state dict inside a larger checkpoint
_UNSAFE = re.compile(r"(?:GLOBAL|class) ([\w.]+)")
_COUNTER = ".num_batches_tracked"
_ZIP = b"PK\x03\x04"


def import_published(
    seg: str | Path, gmm: str | Path, alias: str | Path, name: str = "viton-hd", *, width: int = 64
) -> Pack:
    """Convert the three published checkpoints to a pack called `name` in the user's weights folder.

    seg, gmm, alias: state dicts saved by torch.save, plain or inside {"state_dict": ...}, with or without the "module."
    that DataParallel puts before each key. width: 64 is the published network; other values are for checkpoints of
    the same architecture trained at another width. Tensors are stored in float32, exactly as they are.

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


def read_checkpoint(path: Path) -> "dict[str, Tensor]":
    """The tensors of a state dict saved by torch.save, without wrappers and without the "module." of DataParallel.

    TryOnError when the file is empty, cut off, no checkpoint, or holds anything but tensors.
    """

    content = _unwrap(_load(path))
    if not isinstance(content, Mapping) or not content:
        raise TryOnError("import.no_tensors", path=path)
    odd = [key for key, value in content.items() if not (isinstance(key, str) and _is_plain(value))]
    if odd:
        raise TryOnError("import.odd_tensor", path=path, first=repr(odd[0]))
    if all(key.startswith("module.") for key in content):
        content = {key.removeprefix("module."): value for key, value in content.items()}
    return dict(content)


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


def _is_plain(value: Any) -> bool:
    import torch

    dense = isinstance(value, torch.Tensor) and value.layout is torch.strided and value.device.type == "cpu"
    return dense and not value.is_quantized


def _load(path: Path) -> Any:
    """torch.load for tensors only; everything it may raise about the content becomes one sentence."""
    import torch

    try:
        with path.open("rb") as file:
            mapped = file.read(4) == _ZIP  # files older than PyTorch 1.6 cannot be mapped into memory
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True, mmap=mapped)
    except PermissionError as error:
        raise TryOnError("import.unreadable", path=path) from error
    except UnpicklingError as error:
        raise _refusal(path, str(error)) from error
    except Exception as error:  # whatever a damaged file makes the reader stumble over
        raise TryOnError("import.cut_off", path=path) from error


def _refusal(path: Path, message: str) -> TryOnError:
    unsafe = _UNSAFE.search(message)
    if unsafe is None:
        return TryOnError("import.cut_off", path=path)
    return TryOnError("import.unsafe", path=path, what=unsafe[1])


def _unwrap(content: Any) -> Any:
    for wrapper in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(wrapper), Mapping):
            return content[wrapper]
    return content
