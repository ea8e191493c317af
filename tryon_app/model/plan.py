"""Which stages have to be computed: every stage has a key made of all it depends on, and the cache does the rest.

Another garment leaves the person's keys as they are, another seed all keys before the generator; an edited stage has
the edit's own key, so what follows has another one too, and undoing the edit brings the old keys back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tryon_app.model.photos import GarmentPhoto, PersonPhoto

STAGES = (
    *("photo", "pose", "parse", "agnostic", "garment_mask"),
    *("segmentation", "warped", "misalignment", "result"),
)
AFTER: Mapping[str, tuple[str, ...]] = {
    "pose": ("agnostic", "segmentation", "warped"),
    "parse": ("agnostic", "segmentation", "warped"),
    "agnostic": ("segmentation", "warped"),
    "garment_mask": ("segmentation", "warped"),
    "segmentation": ("warped",),
    "warped": (),
}
"""Edits that no longer fit when the stage before them is edited."""
_OF_PERSON = ("pose", "parse", "agnostic", "segmentation", "warped")
_OF_GARMENT = ("garment_mask", "segmentation", "warped")


@dataclass(frozen=True, eq=False)
class Edit:
    """A stage as the user wants it: some or all of its arrays, and a key that no other edit has."""

    stage: str
    key: str
    arrays: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class State:
    """Everything a try-on is made of. Frozen: a change is another state, which is what makes undo simple."""

    person: PersonPhoto | None = None
    garment: GarmentPhoto | None = None
    seed: int = 0
    edits: Mapping[str, Edit] = field(default_factory=dict)

    def with_person(self, person: PersonPhoto | None) -> "State":
        """Another person; edits of the old one are dropped."""
        return replace(self, person=person, edits=_without(self.edits, _OF_PERSON))

    def with_garment(self, garment: GarmentPhoto | None) -> "State":
        """Another garment; edits of the old one are dropped."""
        return replace(self, garment=garment, edits=_without(self.edits, _OF_GARMENT))

    def with_edit(self, edit: Edit) -> "State":
        """A stage edited; edits of later stages are dropped, since they will be computed again."""
        return replace(self, edits=_without(self.edits, AFTER[edit.stage]) | {edit.stage: edit})

    def without_edit(self, stage: str) -> "State":
        """A stage as computed again."""
        return replace(self, edits=_without(self.edits, (stage, *AFTER[stage])))

    @property
    def complete(self) -> bool:
        """Whether there is all that a try-on needs."""
        return self.person is not None and self.garment is not None

    def person_data(self) -> dict[str, Any]:
        """The person's arrays with the user's pose and parse."""
        assert self.person is not None
        data = dict(self.person.data)
        for stage in ("pose", "parse"):
            if stage in self.edits:
                data |= self.edits[stage].arrays
        if "pose" in self.edits:
            data |= {"pose_picture": None}
        return data

    def garment_data(self) -> dict[str, Any]:
        """The garment's arrays with the user's mask."""
        assert self.garment is not None
        edit = self.edits.get("garment_mask")
        return dict(self.garment.data) | (dict(edit.arrays) if edit else {})


def _without(edits: Mapping[str, Edit], stages: tuple[str, ...]) -> dict[str, Edit]:
    return {stage: edit for stage, edit in edits.items() if stage not in stages}


@dataclass(frozen=True)
class Options:
    """What the pictures depend on besides the photos."""

    pack: str
    precision: str = "fp32"
    size: tuple[int, int] | None = None
    keep_original: bool = True


@dataclass(frozen=True)
class Keys:
    """The key of each computed stage."""

    agnostic: str
    segmentation: str
    warp: str
    result: str

    def of_part(self, name: str) -> str | None:
        """The key for what the engine's process hands over under `name`."""
        return {"agnostic": self.agnostic, "segmentation": self.segmentation, "warp": self.warp}.get(name)


def keys(state: State, options: Options) -> Keys | None:
    """The keys of the stages of this state; None where there is nothing to compute yet."""
    if state.person is None or state.garment is None:
        return None
    edits = {stage: edit.key for stage, edit in state.edits.items()}
    networks = (options.pack, options.precision, options.size)
    person = _hashed(state.person.key, edits.get("pose"), edits.get("parse"))
    garment = _hashed(state.garment.key, edits.get("garment_mask"))
    agnostic = _hashed("agnostic", person, options.size, edits.get("agnostic"))
    segmentation = _hashed("segmentation", agnostic, garment, networks)
    if "segmentation" in edits:
        segmentation = _hashed("segmentation", edits["segmentation"])
    warp = _hashed("warp", agnostic, segmentation, garment, networks, edits.get("warped"))
    result = _hashed("result", person, warp, state.seed, options.keep_original)
    return Keys(agnostic, segmentation, warp, result)


def _hashed(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
