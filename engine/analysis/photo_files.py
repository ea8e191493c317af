"""From photo files alone to what a try-on reads: what other programs would have found is found here."""

from pathlib import Path

from engine.analysis import given_files
from engine.analysis.common.estimators import GarmentEstimator, PersonEstimator
from engine.analysis.garment.cut_out import AnalysedGarment, cut_out
from engine.analysis.person.analyse import AnalysedPerson, analyse
from engine.arrays import Box, Size
from engine.category import UPPER, Category
from engine.imaging.images import is_cut_out, read_photo
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


def find_garment(photo: Path, network: GarmentEstimator | None, size: Size = _SIZE) -> AnalysedGarment:
    """The garment in a photo, by its transparency where it is cut out, else as `cut_out` finds it."""
    if is_cut_out(photo):
        return given_files.read_garment(photo, photo).scaled(size)
    return cut_out(read_photo(photo), network, size=size)
