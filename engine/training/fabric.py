"""Lightning Fabric, imported without the 2 CPU seconds that it spends on asking which version of torchmetrics there is.

It asks by importing all of torchmetrics, which imports scipy.signal; nothing that the training loop uses needs the
answer. Every training begins with this import, so whatever needs Fabric takes it from here.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Fabric", "MisconfigurationException", "MixedPrecision"]


@contextmanager
def _as_if_missing(package: str) -> Iterator[None]:
    """Imports of a package that nobody has imported yet fail in this block."""
    hidden = package not in sys.modules
    if hidden:
        sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[package]


with _as_if_missing("torchmetrics"):
    from lightning_fabric import Fabric
    from lightning_fabric.plugins import MixedPrecision
    from lightning_fabric.utilities.exceptions import MisconfigurationException
