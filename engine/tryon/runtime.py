"""Where the networks of a try-on are and who may use them: the only owner of a device, a precision and a turn.

What does not fit into a GPU's memory is done picture by picture, then on the CPU; one thread at a time uses the
networks, which move between devices and count their layers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

import torch
from torch import nn

from engine import graph
from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.networks.alias import prepare
from engine.system.devices import (
    CPU,
    Arithmetic,
    Precision,
    check_precision,
    choose_device,
    is_out_of_memory,
    release_memory,
)
from engine.system.half import bf16_is_quicker
from engine.system.progress import ProgressTracker
from engine.weights.refinements import Refinements

_PATIENCE = 0.1  # seconds after which a thread that waits for its turn asks whether it is still wanted
_PREPARED: Mapping[str, Callable[[Any, torch.device], None]] = {"alias": prepare}
_STAYS = ("composer",)  # networks in bf16 whose pictures are the same to 45 dB: see RESEARCHERS.md
_R = TypeVar("_R")


class Runtime:
    """The networks that the stages of `engine.graph` use, on a device, in a precision.

    networks: by kind, as `engine.networks.build` makes them; kinds that no stage uses are left out. refinements: steps
    beside them, none as published. category: the kind of garment that they put on. Several threads may use it: they
    take turns. TryOnError where the device or the precision cannot be had, or the networks do not fit there.
    """

    def __init__(
        self,
        networks: Mapping[str, nn.Module],
        device: str = "auto",
        precision: str = "fp32",
        refinements: Refinements = Refinements(),
        category: Category = UPPER,
    ) -> None:
        self.networks = {kind: networks[kind].eval() for kind in graph.chosen(networks)}
        if self.knows_neck and "flow" not in self.networks:
            raise TryOnError("pack.no_flow")
        self.refinements = refinements
        self.category = category
        self.device = CPU
        self.precision: Precision = check_precision(precision)
        self._turns = Lock()
        if not self._moved_to(choose_device(device)):
            raise TryOnError("memory.networks", device=device)

    def __getstate__(self) -> dict[str, Any]:
        """Without the lock, which copies must not share."""
        return {name: value for name, value in vars(self).items() if name != "_turns"}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        vars(self).update(state)
        self._turns = Lock()

    @property
    def knows_neck(self) -> bool:
        """Whether the segmentation network reads the garment as the flow lays it and tells the neck."""
        config: Any = getattr(self.networks.get("segmentation"), "config", None)
        return config is not None and bool(config.aligned)

    def arithmetic(self, kind: str) -> Arithmetic:
        """That of a kind of network, where it need not be the full one."""
        if self.precision != "auto":
            return self.precision
        return "bf16" if kind in _STAYS and self.device == CPU and bf16_is_quicker() else "fp32"

    def batched(
        self, work: Callable[..., list[_R]], tracker: ProgressTracker, name: str, items: Sequence[Sequence[Any]]
    ) -> list[_R]:
        """`work(tracker, *items)`; on a CPU, and where a GPU's memory is too small, one picture at a time.

        What does not fit into the GPU even so is done on the CPU. name: the stage, for what is said of that.
        """
        with self.turn(tracker):
            if self.device == CPU and len(items[0]) > 1:
                return self._one_by_one(work, tracker, name, items)
            return self._together(work, tracker, name, items)

    @contextmanager
    def turn(self, tracker: ProgressTracker) -> Iterator[None]:
        """One thread at a time; not to be entered from within. Raises `Aborted` when the caller waits no longer."""
        while not self._turns.acquire(timeout=_PATIENCE):
            tracker.check()
        try:
            yield
        finally:
            self._turns.release()

    def _together(
        self, work: Callable[..., list[_R]], tracker: ProgressTracker, name: str, items: Sequence[Sequence[Any]]
    ) -> list[_R]:
        try:
            with torch.inference_mode():
                return work(tracker, *items)
        except RuntimeError as error:
            if self.device == CPU or not is_out_of_memory(error):
                raise
        finally:
            release_memory(self.device)
        # outside the except block: the traceback would keep the GPU's tensors alive
        if len(items[0]) > 1:
            tracker.note("note.one_by_one")
            return self._one_by_one(work, tracker, name, items)
        tracker.note("note.on_cpu", stage=name)
        with self._on_cpu():
            return self._together(work, tracker, name, items)

    def _one_by_one(
        self, work: Callable[..., list[_R]], tracker: ProgressTracker, name: str, items: Sequence[Sequence[Any]]
    ) -> list[_R]:
        made: list[_R] = []
        for number, one in enumerate(zip(*items, strict=True)):
            with tracker.piece(number, len(items[0])):
                made += self._together(work, tracker, name, [[item] for item in one])
        return made

    @contextmanager
    def _on_cpu(self) -> Iterator[None]:
        gpu = self.device
        self._move_to(CPU)
        release_memory(gpu)
        try:
            yield
        finally:
            self._moved_to(gpu)

    def _moved_to(self, device: torch.device) -> bool:
        """Move the networks; False, and they are on the CPU, where `device` has no room for them."""
        try:
            self._move_to(device)
        except RuntimeError as error:
            if not is_out_of_memory(error):
                raise
            self._move_to(CPU)
            return False
        return True

    def _move_to(self, device: torch.device) -> None:
        for kind, network in self.networks.items():
            network.to(device)
            if kind in _PREPARED:
                _PREPARED[kind](network, device)
        self.device = device
