"""`tryon train`: train one network from a data set, stop and resume it, and make a weight pack of what it learned."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.commands.reporting import report, warn
from engine.errors import TryOnError

if TYPE_CHECKING:
    from engine.training.events import Event, ProgressFn
    from engine.training.options import LoopOptions, Machine

_PRECISIONS = {"fp32": "32-true", "bf16": "bf16-mixed", "fp16": "16-mixed"}

Kind = Annotated[
    str | None,
    typer.Argument(metavar="KIND", help="One of what `tryon recipes` lists; a resumed run knows it."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change one training option of the preset; may be repeated."),
]


def train(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder of the run: checkpoints, samples, events, pack.")
    ] = None,
    kind: Kind = None,
    data: Annotated[Path | None, typer.Option(help="Data set in the VITON-HD layout (holds train/).")] = None,
    preset: Annotated[
        str, typer.Option(help="smoke (a minute), small (the shipped pack) or paper (as published).")
    ] = "small",
    steps: Annotated[int | None, typer.Option(min=1, help="Steps, instead of the preset's.")] = None,
    batch: Annotated[int | None, typer.Option(min=1, help="Pairs a step, instead of the preset's.")] = None,
    settings: Settings = None,
    start_from: Annotated[
        str, typer.Option("--from", metavar="PACK", help="Begin with the weights of a pack, and with its widths.")
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in the folder.")] = False,
    device: Annotated[str, typer.Option(help="cpu, cuda, mps or auto.")] = "auto",
    devices: Annotated[int, typer.Option(min=1, help="GPUs (or CPU processes) on this computer.")] = 1,
    precision: Annotated[
        str,
        typer.Option(help="fp32 (if left out), bf16 or fp16; a resumed run keeps its own.", show_default=False),
    ] = "",
    threads: Annotated[int, typer.Option(min=0, help="CPU threads a process; 0 takes all.")] = 0,
    workers: Annotated[int, typer.Option(min=0, help="Threads that make batches ahead.")] = 1,
    cache: Annotated[Path | None, typer.Option(help="Folder of the packed data; DATA/.cache if left out.")] = None,
    events: Annotated[bool, typer.Option("--events", help="Print every event as a line of JSON.")] = False,
    tensorboard: Annotated[bool, typer.Option("--tensorboard", help="Also write TensorBoard files.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write no run: take a few steps and print time and memory as JSON.")
    ] = False,
) -> None:
    """Train one network.

    Ctrl-C stops and keeps the weights. So does the word stop in the file RUN/control; pause there saves without making
    a pack, cancel removes the run.
    """
    from engine.training.options import Machine

    precision = precision or _recorded_precision(out if resume else None)
    if precision not in _PRECISIONS:
        raise TryOnError("usage.precision", name=precision, known=", ".join(_PRECISIONS))
    machine = Machine.of_environment(
        accelerator=device, devices=devices, precision=_PRECISIONS[precision], threads=threads
    )
    values = _settings(settings or [], steps=steps, batch=batch)
    if dry_run:
        _measure(*_new(kind, data, preset, values, start_from, precision)[:3], machine, start_from, cache)
        return
    if out is None:
        raise TryOnError("usage.no_folder")
    if resume:
        kind, data, options, record = _resumed(out, data, values, precision)
    else:
        kind, data, options, record = _new(kind, data, preset, values, start_from, precision)
    listener = _listener(out, events, tensorboard)
    _run(kind, options, data, out, machine, resume, record, listener, cache, workers, start_from)


def export(
    run: Annotated[Path, typer.Argument(help="Folder of a training run, finished or not.", file_okay=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the new weight pack.")],
    best: Annotated[bool, typer.Option("--best", help="The best checkpoint by validation, not the last.")] = False,
    name: Annotated[str | None, typer.Option(help="Name of the pack; the folder's by default.")] = None,
) -> None:
    """Make a weight pack from a training run, also while it is going on."""
    from engine.training.export import export_run

    report(str(export_run(run, best, out, name or out.name)))


def _recorded_precision(out: Path | None) -> str:
    from engine.training import run_folder

    return "fp32" if out is None else str(run_folder.read_record(out).get("precision", "fp32"))


def _settings(texts: list[str], **named: int | None) -> dict[str, object]:
    values: dict[str, object] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise TryOnError("usage.setting", text=text)
        values[name.strip()] = value.strip()
    return values | {name: value for name, value in named.items() if value is not None}


def _new(
    kind: str | None, data: Path | None, preset: str, values: Mapping[str, object], start_from: str, precision: str
) -> "tuple[str, Path, LoopOptions, dict[str, Any]]":
    from engine.data.layout import refuse_no_photos

    if data is not None:
        refuse_no_photos(data / "train")  # at once, not after the seconds that it takes to import torch
    from engine.training import recipes
    from engine.training.init_weights import with_widths

    if kind is None or data is None:
        raise TryOnError("usage.no_task", known=", ".join(recipes.RECIPES))
    options = recipes.preset(kind, preset, values)
    changes = _changes(values)
    if start_from:
        options = with_widths(options, recipes.entry(kind).recipe.trains, start_from, values)
        changes += " --from PACK"
    if precision != "fp32":
        changes += f" --precision {precision}"
    command = f"tryon train {kind} --data DATA --out RUN --preset {preset}{changes}"
    return kind, data, options, {"command": command, "precision": precision, **_data_record(data)}


def _resumed(
    out: Path, data: Path | None, values: Mapping[str, object], precision: str
) -> "tuple[str, Path, LoopOptions, dict[str, Any]]":
    """What the run in the folder goes on with, and what to note of it: a command only where something is another."""
    from engine.training import recipes, run_folder

    before = run_folder.read_record(out)
    options = recipes.recorded(before["kind"], before["options"], values)
    record, changes = {"precision": precision, **(_data_record(data) if data else {})}, _changes(values)
    if precision != before.get("precision", "fp32"):
        changes = f" --precision {precision}{changes}"
    if data and str(data.absolute()) != before.get("data_folder"):
        changes = f" --data {data.name}{changes}"
    if changes:
        record["command"] = f"tryon train --resume{changes}"
    return before["kind"], data or _data_of(before, out), options, record


def _data_of(record: Mapping[str, Any], out: Path) -> Path:
    if "data_folder" not in record:
        raise TryOnError("usage.no_data", path=out)
    return Path(record["data_folder"])


def _changes(values: Mapping[str, object]) -> str:
    return "".join(f" --set {name}={value}" for name, value in values.items())


def _data_record(data: Path) -> dict[str, str]:
    return {"data": data.name, "data_folder": str(data.absolute())}


def _run(
    kind: str,
    options: "LoopOptions",
    data: Path,
    out: Path,
    machine: "Machine",
    resume: bool,
    record: dict[str, Any],
    listener: "ProgressFn",
    cache: Path | None,
    workers: int,
    start_from: str,
) -> None:
    from engine.training import run_control, run_folder
    from engine.training.init_weights import begin_with
    from engine.training.loop import start_fabric, train
    from engine.training.recipes import make

    run_control.refuse_second(out)
    fabric = start_fabric(machine)
    run_folder.command_in(out)  # one left over from a run that ended before it looked
    recipe = make(kind, options)
    if (missing := recipe.lacks()) and fabric.is_global_zero:
        warn(missing)
    if start_from and not resume:
        record |= {"from": begin_with(recipe, start_from)}
    pairs = recipe.open_data(data, fabric, cache, workers)
    with closing(pairs.feed):
        outcome = train(
            fabric,
            recipe,
            pairs,
            out,
            resume=resume,
            progress_fn=listener,
            abort_fn=lambda: run_folder.command_in(out),
            record=record,
        )
    if fabric.is_global_zero:
        numbers = ", ".join(f"{name} {value:.4f}" for name, value in outcome.numbers.items())
        report(f"{outcome.status} after {outcome.step} steps{': ' if numbers else ''}{numbers}")


def _measure(
    kind: str, data: Path, options: "LoopOptions", machine: "Machine", start_from: str, cache: Path | None
) -> None:
    """Print what the run would cost here as one JSON object."""
    import json
    from dataclasses import asdict

    from engine.training.cost import measure
    from engine.training.init_weights import begin_with
    from engine.training.loop import start_fabric
    from engine.training.recipes import make

    fabric = start_fabric(machine)
    recipe = make(kind, options)
    if start_from:
        begin_with(recipe, start_from)
    report(json.dumps(asdict(measure(fabric, recipe, data, cache))))


def _listener(out: Path, events: bool, tensorboard: bool) -> "ProgressFn":
    from engine.training import run_control, run_folder

    listeners: list[ProgressFn] = [run_control.process_noted(out)]
    listeners.append(run_folder.print_event if events else _print_progress)
    if tensorboard:
        listeners.append(run_folder.Board(out))
    return run_folder.together(*listeners)


def _print_progress(event: "Event") -> None:
    """A line for people."""
    step = event["step"]
    if event["event"] == "progress":
        losses = "  ".join(f"{name} {value:.4g}" for name, value in event["losses"].items())
        speed = f"{event['images_per_second']:.2f} pictures/s, {event['seconds_left'] / 60:.0f} min left"
        report(f"step {step}: {losses}  ({speed}, {event['memory_mb']:.0f} MB)")
    elif event["event"] == "validation":
        report(f"step {step}: " + "  ".join(f"{name} {value:.4f}" for name, value in event["numbers"].items()))
    elif event["event"] == "status":
        report(f"step {step}: {event['status']}")
