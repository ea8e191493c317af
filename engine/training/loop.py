"""The training loop, for every recipe, on one CPU or many GPUs (Lightning Fabric)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.errors import TryOnError
from engine.networks import config_of
from engine.system.files import remove_left_over
from engine.training import checkpoint, run_folder, sample_grid
from engine.training.data_source import Data
from engine.training.ema import RunningAverage
from engine.training.events import EventWriter, ProgressFn
from engine.training.export import export_run
from engine.training.fabric import Fabric, MisconfigurationException, MixedPrecision
from engine.training.meter import Meter
from engine.training.options import Machine, check
from engine.training.recipe import Losses, Prepared, Recipe
from engine.training.run_control import Command
from engine.training.schedule import set_rates
from engine.training.signals import signals_as_stop

AbortFn = Callable[[], Command | None]
_ENDINGS: dict[Command | None, str] = {None: "finished", "stop": "stopped", "pause": "paused", "cancel": "cancelled"}


@dataclass(frozen=True)
class Outcome:
    """How a run ended ("finished", "stopped", "paused", "cancelled"), after which step, its last validation numbers."""

    status: str
    step: int
    numbers: dict[str, float]


def start_fabric(machine: Machine) -> Fabric:
    """Processes, devices and precision for a run. TryOnError where this computer has not got them."""
    if machine.threads:
        torch.set_num_threads(machine.threads)
    try:
        fabric = Fabric(
            accelerator=machine.accelerator,
            devices=machine.devices,
            num_nodes=machine.nodes,
            strategy="ddp" if machine.devices * machine.nodes > 1 else "auto",
            precision=machine.precision,  # type: ignore[arg-type]
        )
    except (ValueError, RuntimeError, AttributeError, ImportError, MisconfigurationException) as error:
        raise TryOnError(
            "run.device",
            count=machine.devices,
            device=machine.accelerator,
            precision=machine.precision,
            reason=str(error).splitlines()[0],
        ) from error
    fabric.launch()
    return fabric


def train(
    fabric: Fabric,
    recipe: Recipe,
    data: Data,
    folder: Path,
    *,
    resume: bool = False,
    progress_fn: ProgressFn | None = None,
    abort_fn: AbortFn | None = None,
    record: dict[str, Any] | None = None,
) -> Outcome:
    """Train `recipe` on `data` in `folder` (checkpoints, samples, events.jsonl, pack), or go on with the run there.

    progress_fn: told every event of `engine.training.events`, on the first process.
    abort_fn: asked after every step: "stop" saves, exports and ends; "pause" saves and ends; "cancel" removes all that
    the run has written; None goes on. SIGTERM and SIGINT count as "stop".
    record: plain values to note beside the options in RUN/options.json (the data's name, the command). Those of a
    resumed run replace the ones before, but for its command, which is added to the list "continued".
    Raises TryOnError where a loss explodes, the disk is full or the folder is not usable; the last checkpoint stays.
    """
    run = _Run(fabric, recipe, data, folder, progress_fn)
    if not resume:
        run.claim(record or {})
    with signals_as_stop() as signalled, run_folder.failures_told(run.tell):
        run.go_on(record or {}) if resume else run.begin()
        command: Command | None = None
        while run.step < recipe.options.steps and command is None:
            run.take_step()
            run.do_what_is_due()
            command = run.agreed(signalled(), abort_fn)
        return run.end(command)


class _Run:
    """One run in one process; `train` says what happens when."""

    def __init__(
        self, fabric: Fabric, recipe: Recipe, data: Data, folder: Path, progress_fn: ProgressFn | None
    ) -> None:
        self.fabric, self.recipe, self.data, self.folder = fabric, recipe, data, folder
        self.options = recipe.options
        self.part = check(self.options, fabric.world_size)
        recipe.place(fabric.device)
        self.average = RunningAverage(recipe.network, recipe.fresh_copy().to(fabric.device), self.options.average)
        self.phases, self.optimisers = zip(*(fabric.setup(p, p.optimiser) for p in recipe.phases), strict=True)
        self.events = EventWriter(folder, progress_fn)
        self.meter = Meter(self.options, fabric)
        self.mixed = isinstance(fabric.strategy.precision, MixedPrecision)
        recipe.autocast = fabric.autocast if self.mixed else nullcontext
        self.step = 0
        self.rate = 1.0
        self.numbers: dict[str, float] = {}
        self.best: float | None = None
        self.best_step = 1

    # beginning and end

    def claim(self, record: dict[str, Any]) -> None:
        if self.fabric.is_global_zero:
            run_folder.claim(self.folder, self.recipe.kind, asdict(self.options), record)

    def begin(self) -> None:
        """Write the first checkpoint, which also shows whether the disk will take one."""
        self.tell(
            "status", status="started", kind=self.recipe.kind, steps=self.options.steps, notes=self.recipe.notes()
        )
        self.save(checkpoint.LAST)

    def go_on(self, record: dict[str, Any]) -> None:
        self.restore(checkpoint.load(self.folder / checkpoint.LAST))
        if self.fabric.is_global_zero:
            remove_left_over((self.folder / checkpoint.LAST).parent)
        if self.fabric.is_global_zero:
            run_folder.note_resumption(self.folder, asdict(self.options), self.step, record)
        self.tell(
            "status", status="resumed", kind=self.recipe.kind, steps=self.options.steps, notes=self.recipe.notes()
        )

    def agreed(self, command: Command | None, abort_fn: AbortFn | None) -> Command | None:
        """The command of the first process, which alone asks `abort_fn`, on all of them."""
        if command is None and abort_fn is not None and self.fabric.is_global_zero:
            command = abort_fn()
        if self.fabric.world_size == 1:
            return command
        shared: Command | None = self.fabric.broadcast(command)
        return shared

    def end(self, command: Command | None) -> Outcome:
        if command is None:
            self.validate()
            self.sample()
        if command in ("stop", "pause") and self.meter.unread:
            self.report()
        if command != "cancel":
            self.save(checkpoint.LAST)
        if command in (None, "stop"):
            self.export()
        self.tell("status", status=_ENDINGS[command])
        if command == "cancel" and self.fabric.is_global_zero:
            run_folder.drop(self.folder)
        self.fabric.barrier()
        return Outcome(_ENDINGS[command], self.step, self.numbers)

    # one step

    def take_step(self) -> None:
        """Every phase in turn: the losses of all parts, their gradients, new weights. Then the running average."""
        self.rate = set_rates((phase.optimiser for phase in self.recipe.phases), self.step, self.options)
        with self.meter.step():
            parts = [self.next_part(index) for index in range(self.options.accumulate)]
            for phase, optimiser in self.learning():
                optimiser.zero_grad(set_to_none=True)
                for index, batch in enumerate(parts):
                    with self.fabric.no_backward_sync(phase, enabled=index + 1 < len(parts)):
                        losses: Losses = phase(batch, index)
                        self.fabric.backward(torch.stack(list(losses.values())).sum() / len(parts))
                    self.meter.add(losses)
                if self.options.clip:
                    self.fabric.clip_gradients(phase, optimiser, max_norm=self.options.clip)
                optimiser.step()
            self.step += 1
            self.average.update(self.recipe.network, self.step)

    def learning(self) -> list[tuple[Any, Any]]:
        """Phases, with their optimisers, that learn at this step."""
        pairs = zip(self.recipe.phases, self.phases, self.optimisers, strict=True)
        return [(phase, optimiser) for bare, phase, optimiser in pairs if self.recipe.takes_part(bare, self.step)]

    def next_part(self, index: int) -> Prepared:
        """The next part of this process's share, with one seed a pair: the same however the batch is shared out."""
        processes = self.fabric.world_size
        first = index * self.part * processes  # the loader deals a part out pair by pair, one process after the other
        places = range(first + self.fabric.global_rank, first + self.part * processes, processes)
        seeds = [_seed(self.options.seed, self.step, place) for place in places]
        return self.recipe.prepare(next(self.data.feed), seeds, self.step)

    # what is due after it

    def do_what_is_due(self) -> None:
        options, last = self.options, self.step == self.options.steps
        if (
            last
            or self.due(options.log_every)
            or self.due(options.checkpoint_every)
            or self.due(options.validate_every)
        ):
            self.report()  # comes before any saving, so that broken weights are never saved
        if last:
            return  # the end does the rest
        if self.due(options.validate_every):
            self.validate()
        if self.due(options.sample_every):
            self.sample()
        if self.due(options.checkpoint_every):
            self.save(checkpoint.LAST)

    def due(self, every: int) -> bool:
        return self.step % every == 0

    def report(self) -> None:
        self.tell("progress", rate=self.rate, **self.meter.read(self.step))
        self.meter.refuse_explosion(self.step)

    def validate(self) -> None:
        """On the first process, while the others wait; keeps the checkpoint if it is the best so far."""
        best = False
        if self.fabric.is_global_zero:
            with self.looking():
                batches = map(self.prepared, self.data.validation(self.step - 1))
                self.numbers = self.recipe.validate(self.average.shadow, batches)
            score = self.numbers[self.recipe.score]
            if self.recipe.stage(self.step - 1) != self.recipe.stage(self.best_step - 1):
                self.best = None
            best = self.best is None or (score > self.best if self.recipe.better == "higher" else score < self.best)
            self.best, self.best_step = (score, self.step) if best else (self.best, self.best_step)
            self.tell("validation", numbers=self.numbers, score=self.recipe.score, best=best)
        if self.fabric.broadcast(best):
            self.save(checkpoint.BEST)

    def sample(self) -> None:
        if self.fabric.is_global_zero:
            with self.looking():
                picture = self.recipe.samples(self.average.shadow, self.prepared(self.data.samples(self.step - 1)))
            self.tell("sample", path=sample_grid.save_grid(self.folder, self.step, picture))
        self.fabric.barrier()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Without gradients, in the run's precision, and without a trace in the random numbers of the training."""
        mixed = self.fabric.autocast() if self.mixed else nullcontext()
        with torch.no_grad(), torch.random.fork_rng(), mixed:
            yield

    def prepared(self, batch: Any) -> Prepared:
        """A held-out batch, with the same noise at every look."""
        return self.recipe.prepare(batch, range(len(batch)), self.step - 1)

    def export(self) -> None:
        if self.fabric.is_global_zero:
            pack = export_run(self.folder)
            self.tell("export", path=pack.relative_to(self.folder).as_posix())

    def tell(self, event: str, /, **values: Any) -> None:
        if self.fabric.is_global_zero:
            self.events.write(event, self.step, **values)

    # checkpoints

    def save(self, name: str) -> None:
        state = self.state()
        if self.fabric.is_global_zero:
            checkpoint.save(self.folder / name, state)
            self.tell("checkpoint", path=name)
        self.fabric.barrier()

    def state(self) -> checkpoint.State:
        """Everything the run needs to go on; the random state of every process, the rest from this one."""
        return {
            "kind": self.recipe.kind,
            "network": self.recipe.trains,
            "config": config_of(self.recipe.network),
            "options": asdict(self.options),
            "step": self.step,
            "networks": {phase.name: phase.network.state_dict() for phase in self.recipe.phases},
            "average": self.average.shadow.state_dict(),
            "optimisers": {phase.name: phase.optimiser.state_dict() for phase in self.recipe.phases},
            "precision": self.fabric.strategy.precision.state_dict(),
            "random": _from_all(self.fabric, checkpoint.random_state()),
            "feed": self.data.feed.state_dict(),
            "numbers": self.numbers,
            "best": self.best,
            "best_step": self.best_step,
            "notes": self.recipe.notes(),
        }

    def restore(self, state: checkpoint.State) -> None:
        """Go back to where `state` was made. TryOnError where it belongs to other networks."""
        try:
            for phase in self.recipe.phases:
                phase.network.load_state_dict(state["networks"][phase.name])
                phase.optimiser.load_state_dict(state["optimisers"][phase.name])
            self.average.shadow.load_state_dict(state["average"])
        except (KeyError, RuntimeError, ValueError) as error:
            raise TryOnError("checkpoint.misfit", path=self.folder, kind=self.recipe.kind) from error
        self.fabric.strategy.precision.load_state_dict(state["precision"])
        self.data.feed.load_state_dict(state["feed"])
        self.step, self.numbers = state["step"], state["numbers"]
        self.best, self.best_step = state["best"], state["best_step"]
        if self.fabric.global_rank < len(state["random"]):  # a process the run did not have before starts afresh
            checkpoint.set_random_state(state["random"][self.fabric.global_rank])


def _seed(*numbers: int) -> int:
    """One well-mixed seed from a few small numbers."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def _from_all(fabric: Fabric, value: checkpoint.State) -> list[checkpoint.State]:
    """The value of every process, in order of their rank."""
    if fabric.world_size == 1:
        return [value]
    values: list[checkpoint.State] = [{}] * fabric.world_size
    torch.distributed.all_gather_object(values, value)
    return values
