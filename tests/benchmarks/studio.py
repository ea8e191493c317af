"""What a retoucher waits for: a stroke of the brush, the garment pushed about, another pair, a project opened.

In the real window, painted without a screen, on an untrained narrow pack: nothing of it waits for a network. Each time
stands beside what it is meant to stay under. The edits are timed twice: alone, and while a batch is made and a try-on
follows each of them.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.plan import Plan
from tests.benchmarks.window import home_of, probed
from tests.rendered import write_rendered_dataset

TITLE = "Studio: strokes, live preview, rails, projects"
_WIDTH = 4


@dataclass(frozen=True)
class _Goal:
    """So many milliseconds, under which `share` percent of all are to stay."""

    milliseconds: float
    share: int


_GOALS = {
    "stroke": _Goal(16, 99),
    "push": _Goal(50, 50),  # 20 frames a second
    "edge": _Goal(50, 50),
    "frame": _Goal(50, 50),
    "rail": _Goal(300, 99),
    "project": _Goal(1000, 99),
    "stroke beside a batch": _Goal(50, 99),
    "push beside a batch": _Goal(50, 99),
    "frame beside a batch": _Goal(50, 99),
    "event loop beside a batch": _Goal(50, 99),
}


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row for each that is waited for."""
    height, width = plan.tryon_size
    with tempfile.TemporaryDirectory() as folder:
        photos = write_rendered_dataset(Path(folder) / "photos", 2, plan.tryon_size) / "train"
        files = [photos / "image" / "00000_00.jpg", *sorted((photos / "cloth").iterdir())]
        home = home_of(Path(folder), _WIDTH, plan.tryon_size)
        found = probed("studio_probe", home, *files, plan.results, Path(folder) / "results.tryon")
    for name, taken in found.items():
        goal = _GOALS[name]
        clock, cores = (_shares([1000 * one[place] for one in taken]) for place in (0, 1))
        row = {"case": name, "size": f"{width}x{height}", "count": len(taken), "clock": clock, "cores": cores}
        of_goal = {name: one[str(goal.share)] / goal.milliseconds for name, one in (("clock", clock), ("cores", cores))}
        yield row | {"goal": goal.milliseconds, "share": goal.share, "of_goal": of_goal}


def _shares(milliseconds: list[float]) -> dict[str, float]:
    return {str(share): float(np.percentile(milliseconds, share)) for share in (50, 99, 100)}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print: milliseconds on the clock, which want an idle machine, and of the window's process alone."""
    return [
        {
            "waited for": row["case"],
            "times": str(row["count"]),
            "50 %": f"{row['clock']['50']:.1f} ms",
            "99 %": f"{row['clock']['99']:.1f} ms",
            "worst": f"{row['clock']['100']:.1f} ms",
            "work of the window (50 %, 99 %)": f"{row['cores']['50']:.1f} ms, {row['cores']['99']:.1f} ms",
            "goal": f"{row['share']} % under {row['goal']:.0f} ms",
            "of the goal (clock, work)": f"{row['of_goal']['clock']:.2f}, {row['of_goal']['cores']:.2f}",
        }
        for row in rows
    ]
