"""Lightning Fabric, imported without the 4 CPU seconds that it spends on two packages that no training here needs.

It asks which version of torchmetrics there is by importing all of it, scipy.signal included. And it imports all of
torch's compiler for the class of compiled modules, to unwrap them; nothing is compiled here. Every training begins with
this import, so whatever needs Fabric takes it from here.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["Fabric", "MisconfigurationException", "MixedPrecision"]


@contextmanager
def _instead(package: str, module: ModuleType | None) -> Iterator[None]:
    """In this block `package`, where nobody has imported it yet, is `module`; None: it cannot be imported."""
    replaced = package not in sys.modules
    if replaced:
        sys.modules[package] = module  # type: ignore[assignment]
    try:
        yield
    finally:
        if replaced:
            del sys.modules[package]


def _compiler_that_compiled_nothing() -> ModuleType:
    module = ModuleType("torch._dynamo")
    module.OptimizedModule = type("OptimizedModule", (), {})  # type: ignore[attr-defined]
    return module


with _instead("torchmetrics", None):
    try:
        with _instead("torch._dynamo", _compiler_that_compiled_nothing()):
            from lightning_fabric import Fabric
    except ImportError:  # this version of it, or of torch, needs more than the class
        for half in [name for name in sys.modules if name.partition(".")[0] == "lightning_fabric"]:
            del sys.modules[half]
        from lightning_fabric import Fabric
    from lightning_fabric.plugins import MixedPrecision
    from lightning_fabric.utilities.exceptions import MisconfigurationException
