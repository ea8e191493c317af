"""Arrays with a few words about them as one NumPy archive, read without pickle: edits and analysed photos."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

_ABOUT = "about"


def content(arrays: Mapping[str, Any], about: Mapping[str, Any] | None = None, *, compressed: bool = False) -> bytes:
    """The archive. arrays: NumPy arrays, tuples of them, or None. about: what JSON can hold."""
    flat = _flat(arrays) | {_ABOUT: np.frombuffer(json.dumps(dict(about or {})).encode(), np.uint8)}
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **flat)
    return file.getvalue()


def read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arrays and words; both are empty where the file is not there or cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            flat = {name: archive[name] for name in archive.files}
        about = json.loads(flat.pop(_ABOUT, np.frombuffer(b"{}", np.uint8)).tobytes())
        counts = {name.removesuffix(".count"): int(flat.pop(name)) for name in list(flat) if name.endswith(".count")}
        together = {name: tuple(flat.pop(f"{name}.{i}", None) for i in range(count)) for name, count in counts.items()}
    except Exception:  # a damaged archive raises whatever its parsers stumble over
        return {}, {}
    return flat | together, about


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
