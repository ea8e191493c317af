"""Pictures of a run under names that people choose, with a sheet, a table, and a list."""

import csv
import json
from pathlib import Path

import pytest

from engine.batch.export import export
from engine.batch.manifest import FILE_NAME, Manifest
from engine.errors import TryOnError
from tests.engine.batch.runs import catalogue, run_quickly


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Two people in two garments; one of them is doubtful, and one person's photo broken."""
    sources = catalogue(tmp_path / "in", 2, 2)
    (tmp_path / "in" / "garments" / "g01.jpg").write_text("coat")
    (tmp_path / "in" / "people" / "p01.jpg").write_text("broken")
    run_quickly(sources, tmp_path / "run")
    return tmp_path / "run"


def test_pictures_get_their_names_and_what_became_of_each_is_told(run: Path, tmp_path: Path) -> None:
    out, ids = tmp_path / "out", [*Manifest(run).lines, "unknown"]
    export(run, ids, out, "{date}/{garment}-{person}-{seed}")
    date = Manifest(run).begun
    made = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.png")}
    assert made == {
        f"{date}/{garment}-p00-0.png": (run / f"p00_{garment}.png").read_bytes() for garment in ("g00", "g01")
    }
    with (out / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["person"], row["garment"], row["status"], row["warnings"]) for row in rows} == {
        ("p00", "g00", "done", ""), ("p00", "g01", "done", "coat"),
        ("p01", "g00", "failed", ""), ("p01", "g01", "failed", ""),
    }  # fmt: skip
    assert [row["file"] for row in rows if row["warnings"]] == [f"{date}/g01-p00-0.png"]
    assert all(row["error"] for row in rows if row["status"] == "failed")
    assert {line.output for line in Manifest(out).lines.values() if line.status == "done"} == {*made}
    assert (out / "sheet.jpg").stat().st_size > 1000
    assert {path.name for path in out.iterdir()} == {date, "results.csv", FILE_NAME, "sheet.jpg"}


def test_again_over_its_own_but_never_over_other_pictures(run: Path, tmp_path: Path) -> None:
    ids, out, other = [*Manifest(run).lines], tmp_path / "out", tmp_path / "other"
    for _ in range(2):
        export(run, ids, out)
    assert len(Manifest(out).lines) == 4
    other.mkdir()
    (other / "p00_g00.png").write_bytes(b"somebody's")
    with pytest.raises(TryOnError, match=FILE_NAME):
        export(run, ids, other)
    assert (other / "p00_g00.png").read_bytes() == b"somebody's"


@pytest.mark.parametrize(("pattern", "code"), [("{colour}", "batch.pattern"), ("{person}", "batch.same_name")])
def test_names_that_cannot_be_are_refused_before_anything_is_written(
    run: Path, tmp_path: Path, pattern: str, code: str
) -> None:
    with pytest.raises(TryOnError) as error:
        export(run, [*Manifest(run).lines], tmp_path / "out", pattern)
    assert json.loads(json.dumps(error.value.to_json()))["code"] == code
    assert not (tmp_path / "out").exists()
