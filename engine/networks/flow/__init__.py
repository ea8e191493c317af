"""Dense appearance flow: for every place on the person, where in the product photo its cloth is to be taken from.

The idea is that of ClothFlow (Han et al., ICCV 2019), a cascade of flows over two feature pyramids, with the
correlation and the two heads a level of PF-AFN (Ge et al., CVPR 2021); network, sizes and names are our own, trained
from nothing.
"""

from engine.networks.flow.inputs import SIZE, garment_planes, person_planes, thinned
from engine.networks.flow.network import AppearanceFlow, FlowConfig
from engine.networks.flow.sampling import carried, grid_of, resized, rest_grid

__all__ = [
    "SIZE",
    "AppearanceFlow",
    "FlowConfig",
    "carried",
    "garment_planes",
    "grid_of",
    "person_planes",
    "resized",
    "rest_grid",
    "thinned",
]
