"""Data for training tests: drawn pairs, and the same number of real ones where they are on this machine."""

import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.rendered import write_rendered_dataset

PAIRS = 45  # the last fifth is held out, and twins are dropped


@pytest.fixture(scope="session")
def rendered_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("rendered"), PAIRS)


@pytest.fixture(scope="session")
def real_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared_data = ROOT.parent / "shared" / "data"
    if not shared_data.is_dir():
        pytest.skip("real pictures are not on this machine (shared/data beside the checkout)")
    root = tmp_path_factory.mktemp("real")
    with zipfile.ZipFile(shared_data / "viton256-train-0.zip") as archive:
        photos = sorted(name for name in archive.namelist() if "/image/" in name and name.endswith(".jpg"))
        names = {Path(photo).stem for photo in photos[: 2 * PAIRS]}
        for member in archive.namelist():
            if Path(member).stem.removesuffix("_keypoints") in names:
                archive.extract(member, root)
    return root


# the drawn pairs hold the same, in the quick tests
@pytest.fixture(params=["rendered", pytest.param("real", marks=pytest.mark.slow)])
def root(request: pytest.FixtureRequest) -> Path:
    """A data set in the VITON-HD layout at 256 x 192."""
    found: Path = request.getfixturevalue(f"{request.param}_root")
    return found
