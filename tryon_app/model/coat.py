"""The coat that stays on over the new garment: as it was found, or as the user wants it."""

import numpy as np

from tryon_app.model import stages
from tryon_app.model.document import Document

_KEY = "coat"
_ARRAY = stages.BY_KEY[_KEY].array


def offered(document: Document) -> bool:
    """Whether there is a choice: one was found, or the user has said what stays on."""
    found = document.computed(_KEY)
    return _KEY in document.state.edits or (found is not None and bool(found[_ARRAY].any()))


def stays_on(document: Document) -> bool:
    """Whether anything does; as far as is known, since one is found by the first try-on."""
    edit = document.state.edits.get(_KEY)
    found = document.computed(_KEY) if edit is None else edit.arrays
    return found is not None and bool(found[_ARRAY].any())


def keep_on(document: Document, stays: bool, text: str) -> None:
    """Let it stay on as it was found, or take it off; `text` is what the Undo entry says."""
    if stays == stays_on(document):
        return
    if stays:
        document.revert(_KEY, text)
    elif (found := document.computed(_KEY)) is not None:
        document.edit(_KEY, {_ARRAY: np.zeros_like(found[_ARRAY])}, text)
