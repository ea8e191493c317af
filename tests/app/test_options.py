"""What `tryon-app` takes on its command line."""

from pathlib import Path

import pytest

from tryon_app.__main__ import read_options


def test_photos_need_no_option(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.jpg", "b.jpg")]
    for file in files:
        file.touch()
    assert read_options([*map(str, files), "--run"]).photos == [*map(str, files)]
    assert read_options(["--person", str(files[0])]).photos == []


@pytest.mark.parametrize("words", [["none.jpg"], ["--garment", "none.jpg"]])
def test_a_file_that_is_not_there_is_named(words: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"there is no file none\.jpg; check what (the command line|--garment) names"):
        read_options(words)
