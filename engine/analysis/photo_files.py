"""From photo files alone to what a try-on reads: what other programs would have found is found here."""

from pathlib import Path

from engine.analysis import given_files
from engine.analysis.common.estimators import GarmentEstimator, PersonEstimator
from engine.analysis.garment.cut_out import AnalysedGarment, cut_out
from engine.analysis.person.analyse import AnalysedPerson, analyse
from engine.analysis.worn import top_worn
from engine.arrays import Box, Size, Turn
from engine.category import UPPER, Category
from engine.imaging.images import is_cut_out, read_photo, turned
from engine.system.progress import Abort, Progress

_SIZE = (1024, 768)


@given_files.telling
def find_person(
    photo: Path,
    estimator: PersonEstimator,
    *,
    box: Box | None = None,
    size: Size = _SIZE,
    category: Category = UPPER,
    progress: Progress | None = None,
    abort: Abort | None = None,
) -> AnalysedPerson:
    """The person in a photo, framed to `size` (height, width). Options and errors are those of `analyse`."""
    picture = read_photo(photo, "person")
    return analyse(picture, estimator, box=box, size=size, category=category, progress=progress, abort=abort)


def find_garment(
    photo: Path,
    network: GarmentEstimator | None,
    people: PersonEstimator | None = None,
    *,
    box: Box | None = None,
    turn: Turn = 0,
    size: Size = _SIZE,
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
