"""Weights that a user hands over, whatever they are: a pack's folder, or the published checkpoints under any name."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import TryOnError
from engine.weights.combine import combine
from engine.weights.manifest import FILE_NAME, check_name
from engine.weights.pack import Pack, read_pack
from engine.weights.published import FILE_NAMES, import_published, read_checkpoint
from engine.weights.store import find_packs, weights_folder


def take_in(paths: Sequence[Path], name: str = "", width: int = 64) -> Pack:
    """Make an installed pack of `paths`: one pack's folder, a folder of checkpoints, or the three checkpoint files.

    Files are told apart by their published names, else by what they hold. name: of the new pack; by default the pack's
    own, or "viton-hd". Everything is verified before it is taken in. TryOnError says which file is wrong and how.
    """
    if len(paths) == 1 and paths[0].is_dir():
        if (paths[0] / FILE_NAME).exists():
            return _copy_of(read_pack(paths[0]), name)
        paths = _checkpoints_in(paths[0])
    for path in paths:
        if path.is_dir():
            raise TryOnError("import.folder", path=path)
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


def _checkpoints_in(folder: Path) -> list[Path]:
    found = [path for path in sorted(folder.iterdir()) if path.suffix in (".pth", ".pt")]
    if not found:
        raise TryOnError("import.nothing", path=folder, file=FILE_NAME)
    published = [path for path in found if path.name in FILE_NAMES.values()]
    return published if len(published) == len(FILE_NAMES) else found


def _by_kind(paths: Sequence[Path]) -> dict[str, Path]:
    """The kind of every file; TryOnError about one that is no checkpoint of these networks, or comes twice."""
    found: dict[str, Path] = {}
    for path in paths:
        kind = next((kind for kind, name in FILE_NAMES.items() if path.name == name), None) or _kind_inside(path)
        if kind in found:
            raise TryOnError("import.twice", one=found[kind], other=path, kind=kind)
        found[kind] = path
    return found


def _kind_inside(path: Path) -> str:
    """By the names of its tensors, which no two of the networks share."""
    from engine.weights import strict

    if not path.is_file():
        raise TryOnError("import.no_file", path=path)
    keys = read_checkpoint(path).keys()
    shared = {kind: len(keys & strict.expected_shapes(kind, {}).keys()) for kind in FILE_NAMES}
    kind = max(shared, key=lambda one: shared[one])
    if 2 * shared[kind] < len(keys):
        raise TryOnError("import.other_keys", path=path)
    return kind
