"""The picture to show: the photo's own pixels where the garment changes nothing."""

from collections.abc import Sequence

import numpy as np

from engine.analysis.person.outer import things_in
from engine.arrays import Array8
from engine.category import UPPER, Category
from engine.labels import without_neck
from engine.tryon.compositing import changed_region, composite
from engine.tryon.context import Context
from engine.tryon.layering import layered
from engine.tryon.pushed import worn
from engine.tryon.under_coat import under_coat, with_coat_apart
from engine.values import Agnostic, Coat, Finished, Generated, Hair, Person, Segmentation, Warp
from engine.weights.refinements import Refinements


def run(
    context: Context,
    person: Sequence[Person],
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    generation: Sequence[Generated],
    coat: Sequence[Coat],
    hair: Sequence[Hair | None],
) -> list[Finished]:
    """Lay photo and generator's picture together."""
    about = context.options.keep_original, context.refinements, context.category, context.knows_neck
    pictures = [made.picture for made in generation]
    parses = [worn(*pair, context.category) for pair in zip(segmentation, warp, strict=True)]
    parts = zip(pictures, person, agnostic, parses, warp, strict=True)
    over = zip(coat, hair, strict=True)
    return [finished(*some, *about, *others) for some, others in zip(parts, over, strict=True)]


def finished(
    raw: Array8,
    person: Person,
    agnostic: Agnostic,
    segmentation: Segmentation,
    warp: Warp,
    keep_original: bool = True,
    refinements: Refinements = Refinements(),
    category: Category = UPPER,
    knows_neck: bool = False,
    coat: Coat | None = None,
    hair: Hair | None = None,
) -> Finished:
    """Photo and generator's picture `raw` laid together; knows_neck: the parse tells the neck, as `Seg.NECK`.

    coat: what stays on over the garment, beside things in front of the person. hair: how much of each pixel is hair;
    None leaves its outline to the parse. Where `refinements` say so, photo, cloth and new skin are laid together
    instead (`engine.tryon.layering`).
    """
    stays = things_in(person.parse)
    if coat is not None:
        stays = stays | (coat.stays > 0)
    person = with_coat_apart(person, stays)
    if not keep_original:
        layers, changed = raw, np.full(agnostic.size, 255, dtype=np.uint8)
    elif refinements.assemble:
        layers, changed = layered(
            person, agnostic, raw, segmentation, warp, category, knows_neck, None if hair is None else hair.share
        )
    else:
        plain = Segmentation(without_neck(segmentation.labels)) if knows_neck else segmentation
        layers, changed = raw, changed_region(person, agnostic, plain, category)
    if keep_original:
        layers, changed = under_coat(layers, changed, person, segmentation.labels, stays, category)
    return Finished(composite(person.image, layers, changed), layers, changed)
