"""The document: photos, seed and edits, changed by commands that can be undone, and what was computed from them."""

import uuid
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from tryon_app.model import stages
from tryon_app.model.cache import Cache
from tryon_app.model.plan import Edit, Keys, Options, State, keys
from tryon_app.workers.answers import Arrays, GarmentPhoto, PersonPhoto

_UNDO_STEPS = 30
_Photo = TypeVar("_Photo", PersonPhoto, GarmentPhoto)


class _Change(QUndoCommand):
    """From one state to another. States share what they have in common, so a step costs what was changed."""

    def __init__(self, document: "Document", text: str, after: State) -> None:
        super().__init__(text)
        # weak: the document owns the stack that owns this, and Qt's half of a circle is not seen by Python's collector
        self._document = weakref.ref(document)
        self._before, self._after = document.state, after

    def redo(self) -> None:
        self._go_to(self._after)

    def undo(self) -> None:
        self._go_to(self._before)

    def _go_to(self, state: State) -> None:
        document = self._document()
        if document is not None:
            document._take(state)


def _sharing(photo: _Photo, others: Iterable[PersonPhoto | GarmentPhoto]) -> _Photo:
    """The photo with the arrays of the same one among others: to open it again costs no memory."""
    same = next((one for one in others if isinstance(one, type(photo)) and one.key == photo.key), None)
    if same is None or same is photo:
        return photo
    data = {name: _one_of(value, same.data.get(name)) for name, value in photo.data.items()}
    if isinstance(same, PersonPhoto) and type(photo) is PersonPhoto:
        return replace(photo, data=data, preview=_one_of(photo.preview, same.preview))
    return replace(photo, data=data)


def _one_of(value: Any, known: Any) -> Any:
    """`known` where it is the same array. Looked at to the last pixel: networks and files change under their names."""
    arrays = isinstance(value, np.ndarray) and isinstance(known, np.ndarray)
    return known if arrays and value.dtype == known.dtype and np.array_equal(value, known) else value


class Document(QObject):
    """What the window is about. `changed` after every change, before it the more precise one of the others."""

    person_changed = Signal()
    garment_changed = Signal()
    seed_changed = Signal(object)  # an int of 32 bits without sign, which Qt has no place for
    edits_changed = Signal()
    stages_changed = Signal()
    result_changed = Signal()
    changed = Signal()

    def __init__(self, cache: Cache, options: Options, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State()
        self.cache = cache
        self.options = options
        self.draft: Arrays | None = None
        self._keys: tuple[State, Options, Keys | None] = self.state, options, None
        self._doubts: dict[str, tuple[str, ...]] = {}
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(_UNDO_STEPS)

    @property
    def person(self) -> PersonPhoto | None:
        """The person in the slot."""
        return self.state.person

    @property
    def garment(self) -> GarmentPhoto | None:
        """The garment in the slot."""
        return self.state.garment

    @property
    def seed(self) -> int:
        """The source of the generator's noise."""
        return self.state.seed

    @property
    def keys(self) -> Keys | None:
        """The keys of this document's stages; a state never changes, so they are made once for each."""
        state, options, found = self._keys
        if state is not self.state or options != self.options:
            found = keys(self.state, self.options)
            self._keys = self.state, self.options, found
        return found

    @property
    def result(self) -> Arrays | None:
        """The finished result of exactly this document, if it is known."""
        return self._cached(stages.LAST)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Codes of what is doubtful about that result, or about the picture of it that is shown."""
        found = self.keys
        shown = self.result is not None or self.draft is not None
        return self._doubts.get(found[stages.LAST], ()) if found is not None and shown else ()

    def set_person(self, person: PersonPhoto | None, text: str) -> None:
        """Another person; `text` is what the Undo entry says."""
        self._push(text, self.state.with_person(self._known(person)))

    def set_garment(self, garment: GarmentPhoto | None, text: str) -> None:
        """Another garment."""
        self._push(text, self.state.with_garment(self._known(garment)))

    def set_seed(self, seed: int, text: str) -> None:
        """Another seed, 0 to 2**32 - 1."""
        seed = min(max(seed, 0), stages.LARGEST_SEED)
        if seed != self.seed:
            self._push(text, replace(self.state, seed=seed))

    def edit(self, view: str, arrays: Arrays, text: str) -> None:
        """A view as the user wants it; the stages after it are to be computed again."""
        self._push(text, self.state.with_edit(Edit(view, f"edit-{uuid.uuid4().hex}", arrays)))

    def set_edits(self, edits: Mapping[str, Edit], text: str) -> None:
        """All edits at once, as those of a result that is opened again."""
        if {one.key for one in edits.values()} != {one.key for one in self.state.edits.values()}:
            self._push(text, replace(self.state, edits=edits))

    def revert(self, view: str, text: str) -> None:
        """The view as computed."""
        if view in self.state.edits:
            self._push(text, self.state.without_edit(view))

    def set_options(self, options: Options) -> None:
        """Another pack, precision or size: no command, because it is no property of the pictures."""
        if options != self.options:
            self.options = options
            self._forget_draft()
            self.stages_changed.emit()
            self.result_changed.emit()
            self.changed.emit()

    def stage(self, name: str) -> Arrays | None:
        """A stage's arrays as computed, else those that the user brought; those of a photo with the user's edits."""
        if name == "person":
            return None if self.person is None else self.state.person_data()
        if name == "garment":
            return None if self.garment is None else self.state.garment_data()
        cached = self._cached(name)
        return cached if cached is not None or not self.state.complete else self.state.edited(name) or None

    def computed(self, view: str) -> Arrays | None:
        """What is known of a view's stage as it is without the user's edit."""
        found = keys(self.state.without_edit(view), self.options)
        return None if found is None else self.cache.get(found[stages.BY_KEY[view].stage])

    def keep(self, of: Keys, name: str, arrays: Arrays, doubts: tuple[str, ...] = ()) -> None:
        """Take in what was computed: a stage or the draft. It may be for another state than this one.

        doubts: codes of what is doubtful about the result, said with it or with a picture of it.
        """
        if name in of:
            self.cache.put(of[name], arrays)
        if doubts:
            self._doubts[of[stages.LAST]] = doubts
        elif name == stages.LAST:
            self._doubts.pop(of[name], None)
        if of != self.keys:
            return
        if name == stages.DRAFT:
            self.draft = arrays
        (self.result_changed if name in (stages.DRAFT, stages.LAST) else self.stages_changed).emit()

    def restore(self, state: State) -> None:
        """A state of an earlier session, which is nothing to undo."""
        self._take(state)

    def clear(self) -> None:
        """An empty document with nothing to undo."""
        self.undo.clear()
        self._take(State())

    def _cached(self, name: str) -> Arrays | None:
        found = self.keys
        return None if found is None else self.cache.get(found[name])

    def _known(self, photo: _Photo | None) -> _Photo | None:
        return None if photo is None else _sharing(photo, self._photos())

    def _photos(self) -> Iterator[PersonPhoto | GarmentPhoto]:
        """All that Undo and Redo lead to, the last first."""
        for number in reversed(range(self.undo.count())):
            step = self.undo.command(number)
            if isinstance(step, _Change):
                for state in (step._after, step._before):
                    yield from (one for one in (state.person, state.garment) if one is not None)

    def _push(self, text: str, state: State) -> None:
        self.undo.push(_Change(self, text, state))

    def _take(self, state: State) -> None:
        before, self.state = self.state, state
        self._forget_draft()
        if before.person is not state.person:
            self.person_changed.emit()
        if before.garment is not state.garment:
            self.garment_changed.emit()
        if before.seed != state.seed:
            self.seed_changed.emit(state.seed)
        if before.edits != state.edits:
            self.edits_changed.emit()
        self.stages_changed.emit()
        self.result_changed.emit()
        self.changed.emit()

    def _forget_draft(self) -> None:
        self.draft = None
