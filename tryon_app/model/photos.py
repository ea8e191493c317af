"""People and garments as the window holds them: what the engine's process answers, for the views as well."""

from typing import Any

from tryon_app.workers.answers import Box, GarmentPhoto, PersonPhoto

__all__ = ["GarmentPhoto", "PersonPhoto", "box_from"]

_FAR = 1e6  # pixels: no photo is as large; JSON has whole numbers beyond every float


def box_from(found: Any) -> Box | None:
    """A box as it comes out of JSON; None for anything else."""
    edges = found if isinstance(found, list | tuple) and len(found) == 4 else ()
    if not edges or not all(isinstance(edge, int | float) and abs(edge) < _FAR for edge in edges):
        return None  # a number that is none compares as false
    left, top, right, bottom = map(float, edges)
    return left, top, right, bottom
