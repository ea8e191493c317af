"""`make bench`: time, work and memory on this machine; tables on the screen, numbers in out/bench/*.json.

Run it on an idle machine. Weights are untrained: neither time nor memory depends on their values.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from tests.benchmarks import (
    alias,
    analysis,
    contention,
    cuda,
    growth,
    machine,
    memory,
    pipeline,
    profile,
    raw,
    recipes,
    report,
    stages,
    studio,
    training,
    window,
)
from tests.benchmarks.plan import QUICK, Plan, Size

SECTIONS: dict[str, Any] = {
    "machine": machine,
    "alias": alias,
    "memory": memory,
    "training": training,
    "recipes": recipes,
    "stages": stages,
    "pipeline": pipeline,
    "analysis": analysis,
    "raw": raw,
    "contention": contention,
    "window": window,
    "studio": studio,
    "growth": growth,
    "profile": profile,
    "cuda": cuda,
}


def measure(name: str, plan: Plan) -> report.Rows:
    """Measure a section; its file is written after each row, so that a run can be stopped."""
    section, rows = SECTIONS[name], []
    for row in section.measure(plan):
        rows.append(row)
        report.save(plan.folder, name, rows)
        print(f"{name}: {row['case']}", flush=True)
    return rows


def read_arguments(words: list[str] | None = None) -> tuple[list[str], Plan]:
    """Section names and the plan that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all without")
    parser.add_argument("--quick", action="store_true", help="minutes instead of an hour: fewer sizes and dense runs")
    parser.add_argument("--widths", type=int, nargs="+", help="widths of the networks; 64 is the published one")
    parser.add_argument(
        "--sizes", type=_size, nargs="+", help="sizes of the pictures, such as 768x1024 (then all with noise)"
    )
    parser.add_argument("--runs", type=int, help="runs of which the median is taken")
    parser.add_argument("--dense-runs", type=int, help="the same for the dense form")
    parser.add_argument("--folder", type=Path, help="where the JSON files go; out/bench without")
    asked = parser.parse_args(words)
    unknown = [name for name in asked.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"there is no section {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    names = ("widths", "sizes", "runs", "dense_runs", "folder")
    values = {name: getattr(asked, name) for name in names}
    given = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items() if one is not None}
    if "sizes" in given:
        given["quiet_sizes"] = ()
    plan = replace(QUICK if asked.quick else Plan(), **given)
    return asked.sections or list(SECTIONS), plan


def _size(text: str) -> Size:
    width, _, height = text.partition("x")
    return int(height), int(width)


def main(words: list[str] | None = None) -> None:
    """Measure the sections asked for and print their tables."""
    sections, plan = read_arguments(words)
    torch.manual_seed(0)
    for name in sections:
        rows = measure(name, plan)
        if rows:
            report.show(SECTIONS[name].TITLE, SECTIONS[name].table(rows))
    print(f"{plan.folder}/*.json; python -m tests.benchmarks.readme makes the README's tables of them")


if __name__ == "__main__":
    main()
