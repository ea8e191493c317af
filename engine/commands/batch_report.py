"""What `tryon batch` says: before a run what it would do, after it what became of it."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands.hints import doubt_line
from engine.commands.options import usage
from engine.commands.reporting import count_progress, errors, report

if TYPE_CHECKING:
    from engine.batch.forecast import Forecast
    from engine.batch.manifest import Line
    from engine.batch.run import Outcome, Task

_MIB, _GIB = 2**20, 2**30


def show_forecast(task: "Task", workers: int | None) -> bool:
    """Say what a run would make; whether some of it cannot be made, or has no room.

    Where nothing was made with these settings before, one picture is, elsewhere, to see what it takes.
    """
    from engine.batch.forecast import look, weighed
    from engine.batch.manifest import Manifest
    from engine.batch.processes import cores_of_process

    manifest = Manifest(task.folder)
    choice = task.choose(manifest)
    with count_progress("Files", len({path for item in choice.todo for path in item.files.values()})) as update:
        found = look(choice.todo, update)
    alike = [one for one in manifest.lines.values() if (one.pack_digest, one.parameters) == _kind(task)]
    lines = alike or (_one_made(task, found) if found.sound else [])
    found = weighed(found, lines, task.folder)
    report(f"{len(found.sound)} to make, {len(choice.there)} there already, {len(choice.others)} left alone")
    for fault in task.plan.left_out:
        report(str(fault))
    for name, (fault, count) in found.wrong.items():
        errors.print(f"{count} of them cannot be made: {name}: {fault}", markup=False, style="red")
    processes = workers or max(1, len(cores_of_process()) // task.settings.threads)
    _say_costs(found, processes)
    return bool(found.wrong) or (found.bytes or 0) > found.free


def _kind(task: "Task") -> tuple[str, Mapping[str, object]]:
    return task.recipe.pack_digest, task.recipe.parameters


def _one_made(task: "Task", found: "Forecast") -> "list[Line]":
    from dataclasses import replace

    from engine.batch.processes import Processes

    with tempfile.TemporaryDirectory(prefix="tryon-") as folder:
        settings = replace(task.settings, pictures="")
        with usage(), Processes(settings, Path(folder), task.recipe, 1) as engine:
            return list(engine.lines(found.sound[:1]))


def _say_costs(found: "Forecast", processes: int) -> None:
    if found.seconds is not None and found.bytes is not None:
        minutes = found.seconds / processes / 60
        size = f"{found.bytes / _MIB:.0f} MiB of {found.free / _GIB:.1f} GiB free"
        report(f"about {minutes:.0f} minutes in {processes} processes, {size}")


def write_sheet(path: Path, task: "Task", outcome: "Outcome") -> None:
    """Write the contact sheet of what the plan's items are now."""
    from engine.batch.contact import write_sheet as write

    ordered = [outcome.lines[item.id] for item in task.plan.items if item.id in outcome.lines]
    write(path, ordered, task.store)


def summarise(outcome: "Outcome", out: Path, strict: bool) -> bool:
    """Say what became of the items; whether that is a failure."""
    from engine.analysis.common.doubt import doubt

    failures, warned = outcome.failures, outcome.warned
    report(f"{outcome.made} made, {outcome.there} there already, {len(failures)} failed: {out}")
    for note in dict.fromkeys(note for line in outcome.lines.values() for note in line.notes):
        report(str(note))
    for code, count in outcome.by_error.items():
        report(f"{count} failed: {code}")
    for line in failures:
        errors.print(f"{line.id}: {line.sentence}", markup=False, style="red")
    if warned:
        report(f"{len(warned)} of them doubtful")
    for code, count in outcome.by_warning.items():
        report(f"{count} x {doubt_line(doubt(code))}")
    if strict:
        for line in warned:
            errors.print(f"{line.id}: {', '.join(line.warnings)}", markup=False, style="yellow")
    return bool(failures or (strict and warned))
