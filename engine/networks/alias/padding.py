"""Pictures whose sides the ALIAS generator does not take, as 256 x 192, continued outwards and cut off again."""

from torch import Tensor
from torch.nn import functional as F

from engine.networks.alias.generator import MULTIPLE


def padded(picture: Tensor) -> Tensor:
    """(B, C, H, W) continued outwards on all sides evenly until the ALIAS generator takes it."""
    down, across = (-side % MULTIPLE for side in picture.shape[2:])
    if not (down or across):
        return picture
    return F.pad(picture, (across // 2, across - across // 2, down // 2, down - down // 2), mode="replicate")


def cropped(picture: Tensor, size: tuple[int, int]) -> Tensor:
    """What of a picture that was made `padded` is of the original size (height, width)."""
    top, left = ((side - wanted) // 2 for side, wanted in zip(picture.shape[2:], size, strict=True))
    return picture[..., top : top + size[0], left : left + size[1]]
