"""The README's tables, from what `make bench` has measured: `python -m tests.benchmarks.readme [FOLDER]`."""

import json
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks import alias, cuda, growth, memory, pipeline, raw, recipes, report, training
from tests.benchmarks.plan import Plan

_COLUMNS = ("width", "picture", "dense", "table", "faster", "memory, dense", "memory, table")
_SECTIONS: dict[str, Any] = {
    "pipeline": pipeline,
    "raw": raw,
    "growth": growth,
    "training": training,
    "recipes": recipes,
    "cuda": cuda,
}


def readme(folder: Path) -> str:
    """Markdown: the generator first, then whatever else was measured."""
    parts = [machine(folder), _generator(folder)]
    for name, section in _SECTIONS.items():
        rows = report.load(folder, name)
        parts += [f"{section.TITLE}:", report.markdown(section.table(rows))] if rows else []
    return "\n\n".join(part for part in parts if part)


def machine(folder: Path) -> str:
    """One sentence on where it was measured."""
    path = folder / "alias.json"
    if not path.exists():
        return ""
    found = json.loads(path.read_text(encoding="utf-8"))["machine"]
    return f"Measured on {found['processor']}, {found['threads']} threads, torch {found['torch']}; medians."


def _generator(folder: Path) -> str:
    """Time and memory side by side, the noisy rows only: trained networks have noise."""
    measured = report.load(folder, "memory")
    held = dict(zip((row["case"] for row in measured), memory.table(measured), strict=True))
    noisy = [row for row in report.load(folder, "alias") if row["noise"]]
    rows = sorted(noisy, key=lambda row: (-row["channels"], row["size"]))
    if not rows:
        return ""
    lines = [dict(line) for line in alias.table(rows)]
    for row, line in zip(rows, lines, strict=True):
        found = held.get(row["case"].removesuffix(", noise on"), {})
        line |= {f"memory, {form}": found.get(form, "") for form in ("dense", "table")}
    return f"{alias.TITLE}:\n\n" + report.markdown([{name: line[name] for name in _COLUMNS} for line in lines])


if __name__ == "__main__":
    print(readme(Path(sys.argv[1]) if len(sys.argv) > 1 else Plan.folder))
