"""`tryon batch`: a whole data set in the VITON-HD layout."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.commands.hints import doubt_line
from engine.commands.options import (
    Device,
    KeepOriginal,
    PrecisionName,
    Seed,
    SizeText,
    Weights,
    file_metadata,
    parse_size,
    usage,
)
from engine.commands.reporting import count_progress, errors, report

if TYPE_CHECKING:
    from engine.data.layout import Record
    from engine.tryon.batch import Outcome


def batch(
    dataset: Annotated[Path, typer.Option(help="Folder that holds test/ or train/ in the VITON-HD layout.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the pictures.")],
    split: Annotated[str, typer.Option(help="test or train.")] = "test",
    pairs: Annotated[
        Path | None, typer.Option(help="Text file with person and garment a line; see the README.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first pairs.")] = None,
    extension: Annotated[str, typer.Option("--format", help="png, webp, or jpg under the published names.")] = "png",
    batch_size: Annotated[int, typer.Option(min=0, help="Pictures at once; 0 chooses by device.")] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Make pictures anew that are there already.")] = False,
    save_stages: Annotated[bool, typer.Option("--save-stages", help="Write every intermediate too.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Doubtful pairs count as failed.")] = False,
    seed: Seed = 0,
    device: Device = "auto",
    precision: PrecisionName = "fp32",
    size: SizeText = "",
    weights: Weights = "default",
    keep_original: KeepOriginal = True,
) -> None:
    """Make the pictures of all pairs. Run it again to go on where it stopped."""
    from engine.tryon import batch as work
    from engine.tryon.pipeline import load_pipeline

    with usage():
        records = _records(dataset, split, pairs, extension)[:limit]
        pipeline = load_pipeline(weights, device, precision, parse_size(size))
        metadata = file_metadata(weights, seed, precision)
        work.claim_folder(
            out,
            {
                **metadata,
                "dataset": f"{dataset.resolve().name}/{split}",
                "size": "x".join(str(side) for side in reversed(pipeline.size)),
                "format": extension,
                "keep_original": keep_original,
            },
            overwrite,
        )
    with count_progress("Pictures", len(records)) as update:
        outcome = work.run_folder(
            pipeline,
            records,
            out,
            seed=seed,
            extension=extension,
            batch=batch_size or (4 if pipeline.device.type == "cuda" else 1),
            keep_original=keep_original,
            stages=save_stages,
            overwrite=overwrite,
            metadata=metadata,
            progress=lambda so_far: update(so_far.finished),
        )
    _summarise(outcome, out, strict)


def _records(dataset: Path, split: str, pairs: Path | None, extension: str) -> "list[Record]":
    """The pairs to make; TryOnError when there are none or the format cannot name them."""
    from engine.data.layout import VitonDataset
    from engine.errors import TryOnError
    from engine.tryon.batch import FORMATS, check_names

    if extension not in FORMATS:
        raise TryOnError("usage.format", name=extension, known=", ".join(FORMATS))
    records = VitonDataset(dataset, split, pairs).records
    if not records:
        raise TryOnError("usage.no_pairs", path=dataset / split)
    check_names(records, extension)
    return records


def _summarise(outcome: "Outcome", out: Path, strict: bool) -> None:
    report(f"{outcome.made} made, {outcome.skipped} there already, {len(outcome.failed)} failed: {out}")
    if outcome.doubtful:
        report(f"{len(outcome.doubtful)} of them doubtful")
    for note in outcome.notes:
        report(str(note))
    for name, sentence in outcome.failed:
        errors.print(f"{name}: {sentence}", markup=False, style="red")
    for name, doubts in outcome.doubtful:
        errors.print(f"{name}: {'; '.join(map(doubt_line, doubts))}", markup=False, style="yellow")
    if outcome.failed or (strict and outcome.doubtful):
        raise typer.Exit(1)
