"""A wider network that computes what a narrower one does, to learn on from there.

After Net2Net (Chen et al., ICLR 2016), without copies of channels: those that are new begin at random, and the old ones
do not listen to them yet. So nothing is lost, and what is new has gradients from the first step on.
"""

import torch
from torch import Tensor

from engine.networks.segmentation import SegmentationGenerator


def widened(narrow: SegmentationGenerator, wide: SegmentationGenerator) -> dict[str, Tensor]:
    """The state of `wide`, as it begins, with the weights of `narrow` in it. Widths apart both are configured alike."""
    made = {name: value.clone() for name, value in wide.state_dict().items()}
    for name, old in narrow.state_dict().items():
        new = made[name]
        if old.ndim == 1:
            new[: len(old)] = old
            continue
        maps = 2 if name.removesuffix(".weight") in SegmentationGenerator.JOINED else 1
        each, room = old.shape[1] // maps, new.shape[1] // maps
        channels = torch.cat([torch.arange(each) + one * room for one in range(maps)])
        new[: len(old)] = 0
        new[: len(old), channels] = old
    return made
