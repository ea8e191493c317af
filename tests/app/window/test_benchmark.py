"""The benchmark of the window measures a real start; its numbers are not checked here."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.plan import QUICK


@pytest.mark.slow
def test_the_window_is_measured(tmp_path: Path) -> None:
    (row,) = bench.measure("window", replace(QUICK, widths=(4,), folder=tmp_path))
    assert 0 < row["shown"] < row["torch"] < row["draft"] < row["result"]
    assert row["late"]["torch"].keys() == {"50", "99", "100"}
    assert row["window_memory"] > 0
    (line,) = bench.SECTIONS["window"].table([row])
    assert all(line.values())
