"""The table says what the numbers say: values, intervals, stars, bins, in three formats."""

import csv
import io
import math
from xml.etree import ElementTree

import numpy as np
import pytest

from engine.experiments import figures, plot, report
from engine.experiments.measuring import Numbers
from engine.experiments.plan import Part, Plan

SETTING = dict.fromkeys(("size", "lpips", "features", "reference"), "so")
PAIRS = 30


def plan(**changes: object) -> Plan:
    names = ("ours", "theirs_2")
    methods = {name: Part(recipe="pix2pix") for name in names}
    return Plan(name="p", methods=methods, reference="ours", bins=3, metrics=("ssim", "l1", "kid"), **changes)


def numbers(better: float, seed: int = 0, **whole: float) -> Numbers:
    drawn = np.random.default_rng(seed)
    values = {"ssim": list(drawn.normal(0.8 + better, 0.01, PAIRS)), "misalignment": [n / PAIRS for n in range(PAIRS)]}
    values["l1"] = [math.nan] * PAIRS
    return Numbers([(str(n), str(n)) for n in range(PAIRS)], values, {10: 0.5, 20: 0.6}, whole, 20)


@pytest.fixture
def found() -> report.Found:
    return {"ours": [numbers(0.05, kid=3.0), numbers(0.05, 1, kid=5.0)], "theirs_2": [numbers(0), numbers(0, 1)]}


def test_cells(found: report.Found) -> None:
    cells = {(one.method, one.measure, one.part): one for one in report.table(plan(), found)}
    ours, theirs = cells["ours", "ssim", ""], cells["theirs_2", "ssim", ""]
    assert ours.value == pytest.approx(0.85, abs=0.01)
    assert ours.low < ours.value < ours.high
    assert math.isnan(ours.p)
    assert theirs.p < 0.001
    assert 0 < ours.seeds < 0.01
    assert cells["ours", "kid", ""].value == 4
    assert math.isnan(cells["theirs_2", "kid", ""].value)
    assert cells["ours", "l1", ""].pairs == 0
    parts = list(dict.fromkeys(one.part for one in cells.values() if one.part))
    assert parts == ["0.0 to 30.0 % misaligned", "33.3 to 63.3 % misaligned", "66.7 to 96.7 % misaligned"]
    assert all(cells["ours", "ssim", part].pairs == 10 for part in parts)


def test_pairs_stay_pairs_where_one_number_is_missing(found: report.Found) -> None:
    found["ours"][0].values["ssim"][0] = math.nan
    cells = {(one.method, one.measure, one.part): one for one in report.table(plan(), found)}
    assert cells["ours", "ssim", ""].pairs == PAIRS - 1
    assert cells["theirs_2", "ssim", ""].pairs == PAIRS


def test_formats(found: report.Found) -> None:
    cells = report.table(plan(), found)
    text = report.markdown(plan(), found, cells, SETTING)
    rows = [line for line in text.splitlines() if line.startswith("| theirs_2")]
    assert rows[0].count("*") == 1, "only the tested measure is starred"
    assert "–" in rows[0]
    assert "0.0 to 30.0 % misaligned" in text
    table = list(csv.DictReader(io.StringIO(report.as_csv(cells, SETTING))))
    assert len(table) == len(cells)
    assert {row["value"] for row in table if row["measure"] == "l1"} == {""}
    tex = report.latex(plan(), cells, SETTING)
    assert r"theirs\_2 &" in tex
    assert tex.count(r"\textbf") == 2, "the best of each measure that there is"


def test_plots_are_drawn_of_whatever_there_is(found: report.Found) -> None:
    cells = report.table(plan(), found)
    odd = plot.plot("a < b", "x", "y", {"flat": [(1.0, 2.0)], "none": [], "gone": [(1.0, math.nan)]})
    for svg in (figures.quality(found), figures.misalignment(plan(), found, cells), odd, plot.plot("", "", "", {})):
        ElementTree.fromstring(svg)
    assert figures.quality(found).count("<circle") == 4


def test_numbers_are_read_again(tmp_path, found: report.Found) -> None:
    one = found["ours"][0]
    one.write(tmp_path / "n.json")
    again = Numbers.read(tmp_path / "n.json")
    assert (again.pairs, again.looks, again.values["ssim"]) == (one.pairs, one.looks, one.values["ssim"])
    assert all(map(math.isnan, again.values["l1"]))
