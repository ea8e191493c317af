"""ALIAS norms as tables, one row a label neighbourhood, applied to bands of rows (rows, W, C)."""

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.networks.statistics import Noise

_SHARED = 4  # pixels a neighbourhood from which on the table of what comes out behind a shortcut pays


@dataclass(frozen=True)
class Affine:
    """A whole ALIAS norm as a table: scale and shift (K, C), and which row each pixel has, (H, W); None means row 0."""

    scale: Tensor
    shift: Tensor
    index: Tensor | None
    noise: Noise | None

    def apply(self, band: Tensor, top: int, owned: bool = False) -> Tensor:
        """Normalised and modulated rows (rows, W, C) that begin at `top`, in fresh memory; overwrites an owned band."""
        if self.noise is not None:
            band = (self.noise.add_in if owned else self.noise.add_to)(band, top)
        if self.index is None:
            return torch.addcmul(self.shift, band, self.scale)
        scale, shift = (self.rows(table, band, top) for table in (self.scale, self.shift))
        return shift.addcmul_(band, scale)

    def rows(self, table: Tensor, band: Tensor, top: int) -> Tensor:
        """What a table (K, N) says for each pixel of the rows `band`: (rows, W, N) in fresh memory."""
        if self.index is None:
            return table.expand(*band.shape[:2], -1).contiguous()
        places = self.index[top : top + len(band)].flatten()
        return table.index_select(0, places).view(*band.shape[:2], -1)

    @property
    def is_shared(self) -> bool:
        """Whether there are far fewer neighbourhoods than pixels."""
        return self.index is not None and self.index.numel() >= _SHARED * len(self.scale)


@dataclass(frozen=True)
class Shortcut:
    """A 1 x 1 convolution behind an ALIAS norm, with no ReLU in between: one linear map of each pixel.

    Of `(z + noise * factors) * scale + shift`, only `z * scale` has to go through the product with the weight (I, O)
    pixel by pixel. What comes out for the shift and for a noise of one are tables, `shift` and `noise` (K, O).
    """

    affine: Affine
    weight: Tensor
    shift: Tensor
    noise: Tensor | None

    @classmethod
    def of(cls, affine: Affine, weight: Tensor, bias: Tensor) -> "Shortcut":
        """With a bias (O,) added to whatever comes out."""
        noise = None if affine.noise is None else (affine.scale * affine.noise.factors) @ weight
        return cls(affine, weight, torch.addmm(bias, affine.shift, weight), noise)

    def write_to(self, out: Tensor, band: Tensor, top: int) -> None:
        """The shortcut (rows, W, O) of rows `band` (rows, W, I) of the block's input that begin at `top`."""
        affine = self.affine
        made = affine.rows(self.shift, band, top)
        if self.noise is not None and affine.noise is not None:
            made.addcmul_(affine.rows(self.noise, band, top), affine.noise.rows(top, len(band)))
        scaled = affine.rows(affine.scale, band, top).mul_(band)
        torch.addmm(made.flatten(0, 1), scaled.flatten(0, 1), self.weight, out=out.view(-1, out.shape[2]))
