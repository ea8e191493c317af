"""`tryon evaluate tryon` on drawn pairs with narrow, untrained networks: files, numbers, events, errors."""

import csv
import json
import math
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import TryOnError
from engine.evaluation.pairs import choose, swapped
from engine.evaluation.run import Plan, evaluate
from engine.metrics.frechet import Pooled, Scripted, distances
from engine.metrics.measured import Key
from tests.packs import narrow_pack
from tests.rendered import rendered_pair, write_rendered_dataset

PAIRS = 10  # two of which are held back


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("data"), PAIRS)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return narrow_pack(tmp_path_factory.mktemp("packs") / "narrow").folder


def test_every_number_comes_with_its_protocol(root: Path, pack: Path, tmp_path: Path) -> None:
    events: list[dict[str, object]] = []
    plan = Plan(data=root, packs=[str(pack)], pairs=2, unpaired=True, device="cpu")
    rows = {row.metric: row for row in evaluate(plan, tmp_path, events.append)}
    expected = {"ssim (pasted)", "ssim (generator alone)", "ssim (baseline: flat colours)", "l1_clothes (pasted)"}
    expected |= {"warp_iou (predicted region)", "warp_iou (true region)", "iou (background)"}
    assert expected <= rows.keys()
    assert all(row.protocol and math.isfinite(row.value) for row in rows.values())
    content = json.loads((tmp_path / "results.json").read_text())
    assert {row["metric"] for row in content["rows"]} == rows.keys()
    assert content["setting"]["pairs"].startswith("2 pairs")
    table = list(csv.reader((tmp_path / "results.csv").open()))
    assert len(table) == 1 + 2 * 2
    assert (tmp_path / "contact.png").stat().st_size > 1000
    assert [event["share"] for event in events] == [0.25, 0.5, 0.75, 1.0]


def test_the_baseline_knows_more_than_an_untrained_network(root: Path, pack: Path, tmp_path: Path) -> None:
    plan = Plan(data=root, packs=[str(pack)], pairs=1, device="cpu")
    rows = {row.metric: row.value for row in evaluate(plan, tmp_path, lambda _: None)}
    assert rows["ssim (baseline: flat colours)"] > rows["ssim (pasted)"]
    assert rows["l1_clothes (baseline: flat colours)"] < rows["l1_clothes (pasted)"]


def test_the_command_reports_events_and_errors_as_lines_of_json(root: Path, pack: Path, tmp_path: Path) -> None:
    arguments = ["evaluate", "tryon", "--data", str(root), "-o", str(tmp_path), "--device", "cpu", "--events"]
    good = CliRunner().invoke(app, [*arguments, "--weights", str(pack), "--limit", "1"])
    assert good.exit_code == 0, good.output
    events = [json.loads(line) for line in good.stdout.splitlines()]
    assert [event["event"] for event in events] == ["progress", "result"]
    assert events[0]["done"] == events[0]["total"] == 1
    assert events[0]["pack"] == "narrow"
    bad = CliRunner().invoke(app, [*arguments, "--weights", str(tmp_path / "none")])
    assert bad.exit_code == 1
    said = json.loads(bad.stdout.splitlines()[-1])
    assert (said["event"], said["code"]) == ("error", "pack.unknown")


def test_wrong_usage_is_told(root: Path, tmp_path: Path) -> None:
    arguments = ["evaluate", "tryon", "--data", str(root), "-o", str(tmp_path)]
    assert CliRunner().invoke(app, [*arguments, "--split", "holiday"]).exit_code == 2
    assert CliRunner().invoke(app, [*arguments, "--inception", "x.pt"]).exit_code == 2


def test_validation_pairs_are_those_that_training_holds_back(root: Path) -> None:
    names = [record.name for record in choose(root, "validation").records]
    assert names == sorted(names)
    assert len(names) == PAIRS // 5
    assert [record.cloth_name for record in swapped(choose(root, "validation").records)] == names[::-1]
    with pytest.raises(TryOnError, match="test"):
        choose(root, "test")


class Toy(torch.nn.Module):
    """Takes the place of the Inception network: the same call, 2048 numbers that depend on the picture."""

    def forward(self, x: torch.Tensor, return_features: bool = False) -> torch.Tensor:
        mean = x.float().mean(dim=(2, 3))
        return torch.cat([mean, x.float().std(dim=(2, 3)), mean.new_zeros(x.shape[0], 2042)], dim=1)


def test_fid_and_kid_use_the_file_the_user_names(tmp_path: Path) -> None:
    path = tmp_path / "inception.pt"
    torch.jit.script(Toy()).save(str(path))  # type: ignore[no-untyped-call]
    pictures = [rendered_pair(seed).image for seed in range(6)]
    same = distances(pictures, pictures, Scripted(path))
    apart = distances(pictures[:3], pictures[3:], Scripted(path))
    assert same.keys() == {Key("frechet", "FID, unpaired"), Key("kid", "unpaired")}
    assert abs(same[Key("frechet", "FID, unpaired")]) < 1e-2 < apart[Key("frechet", "FID, unpaired")]
    (tmp_path / "no.pt").write_bytes(b"no network")
    with pytest.raises(TryOnError, match="TorchScript"):
        Scripted(tmp_path / "no.pt")


def test_without_an_inception_file_the_distance_has_its_own_name() -> None:
    taps = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3, stride=4))
    wrapped = torch.nn.Module()
    wrapped.forward = lambda x: [taps(x)]  # type: ignore[method-assign]
    pictures = [rendered_pair(seed).image for seed in range(4)]
    (key,) = distances(pictures, pictures, Pooled("toy", wrapped, 8))
    assert key == Key("frechet", "features of toy, unpaired")
