"""Each stage as something to look at: a picture, and where it has labels or a mask, those as well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tryon_app.model.document import Document
from tryon_app.model.photos import Array

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


def view(document: Document, stage: str, vocabulary: Vocabulary) -> StageView | None:
    """The stage of the document as it is known now; None where it is not."""
    person, garment, edits = document.person, document.garment, document.state.edits
    if stage == "photo":
        return StageView(person.image) if person is not None else None
    if stage == "pose" and person is not None:
        agnostic = document.stage("agnostic")
        drawn = agnostic.get("pose_picture") if agnostic is not None else None
        return StageView(drawn if drawn is not None else person.data["drawn"])
    if stage == "parse" and person is not None:
        labels = document.state.person_data()["parse"]
        return _of_labels(labels, "lip", vocabulary)
    if stage == "garment_mask" and garment is not None:
        mask = edits["garment_mask"].arrays["mask"] if "garment_mask" in edits else garment.mask
        return StageView(mask, grey, mask=mask)
    return _computed(document, stage, vocabulary)


def _computed(document: Document, stage: str, vocabulary: Vocabulary) -> StageView | None:
    if stage == "agnostic" and (found := document.stage("agnostic")) is not None:
        return StageView(found["image"])
    if stage == "segmentation" and (found := document.stage("segmentation")) is not None:
        return _of_labels(found["labels"], "segmentation", vocabulary)
    if stage == "warped" and (found := document.stage("warp")) is not None and "cloth" in found:
        return StageView(found["cloth"], mask=found["mask"])
    if stage == "misalignment":
        result = document.result or {}
        mask = result.get("misalignment")
        mask = mask if mask is not None else (document.misalignment or {}).get("mask")
        return None if mask is None else StageView(mask, grey, mask=mask)
    if stage == "result":
        picture = (document.result or document.draft or {}).get("image")
        return None if picture is None else StageView(picture)
    return None


def _of_labels(labels: Array, space: str, vocabulary: Vocabulary) -> StageView:
    return StageView(labels, lambda part: vocabulary.colourise(part, space), labels, space)


def grey(mask: Array) -> Array:
    """A mask (H, W) as a picture."""
    return np.repeat(mask[:, :, None], 3, axis=2)
