"""Memory and prepared weights that an ALIAS generator keeps from block to block and from picture to picture."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from threading import Lock
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

import torch
from torch import Tensor, nn

T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    """A result, and what it was worked out from."""

    value: object
    purpose: str
    sources: tuple[Tensor, ...]
    versions: tuple[int, ...]
    # what the sources held: an assignment to `data` leaves a tensor's version as it is, and while its old memory is
    # held here, the new cannot lie in the same place
    contents: tuple[Tensor, ...]

    def is_of(self, purpose: str, sources: tuple[Tensor, ...]) -> bool:
        return (
            self.purpose == purpose
            and len(self.sources) == len(sources)
            and all(held is source for held, source in zip(self.sources, sources, strict=True))
            and self.versions == _versions(sources)
            and all(held.data_ptr() == source.data_ptr() for held, source in zip(self.contents, sources, strict=True))
        )


class Workspace:
    """Large arrays, and what weights were turned into for the convolutions.

    On a CPU the system takes longer to hand out fresh pages than the arithmetic on them takes; a GPU's allocator keeps
    its memory by itself. One workspace serves one picture at a time: whoever uses it holds its `lock`. A copy is empty.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self._buffers: dict[str, Tensor] = {}
        self._hands: dict[int, Workspace] = {}
        self._kept: WeakKeyDictionary[nn.Module, _Kept] = WeakKeyDictionary()

    def __reduce__(self) -> tuple[type["Workspace"], tuple[()]]:
        return Workspace, ()  # a network is copied or written with its weights, not with this

    def array(self, role: str, shape: tuple[int, ...], like: Tensor) -> Tensor:
        """An uninitialised array; the one given out before for the same role is overwritten."""
        if like.device.type != "cpu":
            return like.new_empty(shape)
        size = prod(shape) * like.element_size()
        held = self._buffers.get(role)
        if held is None or len(held) < size:
            self._buffers.pop(role, None)  # before the larger one is taken
            held = self._buffers[role] = torch.empty(size, dtype=torch.uint8)
        return held[:size].view(like.dtype).view(shape)

    def hand(self, number: int) -> "Workspace":
        """Arrays for a thread of its own."""
        return self._hands.setdefault(number, Workspace())

    def keep(self, owner: nn.Module, purpose: str, sources: tuple[Tensor, ...], make: Callable[[], T]) -> T:
        """`make()`, for one `purpose` at a time kept with its owner until one of the tensors it is made of changes."""
        held = self._kept.get(owner)
        if held is None or not held.is_of(purpose, sources):
            contents = tuple(source.detach() for source in sources)
            held = self._kept[owner] = _Kept(make(), purpose, sources, _versions(sources), contents)
        return cast(T, held.value)


def _versions(sources: tuple[Tensor, ...]) -> tuple[int, ...]:
    return tuple(0 if source.is_inference() else source._version for source in sources)
