"""The engine's table of stages and views, for the whole window: what there is, in which order, and what follows.

It is the one thing of the engine that the window's process knows besides its sentences; it needs the standard library
alone. `plan` says what of it has to be computed.
"""

from engine.graph import (
    BY_KEY,
    BY_NAME,
    DRAFT,
    LARGEST_SEED,
    LAST,
    STAGES,
    TRY_ON,
    VIEWS,
    Array,
    Draw,
    Stage,
    View,
    dropped_by,
    lacking,
    of_photo,
    present,
    showing,
)

__all__ = [
    "BY_KEY",
    "BY_NAME",
    "DRAFT",
    "LARGEST_SEED",
    "LAST",
    "STAGES",
    "TRY_ON",
    "VIEWS",
    "Array",
    "Draw",
    "Stage",
    "View",
    "dropped_by",
    "lacking",
    "of_photo",
    "present",
    "showing",
]
