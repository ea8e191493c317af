"""What a person wears or carries over a top: an open coat, a bag and its straps, a thing in the hands.

Our own network, the person parser's body with another head. It is one of its own because few photos tell these apart:
a parser that is trained on for them forgets some of what it knew of the rest.
"""

from torch import Tensor, nn

from engine.labels import Outer
from engine.networks.parser import MULTIPLE, SIZE, ParserConfig, PersonUNet
from engine.networks.unet import conv, upscaled

__all__ = ["MULTIPLE", "SIZE", "OuterLayer", "ParserConfig"]


class OuterLayer(PersonUNet):
    """U-Net of five levels.

    Input (B, 3, H, W) in [-1, 1]; H and W are multiples of 32. Output: logits (B, 3, H, W) of
    the classes of `engine.labels.Outer`, to be read with a softmax.

    >>> import torch
    >>> OuterLayer(ParserConfig(width=4)).eval()(torch.zeros(1, 3, 64, 32)).shape
    torch.Size([1, 3, 64, 32])
    """

    def __init__(self, config: ParserConfig = ParserConfig()) -> None:
        super().__init__(config)
        self.outer = nn.Sequential(*conv(config.width, config.width), upscaled(config.width, len(Outer)))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.outer(self.features(x)[0])
        return logits
