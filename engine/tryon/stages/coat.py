"""The coat that stays on, if one is worn open: what it shows is the new garment."""

from collections.abc import Sequence

import numpy as np

from engine.analysis.person.open_coat import open_coat
from engine.tryon.context import Context
from engine.values import Coat, Person


def run(context: Context, person: Sequence[Person]) -> list[Coat]:
    """Find it in the parse; published packs take every coat off."""
    find = open_coat if context.refinements.assemble else lambda one: np.zeros(one.size, np.bool_)
    return [Coat(find(one).astype(np.uint8) * 255) for one in person]
