"""`tryon data`: look at a data set before training on it, and pack it for speed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from engine.commands.descriptions import print_line
from engine.commands.options import parse_size
from engine.commands.reporting import errors, job_progress, report

if TYPE_CHECKING:
    from engine.data.report import Report
    from engine.system.progress import Progress

app = typer.Typer(help="Check and pack data sets in the VITON-HD layout.", no_args_is_help=True)
Root = Annotated[Path, typer.Argument(help="Folder that holds train/ or test/ in the VITON-HD layout.")]
Split = Annotated[str, typer.Option(help="train or test.")]
SHOWN = 20


@app.command()
def check(
    root: Root,
    split: Split = "train",
    pairs: Annotated[Path | None, typer.Option(help="Pairs file other than ROOT/SPLIT_pairs.txt.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first pairs.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the whole report to this file.")] = None,
    show: Annotated[int, typer.Option(min=0, help="How many findings to print one by one.")] = SHOWN,
    paired: Annotated[bool, typer.Option("--paired", help="Everyone with the own garment, as in training.")] = False,
    events: Annotated[bool, typer.Option("--events", help="Print progress and report as lines of JSON.")] = False,
) -> None:
    """Read every file and report what is missing, unreadable, mismatched or doubtful. Exit code 1 when there is any."""
    from engine.data.check import check_dataset

    with _json_progress() if events else job_progress(f"{root}") as progress:
        found = check_dataset(root, split, limit, progress, pairs=pairs, paired=paired)
    if json is not None:
        found.write(json)
    if events:
        print_line({"event": "report", "report": found.to_json(), "training": _training_split(found)})
    else:
        _print(found, show)
    if not found.fine:
        raise typer.Exit(1)


@app.command()
def cache(
    root: Root,
    split: Split = "train",
    size: Annotated[str, typer.Option(help="Width x height.")] = "192x256",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder; ROOT/.cache/... if left out.")] = None,
) -> None:
    """Pack a data set at one size for training, unless that has been done and no file has changed since."""
    from engine.data.cache import cached
    from engine.data.layout import VitonDataset

    data = VitonDataset(root, split, size=parse_size(size))
    with job_progress(f"{root}") as progress:
        packed = cached(data, out, progress)
    report(f"{len(packed)} samples, {len(packed.clean)} of them clean: {packed.folder}")
    for name, sentence in packed.header.skipped.items():
        errors.print(f"{name}: {sentence}", markup=False, style="red")
    if packed.header.skipped:
        raise typer.Exit(1)


@contextmanager
def _json_progress() -> "Iterator[Progress]":
    """The share done as lines of JSON, a hundred of them at most."""
    said = -1

    def update(stage: str, share: float) -> None:
        nonlocal said
        if int(share * 100) > said:
            said = int(share * 100)
            print_line({"event": "progress", "stage": stage, "share": share})

    yield update


def _training_split(found: "Report") -> dict[str, int]:
    """How many pairs a training would learn from and how many it would hold back."""
    from engine.data.split import split_names

    split = split_names(found.usable, clean=set(found.clean))
    return {"train": len(split.train), "held_out": len(split.validation)}


def _print(found: "Report", show: int) -> None:
    report(f"{found.samples} pairs, {len(found.usable)} usable, {len(found.clean)} clean: {found.root}/{found.split}")
    if not found.problems:
        return
    table = Table("findings", "", "kind", box=None)
    for (severity, kind), count in found.counts().items():
        table.add_row(str(count), severity.value, kind.value)
    errors.print(table)
    for problem in found.problems[:show]:
        errors.print(f"{problem.severity.value}: {problem.sentence}", markup=False)
    if len(found.problems) > show:
        errors.print(f"... and {len(found.problems) - show} more; --json FILE writes them all", markup=False)
