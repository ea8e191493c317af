"""From photo files alone to what a try-on reads: what other programs would have found is found here."""

from dataclasses import replace
from pathlib import Path

from engine.analysis import given_files
from engine.analysis.common.estimators import GarmentEstimator, PersonEstimator
from engine.analysis.garment.cut_out import AnalysedGarment, cut_out
from engine.analysis.person.analyse import TURNED, AnalysedPerson, analyse
from engine.analysis.person.doubts import LOW_CONFIDENCE
from engine.analysis.person.upright import upright_turn
from engine.analysis.worn import top_worn
from engine.arrays import FULL_SIZE, Box, Size, Turn
from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.imaging.images import is_cut_out, read_photo, turned
from engine.notes import note
from engine.system.progress import Abort, Progress


@given_files.telling
def find_person(
    photo: Path,
    estimator: PersonEstimator,
    *,
    box: Box | None = None,
    turn: Turn | None = None,
    size: Size = FULL_SIZE,
    category: Category = UPPER,
    progress: Progress | None = None,
    abort: Abort | None = None,
) -> AnalysedPerson:
    """The person in a photo, framed to `size` (height, width). Other options and errors are those of `analyse`.

    turn: degrees by which the photo is turned clockwise first; None for a photo without a box that is turned where
    somebody stands in it so, and is seen badly or not at all as it is.
    """
    picture = read_photo(photo, "person")

    def found(degrees: Turn) -> AnalysedPerson:
        upright = turned(picture, degrees)
        person = analyse(upright, estimator, box=box, size=size, category=category, progress=progress, abort=abort)
        if degrees:
            note("photo_turned")
        return replace(person, turn=degrees)

    if turn is not None or box is not None:
        return found(turn or 0)
    try:
        person = found(0)
    except TryOnError as error:
        told = [degrees for degrees, code in TURNED.items() if code == error.code]
        if not told:
            raise
        return found(told[0])
    doubtful = person.confidence < LOW_CONFIDENCE or "lying" in {one.code for one in person.warnings}
    degrees = upright_turn(picture, estimator) if doubtful else 0
    return found(degrees) if degrees else person


def find_garment(
    photo: Path,
    network: GarmentEstimator | None,
    people: PersonEstimator | None = None,
    *,
    box: Box | None = None,
    turn: Turn = 0,
    size: Size = FULL_SIZE,
) -> AnalysedGarment:
    """The garment in a photo: by its transparency where it is cut out, by the parse of a person who wears it, else as
    `cut_out` finds it.

    people: asked whether somebody wears it. box: which of several, in pixels of the turned photo. turn: degrees by
    which the photo is turned clockwise first. Errors are those of `cut_out`.
    """
    if is_cut_out(photo):
        return given_files.read_garment(photo, photo, turn).scaled(size)
    picture = turned(read_photo(photo), turn)
    worn = None if people is None else top_worn(picture, people, size=size, box=box)
    return worn or cut_out(picture, network, size=size, box=box)
