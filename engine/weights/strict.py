"""State dicts compared and loaded strictly: every key, every shape, nothing else."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn
from torch.nn import init
from torch.overrides import TorchFunctionMode

from engine import networks
from engine.errors import TryOnError

Shapes = dict[str, tuple[int, ...]]


def expected_shapes(kind: str, config: Mapping[str, Any]) -> Shapes:
    """Shape of every tensor in the state dict of such a network. TryOnError as in `unfilled`."""
    return {key: tuple(value.shape) for key, value in unfilled(kind, config).state_dict().items()}


def difference(expected: Shapes, found: Shapes) -> str:
    """What is wrong with `found`, as the end of a sentence that starts with its file; empty when nothing is.

    Names the first key of each kind of mistake, in the network's own order, and how many there are.
    """
    missing = [key for key in expected if key not in found]
    wrong = [key for key in expected if key in found and found[key] != expected[key]]
    extra = [key for key in found if key not in expected]
    parts = []
    if missing:
        parts.append(f"lacks {len(missing)} of {len(expected)} tensors (the first is {missing[0]!r})")
    if wrong:
        first = wrong[0]
        shapes = f"{_times(found[first])} instead of {_times(expected[first])}"
        parts.append(f"has {len(wrong)} of another shape (the first is {first!r}, {shapes})")
    if extra:
        parts.append(f"has {len(extra)} that do not belong (the first is {extra[0]!r})")
    return ", ".join(parts)


def shapes_in(path: Path) -> Shapes:
    """Shapes of the tensors in a safetensors file, from its header alone. TryOnError when it is not such a file."""
    try:
        with safe_open(path, framework="pt") as file:
            return {key: tuple(file.get_slice(key).get_shape()) for key in file.keys()}  # noqa: SIM118 (not a dict)
    except (SafetensorError, OSError) as error:
        raise TryOnError("pack.file_damaged", path=path) from error


def load_network(path: Path, kind: str, config: Mapping[str, Any]) -> nn.Module:
    """The network of `kind` with the tensors of a safetensors file as float32, on the CPU, in evaluation mode.

    TryOnError names the file and the first key that is missing, of the wrong shape, or too many.
    """
    network = unfilled(kind, config)
    like = network.state_dict()
    check_shapes(path, {key: tuple(value.shape) for key, value in like.items()})
    tensors = {key: value.to(like[key].dtype) for key, value in read_tensors(path).items()}
    network.load_state_dict(tensors, strict=True, assign=True)
    return network.eval()


def unfilled(kind: str, config: Mapping[str, Any]) -> nn.Module:
    """A network whose parameters hold whatever was in memory, for looking at shapes or for loading.

    Drawing 150 million random numbers to overwrite them takes seconds; untouched memory is not even allocated.
    (PyTorch's meta device would do the same, but its first use imports two seconds of compiler.) TryOnError names an
    unknown kind or a configuration no network can be built from.
    """
    try:
        with _Unfilled():
            return networks.build(kind, config)
    except (ArithmeticError, RuntimeError, TypeError, ValueError) as error:
        first_line = str(error).split("\n", 1)[0].rstrip(".")
        raise TryOnError("pack.config", kind=kind, config=dict(config), reason=first_line) from error


class _Unfilled(TorchFunctionMode):
    """Leaves parameters alone that are about to be filled with random numbers; buffers get their values."""

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        given = kwargs or {}
        target = args[0] if args else given.get("tensor")
        if func in _RANDOM_FILLS and isinstance(target, nn.Parameter):
            return target
        return func(*args, **given)


_RANDOM_FILLS = {
    Tensor.uniform_,
    Tensor.normal_,
    init.uniform_,
    init.normal_,
    init.trunc_normal_,
    init.kaiming_uniform_,
    init.kaiming_normal_,
    init.xavier_uniform_,
    init.xavier_normal_,
}


def check_shapes(path: Path, expected: Shapes) -> None:
    """TryOnError unless the safetensors file holds exactly the expected tensors."""
    wrong = difference(expected, shapes_in(path))
    if wrong:
        raise TryOnError("pack.file_keys", path=path, wrong=wrong)


def check_finite(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """TryOnError naming the first tensor with a value that is not a number or infinite."""
    broken = [key for key, value in tensors.items() if not bool(torch.isfinite(value).all())]
    if broken:
        raise TryOnError("pack.not_finite", path=path, count=len(broken), first=broken[0])


def read_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a safetensors file as they are stored, one after the other copied out of the file."""
    with safe_open(path, framework="pt") as file:
        return {key: file.get_tensor(key).clone() for key in file.keys()}  # noqa: SIM118 (not a dict)


def _times(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or "a single number"
