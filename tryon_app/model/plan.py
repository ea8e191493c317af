"""Which stages have to be computed: every stage has a key made of all it depends on, and the cache does the rest.

Another garment leaves the person's keys as they are, another seed all keys before the generator; an edited stage has
the edit's own key, so what follows has another one too, and undoing the edit brings the old keys back.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tryon_app.model import stages
from tryon_app.model.stages import Stage
from tryon_app.workers.answers import Arrays, GarmentPhoto, PersonPhoto

Photo = PersonPhoto | GarmentPhoto

Keys = Mapping[str, str]
"""The key of what each stage makes, by the stage's name."""


@dataclass(frozen=True, eq=False)
class Edit:
    """A view as the user wants it: some or all arrays of its stage, and a key that no other edit has."""

    view: str
    key: str
    arrays: Arrays


@dataclass(frozen=True, eq=False)
class Shelved:
    """The user's edits of a photo that is not open now: its path, and its views."""

    path: str
    edits: Mapping[str, Edit]


@dataclass(frozen=True, eq=False)
class State:
    """Everything a try-on is made of. Frozen: a change is another state, which is what makes undo simple.

    shelf: edits that wait for their photo, by its key.
    """

    person: PersonPhoto | None = None
    garment: GarmentPhoto | None = None
    seed: int = 0
    edits: Mapping[str, Edit] = field(default_factory=dict)
    shelf: Mapping[str, Shelved] = field(default_factory=dict)

    def with_person(self, person: PersonPhoto | None) -> "State":
        """Another person; edits of the old one wait until it is there again, those of the try-on are dropped."""
        return replace(self, person=person, **self._edits_with("person", self.person, person))

    def with_garment(self, garment: GarmentPhoto | None) -> "State":
        """Another garment; edits as in `with_person`."""
        return replace(self, garment=garment, **self._edits_with("garment", self.garment, garment))

    def _edits_with(self, stage: str, old: Photo | None, new: Photo | None) -> dict[str, Any]:
        shelf = dict(self.shelf)
        own = self.edits_about(stage)
        if old is not None and own:
            shelf[old.key] = Shelved(old.path, own)
        back = shelf.pop(new.key).edits if new is not None and new.key in shelf else {}
        return {"edits": {**_without(self.edits, stages.of_photo(stage)), **back}, "shelf": shelf}

    def with_edit(self, edit: Edit) -> "State":
        """A view edited; edits of later stages are dropped, since they will be computed again."""
        return replace(self, edits=_without(self.edits, stages.dropped_by(edit.view)) | {edit.view: edit})

    def without_edit(self, view: str) -> "State":
        """A view as computed again."""
        return replace(self, edits=_without(self.edits, {view} | stages.dropped_by(view)))

    @property
    def complete(self) -> bool:
        """Whether there is all that a try-on needs."""
        return self.person is not None and self.garment is not None

    def edits_of(self, stage: str) -> tuple[Edit, ...]:
        """The user's edits of a stage's views."""
        return tuple(edit for edit in self.edits.values() if stages.BY_KEY[edit.view].stage == stage)

    def edits_about(self, photo: str) -> dict[str, Edit]:
        """The user's edits of a photo, "person" or "garment", that stay its own when another comes, by view."""
        return {view: edit for view, edit in self.edits.items() if view in stages.waiting_for(photo)}

    def edited(self, stage: str) -> Arrays:
        """The arrays of a stage that the user brought."""
        return {name: array for edit in self.edits_of(stage) for name, array in edit.arrays.items()}

    def person_data(self) -> Arrays:
        """The person's arrays with the user's pose and parse."""
        assert self.person is not None
        return with_edits(self.person.data, self.edits_of("person"))

    def garment_data(self) -> Arrays:
        """The garment's arrays with the user's mask."""
        assert self.garment is not None
        return with_edits(self.garment.data, self.edits_of("garment"))


def with_edits(data: Arrays, edits: Iterable[Edit]) -> Arrays:
    """A photo's arrays with the user's edits of its views."""
    found = dict(data)
    for edit in edits:
        found |= {**edit.arrays, **({"pose_picture": None} if edit.view == "pose" else {})}
    return found


def _without(edits: Mapping[str, Edit], views: Collection[str]) -> dict[str, Edit]:
    return {view: edit for view, edit in edits.items() if view not in views}


@dataclass(frozen=True)
class Options:
    """What the pictures depend on besides the photos."""

    pack: str
    precision: str = "fp32"
    size: tuple[int, int] | None = None
    keep_original: bool = True


def keys(state: State, options: Options) -> Keys | None:
    """The keys of the stages of this state; None where there is nothing to compute yet."""
    if not state.complete:
        return None
    found: dict[str, str] = {}
    for stage in stages.STAGES:
        found[stage.name] = _hashed(stage.name, *_parts(stage, state, options, found))
    return found


def _parts(stage: Stage, state: State, options: Options, found: Keys) -> tuple[object, ...]:
    """All that what a stage makes depends on."""
    edits = state.edits_of(stage.name)
    own = tuple((edit.view, edit.key) for edit in edits)
    if not stage.inputs:
        return getattr(state, stage.name).key, own
    if {array.name for array in stage.arrays} <= {name for edit in edits for name in edit.arrays}:
        return (own,)  # nothing of it is computed
    networks = (options.pack, options.precision) if stage.networks else ()
    seed = state.seed if stage.noise is not None and not stage.noise.fixed else None
    chosen = tuple(getattr(options, name) for name in stage.options)
    return tuple(found[name] for name in stage.inputs), options.size, networks, seed, chosen, own


def _hashed(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
