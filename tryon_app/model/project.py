"""The project that is open: its file, who has it open, and whether everything in it is saved.

An open project is a folder that the session writes into after every change, so that a kill loses nothing; saving makes
one file of that. While no project is open, the folder is the unnamed project's, which has no file.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

from tryon_app.model import places
from tryon_app.model.faults import Fault, fault
from tryon_app.model.places import ProjectFolder
from tryon_app.model.session import Session
from tryon_app.workers.project_format import STATE, SUFFIX
from tryon_app.workers.requests import PackProject, UnpackProject

_RECENT = "recent/project"
_MOST_RECENT = 12


class Project(QObject):
    """What the window's File menu does with projects.

    changed: name or state are others. opened: another one is there. failed: a Fault and details. recovered: what was
    not saved when its window was killed is there again.
    """

    changed = Signal()
    opened = Signal()
    recovered = Signal()
    failed = Signal(object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._studio = session, session.studio
        self._lock: QLockFile | None = None
        self.busy = False
        session.changed.connect(self.changed)
        self._studio.forgetting.connect(self._leave)

    @property
    def file(self) -> Path | None:
        """Its file; None for the unnamed project."""
        return self._session.place.file

    @property
    def name(self) -> str:
        """What it is called; "" for the unnamed one."""
        return self.file.stem if self.file is not None else ""

    @property
    def unsaved(self) -> bool:
        """Whether there is more in it than in its file."""
        return self._session.unsaved

    @property
    def recent(self) -> list[Path]:
        """Files that were open lately and still exist, newest first."""
        return [path for text in self._studio.settings.texts(_RECENT) if (path := Path(text)).is_file()]

    def open(self, file: Path) -> None:
        """Open a project instead of this one, which is left as it is; `opened` or `failed` follows."""
        place = places.opened(file)
        if place == self._session.place or self.busy:
            return
        lock = self._taken(place)
        if lock is None:
            return
        if place.state.is_file():
            self._go_to(place, lock)
            self.recovered.emit()
            return
        _remove(place)
        self._submit_unpack(place, lock, lambda: self._go_to(place, lock))

    def new(self, file: Path) -> None:
        """An empty project with this file instead of this one."""
        place = places.opened(file)
        lock = self._taken(place)
        if lock is not None:
            _remove(place)
            self._go_to(place, lock)
            self.save()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write the file; `then` follows once it is written."""
        if self.file is None or self.busy:
            return
        self._session.save()
        digest = self._session.digest

        def saved() -> None:
            self._session.mark_saved(digest)
            self._note_recent()
            if then is not None:
                then()

        self._submit_pack(self.file, saved)

    def save_as(self, file: Path) -> None:
        """Write another file, which is the project's from now on."""
        if self.file is not None and file.resolve() == self.file:
            self.save()
            return
        if self.busy:
            return
        file = file.resolve()
        place = places.opened(file)
        lock = self._taken(place)
        if lock is None:
            return
        self._session.save()
        digest = self._session.digest

        def written() -> None:
            _remove(place)
            self._submit_unpack(place, lock, moved)

        def moved() -> None:
            before, held = self._session.place, self._lock
            self._lock = lock
            self._studio.move_to(place, along=True)
            if before.file is not None:
                _remove(before)
            if held is not None:
                held.unlock()
            self._session.mark_saved(digest)
            self._note_recent()
            self.opened.emit()

        self._submit_pack(file, written, lock)

    def revert(self) -> None:
        """Open the file again, without what was changed since it was saved."""
        file = self.file
        if file is not None and not self.busy:
            self.close(keep=False)
            self.open(file)

    def close(self, *, keep: bool = True) -> None:
        """Back to the unnamed project. keep: what is not saved waits for the project to be opened again."""
        if self.file is not None:
            self._end(keep)
            self._studio.empty()
            self._studio.move_to(places.unnamed())
            self._session.restore()
            self._studio.settings.project = ""
            self.opened.emit()

    def end(self) -> None:
        """The window is closed; what is open is opened again with the next one."""
        self._session.save()
        self._session.tidy()
        self._studio.settings.project = str(self.file or "")
        self._end(keep=True)

    def _end(self, keep: bool) -> None:
        """Let go of the folder; it goes where the file holds everything."""
        place = self._session.place
        self._session.save()
        gone = place.file is not None and place.file.is_file() and not (keep and self.unsaved)
        if gone:
            self._studio.history.purge()
            _remove(place)
        self._unlock()

    def _leave(self) -> None:
        """Nothing of the open project's folder is kept; its file stays."""
        place = self._session.place
        if place.file is not None:
            self._studio.move_to(places.unnamed())
            _remove(place)
            self._unlock()
            self.changed.emit()

    def _go_to(self, place: ProjectFolder, lock: QLockFile) -> None:
        if self.file is not None:
            self._end(keep=True)
        else:
            self._session.save()
        self._lock = lock
        self._studio.empty()
        self._studio.move_to(place)
        self._session.restore()
        self._note_recent()
        self.opened.emit()

    def _taken(self, place: ProjectFolder) -> QLockFile | None:
        """The project for this window alone; a lock whose process is dead is no lock."""
        try:
            places.private_folder(places.projects_folder())
        except OSError as error:
            self.failed.emit(fault("home.unwritable", path=places.home(), reason=str(error.strerror)), "")
            return None
        lock = QLockFile(str(place.root.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            return lock
        self.failed.emit(fault("project.open", path=place.file), "")
        return None

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _submit_unpack(self, place: ProjectFolder, lock: QLockFile, done: Callable[[], object]) -> None:
        def failed(why: Fault, details: str) -> None:
            self._set_busy(False)
            _remove(place)
            lock.unlock()
            self.failed.emit(why, details)

        def unpacked(_: None) -> None:
            self._set_busy(False)
            done()

        self._set_busy(True)
        task = UnpackProject(str(place.file), str(place.root))
        self._studio.jobs.submit(task, on_done=unpacked, on_failed=failed)

    def _submit_pack(self, file: Path, done: Callable[[], object], lock: QLockFile | None = None) -> None:
        def failed(why: Fault, details: str) -> None:
            self._set_busy(False)
            if lock is not None:
                lock.unlock()
            self.failed.emit(why, details)

        def packed(_: str) -> None:
            self._set_busy(False)
            done()

        self._set_busy(True)
        place = self._session.place
        before = str(place.file) if place.file is not None and place.file.is_file() else ""
        task = PackProject(str(place.root), str(file), before)
        self._studio.jobs.submit(task, on_done=packed, on_failed=failed)

    def _set_busy(self, on: bool) -> None:
        self.busy = on
        self.changed.emit()

    def _note_recent(self) -> None:
        settings, file = self._studio.settings, str(self.file)
        others = [one for one in settings.texts(_RECENT) if one != file]
        settings.set_texts(_RECENT, [file, *others][:_MOST_RECENT])
        settings.project = file
        self.changed.emit()


def with_suffix(path: str) -> Path:
    """A file name as projects have it."""
    return Path(path if path.lower().endswith(SUFFIX) else path + SUFFIX)


def is_project(path: str) -> bool:
    """Whether a file is called as projects are."""
    return path.lower().endswith(SUFFIX)


def _remove(place: ProjectFolder) -> None:
    """All but its batch, which no file holds."""
    (place.root / STATE).unlink(missing_ok=True)  # first, so that what is left is not taken for a project
    for path in place.root.iterdir() if place.root.is_dir() else ():
        if path != place.batch:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    with suppress(OSError):  # a batch is there, or nothing
        place.root.rmdir()
