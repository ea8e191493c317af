"""What this program stands on, in which versions, and the terms under which it all comes."""

import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import tryon_app
from engine.paths import NAME as NAME
from engine.paths import TITLE as TITLE

_PARTS = (
    ("PyTorch", "torch", "BSD-3-Clause"),
    ("Qt for Python", "PySide6_Essentials", "LGPL-3.0"),
    ("NumPy", "numpy", "BSD-3-Clause"),
    ("Pillow", "pillow", "MIT-CMU"),
    ("OpenCV", "opencv-python", "Apache-2.0"),
    ("safetensors", "safetensors", "Apache-2.0"),
    ("torchmetrics", "torchmetrics", "Apache-2.0"),
    ("Lightning Fabric", "lightning-fabric", "Apache-2.0"),
)
_TERMS = ("NOTICE", "LICENSE", "THIRD_PARTY.txt")


def version_of(package: str) -> str:
    """Of an installed package; "" where that is not known."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def parts() -> list[tuple[str, str]]:
    """(name with version, licence) of what the program rests on."""
    packages = [(f"{name} {version_of(package)}".strip(), licence) for name, package, licence in _PARTS]
    python = (f"Python {platform.python_version()}", "PSF-2.0")
    return [*packages, python, ("VITON-HD (Choi et al., CVPR 2021)", "method")]


def terms() -> Mapping[str, str]:
    """The texts that came with this program, by the names of their files.

    THIRD_PARTY.txt is the bundle's alone: elsewhere each package keeps its own terms beside it.
    """
    places = [Path(tryon_app.__file__).parents[1] / name for name in _TERMS]  # a checkout, or the bundle
    try:
        installed = metadata.files(NAME) or []
    except metadata.PackageNotFoundError:
        installed = []
    places += [Path(str(file.locate())) for file in installed if file.name in _TERMS and ".dist-info" in str(file)]
    there = {path.name: path for path in reversed(places) if path.is_file()}
    return {name: there[name].read_text(encoding="utf-8", errors="replace") for name in _TERMS if name in there}
