"""One small drawn data set for all tests here; those that damage it work on a copy."""

import shutil
from pathlib import Path

import pytest

from tests.rendered import write_rendered_dataset

SIZE = (128, 96)


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six pairs of 128 x 96 in ROOT/train, with a pairs file; not to be changed."""
    return write_rendered_dataset(tmp_path_factory.mktemp("drawn"), 6, SIZE)


@pytest.fixture
def copy(drawn: Path, tmp_path: Path) -> Path:
    """A copy of the data set to damage."""
    return Path(shutil.copytree(drawn, tmp_path / "set"))
