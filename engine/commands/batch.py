"""`tryon batch`: people x garments by the thousand."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from engine.batch.names import SheetFormat
from engine.commands import batch_options as options
from engine.commands.batch_report import show_forecast, summarise, write_sheet
from engine.commands.options import (
    CoatStays,
    Device,
    KeepOriginal,
    PrecisionName,
    Seed,
    SizeText,
    Weights,
    parse_size,
    usage,
)
from engine.commands.reporting import count_progress
from engine.system.parent import end_with_parent

if TYPE_CHECKING:
    from engine.batch.cluster import Machines
    from engine.batch.item import Item
    from engine.batch.names import Naming
    from engine.batch.run import Outcome, Task

    Tell = Callable[[dict[str, object]], None]


def batch(
    out: options.Out,
    people: options.People = None,
    garments: options.Garments = None,
    match: options.Match = options.MatchBy.ALL,
    pairs: options.Pairs = None,
    dataset: options.Dataset = None,
    split: options.Split = "test",
    names: options.Names = "",
    extension: options.Format = "png",
    sheet: options.Sheet = SheetFormat.JPG,
    limit: options.Limit = None,
    preview: options.Preview = None,
    dry_run: options.DryRun = False,
    retry: options.Retry = None,
    overwrite: options.Overwrite = False,
    strict: options.Strict = False,
    events: options.Events = False,
    workers: options.Workers = None,
    threads: options.Threads = 1,
    batch_size: options.BatchSize = 0,
    save_stages: options.SaveStages = False,
    pictures: options.Pictures = "",
    engine: options.Engine = options.EngineName.LOCAL,
    address: options.Address = "",
    cpus_per_worker: options.CpusPerWorker = 1,
    gpus_per_worker: options.GpusPerWorker = 0.0,
    send_photos: options.SendPhotos = False,
    seed: Seed = 0,
    device: Device = "auto",
    precision: PrecisionName = "fp32",
    size: SizeText = "",
    weights: Weights = "default",
    keep_original: KeepOriginal = True,
    coat: CoatStays = True,
) -> None:
    """Make the pictures of all pairs. Run it again to go on where it stopped: results.jsonl says what is done."""
    from engine.batch.cluster import Machines
    from engine.batch.item import Settings
    from engine.batch.plan import Sources
    from engine.batch.run import Task

    with usage():
        settings = Settings(
            weights=weights, device=device, precision=precision, size=parse_size(size), keep_original=keep_original,
            coat=coat, threads=threads, batch=batch_size, stages=save_stages, pictures=pictures,
        )  # fmt: skip
        plan = Sources(people, garments, match.value, pairs, dataset, split, seed).plan(_naming(names, extension, out))
        some = plan.first(limit)
        task = Task.of(some.evenly(preview) if preview else some, out, settings, options.CHOSEN[retry], overwrite)
    if dry_run:
        raise typer.Exit(1 if show_forecast(task, workers) else 0)
    far = Machines(address, workers or 1, cpus_per_worker, gpus_per_worker, send_photos)
    outcome = _run(task, workers, far if engine == options.EngineName.RAY else None, _teller(events))
    write_sheet(out / f"{'sheet' if preview is None else 'preview'}.{sheet}", task, outcome)
    raise typer.Exit(1 if summarise(outcome, out, strict) else 0)


def _naming(pattern: str, extension: str, out: Path) -> "Naming":
    """The date in names is that of the run that began the folder, so that later ones find its pictures."""
    from engine.batch.manifest import Manifest, today
    from engine.batch.names import Naming

    return Naming(pattern, extension, Manifest(out).begun or today())


def _teller(events: bool) -> "Tell":
    """Where events go: to whoever started this, without whom it is of no use, or nowhere."""
    if not events:
        return lambda _: None
    end_with_parent()
    return lambda event: typer.echo(json.dumps(event))


def _run(task: "Task", workers: int | None, machines: "Machines | None", tell: "Tell") -> "Outcome":
    from engine.batch.cluster import Cluster
    from engine.batch.manifest import Manifest
    from engine.batch.processes import Processes
    from engine.batch.run import run

    def began(item: "Item") -> None:
        tell({"event": "began", "id": item.id})

    local = Processes(task.settings, task.folder, task.recipe, workers, began=began)
    engine = local if machines is None else Cluster(task.settings, task.folder, machines)
    todo = task.choose(Manifest(task.folder)).todo
    with ExitStack() as stack, count_progress("Pictures", len(todo)) as update:
        if todo:
            with usage():
                stack.enter_context(engine)

        def progress(so_far: "Outcome") -> None:
            update(so_far.finished)
            tell({"event": "progress", "finished": so_far.finished, "total": len(todo)})

        return run(task, engine, progress)
