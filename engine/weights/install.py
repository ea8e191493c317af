"""Weights that a user hands over, whatever they are: a pack's folder, or the published checkpoints under any name."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import TryOnError
from engine.weights.checkpoint_files import checkpoints_in, is_archive, read_checkpoint, unpacked
from engine.weights.combine import combine
from engine.weights.manifest import FILE_NAME, check_name
from engine.weights.pack import Pack, read_pack
from engine.weights.published import FILE_NAMES, import_published
from engine.weights.store import find_packs, weights_folder

_HR_VITON = ("ClothEncoder.", "PoseEncoder.")  # its condition generator names its halves so


def take_in(paths: Sequence[Path], name: str = "", width: int = 64) -> Pack:
    """Make an installed pack of `paths`: a pack's folder, a folder or ZIP archive of checkpoints, or the three files.

    Files are told apart by what they hold, whatever they are called. name: of the new pack; by default the pack's own,
    or "viton-hd". Everything is verified before it is taken in. TryOnError says which file is wrong and how.
    """
    if len(paths) == 1 and paths[0].is_dir():
        if (paths[0] / FILE_NAME).exists():
            return _copy_of(read_pack(paths[0]), name)
        return _imported(_chosen(checkpoints_in(paths[0]), paths[0]), name, width)
    if len(paths) == 1 and is_archive(paths[0]):
        with unpacked(paths[0]) as files:
            return _imported(_chosen(files, paths[0]), name, width)
    for path in paths:
        if path.is_dir():
            raise TryOnError("import.folder", path=path)
    return _imported(paths, name, width)


def _imported(paths: Sequence[Path], name: str, width: int) -> Pack:
    found = _by_kind(paths)
    missing = [FILE_NAMES[kind] for kind in FILE_NAMES if kind not in found]
    if missing:
        code = "import.one_missing" if len(missing) == 1 else "import.some_missing"
        raise TryOnError(code, missing=" and ".join(missing), all=", ".join(FILE_NAMES.values()))
    return import_published(found["segmentation"], found["matching"], found["alias"], name or "viton-hd", width=width)


def _copy_of(pack: Pack, name: str) -> Pack:
    pack.verify()
    own = check_name(name or pack.name)
    if any(other.name == own for other in find_packs()):
        raise TryOnError("pack.name_taken", name=own)
    return combine(pack, {}, weights_folder() / own, own)


def _chosen(found: list[Path], source: Path) -> list[Path]:
    """The three published names where they are there once each, else all; other checkpoints may lie beside them."""
    if not found:
        raise TryOnError("import.nothing", path=source, file=FILE_NAME)
    published = [path for path in found if path.name in FILE_NAMES.values()]
    return published if sorted(path.name for path in published) == sorted(FILE_NAMES.values()) else found


def _by_kind(paths: Sequence[Path]) -> dict[str, Path]:
    """The kind of every file; TryOnError about one that is no checkpoint of these networks, or comes twice."""
    found: dict[str, Path] = {}
    for path in paths:
        kind = _kind_of(path)
        if kind in found:
            raise TryOnError("import.twice", one=found[kind], other=path, kind=kind)
        found[kind] = path
    return found


def _kind_of(path: Path) -> str:
    """By the names of its tensors, which no two of the networks share; by its own name where they say nothing."""
    if not path.is_file():
        raise TryOnError("import.no_file", path=path)
    keys = read_checkpoint(path).keys()
    from engine.weights import strict  # which imports torch: what can be told without it takes no seconds

    shared = {kind: len(keys & strict.expected_shapes(kind, {}).keys()) for kind in FILE_NAMES}
    kind = max(shared, key=lambda one: shared[one])
    if 2 * shared[kind] >= len(keys):
        return kind
    named = next((kind for kind, name in FILE_NAMES.items() if path.name == name), None)
    if any(key.startswith(_HR_VITON) for key in keys):
        raise TryOnError("import.hr_viton", path=path)
    if named is None:
        raise TryOnError("import.other_keys", path=path)
    return named
