"""The loop: stopping, resuming, failing, and what a run leaves behind."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import TryOnError
from engine.training import checkpoint, export, run_folder
from engine.training.events import STATUSES, read_events
from engine.training.recipes.segmentation import SegmentationRecipe
from engine.weights import read_pack
from tests.conftest import ROOT
from tests.engine.training.runs import COMMON, NARROW, after, different, losses, run, state

KIND = "matching"  # the quickest


def everything(out: Path) -> dict[str, Any]:
    found = state(out)
    return {key: found[key] for key in ("step", "networks", "average", "optimisers", "random", "feed", "numbers")}


@pytest.mark.parametrize("kind", ["segmentation", "matching"])
def test_resumed_run_has_the_same_bits_as_an_unbroken_one(kind: str, root: Path, tmp_path: Path) -> None:
    extra = {"dropout": 0.5} if kind == "segmentation" else {}
    run(kind, root, tmp_path / "whole", **extra)
    run(kind, root, tmp_path / "broken", abort_fn=after(3, "pause"), **extra)
    assert state(tmp_path / "broken")["step"] == 3
    torch.manual_seed(99)  # whatever happened in between
    run(kind, root, tmp_path / "broken", resume=True, **extra)
    assert different(everything(tmp_path / "whole"), everything(tmp_path / "broken")) == []
    assert losses(tmp_path / "whole") == losses(tmp_path / "broken")


@pytest.mark.slow
def test_resumed_alias_run_has_the_same_bits(root: Path, tmp_path: Path) -> None:
    run("alias", root, tmp_path / "whole", steps=4)
    run("alias", root, tmp_path / "broken", steps=4, abort_fn=after(1, "pause"))
    run("alias", root, tmp_path / "broken", steps=4, resume=True)
    assert different(everything(tmp_path / "whole"), everything(tmp_path / "broken")) == []


def test_batches_made_ahead_change_nothing(rendered_root: Path, tmp_path: Path) -> None:
    run(KIND, rendered_root, tmp_path / "plain")
    run(KIND, rendered_root, tmp_path / "ahead", workers=2, abort_fn=after(3, "pause"))
    run(KIND, rendered_root, tmp_path / "ahead", workers=1, resume=True)
    assert different(everything(tmp_path / "plain"), everything(tmp_path / "ahead")) == []


def test_validation_and_samples_leave_no_trace_in_the_training(rendered_root: Path, tmp_path: Path) -> None:
    run("segmentation", rendered_root, tmp_path / "quiet", steps=4)
    run("segmentation", rendered_root, tmp_path / "busy", steps=4, validate_every=1, sample_every=2)
    assert different(state(tmp_path / "quiet")["networks"], state(tmp_path / "busy")["networks"]) == []


def test_accumulated_parts_make_the_step_of_a_whole_batch(rendered_root: Path, tmp_path: Path) -> None:
    extra = {"steps": 1, "batch": 4, "freeze_norm": True}
    run(KIND, rendered_root, tmp_path / "whole", **extra)
    run(KIND, rendered_root, tmp_path / "parts", accumulate=2, **extra)
    whole, parts = losses(tmp_path / "whole")[1], losses(tmp_path / "parts")[1]
    assert whole == pytest.approx(parts, rel=1e-5)


def test_mixed_precision_keeps_weights_and_average_single(rendered_root: Path, tmp_path: Path) -> None:
    outcome = run(KIND, rendered_root, tmp_path / "run", steps=2, precision="bf16-mixed", clip=0.5, validate_every=1)
    kept = state(tmp_path / "run")
    tensors = [*kept["networks"][KIND].values(), *kept["average"].values()]
    assert {tensor.dtype for tensor in tensors if tensor.is_floating_point()} == {torch.float32}
    assert outcome.status == "finished"


def test_clipping_limits_the_step(rendered_root: Path, tmp_path: Path) -> None:
    run(KIND, rendered_root, tmp_path / "free", steps=2)
    run(KIND, rendered_root, tmp_path / "clipped", steps=2, clip=1e-9)
    free, clipped = (state(tmp_path / name)["optimisers"][KIND]["state"][0]["exp_avg"] for name in ("free", "clipped"))
    assert clipped.abs().max() < 1e-8 < free.abs().max()


def test_stopping_after_the_loss_exploded_keeps_the_good_checkpoint(
    rendered_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def second_order(points: torch.Tensor) -> torch.Tensor:
        nonlocal calls
        calls += 1
        return points.square().mean() * (float("nan") if calls >= 3 else 1)

    monkeypatch.setattr("engine.training.recipes.matching.second_order", second_order)
    with pytest.raises(TryOnError, match="second_order loss became nan"):
        run(KIND, rendered_root, tmp_path / "run", log_every=100, abort_fn=after(3, "stop"))
    assert state(tmp_path / "run")["step"] == 2


def test_stop_keeps_the_weights_as_a_pack(root: Path, tmp_path: Path) -> None:
    outcome = run(KIND, root, tmp_path / "run", abort_fn=after(2, "stop"))
    assert (outcome.status, outcome.step) == ("stopped", 2)
    pack = read_pack(tmp_path / "run" / "pack")
    pack.verify()
    average = state(tmp_path / "run")["average"]
    assert all(
        torch.allclose(value, average[name], atol=1e-3, rtol=1e-2)
        for name, value in pack.load(KIND).state_dict().items()
        if value.is_floating_point()
    )
    assert pack.provenance[KIND]["steps"] == 2  # type: ignore[index]


def test_a_stopped_run_can_go_on(rendered_root: Path, tmp_path: Path) -> None:
    run(KIND, rendered_root, tmp_path / "run", abort_fn=after(2, "stop"))
    outcome = run(KIND, rendered_root, tmp_path / "run", resume=True)
    assert (outcome.status, outcome.step) == ("finished", COMMON["steps"])
    assert read_pack(tmp_path / "run" / "pack").provenance[KIND]["steps"] == COMMON["steps"]  # type: ignore[index]


def test_a_run_that_was_killed_while_writing_goes_on_and_tidies_up(rendered_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(KIND, rendered_root, out, abort_fn=after(2, "pause"))
    half = out / "checkpoints" / ".last-0123456789abcdef.pt"
    half.write_bytes(b"PK")
    with (out / "events.jsonl").open("a") as file:
        file.write('{"event": "progr')
    assert run(KIND, rendered_root, out, resume=True).status == "finished"
    assert not half.exists()
    assert "resumed" in [event.get("status") for event in read_events(out)]


def test_cancel_leaves_no_file_of_the_run_and_every_other(root: Path, tmp_path: Path) -> None:
    run(KIND, root, tmp_path / "gone", abort_fn=after(3, "cancel"))
    assert not (tmp_path / "gone").exists()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "notes.txt").write_text("mine")
    run(KIND, root, tmp_path / "kept", abort_fn=after(3, "cancel"))
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["notes.txt"]


def test_a_folder_with_a_run_is_not_overwritten(rendered_root: Path, tmp_path: Path) -> None:
    run(KIND, rendered_root, tmp_path / "run", steps=1)
    before = (tmp_path / "run" / "events.jsonl").read_bytes()
    with pytest.raises(TryOnError, match="already holds a training run"):
        run(KIND, rendered_root, tmp_path / "run", steps=1)
    assert (tmp_path / "run" / "events.jsonl").read_bytes() == before


def test_resume_without_a_run_says_so(rendered_root: Path, tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="no checkpoint"):
        run(KIND, rendered_root, tmp_path / "nothing", resume=True)


def test_resume_with_another_width_says_so(rendered_root: Path, tmp_path: Path) -> None:
    run(KIND, rendered_root, tmp_path / "run", abort_fn=after(2, "pause"))
    with pytest.raises(TryOnError, match="does not fit"):
        run(KIND, rendered_root, tmp_path / "run", resume=True, width=8)


def test_resume_with_other_data_says_so(rendered_root: Path, tmp_path: Path) -> None:
    run(KIND, rendered_root, tmp_path / "run", abort_fn=after(2, "pause"))
    with pytest.raises(TryOnError, match="number of samples"):
        run(KIND, rendered_root, tmp_path / "run", resume=True, pairs=20)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 1e9])
def test_exploding_loss_ends_the_run_with_a_good_checkpoint(
    bad: float, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def second_order(points: torch.Tensor) -> torch.Tensor:
        nonlocal calls
        calls += 1
        return points.square().mean() * (bad if calls == 4 else 1)

    monkeypatch.setattr("engine.training.recipes.matching.second_order", second_order)
    with pytest.raises(TryOnError, match="step 4 because its second_order loss"):
        run(KIND, root, tmp_path / "run", second_order=1.0, validate_every=3)
    kept = state(tmp_path / "run")
    assert kept["step"] == 2
    assert all(tensor.isfinite().all() for tensor in kept["networks"]["matching"].values())
    last = read_events(tmp_path / "run")[-1]
    assert last["status"] == "failed"
    assert "resume" in last["message"]
    assert (last["code"], last["values"]["step"]) == ("run.exploded", 4)
    monkeypatch.undo()
    assert run(KIND, root, tmp_path / "run", resume=True, second_order=1.0).status == "finished"


@pytest.mark.parametrize("where", ["checkpoint", "events"])
def test_full_disk_ends_the_run_and_leaves_the_last_checkpoint_whole(
    where: str, rendered_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if where == "checkpoint":
        real, saved = torch.save, []

        def save(value: object, path: Path) -> None:
            saved.append(path)
            if len(saved) == 3:
                path.write_bytes(b"half of it")
                raise full
            real(value, path)

        monkeypatch.setattr(torch, "save", save)
    else:
        opened = Path.open

        def limited(self: Path, *arguments: Any, **values: Any) -> Any:
            if self.name == "events.jsonl" and self.exists() and self.stat().st_size > 1500:
                raise full
            return opened(self, *arguments, **values)

        monkeypatch.setattr(Path, "open", limited)
    with pytest.raises(TryOnError, match="disk is full"):
        run(KIND, rendered_root, tmp_path / "run")
    monkeypatch.undo()
    assert state(tmp_path / "run")["step"] >= 2
    assert [path.name for path in (tmp_path / "run" / "checkpoints").iterdir()] == ["last.pt"]
    assert run(KIND, rendered_root, tmp_path / "run", resume=True).status == "finished"


def test_events_follow_the_schema(root: Path, tmp_path: Path) -> None:
    run(KIND, root, tmp_path / "run", validate_every=3, sample_every=4)
    told = [json.loads(line) for line in (tmp_path / "run" / "events.jsonl").read_text().splitlines()]
    wanted = {
        "status": {"status"},
        "progress": {"losses", "rate", "images_per_second", "seconds_left", "memory_mb"},
        "validation": {"numbers", "score", "best"},
        "sample": {"path"},
        "checkpoint": {"path"},
        "export": {"path"},
    }
    assert {event["event"] for event in told} == set(wanted)
    for event in told:
        assert {"event", "time", "step"} | wanted[event["event"]] <= event.keys()
        if "path" in event:
            assert (tmp_path / "run" / event["path"]).exists()
    assert [event["status"] for event in told if "status" in event] == ["started", "finished"]
    assert told[0]["steps"] == COMMON["steps"]
    assert told[0]["kind"] == KIND
    assert set(STATUSES) >= {event["status"] for event in told if "status" in event}
    progress = [event for event in told if event["event"] == "progress"]
    assert [event["step"] for event in progress] == [1, 2, 3, 4, 5, 6]
    assert all(event["images_per_second"] > 0 and event["memory_mb"] > 0 for event in progress)
    assert progress[-1]["seconds_left"] == 0
    assert [event["numbers"]["mask_iou"] >= 0 for event in told if event["event"] == "validation"] == [True, True]


def test_best_checkpoint_is_the_one_with_the_best_score(
    rendered_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.2, 0.5, 0.4, 0.1])
    monkeypatch.setattr(SegmentationRecipe, "validate", lambda *_: {"mean_iou": next(scores)})
    run("segmentation", rendered_root, tmp_path / "run", steps=4, validate_every=1, half_size=1.0)
    assert state(tmp_path / "run", checkpoint.BEST)["step"] == 2
    assert state(tmp_path / "run")["step"] == 4
    path = export.export_run(tmp_path / "run", best=True, target=tmp_path / "best")
    assert read_pack(path).provenance["segmentation"]["validation"] == {"mean_iou": 0.5}  # type: ignore[index]


def test_best_is_forgotten_when_the_pictures_grow(
    rendered_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.9, 0.3, 0.2])
    monkeypatch.setattr(SegmentationRecipe, "validate", lambda *_: {"mean_iou": next(scores)})
    run("segmentation", rendered_root, tmp_path / "run", steps=3, validate_every=1, half_size=0.34)
    assert state(tmp_path / "run", checkpoint.BEST)["step"] == 3


def command(root: Path, out: Path, *more: str) -> list[str]:
    settings = COMMON | NARROW[KIND] | {"steps": 500}
    values = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
    base = [sys.executable, "-m", "engine.cli", "train", "--out", str(out), "--device", "cpu", "--threads", "1"]
    return (
        [*base, *more]
        if "--resume" in more
        else [*base, KIND, "--data", str(root), "--preset", "smoke", *values, *more]
    )


def wait_for_step(process: subprocess.Popen[bytes], out: Path, step: int) -> None:
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline and process.poll() is None:
        if any(event["event"] == "checkpoint" and event["step"] >= step for event in read_events(out)):
            return
        time.sleep(0.05)
    raise AssertionError(f"the run did not get to step {step}")


@pytest.mark.slow
def test_killed_process_loses_only_the_steps_since_its_checkpoint(rendered_root: Path, tmp_path: Path) -> None:
    with subprocess.Popen(command(rendered_root, tmp_path / "run"), cwd=ROOT) as process:
        wait_for_step(process, tmp_path / "run", 4)
        process.kill()
    reached = max(event["step"] for event in read_events(tmp_path / "run"))
    at = state(tmp_path / "run")["step"]
    assert at >= 4
    assert reached - at <= COMMON["checkpoint_every"]
    steps = at + 3
    run(KIND, rendered_root, tmp_path / "run", resume=True, steps=steps, decay_from=1.0)
    run(KIND, rendered_root, tmp_path / "whole", steps=steps, decay_from=1.0)
    assert different(state(tmp_path / "whole")["networks"], state(tmp_path / "run")["networks"]) == []


@pytest.mark.slow
def test_signal_and_control_file_steer_a_running_process(rendered_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    with subprocess.Popen(command(rendered_root, out), cwd=ROOT) as process:
        wait_for_step(process, out, 2)
        (out / run_folder.CONTROL).write_text("pause")
        assert process.wait(240) == 0
    assert read_events(out)[-1]["status"] == "paused"
    assert not (out / "pack").exists()
    paused = state(out)["step"]
    with subprocess.Popen(command(rendered_root, out, "--resume"), cwd=ROOT) as process:
        wait_for_step(process, out, paused + 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(240) == 0
    assert read_events(out)[-1]["status"] == "stopped"
    assert read_pack(out / "pack").provenance[KIND]["steps"] == state(out)["step"]  # type: ignore[index]
