"""`tryon analyse`: what a try-on needs to know about a photo, as files that can be looked at and corrected."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.commands.hints import doubt_line
from engine.commands.options import Device, SizeText, TurnText, Weights, parse_size, usage
from engine.commands.reporting import job_progress, report

if TYPE_CHECKING:
    from engine.arrays import FULL_SIZE, Box


def analyse(
    photo: Annotated[Path, typer.Argument(help="Photo of a person, any size and shape; of a garment with --garment.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for what is found.")],
    garment: Annotated[bool, typer.Option("--garment", help="The photo shows a garment, not a person.")] = False,
    box: Annotated[
        str, typer.Option(help="The person or garment to take: left,top,right,bottom in photo pixels.")
    ] = "",
    turn: TurnText = 0,
    weights: Weights = "default",
    device: Device = "auto",
    size: SizeText = "768x1024",
) -> None:
    """Find the person or the garment in a photo: pose, parse or mask, an overlay to look at, and warnings."""
    from engine.analysis.common import pack_estimators
    from engine.analysis.photo_files import find_garment, find_person
    from engine.analysis.report import save_garment, save_person
    from engine.imaging.images import as_turn, read_photo, turned
    from engine.system.naming import naming
    from engine.weights import find_pack

    with usage():
        wanted, drawn, quarters = parse_size(size) or FULL_SIZE, parse_box(box), as_turn(turn)
    if garment:
        network = pack_estimators.find_garment_estimator(weights, device)
        people = pack_estimators.find_people_estimator(weights, device)
        with naming(photo):
            cut = find_garment(photo, network, people, box=drawn, turn=quarters, size=wanted)
        written, warnings = save_garment(out, cut), cut.warnings
    else:
        with usage():
            pack = find_pack(weights)
            estimator = pack_estimators.load_person_estimator(pack, device)
        with naming(photo), job_progress("Analysis") as progress:
            person = find_person(photo, estimator, box=drawn, size=wanted, category=pack.category, progress=progress)
        written, warnings = save_person(out, person, turned(read_photo(photo, "person"), person.turn)), person.warnings
    for path in written:
        report(str(path))
    for one in warnings:
        report(doubt_line(one))


def parse_box(text: str) -> "Box | None":
    """(left, top, right, bottom) from "10,20,300,400"; None from an empty text. TryOnError for anything else."""
    from engine.errors import TryOnError

    if not text:
        return None
    try:
        left, top, right, bottom = (float(number) for number in text.split(","))
    except ValueError:
        raise TryOnError("usage.box", text=text) from None
    return left, top, right, bottom
