"""What every test gets: a home of its own, one torch thread a worker, no screen, repeatable hypothesis runs."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Set before anything under test is imported. The user's own weight packs must neither help nor break a test.
for _name in [name for name in os.environ if name.startswith("TRYON_")]:
    del os.environ[_name]
os.environ["TRYON_HOME"] = tempfile.mkdtemp(prefix="tryon-tests-")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Nor may what the user's machine says about the screen, or a terminal about its colours and width.
_SAID: tuple[str, ...] = (
    "QT_FONT_DPI",
    "QT_SCALE_FACTOR",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_STYLE_OVERRIDE",
    "QT_QPA_PLATFORMTHEME",
)
_SAID += ("COLUMNS", "LINES", "FORCE_COLOR", "PY_COLORS", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "TTY_INTERACTIVE")
for _name in _SAID:
    os.environ.pop(_name, None)
# Threads that spin while they wait take the core from whoever works: the more, the busier the machine is.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")
# Of the hundreds of Pythons that the tests start none has to compile again what another has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["OMP_NUM_THREADS"] = "1"  # a worker a core already; more threads only fight

settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def tryon_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty user data folder for this test alone."""
    home = tmp_path / "home"
    monkeypatch.setenv("TRYON_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real pictures beside the checkout; tests that want it are skipped where it is missing."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"real pictures are not on this machine ({folder.name} beside the checkout)")
    return folder
