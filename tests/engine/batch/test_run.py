"""Runs that stop, go on, retry and fail: what is done stays done, and nothing is made that need not be."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.batch.contact import write_sheet
from engine.batch.item import Settings
from engine.batch.lock import locked
from engine.batch.manifest import FILE_NAME, Manifest
from engine.batch.names import Naming
from engine.batch.plan import Sources
from engine.batch.run import Outcome, run
from engine.batch.store import FolderStore
from engine.errors import Aborted, TryOnError
from tests.engine.batch.runs import Here, SlowDot, catalogue, run_quickly, task_of
from tests.pdf import pages_of


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return catalogue(tmp_path / "in", 3, 2)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def pictures(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.png"))}


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.made, outcome.there, outcome.failed


def spoil(sources: Sources, photo: str, content: str = "broken") -> Path:
    assert sources.people is not None
    path = sources.people / photo
    path.write_text(content)
    return path


def test_everything_is_made_once(sources: Sources, out: Path) -> None:
    assert counts(run_quickly(sources, out)) == (6, 0, 0)
    before, manifest = pictures(out), (out / FILE_NAME).read_bytes()
    assert len(before) == 6
    assert len(manifest.splitlines()) == 7
    assert counts(run_quickly(sources, out)) == (0, 6, 0)
    assert (pictures(out), (out / FILE_NAME).read_bytes()) == (before, manifest)


def test_what_changed_or_is_gone_is_made_again_and_nothing_else(sources: Sources, out: Path) -> None:
    run_quickly(sources, out)
    (out / "p00_g00.png").unlink()
    (out / "p00_g01.png").write_bytes(b"half")
    spoil(sources, "p02.jpg", "another photo")
    outcome = run_quickly(sources, out)
    assert counts(outcome) == (4, 2, 0)
    assert len(Manifest(out).lines) == 6


def test_photos_that_are_gone_have_not_changed(sources: Sources, out: Path) -> None:
    task = task_of(sources.plan(Naming()), out)
    run(task, Here(SlowDot(Settings(), out, 0)))
    spoil(sources, "p00.jpg").unlink()
    again = task_of(task.plan, out)
    assert len(again.choose(Manifest(out)).there) == 6


def test_one_failure_stops_nothing_and_is_tried_again(sources: Sources, out: Path) -> None:
    spoil(sources, "p01.jpg")
    outcome = run_quickly(sources, out)
    assert counts(outcome) == (4, 0, 2)
    assert outcome.by_error == {"picture.damaged": 2}
    assert all("p01.jpg is damaged" in line.sentence for line in outcome.failures)
    assert sorted(pictures(out)) == ["p00_g00.png", "p00_g01.png", "p02_g00.png", "p02_g01.png"]
    assert counts(run_quickly(sources, out)) == (0, 4, 2)
    spoil(sources, "p01.jpg", "mended")
    outcome = run_quickly(sources, out)
    assert counts(outcome) == (2, 4, 0)
    assert outcome.failures == []


def test_retries_choose(sources: Sources, out: Path) -> None:
    spoil(sources, "p01.jpg")
    spoil(sources, "p02.jpg", "a coat")
    first = run_quickly(sources, out)
    assert (len(first.warned), first.by_warning) == (2, {"coat": 2})
    (out / "p00_g00.png").unlink()
    assert counts(run_quickly(sources, out, retry="failed")) == (0, 3, 2)
    spoil(sources, "p02.jpg", "no cot")
    again = run_quickly(sources, out, retry="warned")
    assert (again.made, again.failed, again.warned) == (2, 0, [])
    assert not (out / "p00_g00.png").exists()
    assert counts(run_quickly(sources, out, anew=True)) == (4, 0, 2)


def test_a_run_that_is_stopped_goes_on(sources: Sources, out: Path) -> None:
    seen: list[int] = []
    task, engine = task_of(sources.plan(Naming()), out), Here(SlowDot(Settings(), out))
    with pytest.raises(Aborted):
        run(task, engine, lambda so_far: seen.append(so_far.finished), lambda: seen[-1] == 2)
    assert seen == [0, 1, 2]
    assert len(Manifest(out).lines) == 2
    done = run(task, engine)
    assert (done.there, done.made) == (2, 4)
    assert sorted(Manifest(out).lines) == sorted(item.id for item in task.plan.items)


def test_halves_of_a_killed_run_are_removed_and_other_hidden_files_are_not(sources: Sources, out: Path) -> None:
    (out / "sub").mkdir(parents=True)
    (out / "sub" / ".p00-0123456789abcdef.png").write_bytes(b"half")
    (out / ".mine.png").write_bytes(b"")
    plan = sources.plan(Naming("sub/{name}"))
    assert run(task_of(plan, out), Here(SlowDot(Settings(), out, 0))).made == 6
    assert sorted(path.name for path in out.rglob(".*.png")) == [".mine.png"]


def test_somebody_elses_pictures_are_neither_taken_nor_written_over(sources: Sources, out: Path) -> None:
    out.mkdir()
    (out / "p01_g01.png").write_bytes(b"from another program")
    with pytest.raises(TryOnError, match="how they were made"):
        run_quickly(sources, out)
    assert pictures(out) == {"p01_g01.png": b"from another program"}
    assert run_quickly(sources, out, anew=True).made == 6


def test_two_runs_into_one_folder(sources: Sources, out: Path) -> None:
    with locked(out), pytest.raises(TryOnError, match="another run"):
        run_quickly(sources, out)
    assert pictures(out) == {}


def test_a_full_disk_under_the_manifest_ends_the_run(
    sources: Sources, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.batch.manifest.os.write", full)
    with pytest.raises(TryOnError, match=r"results\.jsonl cannot be written \(No space"):
        run_quickly(sources, out)


def test_pictures_may_go_to_an_address(sources: Sources, out: Path, tmp_path: Path) -> None:
    settings = Settings(pictures=f"file://{tmp_path}/far/away")
    task = task_of(sources.plan(Naming("{person}/{garment}")), out, settings)
    assert run(task, Here(SlowDot(settings, out, 0))).made == 6
    assert len(list((tmp_path / "far" / "away").rglob("*.png"))) == 6
    assert pictures(out) == {}
    assert list((tmp_path / "far").rglob("*.part")) == []
    assert len(task.choose(Manifest(out)).there) == 6
    (tmp_path / "far" / "away" / "p00" / "g00.png").unlink()
    assert len(task.choose(Manifest(out)).todo) == 1
    with pytest.raises(TryOnError, match="nowhere://"):
        task_of(task.plan, out, Settings(pictures="nowhere://a"))


def test_the_sheet_shows_what_was_made_and_what_was_not(sources: Sources, out: Path) -> None:
    assert sources.people is not None
    Image.new("RGB", (100, 200), (250, 0, 0)).save(sources.people / "p00.jpg")
    spoil(sources, "p01.jpg")
    outcome = run_quickly(sources, out)
    lines = [outcome.lines[name] for name in sorted(outcome.lines)]
    write_sheet(out / "sheet.jpg", lines, FolderStore(out))
    with Image.open(out / "sheet.jpg") as sheet:
        assert sheet.size == (9 * 196 - 4, 20 + 2 * 260)
        red, words = (sheet.convert("RGB").getpixel((96, 20 + down)) for down in (128, 254))
    assert isinstance(red, tuple)
    assert red[0] > 240
    assert red[1] < 20
    assert words == pytest.approx((255, 0, 0), abs=20), "the photo has its whole cell"
    with Image.open(out / "sheet.jpg") as sheet:
        below = np.asarray(sheet)[20 + 240 : 20 + 256, 2 * 196 : 2 * 196 + 192]
    assert (below.max(), below.min() < 120) == (255, True), "the name stands on paper, not on the picture"
    write_sheet(out / "none.jpg", [], FolderStore(out))
    assert not (out / "none.jpg").exists()


def test_a_sheet_as_pdf_shows_all_a_dozen_a_page(tmp_path: Path, out: Path) -> None:
    sources = catalogue(tmp_path / "many", 5, 5)
    assert sources.people is not None
    Image.new("RGB", (100, 200), (250, 0, 0)).save(sources.people / "p04.jpg")
    outcome = run_quickly(sources, out)
    lines = [outcome.lines[name] for name in sorted(outcome.lines)]
    write_sheet(out / "sheet.pdf", lines, FolderStore(out))
    pages = pages_of(out / "sheet.pdf")
    assert len(pages) == 3
    assert len({page.size for page in pages}) == 1
    reds = [np.asarray(page)[44 + 20 : 44 + 20 + 256, 44 : 44 + 128].reshape(-1, 3).mean(0) for page in pages]
    assert [red[0] > 240 and red[1] < 20 for red in reds] == [False, False, True], "only the last begins with p04"
    assert np.asarray(pages[1])[1200:].min() == 255, "below the sheet there is paper"
    before = (out / "sheet.pdf").read_bytes()
    write_sheet(out / "sheet.pdf", lines, FolderStore(out))
    assert (out / "sheet.pdf").read_bytes() == before


def test_every_line_says_what_it_was_made_of(sources: Sources, out: Path) -> None:
    run_quickly(sources, out)
    entry = json.loads((out / FILE_NAME).read_text().splitlines()[1])
    assert {*entry} >= {
        "id",
        "inputs",
        "pack",
        "seed",
        "parameters",
        "output",
        "seconds",
        "warnings",
        "status",
        "error",
    }
    assert entry["inputs"]["person"][0].endswith("p00.jpg")
    assert len(entry["inputs"]["person"][1]) == 32
