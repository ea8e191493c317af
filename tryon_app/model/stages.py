"""The engine's table of stages and views, for the whole window: what there is, in which order, and what follows.

It is the one thing of the engine that the window's process knows besides its sentences; it needs the standard library
alone. `plan` says what of it has to be computed.
"""

from collections.abc import Collection

from engine.graph import (
    BY_KEY,
    BY_NAME,
    DRAFT,
    LARGEST_SEED,
    LAST,
    SLEEVE_LENGTHS,
    SLEEVES,
    STAGES,
    TRY_ON,
    VIEWS,
    Draw,
    Stage,
    View,
    dropped_by,
    lacking,
    networks,
    of_photo,
    present,
    showing,
    sleeves_called,
    sleeves_said,
    varies,
    waiting_for,
)

__all__ = [
    "BY_KEY",
    "BY_NAME",
    "DRAFT",
    "LARGEST_SEED",
    "LAST",
    "PHOTO",
    "RESULT",
    "SLEEVES",
    "SLEEVE_LENGTHS",
    "STAGES",
    "TRY_ON",
    "VIEWS",
    "Draw",
    "Stage",
    "View",
    "busy_view",
    "dropped_by",
    "lacking",
    "networks",
    "of_photo",
    "present",
    "seen",
    "sleeves_called",
    "sleeves_said",
    "varies",
    "waiting_for",
]

PHOTO, RESULT = VIEWS[0].key, showing(LAST)


def busy_view(reported: str) -> str:
    """The view that is busy while a job reports this stage; "" where it is none, as while weights are loaded."""
    return showing(reported) if reported == DRAFT or reported in BY_NAME else ""


def seen(kinds: Collection[str]) -> tuple[str, ...]:
    """The views of what networks of these kinds make."""
    there = {stage.name for stage in present(kinds, STAGES)}
    return tuple(view.key for view in VIEWS if view.stage in there)
