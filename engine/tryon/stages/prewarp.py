"""The garment laid by the flow that sees the agnostic parse: where it will be, before the parse is predicted.

After HR-VITON (Lee et al., ECCV 2022): a parse predicted from a garment that lies elsewhere than the body has ragged
hems and guesses the sleeves.
"""

from collections.abc import Sequence

from engine.networks.flow import SIZE
from engine.tryon.context import Context
from engine.tryon.laying import scene_of, shown_planes
from engine.tryon.long_sleeves import long_sleeves
from engine.values import Agnostic, Garment, MarkedParts, Person, Prewarp, Sleeves
from engine.warping import warper_of


def run(
    context: Context,
    agnostic: Sequence[Agnostic],
    garment: Sequence[Garment],
    parts: Sequence[MarkedParts | None],
    sleeves: Sequence[Sleeves | None],
    person: Sequence[Person | None],
) -> list[Prewarp]:
    """The field alone; what it lays is made where it is needed."""
    warper = warper_of(context.kind)
    long = [long_sleeves(*one, context.category) for one in zip(garment, parts, person, sleeves, strict=True)]
    shown = [one if of is None else of.shown(one) for one, of in zip(garment, long, strict=True)]
    scene = scene_of(context, warper, agnostic, shown, shown_planes(context, agnostic, person, sleeves))
    field = context.forward(lambda network: warper.place(network, scene, fit=False), full=True).field
    assert field is not None
    flows = zip(field.cpu().numpy(), long, strict=True)
    return [Prewarp(flow if of is None else of.laid(flow, SIZE).flow) for flow, of in flows]
