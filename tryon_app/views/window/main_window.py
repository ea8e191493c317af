"""The main window: wells on the left, the canvas with its strip in the middle, legend and history on the right."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from tryon_app.model import about, coat, places, sleeves
from tryon_app.model.app_model import AppModel
from tryon_app.model.faults import Fault
from tryon_app.model.project import Project
from tryon_app.model.session import Session
from tryon_app.model.stages import RESULT
from tryon_app.views.batch.batch_commands import BatchCommands
from tryon_app.views.canvas.bar import CanvasBar
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.common import icons
from tryon_app.views.common.dialogs import confirm, once, show_error, show_file, to_front
from tryon_app.views.common.drops import clipboard_content, drag_out
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Banner
from tryon_app.views.common.pictures import image_of
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import M
from tryon_app.views.photos.photo_slot import PhotoSlot
from tryon_app.views.photos.photo_slot_binding import PhotoSlotBinding, take
from tryon_app.views.rails.garment_list import GarmentList
from tryon_app.views.rails.history_list import HistoryList
from tryon_app.views.rails.lists_binding import ListsBinding
from tryon_app.views.stages.edit_bar import EditBar
from tryon_app.views.stages.legend import Legend
from tryon_app.views.stages.stage_page import StagePage
from tryon_app.views.stages.stage_strip import StageStrip
from tryon_app.views.window.actions import Actions
from tryon_app.views.window.project_commands import ProjectCommands
from tryon_app.views.window.run_panel import RunPanel
from tryon_app.views.window.status_bar import StatusBar
from tryon_app.views.window.window_status import WindowStatus

if TYPE_CHECKING:
    from tryon_app.views.window.preferences import Preferences

_LEFT, _RIGHT = 264, 232
_SMALLEST = (1024, 700)
_FIRST = (1280, 800)


class MainWindow(Translated, QMainWindow):
    """Shows an `AppModel` and takes what the user does to it. `start` begins the engine; closing ends it."""

    def __init__(self, studio: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio, self.settings = studio, studio.settings
        self.session = Session(studio, self)
        self.project = Project(self.session, self)
        self._started = False
        self._make_widgets()
        self._lay_out()
        self.page = StagePage(studio, self.canvas, self.canvas_bar, self.edit_bar, self.strip, self.legend)
        self.person_binding = PhotoSlotBinding(self.person_slot, studio, self)
        self.garment_binding = PhotoSlotBinding(self.garment_slot, studio, self)
        self.rails = ListsBinding(
            self, self.session, self.page, (self.people_list, self.garment_list, self.history_list), self.agreed
        )
        self.actions_ = Actions(self)
        self.actions_.put_undo(studio.document.undo)
        self.projects = ProjectCommands(self, self.project, self.actions_, self.agreed)
        lists = self.people_list, self.garment_list
        told = self.agreed, self.banner.show_notice, self.rails.save_copy
        self.batch = BatchCommands(self, self.session, lists, self.actions_.by_name, *told)
        self.rails_row.addWidget(self.batch.tools)
        self._connect()
        self.window_status = WindowStatus(self.page, self.status, self.run_panel, self.banner, self.actions_)
        from tryon_app.views.train.training_menu import TrainingMenu  # imports some of the engine

        self.training = TrainingMenu(self, studio, self.banner.show_notice)
        self.preferences: Preferences | None = None
        self.setWindowIcon(icons.app_icon())
        self.retranslate()
        self.setMinimumSize(*_SMALLEST)
        self._restore_layout()

    def retranslate(self) -> None:
        self.actions_.retranslate()
        self.projects.retranslate()
        self.person_binding.show_samples()
        self.garment_binding.show_samples()
        self.page.repaint()
        self.person_binding.refresh()
        self.garment_binding.refresh()
        self.window_status.refresh()
        self.training.retranslate()

    # Making

    def _make_widgets(self) -> None:
        self.person_slot, self.garment_slot = PhotoSlot("person"), PhotoSlot("garment")
        self.run_panel = RunPanel()
        self.canvas = Canvas()
        self.canvas_bar = CanvasBar(self.canvas)
        self.edit_bar = EditBar()
        self.banner = Banner()
        self.strip = StageStrip()
        self.people_list, self.garment_list = GarmentList(kind="person"), GarmentList()
        self.legend = Legend()
        self.history_list = HistoryList()
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.banner.hide()
        self.legend.hide()

    def _lay_out(self) -> None:
        self.left, self.right = QWidget(), QSplitter()
        set_role(self.right, "panel")
        column = QVBoxLayout(self.left)
        column.setContentsMargins(M, M, M, M)
        column.setSpacing(M)
        column.addWidget(self.person_slot, 1)
        column.addWidget(self.garment_slot, 1)
        column.addWidget(self.run_panel)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.canvas_bar, self.edit_bar, self.banner):
            column.addWidget(widget)
        column.addWidget(self.canvas, 1)
        self.rails_row = QHBoxLayout()
        self.rails_row.setSpacing(1)
        self.rails_row.addWidget(self.people_list, 2)
        self.rails_row.addWidget(self.garment_list, 3)
        column.addLayout(self.rails_row)
        column.addWidget(self.strip)
        self.right.setOrientation(Qt.Orientation.Vertical)
        self.right.addWidget(self.legend)
        self.right.addWidget(self.history_list)
        self.right.setChildrenCollapsible(False)
        self.splitter = QSplitter()
        for part in (self.left, middle, self.right):
            self.splitter.addWidget(part)
        for index, share in enumerate((1, 5, 1)):
            self.splitter.setStretchFactor(index, share)
        self.splitter.setSizes([_LEFT, _FIRST[0] - _LEFT - _RIGHT, _RIGHT])
        self.left.setMinimumWidth(_LEFT)
        self.right.setMinimumWidth(_RIGHT - 32)
        self.left.setMaximumWidth(_LEFT + 136)
        self.right.setMaximumWidth(_RIGHT + 128)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.setCentralWidget(holder)

    def _connect(self) -> None:
        studio, canvas = self.studio, self.canvas
        for binding in (self.person_binding, self.garment_binding):
            binding.stage_wanted.connect(self.show_stage)
            binding.weights_wanted.connect(self.open_packs)
            binding.box_wanted.connect(self.page.draw_box)
        self.run_panel.run_requested.connect(self.run)
        self.run_panel.cancel_requested.connect(self.cancel)
        self.run_panel.seed_changed.connect(self.set_seed)
        self.run_panel.sleeves_chosen.connect(
            lambda called: sleeves.say(studio.document, called, self.tr("Change sleeves"))
        )
        self.run_panel.coat_chosen.connect(lambda stays: coat.keep_on(studio.document, stays, self.tr("Change coat")))
        studio.document.seed_changed.connect(lambda seed: self.run_panel.set_seed(min(seed, 2**31 - 1)))
        canvas.dropped.connect(lambda dropped: take(studio, "", dropped))
        canvas.dragged_out.connect(self.drag_out)
        canvas.addActions(list(self.actions_.tools.values()))
        canvas.menu_requested.connect(lambda place: self.actions_.on_canvas().popup(place))
        canvas.hovered.connect(self.status.set_cursor)
        canvas.left.connect(lambda: self.status.set_cursor(None))
        self.page.stage_changed.connect(self.actions_.show_stage)
        self.page.tools_changed.connect(self.actions_.set_tools)
        self.history_list.seed_requested.connect(self.set_seed)
        self.strip.export_requested.connect(self._save_stage)
        self.banner.remedy_chosen.connect(self._remedy)
        self.status.pack_clicked.connect(self.open_packs)
        self.status.device_clicked.connect(self.open_preferences)
        studio.packs_changed.connect(lambda: self.actions_.set_seen(studio.views))
        studio.packs_changed.connect(lambda: self.run_panel.set_varies(studio.varies))
        studio.failed.connect(self.complain)
        self.project.failed.connect(self.complain)
        self.project.opened.connect(self._follow)
        self.projects.told.connect(studio.told)
        studio.project_wanted.connect(lambda path: self.projects.open(Path(path)))

    def _follow(self) -> None:
        self.page.follow_result = True

    # Starting and ending

    def start(self) -> None:
        """Start the engine; called once the window is seen."""
        if not self._started:
            self._started = True
            self.studio.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.canvas.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """What is begun once the window is seen waits for its first frame: until then its place is black."""
        super().paintEvent(event)
        if not self._started:
            QTimer.singleShot(0, self, self.start)

    def open_first(self) -> None:
        """The last project, else the unnamed one; on the first run the sample photos."""
        if self.settings.project and Path(self.settings.project).is_file():
            self.session.restore()  # what is there where the project cannot be opened
            self.project.open(Path(self.settings.project))
        elif not self.session.restore() and self.settings.first_run:
            self.studio.open_first_samples()
        self.window_status.show_first_steps(self.settings.first_run)
        self.settings.first_run = False

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self.studio.tryons.running:
            question = self.tr("A try-on is running. Quit all the same?")
            consequence = self.tr("Its picture will not be finished. Everything that is finished is kept.")
            if not self.agreed(question, consequence, self.tr("Quit")):
                event.ignore()
                return
        if not self.projects.settled(self.close):
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.layout = self.splitter.saveState()
        self.project.end()
        if self.preferences is not None:
            self.preferences.reject()
        self.training.close()
        self.batch.close()
        self.studio.close()
        super().closeEvent(event)

    def _restore_layout(self) -> None:
        self.resize(*_FIRST)
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
            self.splitter.restoreState(self.settings.layout)

    @property
    def quiet(self) -> bool:
        """Whether no questions are asked: for screenshots and tests."""
        return self.projects.quiet

    @quiet.setter
    def quiet(self, quiet: bool) -> None:
        self.projects.quiet = quiet

    def agreed(self, question: str, consequence: str, yes: str) -> bool:
        """Whether the user wants what cannot be undone."""
        return self.quiet or confirm(self, question, consequence, yes)

    def complain(self, fault: Fault, details: str = "") -> None:
        """An error that belongs to no place in the window."""
        show_error(self, fault, details)

    # Commands

    def run(self) -> None:
        """Try on."""
        if self.run_panel.button.isEnabled():
            self.page.follow_result = True
            self.studio.run()

    def cancel(self) -> None:
        """Stop what the user waits for."""
        if self.studio.tryons.running:
            self.studio.tryons.cancel()
        else:
            self.studio.person_in.cancel()
            self.studio.garment_in.cancel()

    def show_stage(self, stage: str) -> None:
        """Lay a stage on the canvas."""
        self.page.follow_result = stage == RESULT
        self.page.show(stage)

    def another_seed(self) -> None:
        """Another variation."""
        self.set_seed(random.randrange(1, 100_000))

    def set_seed(self, seed: int) -> None:
        """This variation."""
        self.page.follow_result = True
        self.studio.document.set_seed(seed, self.tr("Change seed"))

    def next_garment(self) -> None:
        """The next of the rail."""
        self.rails.step("garment", 1)

    def previous_garment(self) -> None:
        """The one before."""
        self.rails.step("garment", -1)

    def next_person(self) -> None:
        """The next of the people."""
        self.rails.step("person", 1)

    def previous_person(self) -> None:
        """The one before."""
        self.rails.step("person", -1)

    def open_person(self) -> None:
        """Choose a file."""
        self.person_binding.browse()

    def open_garment(self) -> None:
        """Choose files."""
        self.garment_binding.browse()

    def open_folder(self) -> None:
        """Choose a folder."""
        self.garment_binding.browse_folder()

    def open_samples(self) -> None:
        """The photos that came with the program."""
        self.studio.open_first_samples()

    def clear(self) -> None:
        """Empty both slots."""
        self.studio.clear("person")
        self.studio.clear("garment")

    def paste(self) -> None:
        """Into the slot that has the focus, else where the picture belongs by its looks."""
        focus = self.focusWidget()
        for binding in (self.person_binding, self.garment_binding):
            if focus is not None and (focus is binding.slot or binding.slot.isAncestorOf(focus)):
                binding.paste()
                return
        found = clipboard_content()
        if found is None:
            self.status.set_message(self.tr("There is no picture on the clipboard."))
        else:
            take(self.studio, "", found)

    def copy(self) -> None:
        """The shown picture onto the clipboard."""
        picture = image_of(self.studio.picture()) if self.page.current == RESULT else self.canvas.picture
        if picture is not None:
            QGuiApplication.clipboard().setImage(picture)
            self.status.set_message(self.tr("Copied."))

    def drag_out(self) -> None:
        """The result into another program: its file, or the picture itself where none is kept."""
        entry = self.studio.shown_entry
        files = [str(entry.named())] if entry is not None and entry.picture.is_file() else []
        drag_out(self.canvas, files, image_of(self.studio.picture()))

    def save(self) -> None:
        """The result as a file."""
        path = self._ask_path(self.tr("Save picture"), self._suggested(""))
        if path and self.studio.picture() is not None:
            self.studio.save(path)

    def save_shown(self) -> None:
        """What is on the canvas as a file."""
        self._save_stage(self.page.current)

    def place_back(self) -> None:
        """The result in the photo it came from, at its own size."""
        path = self._ask_path(self.tr("Place back into the photo"), self._suggested("-photo"))
        if path:
            self.studio.place_back(path)

    def export(self) -> None:
        """All stages into a folder."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export all stages"), self.settings.save_folder)
        if folder:
            self.settings.save_folder = folder
            self.studio.export(str(Path(folder) / Path(self._suggested("")).stem))

    def fit(self) -> None:
        """The whole picture."""
        self.canvas.fit()

    def actual_size(self) -> None:
        """Pixel for pixel."""
        self.canvas.actual_size()

    def zoom_in(self) -> None:
        """Closer."""
        self.canvas.zoom_in()

    def zoom_out(self) -> None:
        """Further away."""
        self.canvas.zoom_out()

    def toggle_history(self) -> None:
        """Show or hide the right column."""
        self.right.setVisible(not self.right.isVisible())

    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    def open_palette(self) -> None:
        """Any command by its name."""
        from tryon_app.views.window.palette import Palette

        Palette(self).open()

    def show_keys(self) -> None:
        """What every key does."""
        from tryon_app.views.window.palette import Palette

        Palette(self, keys=True).open()

    def show_log(self) -> None:
        """Open the log file."""
        log = places.log_folder() / "window.log"
        show_file(str(log if log.is_file() else places.log_folder()))

    def show_data(self) -> None:
        """Open the folder with everything this program keeps."""
        places.home().mkdir(parents=True, exist_ok=True)
        show_file(str(places.home()))

    def show_about(self) -> None:
        """What this is and on whose work it rests."""
        from tryon_app.views.window.about import AboutDialog

        once(AboutDialog(self, self.studio.engine.vocabulary.version, about.parts(), about.terms)).open()

    def open_packs(self) -> None:
        """The weight packs."""
        self.training.open_packs()

    def open_preferences(self) -> None:
        """The preferences."""
        from tryon_app.views.window.preferences import Preferences

        if self.preferences is None:
            self.preferences = Preferences(self.studio, self.training.choices, self)
        to_front(self.preferences)

    def _remedy(self, code: str, key: str) -> None:
        if key == "weights":
            self.open_packs()
        elif key == "restart":
            self.studio.engine.restart()
        elif key == "log":
            self.show_log()
        elif key == "batch":
            self.batch.show()
        else:
            self.show_stage(key)

    def _save_stage(self, stage: str) -> None:
        thumb = self.page.picture_of(stage)
        path = self._ask_path(self.tr("Save this stage"), self._suggested(f"-{stage}")) if thumb is not None else ""
        if path and thumb is not None:
            self.studio.save_picture(path, thumb)

    def _suggested(self, ending: str) -> str:
        person, garment = self.studio.document.person, self.studio.document.garment
        names = [photo.name for photo in (person, garment) if photo is not None]
        folder = self.settings.save_folder or str(Path.home())
        return str(Path(folder) / f"{'-'.join(names) or 'tryon'}{ending}.png")

    def _ask_path(self, title: str, suggested: str) -> str:
        forms = self.tr("PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)")
        path, form = QFileDialog.getSaveFileName(self, title, suggested, forms)
        if path and not Path(path).suffix:
            path += "." + form.rpartition("*.")[2].rstrip(")") if "*." in form else ".png"
        if path:
            self.settings.save_folder = str(Path(path).parent)
        return path

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space shows the original wherever the focus is, as long as nothing there wants it; Esc ends full screen."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.canvas.hold_space(True)
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.canvas.hold_space(False)
        else:
            super().keyReleaseEvent(event)
