"""Photos as the user has corrected what was found in them: by edits, or by saying who or what in them is meant."""

from tryon_app.model.app_model import AppModel
from tryon_app.model.plan import Photo, with_edits
from tryon_app.workers import array_file
from tryon_app.workers.batches import Corrected


def corrected(studio: AppModel) -> dict[str, Corrected]:
    """Those that are open or were, by path; the one that is open counts where a path has several."""
    state = studio.document.state
    found: dict[str, Corrected] = {}
    for key, one in state.shelf.items():
        photo = _known(studio, key, one.path)
        data = photo.data if photo is not None else array_file.read(studio.history.place.analysis(key))[0]
        if "image" in data:
            found[one.path] = with_edits(data, one.edits.values()), photo.doubts if photo is not None else ()
    for kind, opened in (("person", state.person), ("garment", state.garment)):
        edits = state.edits_about(kind)
        if opened is not None and (edits or opened.meant is not None):
            found[opened.path] = with_edits(opened.data, edits.values()), opened.doubts
    return found


def _known(studio: AppModel, key: str, path: str) -> Photo | None:
    """The photo where it is still in memory."""
    photos: list[Photo | None] = [rail.photo(path) for rail in (studio.people, studio.rail)]
    return next((photo for photo in photos if photo is not None and photo.key == key), None)
