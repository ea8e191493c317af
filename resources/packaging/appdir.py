"""The folder that `appimagetool` makes an AppImage of: the bundle, how to start it, menu entry, file type and icon."""

import shutil
import sys
from pathlib import Path

from tryon_app.model import desktop_entry

_ICON = Path(__file__).parents[1] / "icons" / "app.svg"


def lay_out(bundle: Path, folder: Path) -> None:
    """An AppDir at `folder`, made anew; the bundle's files are linked and not copied, so both lie on one disk.

    `AppRun` is a link to the program, which finds its files beside what the link leads to.
    """
    shutil.rmtree(folder, ignore_errors=True)
    place = folder / "usr" / "lib" / bundle.name
    shutil.copytree(bundle, place, symlinks=True, copy_function=_link)
    entry, _, icon = desktop_entry.write(folder / "usr" / "share", _ICON, "tryon-app")
    (folder / "AppRun").symlink_to(place.relative_to(folder) / "tryon-app")
    for one in (entry, icon):
        (folder / one.name).symlink_to(one.relative_to(folder))
    (folder / ".DirIcon").symlink_to(icon.name)


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
