"""Where the user's folder is, and that the folder of the program's old name is still found."""

from pathlib import Path

import platformdirs
import pytest

from engine.paths import NAME, OLD_NAME, home
from engine.weights import find_packs
from tests.packs import narrow_pack
from tryon_app.model.settings import Settings


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for the data of programs."""
    monkeypatch.delenv("TRYON_HOME")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, appauthor: tmp_path / name)
    return tmp_path


def test_the_folder_has_the_programs_name(data: Path) -> None:
    assert home() == data / NAME
    assert not home().exists()


def test_settings_and_packs_of_the_old_name_are_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYON_SHIPPED_WEIGHTS", str(data / "none"))
    old = data / OLD_NAME
    (old / "weights").mkdir(parents=True)
    (old / "settings.ini").write_text("[look]\nlanguage=ko\n")
    narrow_pack(old / "weights" / "mine", "mine")
    assert home() == old
    assert Settings().language == "ko"
    assert [pack.name for pack in find_packs()] == ["mine"]


def test_a_new_folder_comes_first(data: Path) -> None:
    for name in (OLD_NAME, NAME):
        (data / name).mkdir()
    assert home() == data / NAME
