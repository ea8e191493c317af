"""The wheel holds everything and works outside the checkout."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests import bundle_check

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that has to succeed, without this checkout on Python's path."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a new environment with the wheel in it.

    The dependencies are borrowed from the environment of the tests: downloading gigabytes again would test the network,
    and `make` on a clean clone installs them from the same list. The borrowed path comes after the environment's own,
    so that `engine` is the one of the wheel.
    """
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=True, symlinks=os.name != "nt")
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=home)
    own = run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    borrowed = sysconfig.get_path("purelib"), sysconfig.get_path("platlib")
    (Path(own) / "borrowed.pth").write_text("\n".join(dict.fromkeys(borrowed)) + "\n")
    return programs


def test_wheel_holds_every_file_that_ships(wheel: Path) -> None:
    tracked = run("git", "ls-files", "engine", "tryon_app", "resources", cwd=ROOT).split("\n")
    names = set(zipfile.ZipFile(wheel).namelist())
    documents = "resources/screenshots/", "resources/packaging/"  # pictures of the README; what builds the bundle
    assert {name for name in tracked if name and (ROOT / name).exists() and not name.startswith(documents)} <= names
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"engine", "tryon_app", "resources"}
    licences = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_wheel_asks_for_what_it_imports(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(metadata).decode().splitlines()
    assert "Requires-Python: >=3.11" in lines
    needed = {
        re.split("[<>=!~;]", line.split()[1])[0].lower()
        for line in lines
        if line.startswith("Requires-Dist") and "extra" not in line
    }
    assert {"torch", "numpy", "pillow", "safetensors", "typer", "pyside6-essentials", "psutil"} <= needed
    assert not {"torchvision", "scipy"} & needed


def test_installed_program_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import engine; print(engine.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    report = run(installed / "tryon", "doctor", cwd=tmp_path)
    assert report.startswith("program\n  tryon-atelier ")
    assert "could not be found out" not in report
    assert "NOT USABLE" not in report
    assert "weights" in run(installed / "tryon", "--help", cwd=tmp_path)


def test_installed_program_tries_on_makes_a_batch_and_trains(
    installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing is on the path, in a home with a space and Korean letters."""
    bundle_check.main(installed, ROOT / "resources" / "samples")
    done = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert done == ["tryon-app --self-test", "tryon batch", "tryon train"]
