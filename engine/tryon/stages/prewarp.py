"""The garment laid by the flow that sees the agnostic parse: where it will be, before the parse is predicted.

After HR-VITON (Lee et al., ECCV 2022): a parse predicted from a garment that lies elsewhere than the body has ragged
hems and guesses the sleeves.
"""

from collections.abc import Sequence

from engine.tryon.context import Context
from engine.tryon.laying import agnostic_planes, flow_of
from engine.values import Agnostic, Garment, Prewarp


def run(context: Context, agnostic: Sequence[Agnostic], garment: Sequence[Garment]) -> list[Prewarp]:
    """The flow alone; what it lays is made where it is needed."""
    flow = flow_of(context, agnostic_planes(context, agnostic), agnostic, garment)
    return [Prewarp(one) for one in flow.permute(0, 2, 3, 1).contiguous().cpu().numpy()]
