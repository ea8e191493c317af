"""The options of `tryon batch`."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from engine.batch.names import SheetFormat


class MatchBy(StrEnum):
    """Who wears what of two folders."""

    ALL = "all"
    STEM = "stem"


class RetryWhat(StrEnum):
    """Which items are made again."""

    FAILED = "failed"
    WARNED = "warned"


CHOSEN: Mapping[RetryWhat | None, Literal["failed", "warned"] | None] = {
    None: None,
    RetryWhat.FAILED: "failed",
    RetryWhat.WARNED: "warned",
}


class EngineName(StrEnum):
    """Who makes the pictures."""

    LOCAL = "local"
    RAY = "ray"


Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for pictures, results.jsonl and the contact sheet.")]
People = Annotated[Path | None, typer.Option(help="Folder with photos of people.")]
Garments = Annotated[Path | None, typer.Option(help="Folder with photos of garments.")]
Match = Annotated[MatchBy, typer.Option(help="Everybody in everything, or in the garment of the same name.")]
Pairs = Annotated[
    Path | None, typer.Option(help="Who wears what: CSV with person, garment, name, seed; JSONL; or two names a line.")
]
Dataset = Annotated[Path | None, typer.Option(help="Folder that holds test/ or train/ in the VITON-HD layout.")]
Split = Annotated[str, typer.Option(help="test or train.")]
Names = Annotated[
    str, typer.Option(help="What pictures are called, of {person}, {garment}, {name}, {seed} and {date}.")
]
Format = Annotated[str, typer.Option("--format", help="png, webp, or jpg (a data set's under the published names).")]
Sheet = Annotated[
    SheetFormat, typer.Option(help="Contact sheet: a picture of 60 pairs, evenly chosen, or a PDF with pages of all.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first pairs.")]
Preview = Annotated[
    int | None, typer.Option(min=1, help="Make only this many, evenly chosen; the sheet is called preview.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what is to be made, what is wrong, time and disk.")]
Retry = Annotated[RetryWhat | None, typer.Option(help="Only what failed, or what was made with warnings.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Make pictures anew that are there already.")]
Events = Annotated[bool, typer.Option("--events", help="Print every event as a line of JSON; end with who started it.")]
SaveStages = Annotated[bool, typer.Option("--save-stages", help="Write every intermediate too.")]
Strict = Annotated[bool, typer.Option("--strict", help="Doubtful pictures count as failed.")]
Engine = Annotated[EngineName, typer.Option(help="This machine, or a Ray cluster.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; as many as cores and memory allow if left out.")]
Threads = Annotated[int, typer.Option(min=1, help="Threads of each process on a CPU.")]
BatchSize = Annotated[int, typer.Option(min=0, help="Pictures at once; 0 chooses by device.")]
Pictures = Annotated[str, typer.Option(help="Where pictures go if not to --out: an address of fsspec, s3://…")]
Address = Annotated[str, typer.Option(help="With --engine ray: of the cluster; a new one on this machine if left out.")]
CpusPerWorker = Annotated[int, typer.Option(min=1, help="With --engine ray: cores, and threads, of each worker.")]
GpusPerWorker = Annotated[float, typer.Option(min=0, help="With --engine ray: GPUs of each worker.")]
SendPhotos = Annotated[
    bool, typer.Option("--send-photos", help="With --engine ray: send photos along, where machines share no folder.")
]
