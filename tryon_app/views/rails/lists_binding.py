"""The two rails and what is behind them: garments to choose from, and the try-ons made so far."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from tryon_app.model import history, rail
from tryon_app.model.session import Session
from tryon_app.model.stages import RESULT
from tryon_app.views.common.dialogs import show_file
from tryon_app.views.common.pictures import ThumbnailImages, image_of
from tryon_app.views.common.view_types import Entry, GarmentCard
from tryon_app.views.rails.garment_list import GarmentList
from tryon_app.views.rails.history_list import HistoryList
from tryon_app.views.stages.stage_page import StagePage
from tryon_app.views.words.doubts import doubt_sentence
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import sample_name


class ListsBinding(QObject):
    """Fills the rails of a window and does what is asked for there. agreed: asks before something is deleted."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        page: StagePage,
        lists: tuple[GarmentList, GarmentList, HistoryList],
        agreed: Callable[[str, str, str], bool],
    ) -> None:
        super().__init__(parent)
        self._parent, self._session, self._page, self._agreed = parent, session, page, agreed
        self.studio = page.studio
        self.people, self.garments, self.results = lists
        self._beside = "", ""  # keys of two results that are to be compared
        past = self.studio.history
        self._pictures = ThumbnailImages(past.thumbnails)
        for shown in (self.people, self.garments):
            self._connect_rail(shown)
        past.changed.connect(self._fill_results)
        past.added.connect(self._on_added)
        past.marked.connect(lambda entry: self.results.set_entry(self._entry(entry)))
        past.removed.connect(lambda entry: self.results.remove(entry.key))
        self.studio.result_changed.connect(self._mark_shown)
        self.results.drag_paths, self.results.picture_of = self._paths, self._picture
        past.thumbnails.there.connect(lambda _: self.results.list.viewport().update())
        self._connect_results()

    def _connect_rail(self, shown: GarmentList) -> None:
        model = self.studio.rail_of(shown.kind)
        model.changed.connect(lambda: self._fill(shown))
        model.card_changed.connect(lambda card: shown.set_card(_card(card)))
        model.current_changed.connect(shown.set_current)
        shown.chosen.connect(lambda key: self.choose(shown.kind, key))
        shown.removed.connect(model.remove)

    def _connect_results(self) -> None:
        results = self.results
        results.chosen.connect(self.reopen)
        results.delete_requested.connect(lambda key: self.studio.forget([key]))
        results.delete_several_requested.connect(self.studio.forget)
        results.star_requested.connect(self.studio.history.star)
        results.parameters_requested.connect(self.copy_parameters)
        results.compare_both_requested.connect(self.compare_both)
        results.save_requested.connect(self.save)
        results.copy_requested.connect(self.copy)
        results.export_requested.connect(self._show_folder)
        results.compare_requested.connect(self.compare)
        results.clear_requested.connect(self.clear)

    def choose(self, kind: str, key: str) -> None:
        """Try on with this person or garment of the rails."""
        self._page.follow_result = True
        self.studio.choose(kind, key)

    def step(self, kind: str, by: int) -> None:
        """The next or previous person or garment."""
        rail = self.studio.rail_of(kind)
        keys = [card.key for card in rail.cards]
        if keys:
            at = keys.index(rail.current) if rail.current in keys else -1
            self.choose(kind, keys[(at + by) % len(keys)])

    def reopen(self, key: str) -> None:
        """Go back to a try-on."""
        self._page.follow_result = True
        self._session.reopen(key)
        self.results.set_current(key)

    def save(self, key: str) -> None:
        """A copy of the picture of an entry."""
        entry = self.studio.history.find(key)
        if entry is not None:
            self.save_copy(entry)

    def save_copy(self, entry: history.Entry) -> None:
        """A copy of the picture's file, with everything embedded in it."""
        title, folder = self.tr("Save picture"), Path(self.studio.settings.save_folder or Path.home())
        suggested = folder / entry.name
        path, _ = QFileDialog.getSaveFileName(self._parent, title, str(suggested), self.tr("PNG (*.png)"))
        if path:
            shutil.copyfile(entry.picture, path)
            self.studio.saved.emit(path)

    def copy(self, key: str) -> None:
        """The picture onto the clipboard."""
        entry = self.studio.history.find(key)
        if entry is not None:
            QGuiApplication.clipboard().setImage(QImage(str(entry.picture)))

    def compare(self, key: str) -> None:
        """Lay another result beside the one on the canvas."""
        entry = self.studio.history.find(key)
        if entry is not None and self.studio.picture() is not None:
            self._page.follow_result = True
            self._page.show(RESULT)
            names = (sample_name(self.studio.title_of(entry.garment)), self.tr("Now"))
            self._page.canvas.set_comparison(QImage(str(entry.picture)), "swipe", names)
            self._page.bar.set_comparable(True)

    def compare_both(self, first: str, second: str) -> None:
        """Open one, and lay the other beside it once it is there."""
        self._beside = first, second
        self.reopen(first)
        self._mark_shown()

    def copy_parameters(self, key: str) -> None:
        """What an entry was made from, onto the clipboard."""
        entry = self.studio.history.find(key)
        if entry is not None:
            QGuiApplication.clipboard().setText(entry.parameters)
            self.studio.told.emit(self.tr("Copied."))

    def clear(self) -> None:
        """Delete the whole history, after asking."""
        question = self.tr("Delete all %n try-on(s) of the history?", "", len(self.studio.history.entries))
        consequence = self.tr("The files are deleted from this machine; this cannot be undone.")
        if self._agreed(question, consequence, self.tr("Delete")):
            self.studio.history.clear()

    def _fill(self, shown: GarmentList) -> None:
        rail = self.studio.rail_of(shown.kind)
        shown.set_cards([_card(card) for card in rail.cards])
        shown.set_current(rail.current)

    def _fill_results(self) -> None:
        self.results.set_entries([self._entry(entry) for entry in self.studio.history.entries])

    def _on_added(self, entry: history.Entry) -> None:
        self.results.add(self._entry(entry))
        self._mark_shown()  # which one of a batch that became a favourite is not

    def _mark_shown(self) -> None:
        """The entry whose picture is shown."""
        entry = self.studio.shown_entry
        self.results.set_current(entry.key if entry is not None else "")
        if entry is not None and entry.key == self._beside[0]:
            other, self._beside = self._beside[1], ("", "")
            self._page.refresh()  # lays the photo beside it, which the other result is to replace
            self.compare(other)

    def _entry(self, entry: history.Entry) -> Entry:
        garment = self.studio.title_of(entry.garment)
        person = self.studio.title_of(entry.person)
        rest = entry.starred, bool(entry.edits), person
        return Entry(entry.key, garment, entry.pack, entry.seed, entry.time, *rest)

    def _picture(self, key: str) -> QImage | None:
        entry = self.studio.history.find(key)
        return self._pictures.get(str(entry.thumbnail)) if entry is not None else None

    def _paths(self, key: str) -> list[str]:
        entry = self.studio.history.find(key)
        return [str(entry.named())] if entry is not None and entry.picture.is_file() else []

    def _show_folder(self, key: str) -> None:
        entry = self.studio.history.find(key)
        if entry is not None:
            show_file(str(entry.picture.parent))


def _card(card: rail.Card) -> GarmentCard:
    """A doubt is shown once nothing is to be done for the card."""
    state = "warned" if card.doubts and card.state in ("", "ready") else card.state
    why = [fault_sentence(card.fault)] if card.fault else []
    said = "\n".join([*why, *map(doubt_sentence, card.doubts)])
    return GarmentCard(card.key, image_of(card.thumbnail), card.name, state, said)
