"""VITON-HD (Choi et al., CVPR 2021) from two photos to a try-on picture, and its training. No Qt anywhere in here.

>>> import engine                                              # quick: torch is imported on first use
>>> pipeline = engine.load_pipeline("default")                 # doctest: +SKIP
>>> result = pipeline.run(person, garment, seed=0)             # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

from engine.errors import Aborted, TryOnError

if TYPE_CHECKING:
    from engine.tryon.pipeline import TryOnPipeline as TryOnPipeline
    from engine.tryon.pipeline import load_pipeline as load_pipeline
    from engine.values import Garment as Garment
    from engine.values import Person as Person
    from engine.values import TryOnResult as TryOnResult

__version__ = "0.1.0"
__all__ = ["Aborted", "Garment", "Person", "TryOnError", "TryOnPipeline", "TryOnResult", "load_pipeline"]

_WHERE = {
    "Garment": "engine.values",
    "Person": "engine.values",
    "TryOnPipeline": "engine.tryon.pipeline",
    "TryOnResult": "engine.values",
    "load_pipeline": "engine.tryon.pipeline",
}


def __getattr__(name: str) -> object:
    # torch takes seconds to import; a window or a command line must not wait for it before it shows anything
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
