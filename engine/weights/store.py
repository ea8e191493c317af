"""Where packs live: those that ship with the program and those of the user."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from engine.errors import TryOnError
from engine.paths import home
from engine.weights.pack import Pack, read_pack


def weights_folder() -> Path:
    """Where the user's packs are kept; it may not exist yet."""
    return home() / "weights"


def shipped_folder() -> Path:
    """Where the packs that come with the program are; read only. TRYON_SHIPPED_WEIGHTS names another folder."""
    elsewhere = os.environ.get("TRYON_SHIPPED_WEIGHTS")
    return Path(elsewhere) if elsewhere else Path(str(files("resources"))) / "weights"


def is_shipped(pack: Pack) -> bool:
    """Whether the pack came with the program."""
    return pack.folder.parent == shipped_folder()


def find_packs() -> list[Pack]:
    """All packs whose pack.json can be read, shipped ones first, each group by folder name."""
    return [found for found in _scan() if isinstance(found, Pack)]


def find_broken() -> dict[Path, TryOnError]:
    """Folders that should be packs but whose pack.json cannot be read, each with the reason."""
    return dict(found for found in _scan() if not isinstance(found, Pack))


def find_pack(name_or_path: str | Path) -> Pack:
    """The pack of that name, or the one in that folder.

    TryOnError says which packs there are, what is wrong with the one of that name, or that a name is not unique.
    """
    named = [pack for pack in find_packs() if pack.name == str(name_or_path)]
    if len(named) > 1:
        where = " and ".join(str(pack.folder) for pack in named)
        raise TryOnError("pack.twice", name=name_or_path, where=where)
    if named:
        return named[0]
    folder = Path(name_or_path).expanduser()
    if folder.is_dir():
        return read_pack(folder)
    for broken, reason in find_broken().items():
        if broken.name == str(name_or_path):
            raise reason
    known = ", ".join(pack.name for pack in find_packs()) or "none"
    raise TryOnError("pack.unknown", name=str(name_or_path), known=known)


def remove_pack(name: str) -> Path:
    """Delete the user's pack of that name, or the broken one in the folder of that name; returns where it was.

    TryOnError when there is none or it came with the program.
    """
    folder = weights_folder() / name
    if folder not in find_broken():
        folder = _own_folder(name)
    if folder.is_symlink():
        folder.unlink()
        return folder
    try:
        # renamed first, so that an interrupted deletion leaves no half pack behind
        doomed = Path(tempfile.mkdtemp(prefix=".removed-", dir=folder.parent))
        folder.rename(doomed / folder.name)
    except OSError as error:
        raise TryOnError("pack.not_removed", path=folder, reason=error.strerror) from error
    shutil.rmtree(doomed, ignore_errors=True)
    return folder


def _own_folder(name: str) -> Path:
    named = [pack for pack in find_packs() if pack.name == name]
    own = [pack.folder for pack in named if not is_shipped(pack)]
    if len(own) > 1:
        raise TryOnError("pack.own_twice", name=name, one=own[0], other=own[1])
    if not own and named:
        raise TryOnError("pack.shipped", name=name)
    if not own:
        find_pack(name)  # says what there is
        raise TryOnError("pack.is_folder", name=name)
    return own[0]


def _scan() -> Iterator[Pack | tuple[Path, TryOnError]]:
    for parent in (shipped_folder(), weights_folder()):
        candidates: list[Path] = []
        with contextlib.suppress(OSError):
            candidates = sorted(parent.iterdir())
        for folder in candidates:
            # hidden folders are packs being written or removed
            if folder.name.startswith((".", "__")) or not folder.is_dir():
                continue
            try:
                yield read_pack(folder)
            except TryOnError as error:
                yield folder, error
