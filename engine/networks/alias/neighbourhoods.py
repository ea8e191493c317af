"""The distinct neighbourhoods of a label map.

The modulation of an ALIAS norm is two 3 x 3 convolutions on a label map, so at a pixel it depends on nothing but the
labels in the 5 x 5 pixels around it, and on which of those lie outside the picture. Label maps are piecewise constant:
a picture of 786,432 pixels has a few thousand distinct neighbourhoods, and these are made of a few hundred distinct
3 x 3 patches, which is what the first convolution sees. Both are found and numbered here, exactly: codes are combined
as numbers and never hashed.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

SIDE = 3  # of what one convolution sees
MIDDLE = SIDE * SIDE // 2
_LARGEST = 2**62  # combined codes stay below this


@dataclass(frozen=True)
class Neighbourhoods:
    """The distinct neighbourhoods of a batch of label maps, and which of them each pixel has.

    index: (B, H, W) int64, the number of a pixel's neighbourhood. places: (K, 9) int64, which of the patches lies about
    each of the 3 x 3 places that the second convolution reads, P where that place is outside the picture.
    patches: (P, L, 3, 3) the labels of each distinct patch, zero outside the picture.
    """

    index: Tensor
    places: Tensor
    patches: Tensor

    def __len__(self) -> int:
        return len(self.places)

    @property
    def share(self) -> float:
        """Distinct neighbourhoods for each pixel: how much of the dense work is left."""
        return len(self) / self.index.numel()

    @property
    def middle(self) -> Tensor:
        """(K, L): the label of the pixel itself."""
        return self.patches.flatten(2)[self.places[:, MIDDLE], :, MIDDLE]


def find(codes: Tensor, vectors: Tensor) -> Neighbourhoods:
    """Number the distinct neighbourhoods of a label map.

    codes (B, H, W) int64: which row of `vectors` (V, L) each pixel's labels are. The result's `patches` are made of
    those rows.
    """
    patches = _squares(codes, len(vectors))
    squares = _squares(patches.codes, patches.count)
    with_outside = torch.cat([vectors, vectors.new_zeros(1, vectors.shape[1])])
    labels = with_outside[patches.parts.reshape(-1, SIDE, SIDE)].permute(0, 3, 1, 2).contiguous()
    return Neighbourhoods(squares.codes, squares.parts, labels)


def _squares(codes: Tensor, outside: int) -> "_Numbered":
    """The 3 x 3 squares of codes (B, H, W); `outside` is the code beyond the border."""
    height, width = codes.shape[1:]
    padded = F.pad(codes, (1, 1, 1, 1), value=outside)
    # three pixels of a row first, then three such rows; numbers are made small again in between
    rows = _Numbered(padded, outside + 1).window([padded[:, :, i : i + width] for i in range(SIDE)])
    return rows.window([rows.codes[:, i : i + height] for i in range(SIDE)])


class _Numbered:
    """Codes below `count`, and for each the basic codes it stands for (`parts`: (count, n)), if it is combined."""

    def __init__(self, codes: Tensor, count: int, parts: Tensor | None = None) -> None:
        self.codes, self.count = codes, count
        self.parts = torch.arange(count, device=codes.device)[:, None] if parts is None else parts

    def window(self, shifted: list[Tensor]) -> "_Numbered":
        """Number the distinct tuples of the shifted codes, which are all of one shape."""
        made = _Numbered(shifted[0].contiguous(), self.count, self.parts)
        for one in shifted[1:]:
            if made.count * self.count >= _LARGEST:
                made = made.renumbered()
            made = made.joined(one, self)
        return made.renumbered()

    def joined(self, codes: Tensor, other: "_Numbered") -> "_Numbered":
        """Pairs of own codes and `codes` of `other`, not yet numbered: parts are worked out in `renumbered`."""
        joined = _Joined(self.codes * other.count + codes, self.count * other.count)
        joined.left, joined.right = self, other
        return joined

    def renumbered(self) -> "_Numbered":
        return self

    def decode(self, codes: Tensor) -> Tensor:
        """(N,) codes -> (N, n) basic codes."""
        return self.parts[codes]


class _Joined(_Numbered):
    """Pairs whose codes are sparse: too many possible ones to list their parts."""

    left: _Numbered
    right: _Numbered

    def __init__(self, codes: Tensor, count: int) -> None:
        self.codes, self.count = codes, count

    def decode(self, codes: Tensor) -> Tensor:
        left = self.left.decode(codes.div(self.right.count, rounding_mode="floor"))
        return torch.cat([left, self.right.decode(codes % self.right.count)], dim=1)

    def renumbered(self) -> _Numbered:
        # neighbours in a row mostly agree, so runs are found first and only their codes sorted
        runs, run_of_pixel = torch.unique_consecutive(self.codes, return_inverse=True)
        distinct, number_of_run = torch.unique(runs, return_inverse=True)
        return _Numbered(number_of_run[run_of_pixel], len(distinct), self.decode(distinct))
