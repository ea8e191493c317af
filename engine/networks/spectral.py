"""Convolution whose weight is divided by its largest singular value (Miyato et al., ICLR 2018)."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class SpectralConv2d(nn.Module):
    """Conv2d with spectral normalisation, stride 1, same size out.

    The singular value is sigma = u^T W v from stored vectors; a training step first improves them by one power
    iteration. Parameter names are those of PyTorch's older hook (`weight_orig`, `weight_u`, `weight_v`), which the
    published checkpoints hold.
    """

    weight_u: Tensor
    weight_v: Tensor

    def __init__(self, channels_in: int, channels_out: int, kernel: int, bias: bool = True) -> None:
        super().__init__()
        reference = nn.Conv2d(channels_in, channels_out, kernel, bias=bias)
        self.padding = kernel // 2
        self.bias = reference.bias
        self.weight_orig = reference.weight
        self.register_buffer("weight_u", F.normalize(torch.randn(channels_out), dim=0))
        self.register_buffer("weight_v", F.normalize(torch.randn(channels_in * kernel**2), dim=0))

    @torch.no_grad()
    def _power_iteration(self) -> None:
        matrix = self.weight_orig.flatten(1)
        self.weight_v.copy_(F.normalize(matrix.T @ self.weight_u, dim=0))
        self.weight_u.copy_(F.normalize(matrix @ self.weight_v, dim=0))

    def weight(self) -> Tensor:
        """The normalised weight (out, in, k, k); differentiable in `weight_orig`."""
        # under autocast too in full precision: sigma scales the whole layer, and half a vector cannot meet a whole one
        with torch.autocast(self.weight_orig.device.type, enabled=False):
            if self.training:
                self._power_iteration()
            # clones: a second forward pass of the same training step must not change what the first one saved
            u, v = self.weight_u.clone(), self.weight_v.clone()
            return self.weight_orig / torch.dot(u, self.weight_orig.flatten(1) @ v)

    def sigma(self) -> Tensor:
        """The stored singular value, a scalar; not differentiated, no power iteration."""
        # as a convolution, so that a weight in channels-last memory is not copied to be flattened
        direction = self.weight_v.reshape(1, *self.weight_orig.shape[1:])
        return torch.dot(self.weight_u, F.conv2d(direction, self.weight_orig.detach()).flatten())

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight(), self.bias, padding=self.padding)
