"""How long the garment's sleeves are, as its photo says."""

from collections.abc import Sequence

from engine.networks.flow import garment_planes
from engine.networks.sleeves import SIZE
from engine.tryon.context import Context
from engine.values import Garment, Sleeves
from engine.warping import thinned


def run(context: Context, garment: Sequence[Garment]) -> list[Sleeves]:
    """Their length and its doubt, in bones of a limb."""
    mask = (context.masks(thinned(one.mask, SIZE, means=True) for one in garment) > 0.5).float()
    planes = garment_planes(context.pictures(thinned(one.image, SIZE, means=True) for one in garment), mask)
    made = context.forward(lambda network: network(planes), full=True).float()
    made[:, 1] = made[:, 1].exp()  # the network says the doubt's logarithm
    return [Sleeves(one) for one in made.cpu().numpy()]
