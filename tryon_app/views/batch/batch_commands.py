"""What the window does with a batch: makes it of the rails, shows its window, and asks what has to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tryon_app.model.batch import launch_of, pairs
from tryon_app.model.corrected import corrected
from tryon_app.model.history import Entry
from tryon_app.model.session import Session
from tryon_app.model.stages import LARGEST_SEED
from tryon_app.views.batch.batch_window import BatchWindow
from tryon_app.views.batch.save_batch import SaveBatch
from tryon_app.views.common.dialogs import once
from tryon_app.views.common.parts import tool_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS
from tryon_app.views.common.view_types import Notice, Remedy
from tryon_app.views.rails.garment_list import GarmentList

Agreed = Callable[[str, str, str], bool]
"""Whether the user wants what cannot be undone: question, consequence, the word for yes."""


class BatchCommands(QObject):
    """The commands "batch_all", "batch_selected" and "batch" of a window. lists: its rails of people and garments.

    say: shows what happened to a batch while its window is not seen. save_copy: asks where to, and saves a picture.
    tools: the commands as buttons beside the rails.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        lists: tuple[GarmentList, GarmentList],
        actions: Mapping[str, QAction],
        agreed: Agreed,
        say: Callable[[Notice], None],
        save_copy: Callable[[Entry], None],
    ) -> None:
        super().__init__(window)
        self._save_copy = save_copy
        self._window, self._session, self._lists, self._agreed, self._say = window, session, lists, agreed, say
        self._actions = actions
        self.studio = session.studio
        self.batch = self.studio.batch
        self.window: BatchWindow | None = None
        self.dialog: SaveBatch | None = None
        self.tools = _buttons([actions[name] for name in ("batch_all", "batch_selected", "batch")])
        self._was = self.batch.state
        self._connect()
        self._allow()

    def _connect(self) -> None:
        studio = self.studio
        for shown, rail in zip(self._lists, (studio.people, studio.rail), strict=True):
            rail.changed.connect(self._allow)
            rail.changed.connect(self._recognise)
            shown.list.itemSelectionChanged.connect(self._allow)
        for signal in (studio.document.person_changed, studio.document.garment_changed, studio.packs_changed):
            signal.connect(self._allow)
            signal.connect(self._recognise)
        self.batch.filled.connect(self._recognise)
        self.batch.changed.connect(self._on_changed)
        self.batch.left.connect(self._on_left)
        self.batch.failed.connect(studio.failed)
        self.batch.saved.connect(studio.saved)

    # Making one

    def all(self) -> None:
        """Everybody of the rails in everything."""
        self._make(self._keys(0), self._keys(1))

    def selected(self) -> None:
        """Those that are marked in the rails."""
        self._make(self._keys(0, marked=True), self._keys(1, marked=True))

    def _make(self, people: list[str], garments: list[str]) -> None:
        studio, batch = self.studio, self.batch
        pack = studio.pack_info
        if not (people and garments and pack):
            return
        settings, first = studio.settings, studio.document.seed
        launch = launch_of(studio.document.options, pack.name, settings.device, settings.threads)
        seeds = [(first + more) % (LARGEST_SEED + 1) for more in range(max(batch.seeds, 1) if studio.varies else 1)]
        wanted = pairs(map(batch.known_as, people), [*map(batch.known_as, garments)], seeds)
        if self._may_lose(batch.lost(wanted, launch)):
            edited = {batch.known_as(path): found for path, found in corrected(studio).items()}
            batch.make(wanted, launch, edited)
            self.show()

    def _keys(self, number: int, *, marked: bool = False) -> list[str]:
        """The photos of a rail; the one in the field where there is no rail, or none is marked."""
        kind = ("person", "garment")[number]
        rail, photo = self.studio.rail_of(kind), getattr(self.studio.document, kind)
        found = self._lists[number].selected if marked else [card.key for card in rail.cards]
        return found or ([photo.path] if photo is not None else [])

    def _recognise(self) -> None:
        self.batch.recognise([*self._keys(0), *self._keys(1)])

    def _here(self, number: int, path: str) -> str:
        """The photo of a rail that the batch has by this path."""
        return next((key for key in self._keys(number) if self.batch.known_as(key) == path), path)

    def _may_lose(self, count: int) -> bool:
        question = self.tr("Remove %n picture(s) of the batch?", "", count)
        consequence = self.tr("They are not part of what is to be made now. “Save all” keeps copies of them.")
        return not count or self._agreed(question, consequence, self.tr("Remove"))

    # Its window

    def show(self) -> None:
        """The window of the batch, in front."""
        if self.window is None:
            self.window = BatchWindow(self.batch, self.studio.favourites, self._window)
            self.window.asked.connect(self._do)
            self.window.seeds_chosen.connect(self._set_seeds)
            self.window.cells.chosen.connect(self.open)
            self.window.cells.save_requested.connect(self._save_one)
            self.window.cells.reseed_requested.connect(self.batch.reseed)
            self.studio.packs_changed.connect(self._show_varies)
        self._show_varies()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def open(self, key: str) -> None:
        """A cell as the try-on of the window."""
        cell = self.batch.cells.get(key)
        if cell is None:
            return
        entry = self.batch.entry(cell)
        self._session.open_made(replace(entry, person=self._here(0, cell.person), garment=self._here(1, cell.garment)))
        self._window.raise_()
        self._window.activateWindow()

    def _do(self, what: str) -> None:
        batch = self.batch
        if what == "reseed":
            batch.reseed({cell.key for cell in batch.cells.values() if cell.state == "warned"})
        elif what == "save":
            self._save()
        elif what == "clear":
            if self._may_lose(batch.count("ready", "warned")):
                batch.clear()
        else:
            calls = {"go_on": batch.go_on, "pause": batch.pause, "retry": batch.retry, "cancel": batch.cancel}
            calls[what]()

    def _set_seeds(self, count: int) -> None:
        first = self.studio.favourites.keys
        if self._may_lose(sum(self.batch.cells[key].picture is not None for key in self.batch.surplus(count, first))):
            self.batch.set_seeds(count, first)
        elif self.window is not None:
            self.window.refresh()

    def _save_one(self, key: str) -> None:
        cell = self.batch.cells.get(key)
        if cell is not None and cell.picture is not None:
            self._save_copy(self.batch.entry(cell))

    def _save(self) -> None:
        settings, favourites = self.studio.settings, self.studio.favourites.keys
        asked = settings.save_folder, settings.batch_names, settings.batch_sheet, len(favourites)
        dialog = self.dialog = once(SaveBatch(*asked, self.window))

        def save() -> None:
            settings.save_folder, settings.batch_names = dialog.folder.path, dialog.pattern.text().strip()
            settings.batch_sheet = dialog.sheet.key
            which = favourites if dialog.favourites.isChecked() else None
            self.batch.save(settings.save_folder, settings.batch_names, settings.batch_sheet, which)

        dialog.accepted.connect(save)
        dialog.open()

    def close(self) -> None:
        """The main window is closed."""
        if self.window is not None:
            self.window.done(0)

    # What happens

    def _on_changed(self) -> None:
        was, self._was = self._was, self.batch.state
        seen = self.window is not None and self.window.isVisible()
        if was == "running" and self._was == "finished" and not seen:
            text = self.tr("The batch is finished: %n picture(s).", "", self.batch.count("ready", "warned"))
            self._say(Notice(text, "success", (self._to_batch(),), "batch"))
        self._allow()

    def _on_left(self) -> None:
        text = self.tr("%n try-on(s) of a batch are still to be made.", "", self.batch.count("queued"))
        self._say(Notice(text, "info", (self._to_batch(),), "batch"))

    def _to_batch(self) -> Remedy:
        return Remedy("batch", self.tr("Show the batch"))

    def _show_varies(self) -> None:
        if self.window is not None:
            self.window.set_varies(self.studio.varies)

    def _allow(self) -> None:
        able = self.studio.pack_info is not None
        several = len(self._keys(0)) * len(self._keys(1)) > 1
        marked = any(len(shown.selected) > 1 for shown in self._lists)
        self._actions["batch_all"].setEnabled(able and several)
        self._actions["batch_selected"].setEnabled(able and marked and bool(self._keys(0) and self._keys(1)))
        self.tools.setVisible(any(not shown.isHidden() for shown in self._lists))


def _buttons(actions: Sequence[QAction]) -> QWidget:
    """Buttons of actions under each other."""
    holder = QWidget()
    set_role(holder, "panel")
    holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(holder)
    column.setContentsMargins(XS, 0, XS, 0)
    column.setSpacing(2)  # no higher than the rails beside them
    for action in actions:
        button = tool_button("grid", holder)
        button.setDefaultAction(action)
        column.addWidget(button)
    column.addStretch()
    return holder
