"""The truth of a folder outlives whatever ends the process that writes it down."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.batch.item import Item, Recipe
from engine.batch.lock import locked
from engine.batch.manifest import FILE_NAME, Line, Manifest, ManifestWriter, failed, line_from, line_of
from engine.errors import TryOnError
from engine.messages import fault

RECIPE = Recipe("p 1", "abc", {"size": "384x512", "keep_original": True})
ITEM = Item("a_b", "a", "b", "a_b.png", 3, {"person": "a.jpg", "garment": "b.jpg"}, {"person": "1", "garment": "2"})
DONE = line_of(ITEM, RECIPE, status="done", bytes=9, seconds={"make": 1.5}, warnings=("coat",))
FAILED = failed(ITEM, RECIPE, fault("picture.empty", path="a.jpg"))


@pytest.mark.parametrize(
    "line", [DONE, FAILED, failed(replace(ITEM, id="가/\udcff"), RECIPE, fault("photo.nobody"), "x")]
)
def test_lines_are_read_as_they_were_written(tmp_path: Path, line: Line) -> None:
    with ManifestWriter(Manifest(tmp_path)) as writer:
        writer.append(line)
    assert list(Manifest(tmp_path).lines.values()) == [line]
    assert json.loads((tmp_path / FILE_NAME).read_bytes().splitlines()[1])["id"] == line.id


def test_sentences_name_a_file() -> None:
    assert FAILED.sentence.startswith("The picture a.jpg is empty")
    assert failed(ITEM, RECIPE, fault("photo.nobody"), "a.jpg").sentence.startswith("a.jpg: No person")
    assert DONE.sentence == ""


def test_the_last_line_of_an_item_counts(tmp_path: Path) -> None:
    with ManifestWriter(Manifest(tmp_path)) as writer:
        writer.append(FAILED)
        writer.append(DONE)
        assert writer.manifest.lines == {"a_b": DONE}
    assert Manifest(tmp_path).lines == {"a_b": DONE}


@pytest.mark.parametrize("kept", [1, 30, -1])
def test_half_a_last_line_is_dropped_and_cut_off(tmp_path: Path, kept: int) -> None:
    with ManifestWriter(Manifest(tmp_path)) as writer:
        writer.append(DONE)
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    half = json.dumps(FAILED.to_json()).encode()[:kept]
    path.write_bytes(whole + half)
    assert Manifest(tmp_path).lines == {"a_b": DONE}
    assert path.read_bytes() == whole + half, "reading alone changes nothing"
    with ManifestWriter(Manifest(tmp_path)) as writer:
        writer.append(DONE)
    assert path.read_bytes() == whole + whole.splitlines(keepends=True)[1]


def test_a_header_that_was_cut_off_is_written_again(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'{"format": 1, "be')
    assert not Manifest(tmp_path).exists
    with ManifestWriter(Manifest(tmp_path)):
        pass
    assert Manifest(tmp_path).exists


def test_the_day_of_a_folder_stays(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'{"format": 1, "begun": "2020-02-02"}\n')
    with ManifestWriter(Manifest(tmp_path)) as writer:
        writer.append(DONE)
    assert Manifest(tmp_path).begun == "2020-02-02"


@pytest.mark.parametrize("line", [b"\xff\x00", b"[1]", b'{"id": 1}', b"{", b'{"id":"a_b","status":"odd","inputs":{}}'])
def test_damaged_lines_say_nothing(tmp_path: Path, line: bytes) -> None:
    with ManifestWriter(Manifest(tmp_path)) as writer:
        writer.append(DONE)
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(line + b"\n")
    assert Manifest(tmp_path).lines == {"a_b": DONE}


def test_another_versions_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'{"format": 2, "begun": "2020-02-02"}\n')
    with pytest.raises(TryOnError, match="of this version"):
        Manifest(tmp_path)


@pytest.mark.parametrize(
    ("item", "recipe", "same"),
    [
        (ITEM, RECIPE, True),
        (replace(ITEM, files={"person": "moved/a.jpg", "garment": "b.jpg"}), RECIPE, True),
        (replace(ITEM, digests={"person": "", "garment": "2"}), RECIPE, True),  # gone, not changed
        (replace(ITEM, digests={"person": "9", "garment": "2"}), RECIPE, False),
        (replace(ITEM, files={**ITEM.files, "pose": "p.json"}), RECIPE, False),
        (replace(ITEM, seed=4), RECIPE, False),
        (replace(ITEM, output="a_b.webp"), RECIPE, False),
        (ITEM, replace(RECIPE, pack_digest="abd"), False),
        (ITEM, replace(RECIPE, pack="renamed 1"), True),
        (ITEM, replace(RECIPE, parameters={**RECIPE.parameters, "size": "768x1024"}), False),
    ],
)
def test_what_counts_as_unchanged(item: Item, recipe: Recipe, same: bool) -> None:
    again = line_from(json.loads(json.dumps(DONE.to_json())))
    assert again.follows_from(item, recipe) is same


HOLD = """
import sys, time
from pathlib import Path
from engine.batch.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_folder_is_one_runs_and_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, folder], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(TryOnError, match="filled by another run"), locked(folder):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with locked(folder):
        assert [*folder.iterdir()]
    assert [*folder.iterdir()] == []


def test_a_folder_that_takes_no_files(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(TryOnError, match="out"), locked(tmp_path / "out"):
        pass
