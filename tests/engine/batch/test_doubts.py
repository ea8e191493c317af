"""A batch looks at what belongs to each pair as `tryon run` does: what does not fit is made and listed."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.analysis.common.doubt import doubt
from engine.batch.manifest import Manifest
from engine.cli import app
from tests.conftest import ROOT
from tests.engine.batch.runs import InThisProcess
from tests.packs import narrow_pack

CASE, SAMPLES = ROOT / "tests" / "data" / "cases" / "batch_silent", ROOT / "resources" / "samples"
PLACES = {"image": "people/{}.jpg", "openpose-json": "people/{}_keypoints.json", "image-parse": "people/{}_parse.png"}
WORN = {"cloth": "garments/{}.jpg", "cloth-mask": "garments/{}_mask.png"}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """The samples in the VITON-HD layout, with a parse and a mask of the case in place of their own."""
    for names, places in ((("woman", "man"), PLACES), (("tee", "printed"), WORN)):
        for folder, place in places.items():
            (tmp_path / "test" / folder).mkdir(parents=True)
            for name in names:
                source = SAMPLES / place.format(name)
                given = CASE / source.name
                ending = "_keypoints.json" if folder == "openpose-json" else source.suffix
                shutil.copyfile(given if given.exists() else source, tmp_path / "test" / folder / f"{name}{ending}")
    shutil.copyfile(CASE / "test_pairs.txt", tmp_path / "test_pairs.txt")
    return tmp_path


def test_pairs_whose_files_do_not_fit_are_listed(
    dataset: Path, tryon_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.batch.processes.Processes", InThisProcess)
    narrow_pack(tryon_home / "weights" / "narrow")
    told = [*("batch", "--dataset", dataset, "-o", tmp_path / "out"), *("--weights", "narrow", "--device", "cpu")]
    done = CliRunner().invoke(app, [str(one) for one in told])
    assert done.exit_code == 0, done.output
    listed = {(line.person, line.garment): line.warnings for line in Manifest(tmp_path / "out").lines.values()}
    assert "pose_parse" in listed["woman", "tee"]
    assert "parse_atr" in listed["man", "tee"]
    assert "mask_turned" in listed["man", "printed"]
    said = " ".join(done.output.split())
    assert all(doubt(code).sentence in said for code in ("pose_parse", "parse_atr", "mask_turned"))
    shutil.rmtree(tmp_path / "out")
    assert CliRunner().invoke(app, [*map(str, told), "--strict"]).exit_code == 1
