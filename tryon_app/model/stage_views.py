"""Each view as something to look at: a picture, and where it has labels or a mask, those as well."""

from collections.abc import Callable

import numpy as np

from tryon_app.model import stages
from tryon_app.model.document import Document
from tryon_app.model.stages import View
from tryon_app.workers.answers import Array8, Arrays, Vocabulary


class StageView:
    """A stage to look at. labels (H, W) of the label space called `space`, or mask (H, W), where it is made of those.

    `source` is the array it comes from: the same object as long as the stage is the same.
    """

    def __init__(
        self,
        source: Array8,
        paint: Callable[[Array8], Array8] | None = None,
        labels: Array8 | None = None,
        space: str = "",
        mask: Array8 | None = None,
    ) -> None:
        self.source, self.labels, self.space, self.mask = source, labels, space, mask
        self._paint = paint

    @property
    def picture(self) -> Array8:
        """The stage as a picture (H, W, 3)."""
        return self.every(1)

    def every(self, step: int) -> Array8:
        """Every `step`-th pixel of the picture, at the price of those alone."""
        found = self.source[::step, ::step]
        return found if self._paint is None else self._paint(found)


def view(document: Document, key: str, vocabulary: Vocabulary) -> StageView | None:
    """A view of the document as it is known now; None where it is not."""
    row = stages.BY_KEY[key]
    arrays = _arrays(document, row)
    source = arrays.get(row.array)
    if source is None:
        return None
    if row.draw == "labels":
        return _of_labels(source, space_of(row), vocabulary)
    if row.draw in ("mask", "gaps"):
        return StageView(source, grey, mask=source)
    return StageView(source, mask=arrays["mask"] if row.draw == "cut-out" else None)


def space_of(row: View) -> str:
    """The label space of what a view shows; "" where it shows no labels."""
    return next(one.space for one in stages.BY_NAME[row.stage].arrays if one.name == row.array)


def _arrays(document: Document, row: View) -> Arrays:
    """What a view is made of: the draft where the picture is not there yet, and a pose that is drawn."""
    found = document.stage(row.stage) or {}
    if row.stage == stages.LAST:
        return found or document.draft or {}
    if row.draw == "pose" and found:
        drawn = (document.stage("agnostic") or {}).get("pose_picture")
        return {row.array: found["drawn"] if drawn is None else drawn}
    return found


def _of_labels(labels: Array8, space: str, vocabulary: Vocabulary) -> StageView:
    return StageView(labels, lambda part: vocabulary.colourise(part, space), labels, space)


def grey(mask: Array8) -> Array8:
    """A mask (H, W) as a picture."""
    return np.repeat(mask[:, :, None], 3, axis=2)
