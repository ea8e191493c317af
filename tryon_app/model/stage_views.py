"""Each view as something to look at: a picture, and where it has labels or a mask, those as well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tryon_app.model import stages
from tryon_app.model.cache import Arrays
from tryon_app.model.document import Document
from tryon_app.model.photos import Array
from tryon_app.model.stages import View

_UNKNOWN = (255, 255, 255)


class StageView:
    """A stage to look at. labels (H, W) of the label space called `space`, or mask (H, W), where it is made of those.

    `source` is the array it comes from: the same object as long as the stage is the same.
    """

    def __init__(
        self,
        source: Array,
        paint: Callable[[Array], Array] | None = None,
        labels: Array | None = None,
        space: str = "",
        mask: Array | None = None,
    ) -> None:
        self.source, self.labels, self.space, self.mask = source, labels, space, mask
        self._paint = paint

    @property
    def picture(self) -> Array:
        """The stage as a picture (H, W, 3)."""
        return self.every(1)

    def every(self, step: int) -> Array:
        """Every `step`-th pixel of the picture, at the price of those alone."""
        found = self.source[::step, ::step]
        return found if self._paint is None else self._paint(found)


@dataclass(frozen=True)
class Vocabulary:
    """Names and colours of the engine's label spaces, its joints, and the bones between them."""

    version: str = ""
    names: Mapping[str, tuple[str, ...]] | None = None
    colours: Mapping[str, tuple[tuple[int, int, int], ...]] | None = None
    joints: tuple[str, ...] = ()
    bones: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> "Vocabulary":
        """From the engine's answer to "vocabulary"."""
        spaces = answer["spaces"]
        return cls(
            answer["version"],
            {key: tuple(space["names"]) for key, space in spaces.items()},
            {key: tuple(map(tuple, space["colours"])) for key, space in spaces.items()},
            tuple(answer["joints"]),
            tuple(map(tuple, answer["bones"])),
        )

    def colourise(self, labels: Array, space: str) -> Array:
        """A label map in the colours of its space."""
        colours: Sequence[tuple[int, int, int]] = (self.colours or {}).get(space, ())
        table = np.full((256, 3), _UNKNOWN, dtype=np.uint8)
        table[: len(colours)] = colours if len(colours) else 0
        return table[labels]


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


def _of_labels(labels: Array, space: str, vocabulary: Vocabulary) -> StageView:
    return StageView(labels, lambda part: vocabulary.colourise(part, space), labels, space)


def grey(mask: Array) -> Array:
    """A mask (H, W) as a picture."""
    return np.repeat(mask[:, :, None], 3, axis=2)
