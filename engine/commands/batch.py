"""`tryon batch`: a whole data set in the VITON-HD layout."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.commands.options import (
    Device,
    KeepOriginal,
    PrecisionName,
    Seed,
    SizeText,
    Weights,
    file_metadata,
    parse_size,
)
from engine.commands.reporting import bar, errors, report

if TYPE_CHECKING:
    from engine.batch import Outcome
    from engine.pipeline import TryOnPipeline


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
    seed: Seed = 0,
    device: Device = "auto",
    precision: PrecisionName = "fp32",
    size: SizeText = "",
    weights: Weights = "default",
    keep_original: KeepOriginal = True,
) -> None:
    """Make the pictures of all pairs. Run it again to go on where it stopped."""
    from engine import batch as work
    from engine.data.layout import VitonDataset
    from engine.pipeline import load_pipeline

    if extension not in ("png", "webp", "jpg"):
        raise typer.BadParameter("use png, webp or jpg", param_hint="--format")
    records = VitonDataset(dataset, split, pairs).records[:limit]
    pipeline = load_pipeline(weights, device, precision, parse_size(size))
    settings = file_metadata(weights, seed, precision, "", "") | _settings(pipeline, extension, keep_original)
    work.claim_folder(out, {key: value for key, value in settings.items() if value}, overwrite)
    with bar() as display:
        task = display.add_task("Pictures", total=len(records))

        def update(so_far: "Outcome") -> None:
            display.update(task, completed=so_far.made + so_far.skipped + len(so_far.failed))

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
            metadata=file_metadata(weights, seed, precision, "", ""),
            progress=update,
        )
    _summarise(outcome, out)


def _settings(pipeline: "TryOnPipeline", extension: str, keep_original: bool) -> dict[str, str]:
    height, width = pipeline.size
    return {"size": f"{width}x{height}", "format": extension, "keep_original": str(keep_original)}


def _summarise(outcome: "Outcome", out: Path) -> None:
    report(f"{outcome.made} made, {outcome.skipped} there already, {len(outcome.failed)} failed: {out}")
    for name, sentence in outcome.failed:
        errors.print(f"{name}: {sentence}", markup=False, style="red")
    if outcome.failed:
        raise typer.Exit(1)
