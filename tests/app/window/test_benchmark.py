"""The benchmarks of the window measure a real start and real work; their numbers are not checked here."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.plan import QUICK


@pytest.mark.slow
def test_the_window_is_measured(tmp_path: Path) -> None:
    shipped, row = bench.measure("window", replace(QUICK, widths=(4,), runs=1, folder=tmp_path))
    assert 0 < shipped["shown"] < shipped["torch"] < shipped["result"]
    assert 0 < row["shown"] < row["torch"] < row["result"]
    assert row["late"]["torch"].keys() == {"50", "99", "100"}
    assert row["window_memory"] > 0
    first, line = bench.SECTIONS["window"].table([shipped, row])
    assert [name for name, value in line.items() if not value] == ["draft"], "a composer's picture is there as soon"
    assert first["slowest cancel"] == ""


@pytest.mark.slow
def test_the_work_of_a_retoucher_is_measured(tmp_path: Path) -> None:
    rows = bench.measure("studio", replace(QUICK, results=5, tryon_size=(512, 384), folder=tmp_path))
    beside = [f"{name} beside a batch" for name in ("stroke", "push", "frame", "event loop")]
    assert [row["case"] for row in rows] == ["rail", "push", "edge", "frame", "stroke", *beside, "project"]
    assert all(0 < row["clock"]["50"] <= row["clock"]["99"] <= row["clock"]["100"] for row in rows)
    assert all(all(line.values()) for line in bench.SECTIONS["studio"].table(rows))
