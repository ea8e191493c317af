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
    check_picture_name,
    file_metadata,
    parse_size,
    usage,
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

    with usage():
        check_picture_name(out)
        wanted = parse_size(size)
    who, what = read_person(person, pose, parse), read_garment(garment, mask)
    with usage():
        pipeline = load_pipeline(weights, device, precision, wanted)
    with job_progress("Try-on") as progress:
        result = pipeline.run(who, what, seed, keep_original, progress)
    own = {"person": person.name, "garment": garment.name}
    save_picture(out, result.image, file_metadata(weights, seed, precision) | own)
    if save_stages is not None:
        stage_files.save_stages(save_stages, result)
    for note in result.notes:
        report(note)
    seconds = ", ".join(f"{name} {spent:.1f} s" for name, spent in result.timings.items())
    report(f"{out}  ({seconds})")


def read_person(photo: Path, pose: Path, parse: Path) -> "Person":
    """A person from files whose pose and parse belong to the whole photo; framing it to 3:4 is the user's part."""
    from engine.data.layout import is_three_to_four
    from engine.errors import TryOnError
    from engine.images import read_labels, read_photo, resize_labels
    from engine.pose import read_pose
    from engine.stages import Person

    image, labels = read_photo(photo), read_labels(parse)
    for path, (height, width) in ((photo, image.shape[:2]), (parse, labels.shape)):
        if not is_three_to_four((height, width)):
            raise TryOnError(
                f"{path} has {width} x {height} pixels, which is not 3:4; "
                "crop the photo to 3:4 and give the pose and the parse of that."
            )
    size = image.shape[0], image.shape[1]
    return Person(image, read_pose(pose, size), resize_labels(labels, size))


def read_garment(photo: Path, mask: Path) -> "Garment":
    """A garment from its photo and mask; both are framed alike to 3:4 on white where they are not."""
    import numpy as np

    from engine.data.layout import is_three_to_four
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
    if is_three_to_four((image.shape[0], image.shape[1])):
        return Garment(image, cloth_mask)
    size = (1024, 768)
    as_picture = np.repeat(cloth_mask[:, :, None], 3, axis=2)
    framed_mask = frame(as_picture, size, fill=0).image[:, :, 0]
    return Garment(frame(image, size).image, np.where(framed_mask >= 128, 255, 0).astype(np.uint8))
