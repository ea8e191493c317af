"""The whole way from two pictures to a third, on a drawn person: `make run`, until there is a window.

Writes out/result.png and a contact sheet of all stages, out/stages.png.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.commands.reporting import job_progress, report
from engine.errors import TryOnError
from engine.images import resize_picture, save_picture
from engine.labels import LIP, SEGMENTATION, colourise
from engine.pipeline import TryOnPipeline, load_pipeline
from engine.stages import Garment, Person, TryOnResult
from engine.weights import find_pack
from tests.packs import narrow_pipeline
from tests.rendered import rendered_pair

OUT = Path("out")
UNTRAINED = (
    "There are no trained weights here yet, so narrow untrained networks stand in: the stages show where data goes, "
    "the picture is no try-on.\n"
    "Import weights with `tryon weights import --name default`, and run this again."
)
_PANEL = (384, 288)
_COLUMNS = 5
_TITLE = 24


def main() -> None:
    """Run the pipeline on a drawn pair and print where the pictures are."""
    pipeline = choose_pipeline()
    pair, other = rendered_pair(6, pipeline.size), rendered_pair(11, pipeline.size)
    with job_progress("Try-on") as progress:
        person, garment = Person(pair.image, pair.pose, pair.parse), Garment(other.cloth, other.cloth_mask)
        result = pipeline.run(person, garment, seed=0, progress=progress)
    save_picture(OUT / "result.png", result.image)
    save_picture(OUT / "stages.png", contact_sheet(result))
    for name, seconds in result.timings.items():
        report(f"{name:>14} {seconds:6.2f} s")
    report(f"{OUT / 'result.png'}  {OUT / 'stages.png'}")


def choose_pipeline() -> TryOnPipeline:
    """The default pack's pipeline where there is one, else an untrained one, and says so."""
    try:
        pack = find_pack("default")
    except TryOnError:
        report(UNTRAINED)
        return narrow_pipeline()
    report(f"weights: {pack.name} {pack.version} ({pack.licence})")
    return load_pipeline(pack)


def contact_sheet(result: TryOnResult) -> NDArray[np.uint8]:
    """Every stage with its name, in the order of the data."""
    panels = {
        "person": result.person.image,
        "parse": colourise(result.person.parse, LIP),
        "pose": result.agnostic.pose_picture,
        "agnostic": result.agnostic.image,
        "garment": result.garment.image,
        "segmentation": colourise(result.segmentation.labels, SEGMENTATION),
        "warped cloth": result.warp.cloth,
        "misalignment": grey(result.misalignment),
        "changed region": grey(result.changed),
        "result": result.image,
    }
    height, width = _PANEL[0] + _TITLE, _PANEL[1]
    rows = -(-len(panels) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * width, rows * height), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    for index, (name, panel) in enumerate(panels.items()):
        left, top = index % _COLUMNS * width, index // _COLUMNS * height
        sheet.paste(Image.fromarray(resize_picture(panel, _PANEL)), (left, top + _TITLE))
        draw.text((left + 6, top + 3), name, fill="black", font=font)
    return np.asarray(sheet)


def grey(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A mask (H, W) as a picture."""
    return np.repeat(mask[:, :, None], 3, axis=2)


if __name__ == "__main__":
    main()
