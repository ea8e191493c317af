"""The benchmarks measure what they say; their numbers are another matter and are not checked here."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.weights.strict import unfilled
from tests.benchmarks import __main__ as bench
from tests.benchmarks import (
    alias,
    cases,
    child,
    contention,
    cuda,
    growth,
    machine,
    memory,
    pipeline,
    readme,
    recipes,
    report,
    studio,
    training,
    work,
)
from tests.benchmarks.plan import Plan
from tests.benchmarks.timing import Times, interleaved

SIZE = (256, 128)
TINY = Plan(
    widths=(4,),
    sizes=(SIZE,),
    quiet_sizes=(),
    runs=1,
    dense_runs=1,
    growing=(SIZE,),
    growing_tryon=((512, 384),),
    batches=(2,),
    blobs=(0, 3),
    one_size=SIZE,
    training_size=SIZE,
    recipes=(("matching", "smoke"),),
    training_precisions=("32-true",),
    tryon_size=(512, 384),
    cuda_runs=1,
)
KEYS = {
    "machine": {"gflops"},
    "alias": {"dense", "table", "times_faster", "difference", "multiply_adds", "gflops", "matmul_gflops"},
    "memory": {"dense_bytes", "table_bytes", "share"},
    "training": {"dense", "table", "dense_bytes", "table_bytes", "gradient_difference"},
    "recipes": {"images_per_second", "memory_mb", "stages", "width", "precision"},
    "stages": {"stages", "total"},
    "pipeline": {"first", "warm", "another_garment", "bytes"},
    "raw": {"cold", "seconds", "first", "best", "runs"},
    "contention": {"seconds", "of_fair_share", "cores"},
    "growth": {"against", "megapixels", "table"},
    "profile": {"part", "calls", "seconds", "share"},
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One thread; no process is started, but the same work is done in this one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    monkeypatch.setattr(machine, "_SIDE", 64)
    monkeypatch.setattr(machine, "_BAND", (4, 4))

    def in_this_process(work: str, runs: int = 0, **arguments: Any) -> dict[str, float]:
        found = child.main(work, json.loads(json.dumps(arguments)), min(runs, 1))
        return {name: place * child.GIB for place, name in enumerate(found, 1)}  # a used process shows no growth

    for section in (memory, training, pipeline, growth):
        monkeypatch.setattr(section, "in_child", in_this_process)
    monkeypatch.setattr(recipes, "in_child", recipes.cost)
    answers = "import sys\nfor _ in sys.stdin: print(0.1, flush=True)"
    monkeypatch.setattr(contention, "_COMMAND", (sys.executable, "-c", answers))
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("section", KEYS)
def test_a_section_writes_its_numbers_and_has_a_table(section: str, tmp_path: Path) -> None:
    plan = replace(TINY, folder=tmp_path)
    rows = bench.measure(section, plan)
    written = json.loads((tmp_path / f"{section}.json").read_text(encoding="utf-8"))
    assert written["machine"]["threads"] == 1
    assert written["rows"] == json.loads(json.dumps(rows))
    for row in written["rows"]:
        unasked = {"bytes"} if row["case"].startswith("default pack") else set()
        assert {"case"} | KEYS[section] - unasked <= row.keys()
    lines = bench.SECTIONS[section].table(written["rows"])
    assert len(lines) == len(rows) > 0
    assert all(all(isinstance(cell, str) for cell in line.values()) for line in lines)


def test_every_section_is_covered() -> None:
    # window and studio in tests/app/window/test_benchmark.py; the analysis takes photos of 12 megapixels
    assert bench.SECTIONS.keys() - KEYS.keys() == {"cuda", "window", "studio", "analysis"}


def test_the_gpu_section_compares_with_dense_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuda, "_WARM_UP", 0)  # for times alone
    rows = list(cuda.measure_on(torch.device("cpu"), TINY))
    found = {(row["form"], row["arithmetic"]): row["psnr"] for row in rows}
    assert found.keys() == {(form, one) for form in cases.FORMS for one in cuda.ARITHMETICS}
    assert found["dense", "fp32"] is None
    assert found["table", "fp32"] > 90 > found["table", "bf16"] > 20
    assert len(cuda.table(rows)) == len(rows)


def test_what_a_retoucher_waits_for_stands_beside_its_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    stroke = [[0.001 * one, 0.0005 * one] for one in range(101)]
    monkeypatch.setattr(studio, "probed", lambda *_: {"stroke": stroke, "project": [[0.5, 0.25]]})
    monkeypatch.setattr(studio, "home_of", lambda *_: Path("none"))
    rows = list(studio.measure(TINY))
    assert [row["case"] for row in rows] == ["stroke", "project"]
    assert rows[0]["clock"] == pytest.approx({"50": 50, "99": 99, "100": 100})
    assert rows[0]["of_goal"] == pytest.approx({"clock": 99 / 16, "cores": 99 / 32})
    assert rows[1]["of_goal"] == pytest.approx({"clock": 0.5, "cores": 0.25})
    assert studio.table(rows)[0]["goal"] == "99 % under 16 ms"


def test_cores_that_there_are_not_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: object, threads: int, **__: object) -> dict[str, float]:
        return {"seconds": 1 + 1 / (threads or 2), "core_seconds": 2, "peak": 3 * child.GIB, "imported": child.GIB}

    monkeypatch.setattr(growth, "in_child", found)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    rows = list(growth.measure(replace(TINY, widths=())))
    cores = {row["threads"]: row["table"]["seconds"] for row in rows if row["against"] == "cores"}
    assert cores == pytest.approx({1: 2, 2: 1.5, 4: 1.25, 8: 1.125})
    lines = growth.table(rows)
    assert [line["threads"] for line in lines] == ["all", "all", "1", "2", "4, on paper", "8, on paper"]
    assert [line["at once"] for line in lines] == ["1", "2", "1", "1", "1", "1"]
    assert {line["memory"] for line in lines} == {"2.00 GiB"}


def test_both_forms_make_the_same_picture() -> None:
    (row,) = alias.measure(replace(TINY))
    assert 0 < row["difference"] < 1e-4


def test_the_dense_form_is_left_as_published() -> None:
    dense, table = (cases.generator(form, 4, noise=True) for form in cases.FORMS)
    weights = [(a.head_0.conv_0.weight_orig, a.workspace) for a in (dense, table)]
    assert weights[0][0].is_contiguous()
    assert weights[0][1] is None
    assert weights[1][0].is_contiguous(memory_format=torch.channels_last)
    assert weights[1][1] is not None
    assert torch.equal(weights[0][0], weights[1][0])


def test_multiply_adds_of_the_published_network() -> None:
    network = unfilled("alias", {})
    amount = work.work(network, [0] * 8, torch.empty(1, 9, 1024, 768, device="meta"))
    assert round(amount.modulation / 1e9) == 671
    assert round(amount.proper / 1e9) == 147
    assert amount.dense == amount.modulation + amount.proper
    assert amount.table == amount.proper


def test_neighbourhoods_are_counted() -> None:
    network = unfilled("alias", {"width": 4})
    parse = torch.zeros(1, 7, 128, 128)
    parse[:, 0] = 1
    mask = torch.zeros(1, 1, 128, 128)
    # one label: only the distances to the four edges differ, five positions in each direction
    assert work.distinct_neighbourhoods(network, parse, mask) == [1, 4, 16, *([25] * 5)]
    mask[..., 64:] = 0.5  # an edge across the masked scales
    counted = work.distinct_neighbourhoods(network, parse, mask)
    assert counted[4] == 5 * (2 + 1 + 4 + 1 + 2)  # columns: left edge, plain, about the step, plain, right edge
    assert counted[5:] == [25, 25, 25]


def test_calls_take_turns() -> None:
    order: list[str] = []

    def note(name: str) -> Callable[[], object]:
        return lambda: order.append(name)

    times = interleaved({"a": (note("a"), 3), "b": (note("b"), 1)})
    assert order == ["a", "b", "a", "a"]
    assert len(times["a"].runs) == 3


def test_the_median_is_reported() -> None:
    assert Times((9.0, 1.0, 2.0)).as_row() == {"seconds": 2.0, "first": 9.0, "best": 1.0, "runs": 3}


def test_a_process_of_its_own_reports_its_own_memory() -> None:
    ballast = torch.ones(2**28)  # a GiB here; it must not be counted there
    found = child.in_child("picture", form="table", channels=4, size=SIZE)
    assert 0 < found["imported"] <= found["loaded"] <= found["peak"] < 2**30
    assert child.peak_bytes() > ballast.nbytes


def test_work_that_fails_in_its_process_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"picture.*ended with 1"):
        child.in_child("picture", form="table", channels=3, size=SIZE)


def test_earlier_cases_stay_unless_measured_again(tmp_path: Path) -> None:
    report.save(tmp_path, "alias", [{"case": "a", "n": 1}, {"case": "b", "n": 1}])
    report.save(tmp_path, "alias", [{"case": "b", "n": 2}])
    assert report.load(tmp_path, "alias") == [{"case": "a", "n": 1}, {"case": "b", "n": 2}]


def test_cases_of_another_machine_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report.save(tmp_path, "alias", [{"case": "a"}])
    monkeypatch.setattr(report, "describe", lambda: {"processor": "another"})
    report.save(tmp_path, "alias", [{"case": "b"}])
    assert report.load(tmp_path, "alias") == [{"case": "b"}]


def test_the_readme_gets_time_and_memory_side_by_side(tmp_path: Path) -> None:
    plan = replace(TINY, folder=tmp_path)
    assert readme.readme(tmp_path) == ""
    for section in ("alias", "memory"):
        bench.measure(section, plan)
    text = readme.readme(tmp_path)
    assert "| width | picture | dense | table | faster | memory, dense | memory, table |" in text
    assert text.count("GiB") == 2
    assert "1 threads" in text


def test_the_command_line_narrows_the_plan() -> None:
    sections, plan = bench.read_arguments(["alias", "--quick", "--widths", "4", "--sizes", "768x1024", "--runs", "2"])
    assert sections == ["alias"]
    assert (plan.widths, plan.sizes, plan.runs, plan.dense_runs) == ((4,), ((1024, 768),), 2, 3)
    assert bench.read_arguments([])[0] == list(bench.SECTIONS)


def test_an_unknown_section_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.read_arguments(["speed"])
    assert "no section 'speed'" in capsys.readouterr().err
