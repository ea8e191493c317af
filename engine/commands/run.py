"""`tryon run`: one person, one garment, one picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.commands.options import (
    Device,
    KeepOriginal,
    PrecisionName,
    SaveStages,
    Seed,
    SizeText,
    Weights,
    file_metadata,
    parse_size,
)
from engine.commands.reporting import job_progress, report

if TYPE_CHECKING:
    from engine.stages import Garment, Person


def run(
    person: Annotated[Path, typer.Option(help="Photo of the person, framed 3:4.")],
    garment: Annotated[Path, typer.Option(help="Product photo of the top, framed 3:4.")],
    pose: Annotated[Path, typer.Option(help="The person's keypoints, OpenPose JSON (BODY_25 or COCO-18).")],
    parse: Annotated[Path, typer.Option(help="The person's parse, PNG with LIP ids.")],
    mask: Annotated[Path, typer.Option(help="The garment's mask, black and white.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Picture to write: .png, .jpg or .webp.")],
    seed: Seed = 0,
    device: Device = "auto",
    precision: PrecisionName = "fp32",
    size: SizeText = "",
    weights: Weights = "default",
    keep_original: KeepOriginal = True,
    save_stages: SaveStages = None,
) -> None:
    """Make one picture of the person wearing the garment."""
    from engine import stage_files
    from engine.pipeline import load_pipeline
    from engine.saving import save_picture

    who, what = read_person(person, pose, parse), read_garment(garment, mask)
    pipeline = load_pipeline(weights, device, precision, parse_size(size))
    with job_progress("Try-on") as progress:
        result = pipeline.run(who, what, seed, keep_original, progress)
    metadata = file_metadata(weights, seed, precision, person.name, garment.name)
    save_picture(out, result.image, metadata)
    if save_stages is not None:
        stage_files.save_stages(save_stages, result)
    for note in result.notes:
        report(note)
    seconds = ", ".join(f"{name} {spent:.1f} s" for name, spent in result.timings.items())
    report(f"{out}  ({seconds})")


def read_person(photo: Path, pose: Path, parse: Path) -> "Person":
    """A person from files whose pose and parse belong to the whole photo; framed to 3:4 is the user's part."""
    from engine.errors import TryOnError
    from engine.images import read_labels, read_photo, resize_labels
    from engine.pose import read_pose
    from engine.stages import Person

    image, labels = read_photo(photo), read_labels(parse)
    height, width = image.shape[:2]
    if abs(height * 3 / (width * 4) - 1) > 0.02:
        raise TryOnError(
            f"{photo} has {width} x {height} pixels, which is not 3:4; crop it, its pose and its parse to 3:4."
        )
    if abs(labels.shape[0] * width / (labels.shape[1] * height) - 1) > 0.02:
        raise TryOnError(
            f"{parse} has {labels.shape[1]} x {labels.shape[0]} pixels, another shape than {photo} "
            f"({width} x {height}); give the parse of this photo."
        )
    return Person(image, read_pose(pose, (height, width)), resize_labels(labels, (height, width)))


def read_garment(photo: Path, mask: Path) -> "Garment":
    """A garment from its photo and mask; both are framed alike to 3:4 on white."""
    import numpy as np

    from engine.errors import TryOnError
    from engine.framing import frame
    from engine.images import read_mask, read_photo
    from engine.stages import Garment

    image, cloth_mask = read_photo(photo), read_mask(mask)
    if image.shape[:2] != cloth_mask.shape:
        raise TryOnError(
            f"{mask} has {cloth_mask.shape[1]} x {cloth_mask.shape[0]} pixels, but {photo} has "
            f"{image.shape[1]} x {image.shape[0]}; give the mask of this photo."
        )
    size = (1024, 768)
    framed = frame(image, size)
    as_picture = np.repeat(cloth_mask[:, :, None], 3, axis=2)
    framed_mask = frame(as_picture, size, fill=0).image[:, :, 0]
    return Garment(framed.image, np.where(framed_mask >= 128, 255, 0).astype(np.uint8))
