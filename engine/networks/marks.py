"""Where in a product photo the sleeves are: what lies on an arm once the garment is worn.

It learns without labels, from where the flow has laid the garment onto the arms and the trunk of a person.
"""

from dataclasses import dataclass

from engine.networks.photo_marks import PhotoMarks

SIZE = (128, 96)
_UNSURE = 0.0  # first logit: a place is as likely a sleeve as not


@dataclass(frozen=True)
class MarksConfig:
    """Hyper-parameters."""

    width: int = 16  # channels of the finest level


class SleeveMarks(PhotoMarks):
    """Of pictures of 128 x 96 in use, a plane for the sleeve on the photo's left and one for that on its right.

    >>> import torch
    >>> SleeveMarks(MarksConfig(width=4)).eval()(torch.zeros(1, 4, 64, 96)).shape
    torch.Size([1, 2, 64, 96])
    """

    def __init__(self, config: MarksConfig = MarksConfig()) -> None:
        super().__init__(config.width, 2, _UNSURE)
        self.config = config
