"""The noise that the ALIAS norms add, drawn so that device and batch size do not change a picture."""

from collections.abc import Sequence

import torch
from torch import Tensor


class NoiseSource:
    """Draws one N(0, 1) map a norm, always on the CPU, in the order of the network's norms.

    generator: one for the batch, one a sample, or None for PyTorch's own. An inactive source draws nothing.
    """

    def __init__(self, generator: torch.Generator | Sequence[torch.Generator] | None, active: bool = True) -> None:
        self._generator = generator
        self.active = active

    def draw(self, like: Tensor) -> Tensor | None:
        """A map (B, 1, H, W) for a tensor (B, C, H, W), on its device and in its dtype; None when inactive."""
        if not self.active:
            return None
        return self.draw_map(len(like), (like.shape[2], like.shape[3])).to(like)

    def check(self, batch: int) -> None:
        """ValueError where a list of generators is not one a sample."""
        if isinstance(self._generator, Sequence) and len(self._generator) != batch:
            raise ValueError(f"{len(self._generator)} generators were given for {batch} samples; give one a sample")

    def of_sample(self, number: int) -> "NoiseSource":
        """The source of one sample of the batch."""
        if self._generator is None or isinstance(self._generator, torch.Generator):
            return self
        return NoiseSource(self._generator[number], self.active)

    def draw_map(self, batch: int, size: tuple[int, int]) -> Tensor:
        """A float32 map (batch, 1, H, W) on the CPU."""
        if self._generator is None or isinstance(self._generator, torch.Generator):
            return torch.randn(batch, 1, *size, generator=self._generator)
        self.check(batch)
        return torch.cat([torch.randn(1, 1, *size, generator=g) for g in self._generator])
