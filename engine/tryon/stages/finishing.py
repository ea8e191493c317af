"""The picture to show: the photo's own pixels where the garment changes nothing."""

from collections.abc import Sequence

import numpy as np

from engine.assembly import assemble
from engine.category import UPPER, Category
from engine.compositing import changed_region, composite
from engine.refinements import Refinements
from engine.tryon.context import Context
from engine.values import Agnostic, Array8, Finished, Generated, Person, Segmentation, Warp


def run(
    context: Context,
    person: Sequence[Person],
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    generation: Sequence[Generated],
) -> list[Finished]:
    """Lay photo and generator's picture together."""
    about = context.options.keep_original, context.refinements, context.category
    pictures = [made.picture for made in generation]
    return [finished(*parts, *about) for parts in zip(pictures, person, agnostic, segmentation, warp, strict=True)]


def finished(
    raw: Array8,
    person: Person,
    agnostic: Agnostic,
    segmentation: Segmentation,
    warp: Warp,
    keep_original: bool = True,
    refinements: Refinements = Refinements(),
    category: Category = UPPER,
) -> Finished:
    """Photo and generator's picture `raw` laid together.

    Where `refinements` say so, photo, cloth and new skin are laid together instead (`engine.assembly`).
    """
    if not keep_original:
        layers, changed = raw, np.full(agnostic.size, 255, dtype=np.uint8)
    elif refinements.assemble:
        layers, changed = assemble(person, agnostic, raw, segmentation, warp, category=category)
    else:
        layers, changed = raw, changed_region(person, agnostic, segmentation, category)
    return Finished(composite(person.image, layers, changed), layers, changed)
