"""Results as JSON files and as tables."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.system.files import atomic_path
from tests.benchmarks.machine import describe

Rows = list[dict[str, Any]]


def save(folder: Path, section: str, rows: Rows) -> Path:
    """Write `section`.json; rows of earlier runs on the same machine stay unless their case was measured again."""
    target = folder / f"{section}.json"
    folder.mkdir(parents=True, exist_ok=True)
    machine = describe()
    kept = {row["case"]: row for row in load(folder, section, machine)} | {row["case"]: row for row in rows}
    with atomic_path(target) as path:
        path.write_text(json.dumps({"machine": machine, "rows": list(kept.values())}, indent=1) + "\n", "utf-8")
    return target


def load(folder: Path, section: str, machine: dict[str, Any] | None = None) -> Rows:
    """The rows of a section; none if it was not measured, or on another machine than `machine`."""
    path = folder / f"{section}.json"
    if not path.exists():
        return []
    found = json.loads(path.read_text(encoding="utf-8"))
    rows: Rows = found["rows"] if machine in (None, found["machine"]) else []
    return rows


def show(title: str, lines: list[dict[str, str]]) -> None:
    """Print a table."""
    columns = headings(lines)
    made = Table(*columns, title=title, title_justify="left")
    for line in lines:
        made.add_row(*(line.get(column, "") for column in columns))
    Console(width=None if Console().is_terminal else 200).print(made)


def markdown(lines: list[dict[str, str]]) -> str:
    """The same as a Markdown table."""
    columns = headings(lines)
    rule = ["---", *(["--:"] * (len(columns) - 1))]
    body = [[line.get(column, "") for column in columns] for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [columns, rule, *body])


def headings(lines: Iterable[dict[str, str]]) -> list[str]:
    """All columns, in the order in which they first appear."""
    return list(dict.fromkeys(column for line in lines for column in line))
