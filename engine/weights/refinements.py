"""What a weight pack adds to the published method: a pack that wants a refinement says so in its manifest.

Imported checkpoints ask for none, so they compute the published function.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Refinements:
    """Steps beside the networks, each off as published."""

    tidy_parse: bool = False  # islands of the predicted parse go to what surrounds them (`engine.tryon.parse_cleanup`)
    fit_warp: bool = False  # the warp is fitted to the predicted clothes (`engine.warping.fitting`)
    assemble: bool = False  # photo, warped cloth and generated skin are laid together (`engine.tryon.layering`)


def read_refinements(table: Mapping[str, Any]) -> Refinements:
    """The refinements in a manifest's table. ValueError that names an entry that is unknown or not true or false."""
    known = {field.name for field in fields(Refinements)}
    for name, value in table.items():
        if name not in known or not isinstance(value, bool):
            raise ValueError(
                f"refinement {name!r}: {value!r} is not one this version knows ({', '.join(sorted(known))})"
            )
    return Refinements(**table)
