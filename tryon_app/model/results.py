"""The finished picture and its entry in the history: written once, and known again when it is shown."""

from collections.abc import Mapping
from dataclasses import replace

from tryon_app.model import edit_store, stages
from tryon_app.model.document import Document
from tryon_app.model.history import MOST, Entry, History
from tryon_app.model.places import ProjectFolder


class Results:
    """The document's results as entries. entry: the one that was made or reopened last."""

    def __init__(self, document: Document, history: History) -> None:
        self._document, self._history = document, history
        self._known: dict[str, Entry] = {}  # by the key of the last stage
        self._reopened: set[str] = set()
        self.entry: Entry | None = None

    def shown(self, running: bool) -> Entry | None:
        """The shown picture's entry; None where it is not kept. running: what is shown may be a draft of another."""
        document, keys, last = self._document, self._document.keys, self.entry
        if document.result is not None and keys is not None:
            return self._known.get(keys[stages.LAST])
        person, garment = document.person, document.garment
        if document.draft is None or running or last is None or person is None or garment is None:
            return None
        same = (last.person, last.garment, last.seed) == (person.path, garment.path, document.seed)
        return last if same else None

    def remember(self, pack: str, metadata: Mapping[str, str]) -> None:
        """Write the document's result into the history, unless it is there."""
        document, keys = self._document, self._document.keys
        person, garment, result = document.person, document.garment, document.result
        if keys is None:
            return
        if keys[stages.LAST] in self._known:
            self.entry = self._known[keys[stages.LAST]]
            return
        assert person is not None
        assert garment is not None
        assert result is not None
        edits, options = document.state.edits, document.options
        about = Entry(
            person.path,
            garment.path,
            pack,
            document.seed,
            dict(person.files),
            dict(garment.files),
            person_key=person.key,
            garment_key=garment.key,
            person_box=person.meant,
            garment_box=garment.meant,
            precision=options.precision,
            keep_original=options.keep_original,
            edits=edit_store.file_names(edits),
            doubts=document.doubts,
        )
        arrays = {edit_store.file_name(edit): edit.arrays for edit in edits.values()}
        step = self._step_before(about)
        self.entry = self._history.add(about, result["image"], garment.image, metadata, arrays, step)
        self._known[keys[stages.LAST]] = self.entry
        if len(self._known) > 2 * MOST:
            self._known.pop(next(iter(self._known)))

    def _step_before(self, about: Entry) -> Entry | None:
        """The entry that shows the same edit a few strokes before: one edit in progress is one entry."""
        last = self._history.find(self.entry.key) if self.entry is not None else None
        if last is None or last.starred or not last.edits or not about.edits or last.key in self._reopened:
            return None
        if replace(about, key=last.key, when=last.when, edits=last.edits, doubts=last.doubts) != last:
            return None
        self._known = {of: entry for of, entry in self._known.items() if entry.key != last.key}
        return last

    def reopen(self, entry: Entry) -> None:
        """This entry is shown, and is kept whatever is changed in it now."""
        self.entry = entry
        self._reopened.add(entry.key)

    def move_to(self, place: ProjectFolder) -> None:
        """Another project's history from now on; what of it is known already stays known."""
        self._history.place = place
        self._history.load()
        there = {entry.key: entry for entry in self._history.entries}
        self._known = {of: there[entry.key] for of, entry in self._known.items() if entry.key in there}
        self.entry = there.get(self.entry.key) if self.entry is not None else None

    def clear(self) -> None:
        """The history is gone."""
        self._known.clear()
        self.entry = None
