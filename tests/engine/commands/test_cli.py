"""`tryon`: exit codes, sentences instead of tracebacks, and the weights commands as a user types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import engine
from engine import cli, networks
from engine.errors import Aborted, TryOnError
from engine.weights import Pack, find_pack, find_packs, store, write_pack
from engine.weights.published import FILE_NAMES
from engine.weights.strict import expected_shapes
from tests.fill import fill_state_dict

WIDTH = 4
SHORT = "tryon: There is not enough memory for this; close other programs or choose a smaller picture size.\n"


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, tryon_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the user's packs nor shipped ones; a terminal wide enough not to break names."""
    monkeypatch.setattr(store, "shipped_folder", lambda: tmp_path / "shipped")
    monkeypatch.setattr("engine.commands.weights._console.width", 300)


@pytest.fixture
def pack(tryon_home: Path) -> Pack:
    network = networks.build("matching", {"width": WIDTH})
    folder = tryon_home / "weights" / "mine"
    return write_pack(folder, "mine", {"matching": network}, "3", "for tests only", [(512, 384)], "a test")


@pytest.fixture
def checkpoints(tmp_path: Path) -> Path:
    """A folder with three narrow checkpoints under their published names."""
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    for kind, name in FILE_NAMES.items():
        torch.save(fill_state_dict(expected_shapes(kind, {"width": WIDTH})), folder / name)
    return folder


def tryon(*arguments: str | Path) -> int:
    """Exit code of `tryon ARGUMENTS`."""
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("--version") == 0
    assert capsys.readouterr().out == f"tryon-atelier {engine.__version__}\n"


def test_help_names_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("--help") == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("weights", "doctor"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["weights", "nonsense"],
        ["weights", "import"],
        ["weights", "import", "--seg", "a.pth"],
        ["weights", "import", "--width", "0"],
        ["weights", "remove"],
        ["weights", "list", "--odd"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    assert tryon(*arguments) == 2


def test_help_is_quick() -> None:
    """Without torch it takes half a second of processor time, on a busy machine too; with torch it takes three."""
    before = os.times()
    subprocess.run([sys.executable, "-m", "engine.cli", "--help"], check=True, capture_output=True)
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 1.5


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (
            TryOnError("text", text="photo.jpg is not a picture; choose another."),
            1,
            "tryon: photo.jpg is not a picture; choose another.\n",
        ),
        (Aborted(), 130, "tryon: stopped\n"),
        (MemoryError(), 1, SHORT),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"), 1, SHORT),
    ],
)
def test_expected_errors_are_one_line(
    raised: Exception, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "app", fail)
    assert tryon("doctor") == code
    assert capsys.readouterr().err == said


def test_a_limit_on_memory_gets_one_sentence(tmp_path: Path) -> None:
    """As after `ulimit -v 600000`, where torch's libraries can no longer be loaded."""
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2); import engine.cli as c; "
    files = f"['run', '--person', '{tmp_path}/a.png', '--garment', '{tmp_path}/b.png', '-o', '{tmp_path}/c.png']"
    done = subprocess.run([sys.executable, "-c", f"{limited}c.main({files})"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, SHORT)


def test_what_is_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("unexpected")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(RuntimeError, match="unexpected"):
        cli.main(["doctor"])


def test_bugs_keep_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["doctor"])


def test_list_without_packs_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("weights", "list") == 0
    assert "tryon weights import" in capsys.readouterr().out


def test_list_shows_licence_and_what_is_broken(pack: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    (pack.folder.parent / "broken").mkdir()
    assert tryon("weights", "list") == 0
    shown = capsys.readouterr()
    row = next(line for line in shown.out.splitlines() if "mine" in line)
    assert all(part in row for part in ("3", "matching", "384x512", "yours"))
    assert "mine: for tests only" in shown.out.splitlines()
    assert "broken is not usable: " in shown.err
    assert "has no pack.json" in shown.err


def test_list_in_a_narrow_terminal_loses_no_name(pack: Pack) -> None:
    environment = os.environ | {"COLUMNS": "60"}
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli", "weights", "list"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert "mine" in done.stdout
    assert "…" not in done.stdout


def test_import_from_a_folder(checkpoints: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("weights", "import", checkpoints, "--width", str(WIDTH)) == 0
    pack = find_pack("viton-hd")
    shown = capsys.readouterr().out
    assert str(pack.folder) in shown
    assert "CC BY-NC 4.0" in shown
    assert tryon("weights", "verify") == 0
    assert "viton-hd: all 3 files are as they should be" in capsys.readouterr().out


def test_import_of_files_named_one_by_one(checkpoints: Path) -> None:
    seg, gmm, alias = (checkpoints / name for name in FILE_NAMES.values())
    other = seg.rename(checkpoints / "mine.pth")
    arguments: list[str | Path] = [
        "--seg",
        other,
        "--gmm",
        gmm,
        "--alias",
        alias,
        "--name",
        "named",
        "--width",
        str(WIDTH),
    ]
    assert tryon("weights", "import", *arguments) == 0
    find_pack("named").verify()


def test_failed_import_is_one_and_one_sentence(checkpoints: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("weights", "import", checkpoints) == 1  # narrow ones are not the published
    said = capsys.readouterr().err.strip()
    assert said.startswith(f"tryon: {checkpoints / 'seg_final.pth'} is not the segmentation checkpoint of VITON-HD")
    assert "\n" not in said
    assert find_packs() == []


def test_verify_reports_damage(pack: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("weights", "verify", "mine") == 0
    path = pack.folder / "matching.safetensors"
    path.write_bytes(path.read_bytes()[:-4] + b"oops")
    assert tryon("weights", "verify", "mine") == 1
    assert "SHA-256 differs" in capsys.readouterr().err
    assert tryon("weights", "verify") == 1


def test_verify_of_all_names_unreadable_packs(pack: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = pack.folder / "pack.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 9}))
    assert tryon("weights", "verify") == 1
    assert "its format is 9" in capsys.readouterr().err


def test_remove_asks_first(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", refuse)
    assert tryon("weights", "remove", "mine") == 1
    assert pack.folder.is_dir()
    assert tryon("weights", "remove", "mine", "--yes") == 0
    assert not pack.folder.exists()


def refuse(text: str, abort: bool) -> None:
    """The user answers no."""
    import typer

    assert "mine" in text
    assert abort
    raise typer.Abort


def test_path(pack: Pack, tryon_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("weights", "path") == 0
    assert capsys.readouterr().out == f"{tryon_home / 'weights'}\n"
    assert tryon("weights", "path", "mine") == 0
    assert capsys.readouterr().out == f"{pack.folder}\n"
    assert tryon("weights", "path", "other") == 1
    assert "installed: mine" in capsys.readouterr().err
