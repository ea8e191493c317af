"""Where and in which precision the networks run."""

from contextlib import AbstractContextManager, nullcontext
from typing import Literal, cast, get_args

import torch

from engine.errors import TryOnError

Arithmetic = Literal["fp32", "bf16", "fp16"]
Precision = Literal["fp32", "bf16", "fp16", "auto"]
"""What a user asks for; "auto" is bf16 where that is quicker and the picture stays, else fp32."""

CPU = torch.device("cpu")

_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
_OUT_OF_MEMORY = ("MPS backend out of memory", "CUDA error: out of memory", "STATUS_ALLOC_FAILED")


def choose_device(name: str = "auto") -> torch.device:
    """The device for `name`: "auto" (CUDA, else MPS, else CPU), "cpu", "cuda", "cuda:1" or "mps".

    Raises TryOnError where this machine or this build of PyTorch has no such device.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise TryOnError("device.unknown", name=name) from error
    if device.type not in ("cpu", "cuda", "mps"):
        raise TryOnError("device.unsupported", name=name)
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise TryOnError("device.no_gpu", name=name, count=torch.cuda.device_count())
    if device.type == "mps" and not torch.backends.mps.is_available():
        raise TryOnError("device.no_metal")
    return device


def check_precision(name: str) -> Precision:
    """`name` if it is one of fp32, bf16, fp16 and auto; TryOnError otherwise."""
    for known in get_args(Precision):
        if name == known:
            return cast(Precision, known)
    raise TryOnError("precision.unknown", name=name)


def autocast(device: torch.device, precision: Arithmetic) -> AbstractContextManager[object]:
    """Run convolutions and products inside in half precision; nothing changes for fp32."""
    if precision == "fp32":
        return nullcontext()
    return torch.autocast(device.type, dtype=_DTYPES[precision])


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a GPU ran out of memory. PyTorch has an error for it; MPS and CUDA's libraries say so only in words."""
    said = str(error)
    return isinstance(error, torch.OutOfMemoryError) or any(words in said for words in _OUT_OF_MEMORY)


def release_memory(device: torch.device) -> None:
    """Give memory that PyTorch holds in reserve back to the GPU's other programs."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()
