"""Losses are taken in single precision at least."""

import torch
from torch import Tensor


def as_float32(x: Tensor) -> Tensor:
    """Half precision made float32, anything else as it is."""
    return x.float() if x.dtype in (torch.float16, torch.bfloat16) else x
