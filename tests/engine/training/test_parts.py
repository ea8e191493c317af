"""Small parts of the loop: options, schedule, running average, events, checkpoints, sample grid."""

import json
import pickle
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from engine.errors import TryOnError
from engine.training import checkpoint, sample_grid
from engine.training.ema import RunningAverage
from engine.training.events import Event, EventWriter, read_events
from engine.training.options import LoopOptions, Machine, changed, check
from engine.training.recipes.segmentation import SegmentationOptions
from engine.training.schedule import factor, set_rates


def test_options_are_read_from_text_as_the_type_they_replace() -> None:
    options = changed(SegmentationOptions(), {"steps": "12", "rate": "1e-3", "average": 0.5})
    assert (options.steps, options.rate, options.average) == (12, 1e-3, 0.5)
    assert isinstance(options, SegmentationOptions)


@pytest.mark.parametrize(
    ("values", "message"),
    [({"stepz": "1"}, "no training option 'stepz'"), ({"steps": "many"}, "steps is a number"), ({"rate": "x"}, "rate")],
)
def test_wrong_options_are_named(values: dict[str, object], message: str) -> None:
    with pytest.raises(TryOnError, match=message):
        changed(SegmentationOptions(), values)


def test_batch_has_to_divide() -> None:
    assert check(LoopOptions(batch=8, accumulate=2), processes=2) == 2
    with pytest.raises(TryOnError, match="multiple of 3"):
        check(LoopOptions(batch=8), processes=3)
    with pytest.raises(TryOnError, match="steps is 0"):
        check(LoopOptions(steps=0), processes=1)


def test_torchrun_sets_devices_and_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TORCHELASTIC_RUN_ID": "x", "LOCAL_WORLD_SIZE": "2", "WORLD_SIZE": "6"}.items():
        monkeypatch.setenv(name, value)
    machine = Machine.of_environment(accelerator="cpu", devices=1)
    assert (machine.devices, machine.nodes) == (2, 3)


def test_schedule_rises_stays_and_falls_to_zero() -> None:
    options = LoopOptions(steps=100, warm_up=4, decay_from=0.5)
    assert [round(factor(step, options), 3) for step in (0, 3, 4, 50, 75, 99)] == [0.2, 0.8, 1, 1, 0.5, 0.02]
    assert factor(99, LoopOptions(steps=100)) == 1


def test_rates_survive_a_reloaded_optimiser() -> None:
    adam = torch.optim.Adam([nn.Parameter(torch.zeros(1))], lr=0.1)
    options = LoopOptions(steps=10, decay_from=0.0)
    set_rates([adam], 5, options)
    other = torch.optim.Adam([nn.Parameter(torch.zeros(1))], lr=0.1)
    other.load_state_dict(adam.state_dict())
    set_rates([other], 8, options)
    assert other.param_groups[0]["lr"] == pytest.approx(0.02)


class Tiny(nn.Module):
    other: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.norm = nn.BatchNorm1d(2)
        self.register_buffer("other", torch.zeros(3))


def test_running_average_follows_weights_and_statistics() -> None:
    network, shadow = Tiny(), Tiny()
    average = RunningAverage(network, shadow, decay=0.9)
    start = network.linear.weight.detach().clone()
    with torch.no_grad():
        network.linear.weight += 1
        mean, count = network.norm.running_mean, network.norm.num_batches_tracked
        assert mean is not None
        assert count is not None
        mean.add_(2)
        count.add_(7)
        network.other.add_(5)
    average.update(network, step=1)  # the decay of the first step is 2 / 11
    assert torch.allclose(shadow.linear.weight, start + 9 / 11)
    assert shadow.norm.running_mean is not None
    assert torch.allclose(shadow.norm.running_mean, torch.full((2,), 2 * 9 / 11))
    assert torch.equal(shadow.other, network.other)
    assert shadow.norm.num_batches_tracked == 7
    before = shadow.linear.weight.clone()
    average.update(network, step=1_000_000)
    assert torch.allclose(shadow.linear.weight, before + 0.1 * (network.linear.weight - before))
    assert not shadow.training


def test_events_leave_out_what_was_done_again_and_half_a_line(tmp_path: Path) -> None:
    writer = EventWriter(tmp_path)
    writer.write("status", 0, status="started")
    for step in (1, 2, 3):
        writer.write("progress", step, losses={"x": float("nan")})
    writer.write("error", 3, message="killed")
    writer.write("status", 2, status="resumed")
    writer.write("progress", 3, losses={"x": 1.0})
    with writer.path.open("a") as file:
        file.write('{"event": "progress", "ti')
    found = read_events(tmp_path)
    assert [(event["event"], event["step"]) for event in found] == [
        ("status", 0), ("progress", 1), ("progress", 2), ("status", 2), ("progress", 3),
    ]  # fmt: skip
    assert found[1]["losses"] == {"x": None}
    assert all("NaN" not in line for line in writer.path.read_text().splitlines())
    assert read_events(tmp_path / "nowhere") == []


def test_random_state_comes_back_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "state.pt"
    checkpoint.save(path, checkpoint.random_state())

    def draw() -> tuple[float, float, float]:
        return random.random(), float(np.random.normal()), float(torch.rand(1))  # noqa: NPY002

    first = draw()
    draw()
    checkpoint.set_random_state(checkpoint.load(path))
    assert draw() == first


def test_a_recipe_may_have_another_name_than_its_network() -> None:
    assert checkpoint.network_kind({"kind": "polish", "network": "alias"}) == "alias"
    assert checkpoint.network_kind({"kind": "alias"}) == "alias"


def test_checkpoints_from_strangers_run_nothing(tmp_path: Path) -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return (Path.write_text, (tmp_path / "ran", "x"))

    torch.save({"format": 1, "x": Hostile()}, tmp_path / "a.pt")
    (tmp_path / "b.pt").write_bytes(pickle.dumps(Hostile()))
    (tmp_path / "c.pt").write_bytes(b"PK half a file")
    for name in ("a.pt", "b.pt", "c.pt"):
        with pytest.raises(TryOnError, match=f"{name} is damaged"):
            checkpoint.load(tmp_path / name)
    assert not (tmp_path / "ran").exists()


def test_checkpoint_of_another_version_says_so(tmp_path: Path) -> None:
    torch.save({"format": 99}, tmp_path / "x.pt")
    with pytest.raises(TryOnError, match="format 99"):
        checkpoint.load(tmp_path / "x.pt")


def test_sample_grid_has_a_row_a_pair(tmp_path: Path) -> None:
    red = torch.tensor([1.0, -1, -1]).reshape(1, 3, 1, 1).expand(2, 3, 8, 6)
    mask = torch.zeros(2, 1, 8, 6)
    picture = sample_grid.grid([sample_grid.pictures(red), sample_grid.pictures(mask)])
    assert picture.shape == (16, 12, 3)
    assert picture[0, 0].tolist() == [255, 0, 0]
    assert picture[15, 11].tolist() == [0, 0, 0]
    assert sample_grid.save_grid(tmp_path, 5, picture) == "samples/00000005.png"
    assert (tmp_path / "samples" / "00000005.png").stat().st_size > 0


def test_events_are_one_object_a_line(tmp_path: Path) -> None:
    told: list[Event] = []
    EventWriter(tmp_path, told.append).write("sample", 4, path="samples/x.png")
    (line,) = (tmp_path / "events.jsonl").read_text().splitlines()
    assert json.loads(line) == told[0]
    assert told[0]["time"] > 1e9
