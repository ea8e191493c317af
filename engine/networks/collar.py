"""Inside of the collar: what a product photo shows of a garment's back that nobody sees once it is worn.

It learns without labels, from where neck and face lie on the garment that the flow has laid onto a person.
"""

from dataclasses import dataclass

from engine.networks.photo_marks import PhotoMarks

SIZE = (256, 192)
_RARE = -3.0  # first logit: few places are inside a collar


@dataclass(frozen=True)
class CollarConfig:
    """Hyper-parameters."""

    width: int = 16  # channels of the finest level


class CollarMask(PhotoMarks):
    """Of pictures of 256 x 192 in use, one plane.

    >>> import torch
    >>> CollarMask(CollarConfig(width=4)).eval()(torch.zeros(1, 4, 64, 96)).shape
    torch.Size([1, 1, 64, 96])
    """

    def __init__(self, config: CollarConfig = CollarConfig()) -> None:
        super().__init__(config.width, 1, _RARE)
        self.config = config
