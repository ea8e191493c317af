"""The user's edits on the disk: one NumPy archive each, written once, since an edit never changes."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from tryon_app.model import places, stages
from tryon_app.model.plan import Edit
from tryon_app.workers import array_file

_SUFFIX = ".npz"


def write(folder: Path, edits: Iterable[Edit]) -> set[str]:
    """Write those that are not there yet; the names of their files. OSError where the disk takes no more."""
    return {_written(folder, edit) for edit in edits}


def file_names(edits: Mapping[str, Edit]) -> dict[str, str]:
    """The file of each view's edit."""
    return {view: file_name(edit) for view, edit in edits.items()}


def read(folder: Path, files: Any) -> dict[str, Edit]:
    """The edits that `file_names` names the files of, without those that cannot be read."""
    found: dict[str, Edit] = {}
    for view, name in files.items() if isinstance(files, Mapping) else ():
        if view in stages.BY_KEY and isinstance(name, str) and Path(name).name == name:
            arrays, _ = array_file.read(folder / name)
            if arrays:
                found[view] = Edit(view, Path(name).stem, arrays)
    return found


def file_name(edit: Edit) -> str:
    """What an edit's file is called."""
    return f"{edit.key}{_SUFFIX}"


def forget_others(folder: Path, names: Collection[str]) -> None:
    """Remove the files of edits that are no more; names: of those that are."""
    for path in folder.glob(f"*{_SUFFIX}"):
        if path.name not in names:
            path.unlink(missing_ok=True)


def _written(folder: Path, edit: Edit) -> str:
    path = folder / file_name(edit)
    if not path.exists():
        places.write_whole(path, array_file.content(edit.arrays))
    return path.name
