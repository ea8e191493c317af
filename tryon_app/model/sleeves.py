"""How long the garment's sleeves are: as its photo was read, or as the user has said."""

import numpy as np

from tryon_app.model import stages
from tryon_app.model.app_model import AppModel
from tryon_app.model.document import Document

_KEY, _ARRAY = stages.SLEEVES.key, stages.SLEEVES.array


def offered(studio: AppModel) -> bool:
    """Whether the pack in use looks at them at all."""
    pack = studio.pack_info
    return pack is not None and not set(stages.BY_NAME[stages.SLEEVES.stage].networks).isdisjoint(pack.kinds)


def read(document: Document) -> str:
    """What they are called by what the photo says, also where the user has said something else; "" if not known yet."""
    found = document.computed(_KEY)
    return "" if found is None else stages.sleeves_called(float(found[_ARRAY][0]))


def said(document: Document) -> str:
    """What the user calls them; "" where the photo counts."""
    edit = document.state.edits.get(_KEY)
    return "" if edit is None else stages.sleeves_called(float(edit.arrays[_ARRAY][0]))


def say(document: Document, called: str, text: str) -> None:
    """What the user calls them from now on, "" to let the photo count; `text` is what the Undo entry says."""
    if called == said(document):
        return
    if called:
        document.edit(_KEY, {_ARRAY: np.array(stages.sleeves_said(called), np.float32)}, text)
    else:
        document.revert(_KEY, text)
