"""What a training run is told: the loop's options, which every recipe extends, and the machine's.

Options are frozen dataclasses of plain values, so that a checkpoint can hold them and the command line can set any of
them by name.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from engine.category import CATEGORIES, Category
from engine.errors import TryOnError

SMOKE: Mapping[str, Any] = {
    "steps": 60, "batch": 4, "width": 8, "average": 0.9, "log_every": 5, "validate_every": 30, "sample_every": 30,
    "checkpoint_every": 30, "validation_pairs": 8, "samples": 4,
}  # fmt: skip
"""What the presets called smoke have in common: a minute or two, to see that everything works."""


@dataclass(frozen=True, kw_only=True)
class LoopOptions:
    """Options that every recipe has. A rate's schedule: `warm_up` steps rising, constant, then falling to zero."""

    steps: int = 1000  # optimiser steps of the whole run
    batch: int = 8  # pairs a step, over all processes and parts together
    accumulate: int = 1  # parts that a process's share of the batch is worked through in, to save memory
    clip: float = 0.0  # longest gradient of one network; 0 does not clip
    warm_up: int = 0  # steps over which the learning rates rise from near zero
    decay_from: float = 1.0  # share of the steps after which the learning rates fall linearly to zero
    average: float = 0.999  # decay of the running average of the weights, which is what gets exported
    category: str = "upper"  # kind of garment, a key of engine.category.CATEGORIES
    seed: int = 0  # of weights, order of the pairs, augmentation and noise
    held_out: int = 500  # last names of the data set, kept out of training for validation
    pairs: int = 0  # use only so many training pairs; 0 uses all
    validation_pairs: int = 128  # of the held-out pairs, how many a validation looks at
    log_every: int = 20  # steps between two reports of the losses
    validate_every: int = 1000  # steps between two validations
    sample_every: int = 1000  # steps between two pictures of the sample grid
    checkpoint_every: int = 500  # steps between two checkpoints
    samples: int = 6  # held-out pairs in the sample grid
    explosion: float = 1000.0  # a loss so many times its lowest level (or 1, if lower) ends the run

    @property
    def garment_category(self) -> Category:
        """The kind of garment that the run is about. TryOnError where there is none of that key."""
        if self.category not in CATEGORIES:
            raise TryOnError("option.category", category=self.category, known=", ".join(CATEGORIES))
        return CATEGORIES[self.category]


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where a run happens; not part of what it learns, so a run may be resumed on another machine."""

    accelerator: str = "cpu"  # "cpu", "cuda", "mps" or "auto"
    devices: int = 1  # processes on this computer, one a device
    nodes: int = 1  # computers
    precision: str = "32-true"  # or "bf16-mixed", "16-mixed"
    threads: int = 0  # CPU threads a process; 0 leaves torch's choice
    tensorboard: bool = False  # also write TensorBoard files to RUN/tensorboard

    @classmethod
    def of_environment(cls, **values: str | int | bool) -> "Machine":
        """`values`, with devices and nodes taken from torchrun's environment where there is one."""
        if "TORCHELASTIC_RUN_ID" in os.environ:
            local = int(os.environ["LOCAL_WORLD_SIZE"])
            values |= {"devices": local, "nodes": int(os.environ["WORLD_SIZE"]) // local}
        return cls(**values)  # type: ignore[arg-type]


Options = TypeVar("Options", bound=LoopOptions)


def changed(options: Options, values: Mapping[str, object]) -> Options:
    """`options` with some values replaced; strings are read as the type of the value they replace.

    Raises TryOnError that names an unknown option or a value that cannot be read.
    """
    known = {field.name: getattr(options, field.name) for field in fields(options)}
    for name in values:
        if name not in known:
            raise TryOnError("option.unknown", name=name, known=", ".join(sorted(known)))
    read: dict[str, Any] = {name: _read(name, value, known[name]) for name, value in values.items()}
    return replace(options, **read)


def _read(name: str, value: object, old: object) -> object:
    if not isinstance(value, str):
        return value
    if isinstance(old, bool):
        if value.lower() not in ("true", "false"):
            raise TryOnError("option.boolean", name=name, value=value)
        return value.lower() == "true"
    try:
        return type(old)(value)  # type: ignore[call-arg]
    except ValueError:
        raise TryOnError("option.number", name=name, old=old, value=value) from None


def check(options: LoopOptions, processes: int) -> int:
    """Refuse options that cannot work; returns the number of pairs in one part of one process's share."""
    for name in ("steps", "batch", "accumulate", "log_every", "validate_every", "sample_every", "checkpoint_every"):
        if getattr(options, name) < 1:
            raise TryOnError("option.least", name=name, value=getattr(options, name))
    part, rest = divmod(options.batch, processes * options.accumulate)
    if rest or not part:
        raise TryOnError(
            "option.split",
            batch=options.batch,
            processes=processes,
            parts=options.accumulate,
            multiple=processes * options.accumulate,
        )
    return part
