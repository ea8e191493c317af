"""The user's edits on the disk: one NumPy archive each, written once, since an edit never changes."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tryon_app.model import places, stages
from tryon_app.model.plan import Edit

_SUFFIX = ".npz"


def write(folder: Path, edits: Mapping[str, Edit]) -> dict[str, str]:
    """Write those that are not there yet; the file of each view. OSError where the disk takes no more."""
    return {view: _written(folder, edit) for view, edit in edits.items()}


def read(folder: Path, files: Any) -> dict[str, Edit]:
    """The edits that `write` answered the files of, without those that cannot be read."""
    found: dict[str, Edit] = {}
    for view, name in files.items() if isinstance(files, dict) else ():
        if view in stages.BY_KEY and isinstance(name, str) and Path(name).name == name:
            arrays = _arrays(folder / name)
            if arrays:
                found[view] = Edit(view, Path(name).stem, arrays)
    return found


def forget_others(folder: Path, files: Mapping[str, str]) -> None:
    """Remove the files of edits that are no more."""
    for path in folder.glob(f"*{_SUFFIX}"):
        if path.name not in files.values():
            path.unlink(missing_ok=True)


def _written(folder: Path, edit: Edit) -> str:
    path = folder / f"{edit.key}{_SUFFIX}"
    if path.exists():
        return path.name
    content = io.BytesIO()
    np.savez(content, **_flat(edit.arrays))
    places.write_whole(path, content.getvalue())
    return path.name


def _flat(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Pairs of arrays, such as hands, one by one; what is not there has no entry."""
    flat: dict[str, Any] = {}
    for name, value in arrays.items():
        if isinstance(value, tuple | list):
            flat |= {f"{name}.{index}": one for index, one in enumerate(value) if one is not None}
            flat[f"{name}.count"] = np.array(len(value))
        elif value is not None:
            flat[name] = value
    return flat


def _arrays(path: Path) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            flat = {name: archive[name] for name in archive.files}
        counts = {name.removesuffix(".count"): int(flat.pop(name)) for name in list(flat) if name.endswith(".count")}
        together = {name: tuple(flat.pop(f"{name}.{i}", None) for i in range(count)) for name, count in counts.items()}
    except Exception:  # a damaged archive raises whatever its parsers stumble over
        return {}
    return flat | together
