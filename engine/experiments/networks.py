"""The networks of an experiment: each trained by the one training loop in its own folder, or taken from a pack.

A run goes on where it was killed. On the way it pauses now and then so that the network can be looked at; what a paused
and resumed run learns is what one learns that never paused.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from engine.errors import Aborted, TryOnError
from engine.experiments.plan import Part, Plan
from engine.system.progress import Abort
from engine.training import checkpoint, recipes, run_control, run_folder
from engine.training.export import export_run
from engine.training.loop import start_fabric, train
from engine.training.options import LoopOptions, Machine
from engine.training.run_control import Command
from engine.warping import WARPERS
from engine.weights import Pack, find_pack, read_pack
from engine.weights.combine import combine

_FOLDERS = ("matching", "flow")  # options that say where a part lies, which may be moved
_QUIET = 1_000_000_000  # steps between two looks of the loop itself, which the experiment takes in its place


@dataclass(frozen=True)
class Folders:
    """Where everything of an experiment lies."""

    root: Path

    def run(self, seed: int, name: str) -> Path:
        return self.root / "runs" / f"seed-{seed}" / name

    def pack(self, seed: int, name: str) -> Path:
        return self.root / "packs" / f"seed-{seed}" / name


@dataclass(frozen=True)
class Watch:
    """Who is told of a training. step: the steps taken so far, after each. look: these and a pack of what it is now."""

    step: Callable[[int], None]
    look: Callable[[int, Pack], None]


@dataclass(frozen=True)
class Where:
    """The data, the folders of the experiment, and the device it runs on."""

    data: Path
    folders: Folders
    device: str = "cpu"
    abort: Abort | None = None

    def check(self) -> None:
        """Raises `Aborted` when the caller wants out."""
        if self.abort is not None and self.abort():
            raise Aborted("stopped between two networks")


def trained_parts(plan: Plan) -> Mapping[str, Part]:
    """Every network of the plan that is trained, parts before the methods that need them, by name."""
    return {name: part for name, part in {**plan.parts, **plan.methods}.items() if part.recipe}


def kind_of(plan: Plan, name: str) -> str:
    """The kind of a part's network: its recipe's, else what its name begins with."""
    part = plan.parts.get(name) or plan.methods[name]
    return recipes.entry(part.recipe).recipe.trains if part.recipe else name.partition("-")[0]


def options_of(plan: Plan, name: str, seed: int, where: Callable[[str], Path | str], steps: int = 1) -> LoopOptions:
    """What the recipe of a network is told; `where` says where a part lies that it learns on. TryOnError as presets."""
    part = trained_parts(plan)[name]
    own = {field.name for field in fields(recipes.entry(part.recipe).options)}
    values: dict[str, Any] = {
        "validate_every": _QUIET,
        "sample_every": _QUIET,
        "validation_pairs": plan.look_pairs,
        "held_out": plan.split.held_out,
        **part.set,
        "steps": steps,
        "seed": seed,
    }
    for needed in part.parts:
        kind = kind_of(plan, needed)
        if "matching" in own and kind in WARPERS:
            values["matching"] = str(where(needed))
        if "flow" in own and kind == "flow":
            values["flow"] = str(where(needed))
    return recipes.preset(part.recipe, part.preset, values)


def train_network(plan: Plan, name: str, seed: int, steps: int, looks: int, place: Where, watch: Watch) -> Pack:
    """Train a network to the end, or go on with it; the pack of what it has learned.

    looks: how often `watch.look` is told, evenly on the way, the end among them. TryOnError where the run in the folder
    was begun with other options. Raises `Aborted` where it was told to end early.
    """
    folder = place.folders.run(seed, name)
    run_control.refuse_second(folder)
    options = options_of(plan, name, seed, lambda part: network_folder(plan, part, seed, place), steps)
    step, pack = _begun(folder, options), None
    for goal in sorted({max(1, steps * (number + 1) // looks) for number in range(looks)}):
        if step > goal:
            continue  # taken and looked at before it was killed, or not to be had any more
        ends = step < goal == steps
        if step < goal:
            _train_to(goal, step, plan.methods.get(name) or plan.parts[name], options, folder, place, watch)
            step = goal
        # a run that ends makes its pack itself; one left by a run that was killed may be an older look's
        pack = read_pack(folder / run_folder.PACK if ends else export_run(folder))
        watch.look(goal, pack)
    return pack or read_pack(export_run(folder))


def _train_to(goal: int, step: int, part: Part, options: LoopOptions, folder: Path, place: Where, watch: Watch) -> None:
    fabric = start_fabric(Machine(accelerator=place.device))
    recipe = recipes.make(part.recipe, options)
    data = recipe.open_data(place.data, fabric, None, 1)
    count = iter(range(step + 1, goal + 1))

    def due() -> Command | None:
        done = next(count)
        watch.step(done)
        told = run_folder.command_in(folder) or (place.abort is not None and place.abort())
        return "pause" if done < options.steps and (told or done == goal) else None

    noted = run_control.process_noted(folder)
    with closing(data.feed):
        ended = train(fabric, recipe, data, folder, resume=step > 0, progress_fn=noted, abort_fn=due)
    if ended.step < goal or ended.status == "stopped":
        raise Aborted(f"stopped after {ended.step} steps")


def _begun(folder: Path, options: LoopOptions) -> int:
    """How many steps the run in the folder has taken; one without a checkpoint is begun anew."""
    if not (folder / run_control.OPTIONS).exists():
        return 0
    if not (folder / checkpoint.LAST).exists():
        run_folder.drop(folder)
        return 0
    noted = run_folder.read_record(folder)["options"]
    if any(value != noted.get(name) for name, value in asdict(options).items() if name not in _FOLDERS):
        raise TryOnError("plan.changed", path=folder)
    step = int(checkpoint.load(folder / checkpoint.LAST)["step"])
    if not step:
        run_folder.drop(folder)
    return step


def network_folder(plan: Plan, name: str, seed: int, place: Where) -> Path | str:
    """Where a part lies that others learn on: its run, or the pack it is taken from."""
    part = plan.parts[name]
    return part.pack or place.folders.run(seed, name)


def network_pack(plan: Plan, name: str, seed: int, place: Where) -> Pack:
    """The pack with a part's network, once it is trained."""
    part = plan.parts[name]
    return find_pack(part.pack) if part.pack else read_pack(place.folders.run(seed, name) / run_folder.PACK)


def method_networks(plan: Plan, name: str, seed: int, place: Where, own: Pack | None = None) -> dict[str, Pack]:
    """The packs, by kind, that a method's networks come from; `own`: that of its generator."""
    method = plan.methods[name]
    if method.pack:
        found = find_pack(method.pack)
        return dict.fromkeys(found.configs, found)
    packs = {kind_of(plan, part): network_pack(plan, part, seed, place) for part in _all_parts(plan, name)}
    return packs | ({kind_of(plan, name): own} if own is not None else {})


def _all_parts(plan: Plan, name: str) -> Iterator[str]:
    """The parts of a method, those that they need first."""
    part = plan.methods.get(name) or plan.parts[name]
    for needed in part.parts:
        yield from _all_parts(plan, needed)
        yield needed


def write_method(plan: Plan, name: str, seed: int, place: Where, own: Pack) -> Pack:
    """One pack of all that a method needs, for `tryon run` and the window."""
    target = place.folders.pack(seed, name)
    if (target / "pack.json").exists():
        return read_pack(target)
    return combine(None, method_networks(plan, name, seed, place, own), target, f"{name}-{seed}")
