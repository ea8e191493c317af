"""`tryon run`: one person, one garment, one picture."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import typer
from numpy.typing import NDArray

from engine import graph
from engine.arrays import Box
from engine.commands.analyse import parse_box
from engine.commands.hints import doubt_line
from engine.commands.options import (
    CoatStays,
    Device,
    KeepOriginal,
    PrecisionName,
    SaveStages,
    Seed,
    SizeText,
    TurnText,
    Weights,
    check_picture_name,
    parse_size,
    usage,
)
from engine.commands.reporting import job_progress, report
from engine.system.naming import naming

if TYPE_CHECKING:
    from engine.analysis.common.doubt import Doubt
    from engine.analysis.person.analyse import AnalysedPerson
    from engine.arrays import Box, Turn
    from engine.values import Arrays, Garment, TryOnResult

LabelName = Literal["lip", "atr"]


class LabelSet(StrEnum):
    """Whose ids a parse holds."""

    LIP = "lip"
    ATR = "atr"


class SleeveLength(StrEnum):
    """The words of `engine.graph.SLEEVE_LENGTHS`."""

    NONE = "none"
    SHORT = "short"
    ELBOW = "elbow"
    THREE_QUARTER = "three-quarter"
    LONG = "long"


Sleeves = Annotated[
    SleeveLength | None, typer.Option(help="How long the garment's sleeves are; else read from its photo.")
]


def run(
    person: Annotated[Path, typer.Option(help="Photo of the person, any size and shape.")],
    garment: Annotated[Path, typer.Option(help="Photo of the top.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Picture to write: .png, .jpg or .webp.")],
    pose: Annotated[
        Path | None, typer.Option(help="The person's keypoints, OpenPose JSON (BODY_25 or COCO-18); else found.")
    ] = None,
    parse: Annotated[Path | None, typer.Option(help="The person's parse, PNG with LIP or ATR ids; else found.")] = None,
    mask: Annotated[Path | None, typer.Option(help="The garment's mask, black and white; else cut out.")] = None,
    labels: Annotated[LabelSet, typer.Option(help="Whose ids the parse holds.")] = LabelSet.LIP,
    box: Annotated[str, typer.Option(help="The person to take: left,top,right,bottom in photo pixels.")] = "",
    garment_box: Annotated[
        str, typer.Option(help="Which of several garments in their photo: left,top,right,bottom in its pixels.")
    ] = "",
    turn: TurnText = 0,
    place_back: Annotated[
        bool | None,
        typer.Option(
            help="Write the whole photo at its own size, not the 3:4 frame; default unless pose and parse are given."
        ),
    ] = None,
    sleeves: Sleeves = None,
    coat: CoatStays = True,
    seed: Seed = 0,
    device: Device = "auto",
    precision: PrecisionName = "fp32",
    size: SizeText = "",
    weights: Weights = "default",
    keep_original: KeepOriginal = True,
    save_stages: SaveStages = None,
) -> None:
    """Make one picture of the person wearing the garment."""
    from engine.imaging.images import as_turn
    from engine.imaging.saving import save_picture
    from engine.tryon import stage_files
    from engine.tryon.made_with import made_with
    from engine.tryon.pipeline import Job, load_pipeline
    from engine.tryon.quality import about_photos, quality
    from engine.weights import find_pack

    with usage():
        check_picture_name(out)
        wanted, drawn, other, quarters = parse_size(size), parse_box(box), parse_box(garment_box), as_turn(turn)
    chosen: LabelName = labels.value
    who = read_person(person, pose, parse, chosen, box=drawn, weights=weights, device=device)
    what = read_garment(garment, mask, box=other, turn=quarters, weights=weights, device=device)
    with usage():
        pipeline = load_pipeline(weights, device, precision, wanted)
        said = _said(sleeves, coat, weights)
    with job_progress("Try-on") as progress:
        result = pipeline.run_batch([Job(who, what, seed, said)], keep_original, progress)[0]
    whole = place_back if place_back is not None else not (pose and parse)
    own = {"person": person.name, "garment": garment.name}
    save_picture(out, _finished(person, who, result, whole), made_with(find_pack(weights), seed, precision) | own)
    if save_stages is not None:
        stage_files.save_stages(save_stages, result.values)
    known = about_photos(who, what, pipeline.category)
    _tell([*known, *quality(result, who, what, pipeline.category).doubts], result)
    seconds = ", ".join(f"{name} {spent:.1f} s" for name, spent in result.timings.items())
    report(f"{out}  ({seconds})")


def read_person(
    photo: Path,
    pose: Path | None = None,
    parse: Path | None = None,
    labels: LabelName = "lip",
    *,
    box: "Box | None" = None,
    weights: str = "default",
    device: str = "auto",
) -> "AnalysedPerson":
    """The person in a photo; pose and parse belong to the whole photo, and what is not given a pack's networks find.

    labels: whose ids the parse holds. box: the person to take, in photo pixels.
    """
    from engine.analysis import given_files
    from engine.analysis.common import pack_estimators
    from engine.analysis.photo_files import find_person
    from engine.weights import find_pack

    with usage():
        category = find_pack(weights).category
    if pose is not None and parse is not None:
        return given_files.read_person(photo, pose, parse, labels, category=category, box=box)
    with usage():
        estimator = pack_estimators.load_person_estimator(weights, device)
    with naming(photo), job_progress("Analysis") as progress:
        turn: Turn | None = None if pose is None and parse is None else 0  # they belong to the photo as it is
        person = find_person(photo, estimator, box=box, turn=turn, category=category, progress=progress)
    return given_files.with_files(person, photo, pose, parse, labels, box)


def read_garment(
    photo: Path,
    mask: Path | None = None,
    *,
    box: "Box | None" = None,
    turn: "Turn" = 0,
    weights: str = "default",
    device: str = "auto",
) -> "Garment":
    """The garment from its photo and mask, or from its transparency, or cut out of its photo where there is neither.

    box: which of several, in pixels of the turned photo. turn: degrees by which the files are turned clockwise.
    """
    from engine.analysis import given_files
    from engine.analysis.common import pack_estimators
    from engine.analysis.photo_files import find_garment

    if mask is not None:
        return given_files.read_garment(photo, mask, turn)
    network = pack_estimators.find_garment_estimator(weights, device)
    people = pack_estimators.find_people_estimator(weights, device)
    with naming(photo):
        return find_garment(photo, network, people, box=box, turn=turn)


def _finished(photo: Path, person: "AnalysedPerson", result: "TryOnResult", whole: bool) -> NDArray[np.uint8]:
    """The frame, or the whole photo at its own size with the frame laid back into it."""
    from engine.imaging.images import read_photo
    from engine.tryon.place_back import place_back

    return place_back(read_photo(photo, "person"), person, result) if whole else result.image


def _said(sleeves: SleeveLength | None, coat: bool, weights: str) -> "dict[str, Arrays]":
    """What is given of garment and person, by stage. TryOnError where the pack does not look at it."""
    from engine.values import COAT_OFF
    from engine.weights import find_pack

    said = {} if coat else dict(COAT_OFF)
    if sleeves is not None:
        view = graph.SLEEVES
        find_pack(weights).require(graph.BY_NAME[view.stage].networks[0])
        said[view.stage] = {view.array: np.array(graph.sleeves_said(sleeves), np.float32)}
    return said


def _tell(doubts: "Iterable[Doubt]", result: "TryOnResult") -> None:
    for line in dict.fromkeys(doubt_line(one) for one in doubts):
        report(line)
    for note in result.notes:
        report(str(note))
