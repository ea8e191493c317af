"""`tryon train` and `tryon export` as a user types them."""

import json
from pathlib import Path

import pytest

from engine import cli
from engine.training.events import read_events
from engine.training.run_folder import read_record
from engine.weights import read_pack
from tests.engine.training.runs import COMMON, NARROW

KIND = "matching"


def tryon(*arguments: str | Path) -> int:
    """Exit code of `tryon ARGUMENTS`."""
    try:
        cli.main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def settings(**changes: object) -> list[str]:
    values = COMMON | NARROW[KIND] | changes
    return [part for name, value in values.items() for part in ("--set", f"{name}={value}")]


def start(root: Path, out: Path, *more: str, **changes: object) -> int:
    base = ["train", KIND, "--data", root, "--out", out, "--preset", "smoke", "--device", "cpu", "--threads", "1"]
    return tryon(*base, *settings(**changes), *more)


def test_train_resume_and_export(rendered_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(rendered_root, tmp_path / "run", steps=2) == 0
    assert "finished after 2 steps: mask_iou" in capsys.readouterr().out
    assert (
        tryon("train", "--out", tmp_path / "run", "--resume", "--steps", "4", "--device", "cpu", "--threads", "1") == 0
    )
    assert [event["status"] for event in read_events(tmp_path / "run") if "status" in event][-2:] == [
        "resumed",
        "finished",
    ]
    assert read_record(tmp_path / "run")["options"]["steps"] == 4
    assert tryon("export", tmp_path / "run", "-o", tmp_path / "mine") == 0
    pack = read_pack(tmp_path / "mine")
    pack.verify()
    assert pack.name == "mine"
    assert not isinstance(pack.provenance, str)
    made_by = pack.provenance[KIND]
    assert made_by["steps"] == 4
    assert made_by["command"].startswith(f"tryon train {KIND} --data DATA --out RUN --preset smoke --set steps=2")
    assert made_by["data"] == rendered_root.name
    assert str(tmp_path) not in json.dumps(made_by)
    assert str(rendered_root) not in json.dumps(made_by)


def test_a_composer_that_would_learn_blurred_pictures_is_said_to(
    rendered_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.training.recipes.composer.find_weights", lambda name: None)
    plain = {**COMMON, **NARROW["composer"], "steps": 1, "flow": "default", "adversarial": 0.0}
    for number, (weight, warned) in enumerate(((1, True), (0, False))):
        changes = [f"{name}={value}" for name, value in (plain | {"perceptual": weight, "lpips": weight}).items()]
        sets = [part for one in changes for part in ("--set", one)]
        where = "--data", rendered_root, "--out", tmp_path / str(number), "--preset", "smoke", "--device", "cpu"
        assert tryon("train", "composer", *where, *sets) == 0
        assert ("compares pixels alone" in capsys.readouterr().err) == warned


def test_a_pack_tells_how_its_run_was_continued(rendered_root: Path, tmp_path: Path) -> None:
    """Only what changed something is listed: going on as before makes the weights of an unbroken run."""
    assert start(rendered_root, tmp_path / "run", steps=3) == 0
    machine = ["--device", "cpu", "--threads", "1"]
    resume = ["train", "--out", tmp_path / "run", "--resume", *machine]
    assert tryon(*resume) == 0
    assert "continued" not in read_record(tmp_path / "run")
    assert tryon(*resume, "--steps", "4", "--set", "rate=1e-4", "--precision", "bf16") == 0
    assert tryon(*resume) == 0, "in the precision that it had"
    moved = tmp_path / "moved"
    moved.symlink_to(rendered_root)
    assert tryon(*resume, "--steps", "5", "--data", moved) == 0
    assert tryon("export", tmp_path / "run", "-o", tmp_path / "mine") == 0
    made_by = read_pack(tmp_path / "mine").provenance
    assert not isinstance(made_by, str)
    assert made_by[KIND]["continued"] == [
        "from step 3: tryon train --resume --precision bf16 --set rate=1e-4 --set steps=4",
        "from step 4: tryon train --resume --data moved --set steps=5",
    ]
    assert made_by[KIND]["precision"] == "bf16"
    assert (made_by[KIND]["data"], made_by[KIND]["options"]["rate"]) == ("moved", 1e-4)
    assert str(tmp_path) not in json.dumps(made_by)


def test_events_are_printed_as_lines_of_json(
    rendered_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(rendered_root, tmp_path / "run", "--events", "--tensorboard", steps=1) == 0
    lines = capsys.readouterr().out.splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert events[0]["event"] == "status"
    assert events == [json.loads(line) for line in (tmp_path / "run" / "events.jsonl").read_text().splitlines()]
    assert list((tmp_path / "run" / "tensorboard").iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train", "--out", "{out}"], "say what to train"),
        (["train", "hats", "--data", "{root}", "--out", "{out}"], "no training recipe 'hats'"),
        (["train", KIND, "--data", "{root}", "--out", "{out}", "--preset", "huge"], "no preset 'huge'"),
        (["train", KIND, "--data", "{root}", "--out", "{out}", "--set", "steps"], "NAME=VALUE"),
        (["train", KIND, "--data", "{root}", "--out", "{out}", "--set", "stops=1"], "no training option 'stops'"),
        (["train", KIND, "--data", "{root}", "--out", "{out}", "--precision", "int4"], "precision"),
        (["train", KIND, "--data", "{out}", "--out", "{out}", "--device", "cpu"], "is missing"),
        (["train", "--out", "{out}", "--resume"], "holds no training run"),
        (["train", KIND, "--data", "{root}", "--out", "{out}", "--device", "tpu"], "cannot train on"),
        (["export", "{root}", "-o", "{out}"], "no checkpoint"),
    ],
)
def test_mistakes_get_one_sentence(
    arguments: list[str], message: str, rendered_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [part.format(root=rendered_root, out=tmp_path / "out") for part in arguments]
    assert tryon(*filled) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_record_keeps_the_command(rendered_root: Path, tmp_path: Path) -> None:
    start(rendered_root, tmp_path / "run", steps=1)
    record = read_record(tmp_path / "run")
    assert record["kind"] == KIND
    assert record["options"]["width"] == 4
    assert record["data_folder"] == str(rendered_root)
