"""On a real X server with a real mouse: two files are dragged into the window, and the result into another program."""

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.imaging.images import read_photo
from tests.app.window import drag_source, drop_target
from tests.x_server import x_server, xdotool

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PERSON_WELL, GARMENT_WELL, CANVAS = (132, 200), (132, 500), (660, 350)
LONG, HEARD = 300.0, 20.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="X11 is Linux's"),
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"),
]


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of our own."""
    with x_server(1600, 1000) as name:
        yield name


@pytest.fixture
def start(display: str, tmp_path: Path, tiny_pack: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts Python programs on that server, with a user data folder that holds the tiny pack."""
    home = tmp_path / "home"
    shutil.copytree(tiny_pack, home / "weights" / "tiny")
    (home / "settings.ini").write_text(
        "[engine]\nthreads=1\npack=tiny\n[window]\nfirst_run=false\n[look]\nlanguage=en\n"
    )
    environment = dict(os.environ) | {"DISPLAY": display, "TRYON_HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
    environment["TRYON_SHIPPED_WEIGHTS"] = str(home / "none")
    started: list[subprocess.Popen[bytes]] = []

    def run(*words: str, out: int | None = None) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-m", *words], env=environment, cwd=ROOT, stdout=out))
        return started[-1]

    yield run
    for process in started:
        process.terminate()
        process.communicate()


def wait_for(what: Callable[[], object]) -> None:
    until = time.monotonic() + LONG
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.2)


def drag(display: str, begin: tuple[int, int], end: tuple[int, int]) -> None:
    """Slowly, as a hand does it: the programs have to follow."""
    xdotool(display, "mousemove", *begin, "mousedown", 1)
    for share in (0.02, 0.1, 0.3, 0.6, 0.9, 0.97, 1.0):
        place = [round(one + (other - one) * share) for one, other in zip(begin, end, strict=True)]
        xdotool(display, "mousemove", *place)
        time.sleep(0.15)
    xdotool(display, "mouseup", 1)


def said_of(process: subprocess.Popen[bytes], seconds: float) -> str:
    """The next line that a program prints, "" where it prints none in time."""
    assert process.stdout is not None
    heard, _, _ = select.select([process.stdout], [], [], seconds)
    return process.stdout.readline().decode().strip() if heard else ""


def drag_until(display: str, begin: tuple[int, int], end: tuple[int, int], teller: subprocess.Popen[bytes]) -> str:
    """Drag, and drag again as a user does where a busy program was too slow for the hand, until `teller` tells."""
    until = time.monotonic() + LONG
    drag(display, begin, end)
    while not (said := said_of(teller, HEARD)):
        assert time.monotonic() < until, "nobody took it"
        drag(display, begin, end)
    return said


def test_drag_two_files_in_and_the_result_out(
    display: str, start: Callable[..., subprocess.Popen[bytes]], people: Path, tmp_path: Path
) -> None:
    files = people / "image" / "00000_00.jpg", people / "cloth" / "00001_00.jpg"
    app = start("tryon_app", "--run", "--size", "1280x800")
    wait_for(lambda: xdotool(display, "search", "--onlyvisible", "--name", "Tryon Atelier"))
    source = start("tests.app.window.drag_source", *map(str, files), out=subprocess.PIPE)
    wait_for(lambda: xdotool(display, "search", "--onlyvisible", "--name", "Drag source"))
    time.sleep(0.7)
    x, y = drag_source.PLACE
    width, height = drag_source.SIZE
    history = tmp_path / "home" / "history"
    for number, slot in ((0, PERSON_WELL), (1, GARMENT_WELL)):
        begin = x + width // 2, y + height // 4 + number * height // 2
        assert drag_until(display, begin, slot, source) == str(files[number])
    wait_for(lambda: list(history.glob("[!.]*/result.png")) or app.poll() is not None)
    assert app.poll() is None, "the window is still there"
    assert source.poll() is None
    (result,) = history.glob("[!.]*/result.png")
    assert read_photo(result).shape == (512, 384, 3)
    target = start("tests.app.window.drop_target", out=subprocess.PIPE)
    wait_for(lambda: xdotool(display, "search", "--onlyvisible", "--name", "Drop target"))
    time.sleep(0.7)
    end = drop_target.PLACE[0] + 100, drop_target.PLACE[1] + 100
    dragged = Path(drag_until(display, CANVAS, end, target))
    assert dragged == result.with_name("00000_00-00001_00.png")
    assert dragged.read_bytes() == result.read_bytes()
