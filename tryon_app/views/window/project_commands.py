"""What the File menu does with projects: dialogs, recent ones, and the window's title."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox

from tryon_app.model.about import TITLE
from tryon_app.model.project import Project, with_suffix
from tryon_app.views.common import icons
from tryon_app.views.common.dialogs import once
from tryon_app.views.window.actions import Actions

Agreed = Callable[[str, str, str], bool]
"""Whether the user wants what cannot be undone: question, consequence, the word for yes."""


class ProjectCommands(QObject):
    """Asks what the user has to say, and hands the rest to the `Project`."""

    told = Signal(str)  # what has been done, for the status bar

    def __init__(self, window: QMainWindow, project: Project, actions: Actions, agreed: Agreed) -> None:
        super().__init__(window)
        self._window, self._project, self._actions, self._agreed = window, project, actions, agreed
        self.quiet = False  # whether no questions are asked
        self.recent = QMenu(window)
        self.recent.setIcon(icons.icon("recent"))
        self.recent.aboutToShow.connect(self._fill_recent)
        actions.menus["file"].insertMenu(actions["save_project"], self.recent)
        project.changed.connect(self._show)
        project.opened.connect(self._show)
        project.recovered.connect(self._tell_recovered)
        self._show()

    def retranslate(self) -> None:
        """All texts in the window's language."""
        self.recent.setTitle(self.tr("Open &recent"))
        self._show()

    def new(self) -> None:
        """An empty project in a file that is chosen now."""
        self._after(lambda: self._with_file(self.tr("New project"), self._project.new))

    def choose(self) -> None:
        """Open the file that is chosen."""
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open project"), self._folder(), self._form())
        if path:
            self.open(Path(path))

    def open(self, file: Path) -> None:
        """Open this one."""
        self._after(lambda: self._project.open(file))

    def save(self) -> None:
        """Write the file."""
        if self._project.file is None:
            self.save_as()
        else:
            self._project.save(self._tell_saved)

    def save_as(self) -> None:
        """Write a file that is chosen."""
        self._with_file(self.tr("Save project"), self._project.save_as)

    def revert(self) -> None:
        """Give up what is not saved."""
        question = self.tr("Go back to the project as it was saved?")
        consequence = self.tr("Everything that was changed since then is gone; this cannot be undone.")
        if self._agreed(question, consequence, self.tr("Go back")):
            self._project.revert()

    def close(self) -> None:
        """The unnamed project again."""
        self._after(self._project.close)

    def settled(self, go_on: Callable[[], object]) -> bool:
        """Whether nothing has to be saved first; where the user wants it saved, `go_on` is called afterwards."""
        if not self._project.unsaved or self.quiet:
            return True
        box = self._question()
        box.exec()
        button = box.clickedButton()
        if button is not None and box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole:
            self._project.save(go_on)
            return False
        return button is not None and box.buttonRole(button) is QMessageBox.ButtonRole.ActionRole

    def _question(self) -> QMessageBox:
        question = self.tr("Save the changes to “{name}”?").format(name=self._project.name)
        box = once(QMessageBox(QMessageBox.Icon.Question, TITLE, question, parent=self._window))
        box.setInformativeText(self.tr("What is not saved now is there again when the project is opened."))
        save = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Later"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        return box

    def _after(self, go_on: Callable[[], object]) -> None:
        if self.settled(go_on):
            go_on()

    def _with_file(self, title: str, use: Callable[[Path], object]) -> None:
        name = self._project.name or self.tr("Project")
        path, _ = QFileDialog.getSaveFileName(self._window, title, str(Path(self._folder()) / name), self._form())
        if path:
            use(with_suffix(path))

    def _form(self) -> str:
        return self.tr("Projects (*.tryon)")

    def _folder(self) -> str:
        file = self._project.file or next(iter(self._project.recent), None)
        return str(file.parent if file is not None else Path.home())

    def _fill_recent(self) -> None:
        self.recent.clear()
        for file in self._project.recent:
            action = self.recent.addAction(f"{file.stem}    {file.parent}".replace("&", "&&"))
            action.triggered.connect(lambda _=False, file=file: self.open(file))

    def _show(self) -> None:
        """The title names the project, with the system's sign for what is not saved."""
        project, window = self._project, self._window
        window.setWindowTitle(f"{project.name}[*] – {TITLE}" if project.file is not None else TITLE)
        window.setWindowFilePath(str(project.file) if project.file is not None else "")
        window.setWindowModified(project.unsaved)
        named, busy = project.file is not None, project.busy
        self.recent.setEnabled(bool(project.recent))
        for name, on in {
            "new_project": not busy,
            "open_project": not busy,
            "save_project": not busy,
            "save_project_as": not busy,
            "revert_project": named and project.unsaved and not busy,
            "close_project": named and not busy,
        }.items():
            self._actions[name].setEnabled(on)

    def _tell_saved(self) -> None:
        self.told.emit(self.tr("Saved {path}").format(path=self._project.file))

    def _tell_recovered(self) -> None:
        self.told.emit(self.tr("Opened as it was left, with everything that had not been saved yet."))
