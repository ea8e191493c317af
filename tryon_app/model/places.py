"""Where the window keeps what is the user's: folders in `engine.paths.home`."""

import hashlib
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from engine.paths import home as home
from tryon_app.model.faults import Fault, fault
from tryon_app.workers import project_format

_LEFT_OVER = 3600.0  # seconds after which a file that was being written has no writer any more


@dataclass(frozen=True)
class ProjectFolder:
    """What is open, as a folder: see `workers.project_format`. file: the project's own, None for the unnamed one."""

    root: Path
    file: Path | None = None

    @property
    def state(self) -> Path:
        """What is open."""
        return self.root / project_format.STATE

    @property
    def edits(self) -> Path:
        """The user's edits of it."""
        return self.root / project_format.EDITS

    @property
    def history(self) -> Path:
        """Finished try-ons, one folder each."""
        return self.root / project_format.HISTORY

    @property
    def batch(self) -> Path:
        """Its batch, if there is one."""
        return self.root / project_format.BATCH

    def analysis(self, key: str) -> Path:
        """The file of an analysed photo, by the photo's key."""
        name = hashlib.sha256(key.encode()).hexdigest()[:24]
        return self.root / project_format.ANALYSES / f"{name}.npz"

    def prepare(self) -> None:
        """Make the folders, for this user's eyes only. OSError where that cannot be."""
        for folder in (self.root, self.edits, self.history, self.root / project_format.ANALYSES):
            private_folder(folder)


def unnamed() -> ProjectFolder:
    """What is open while no project is."""
    return ProjectFolder(home())


def opened(file: Path) -> ProjectFolder:
    """Where a project lies while it is open; the same for the same file."""
    file = file.resolve()
    return ProjectFolder(projects_folder() / hashlib.sha256(str(file).encode()).hexdigest()[:16], file)


def projects_folder() -> Path:
    """Projects that are open, or were when their window was killed."""
    return home() / "projects"


def inbox_folder() -> Path:
    """Pictures that were pasted or dropped without a file of their own."""
    return home() / "inbox"


def log_folder() -> Path:
    """Logs of the window and of the engine."""
    return home() / "logs"


def engine_log() -> Path:
    """What the engine's process would write to its standard error."""
    return log_folder() / "engine.log"


def settings_file() -> Path:
    """The settings, as text."""
    return home() / "settings.ini"


def private_folder(path: Path) -> Path:
    """Make a folder that only this user can look into, for photos of people; one that is there becomes so too."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one piece, or leave the old one. OSError where the disk takes no more."""
    file = QSaveFile(str(path))
    opened = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if not opened or file.write(content) != len(content) or not file.commit():
        raise OSError(file.errorString())


def prepare() -> Fault | None:
    """Make the folders that hold pictures of people, for this user's eyes only, and see that they can be written.

    What processes that were killed have left half-written goes. Answers what is wrong where nothing can be kept.
    """
    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        unnamed().prepare()
        for folder in (inbox_folder(), log_folder()):
            private_folder(folder)
        for folder in (unnamed().history, unnamed().edits, inbox_folder(), log_folder()):
            _remove_leftovers(folder)
        _take_over_session(unnamed())
        with tempfile.TemporaryFile(dir=home()) as file:
            file.write(b"?" * 4096)
            file.flush()
    except OSError as error:
        return fault("home.unwritable", path=home(), reason=error.strerror)
    return None


def _remove_leftovers(folder: Path) -> None:
    for path in (*folder.glob(".*"), *folder.glob("*.npz.*")):
        if time.time() - path.stat().st_mtime > _LEFT_OVER:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _take_over_session(into: ProjectFolder) -> None:
    """What was open before there were projects is the unnamed one; the file itself is read as an older version."""
    folder = home() / "session"
    if not (folder / "session.json").is_file():
        return
    for path in folder.glob("*.npz"):
        path.replace(into.edits / path.name)
    if not into.state.exists():
        (folder / "session.json").replace(into.state)
    shutil.rmtree(folder)


def delete_pictures() -> None:
    """Remove every picture this program has kept: history, batch, edits and analyses, open projects, the inbox."""
    kept = unnamed()
    for folder in (kept.history, kept.edits, kept.batch, kept.analysis("").parent, projects_folder(), inbox_folder()):
        shutil.rmtree(folder, ignore_errors=True)
    kept.state.unlink(missing_ok=True)
    with suppress(OSError):  # `prepare` has said what there is to say
        private_folder(inbox_folder())
