"""A plain-text report about this computer and this installation. Every part is allowed to fail; the report is not."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine import __version__
from engine.paths import NAME

PACKAGES = (
    "torch",
    "numpy",
    "pillow",
    "pillow-heif",
    "opencv-python",
    "safetensors",
    "lightning-fabric",
    "torchmetrics",
    "typer",
    "PySide6-Essentials",
    "pyqtgraph",
)
_QT_LIBRARIES = ("GL", "EGL", "xkbcommon-x11", "dbus-1", "fontconfig", "xcb-cursor")
_DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_QPA_PLATFORM_PLUGIN_PATH")
_GIB = 1024**3

Lines = Iterator[str]


def report() -> str:
    """The report: one line a fact, sections by blank lines; the user's home folder is written as ~. Never raises."""
    return "\n\n".join(_section(title, lines) for title, lines in _SECTIONS.items())


def _section(title: str, lines: Callable[[], Lines]) -> str:
    done = [title]
    try:
        done += [f"  {line}" for line in lines()]
    except Exception as error:  # a broken driver or library is exactly what this report has to survive and show
        done.append(f"  could not be found out: {type(error).__name__}: {error}")
    return _without_home("\n".join(done))


def _programs() -> Lines:
    yield f"{NAME} {__version__} (installed: {_version(NAME)})"
    yield f"Python {platform.python_version()} ({platform.python_implementation()}, {sys.executable})"
    yield platform.platform()


def _packages() -> Lines:
    for name in PACKAGES:
        yield f"{name} {_version(name)}"


def _processor() -> Lines:
    import psutil

    memory = psutil.virtual_memory()
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield f"{platform.processor() or platform.machine()}, {psutil.cpu_count()} logical cores, {usable} usable"
    yield f"memory {memory.total / _GIB:.1f} GiB, {memory.available / _GIB:.1f} GiB available"


def _devices() -> Lines:
    import torch

    yield f"torch {torch.__version__}, {torch.get_num_threads()} threads, CUDA build {torch.version.cuda or 'no'}"
    yield "cpu"
    for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        free, total = torch.cuda.mem_get_info(index)
        name = torch.cuda.get_device_name(index)
        yield f"cuda:{index} {name}, {total / _GIB:.1f} GiB, {free / _GIB:.1f} GiB free"
    if torch.backends.mps.is_available():
        yield f"mps, up to {torch.mps.recommended_max_memory() / _GIB:.1f} GiB"


def _packs() -> Lines:
    from engine.errors import TryOnError
    from engine.weights import find_broken, find_packs

    packs, broken = find_packs(), find_broken()
    for pack in packs:
        try:
            pack.verify()
            state = "verified"
        except TryOnError as error:
            state = f"NOT USABLE: {error}"
        yield f"{pack.name} {pack.version}, {pack.bytes / 1e6:.1f} MB, {pack.folder}: {state}"
    for reason in broken.values():
        yield f"NOT USABLE: {reason}"
    if not packs and not broken:
        yield "none; `tryon weights import` makes one of the published checkpoints"


def _folders() -> Lines:
    from engine.paths import home

    folder = home()
    yield f"{folder}: {_writable(folder)}"


def _display() -> Lines:
    for name in _DISPLAY_VARIABLES:
        yield f"{name}={os.environ.get(name, '')}"
    if sys.platform == "linux":
        missing = [name for name in _QT_LIBRARIES if find_library(name) is None]
        yield f"libraries Qt needs: {'missing ' + ', '.join(missing) if missing else 'all there'}"


_SECTIONS: dict[str, Callable[[], Lines]] = {
    "program": _programs,
    "packages": _packages,
    "processor": _processor,
    "devices": _devices,
    "weight packs": _packs,
    "user data": _folders,
    "display": _display,
}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "no"


def _writable(folder: Path) -> str:
    """Try it, in the nearest parent that exists: permission bits do not tell the truth everywhere."""
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            return "writable" if existing == folder else "not there yet, can be made"
    except OSError as error:
        return f"NOT WRITABLE ({error.strerror})"


def _without_home(text: str) -> str:
    """Reports are pasted in public; a home folder is named after its owner."""
    home = str(Path.home())
    return text.replace(home + os.sep, "~" + os.sep) if len(home) > 1 else text
