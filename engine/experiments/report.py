"""The table of an experiment: every number with its interval, its paired test and its protocol, in three formats."""

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.experiments.measures import MEASURES
from engine.experiments.measuring import Numbers
from engine.experiments.plan import Plan
from engine.metrics.statistics import bootstrap_interval, holm, paired_test
from engine.system.files import write_text

TABLE = "table"  # .md, .csv and .tex
BINNED = ("ssim", "lpips", "l1_clothes", "l1_misaligned")  # that are shown against the size of the misaligned region


@dataclass(frozen=True)
class Cell:
    """A number of a method: its value, 95 % interval, p of the test against the reference (NaN where there is none),
    the pairs behind it, and how far its seeds are apart (standard deviation, NaN of one seed)."""

    method: str
    measure: str
    value: float
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan
    pairs: int = 0
    seeds: float = math.nan
    part: str = ""  # "" of all pairs, else the bin

    @property
    def text(self) -> str:
        """The value with its interval; a dash where nothing was measured."""
        if math.isnan(self.value):
            return "–"
        return f"{self.value:.4f}" if math.isnan(self.low) else f"{self.value:.4f} [{self.low:.4f}, {self.high:.4f}]"


Found = Mapping[str, Sequence[Numbers]]
"""What was measured, by method, one a seed; the pairs of all are the same."""


def table(plan: Plan, found: Found) -> list[Cell]:
    """All cells: the measures over all pairs, then those that are shown bin by bin."""
    cells: list[Cell] = []
    every = slice(None)
    for measure in (one for one in plan.metrics if not MEASURES[one].whole):
        cells += _tested(plan, found, measure, every, "")
    cells += [cell for one in plan.metrics if MEASURES[one].whole for cell in _whole(found, one)]
    for name, chosen in bins(plan, found).items():
        for measure in (one for one in BINNED if one in plan.metrics):
            made = _tested(plan, found, measure, chosen, name)
            cells += made if any(cell.pairs for cell in made) else []
    return cells


def bins(plan: Plan, found: Found) -> dict[str, list[int]]:
    """The pairs by how much of the garment is misaligned, in groups as equal as can be; by what to call them."""
    shares = np.asarray(next(iter(found.values()))[0].values["misalignment"])
    order = [int(place) for place in np.argsort(shares, kind="stable") if not math.isnan(shares[place])]
    groups = [one for one in np.array_split(np.asarray(order, dtype=int), plan.bins) if len(one)]
    return {
        f"{100 * shares[one[0]]:.1f} to {100 * shares[one[-1]]:.1f} % misaligned": [int(place) for place in one]
        for one in groups
    }


def _tested(plan: Plan, found: Found, measure: str, chosen: "slice | list[int]", part: str) -> list[Cell]:
    """One measure of all methods that have it, tested against the reference, p values corrected for their number."""
    columns = {name: _column(numbers, measure)[chosen] for name, numbers in found.items()}
    reference = columns[plan.reference or next(iter(found))]
    ps = holm(
        [math.nan if column is reference else paired_test(list(column), list(reference)) for column in columns.values()]
    )
    cells = []
    for (name, column), p in zip(columns.items(), ps, strict=True):
        known = column[~np.isnan(column)]
        low, high = bootstrap_interval(list(known))
        means = [float(np.nanmean(_one(one, measure)[chosen])) for one in found[name] if len(known)]
        seeds = float(np.std(means, ddof=1)) if len(means) > 1 else math.nan
        value = float(known.mean()) if len(known) else math.nan
        cells.append(Cell(name, measure, value, low, high, p, len(known), seeds, part))
    return cells


def _column(numbers: Sequence[Numbers], measure: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """A measure pair by pair, the mean over seeds."""
    stacked = np.stack([_one(one, measure) for one in numbers])
    return np.asarray(stacked.mean(axis=0))


def _one(numbers: Numbers, measure: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.asarray(numbers.values.get(measure, [math.nan] * len(numbers.pairs)), dtype=np.float64)


def _whole(found: Found, measure: str) -> list[Cell]:
    cells = []
    for name, numbers in found.items():
        values = [one.whole.get(measure, math.nan) for one in numbers]
        seeds = float(np.std(values, ddof=1)) if len(values) > 1 else math.nan
        cells.append(Cell(name, measure, float(np.mean(values)), pairs=len(numbers[0].pairs), seeds=seeds))
    return cells


def write_table(folder: Path, plan: Plan, found: Found, cells: Sequence[Cell], setting: Mapping[str, str]) -> None:
    """table.md, table.csv and table.tex; TryOnError where the folder cannot be written to. setting: of protocols."""
    write_text(folder / f"{TABLE}.md", markdown(plan, found, cells, setting))
    write_text(folder / f"{TABLE}.csv", as_csv(cells, setting))
    write_text(folder / f"{TABLE}.tex", latex(plan, cells, setting))


def protocol(measure: str, setting: Mapping[str, str]) -> str:
    """What a number of this measure means."""
    return MEASURES[measure].protocol.format_map(setting)


def markdown(plan: Plan, found: Found, cells: Sequence[Cell], setting: Mapping[str, str]) -> str:
    """For people: a table of all pairs, one a measure of the bins, then how everything was measured."""
    lines = [f"# {plan.name}", "", *([plan.about, ""] if plan.about else []), *_setting_lines(setting), ""]
    lines += _grid("Method", _measures(cells, ""), list(found), _lookup(cells, ""))
    for measure in dict.fromkeys(cell.measure for cell in cells if cell.part):
        parts = list(dict.fromkeys(cell.part for cell in cells if cell.part and cell.measure == measure))
        lines += ["", f"## {_title(measure)}, by how much of the garment is misaligned", ""]
        at = {(cell.method, cell.part): cell for cell in cells if cell.part and cell.measure == measure}
        lines += _grid("Method", {part: part for part in parts}, list(found), lambda *key, at=at: at[key])
    lines += ["", "## Training", "", "| Method | Samples | Seconds | Seconds a picture |", "|---|---|---|---|"]
    for name, numbers in found.items():
        spent, made = (
            sum(one.whole.get(key, math.nan) for one in numbers) / len(numbers) for key in ("trained", "made")
        )
        lines.append(f"| {name} | {numbers[0].samples:,} | {_seconds(spent)} | {_seconds(made, 2)} |")
    lines += ["", "## Protocol", ""]
    lines += [f"- {_title(measure)}: {protocol(measure, setting)}." for measure in _measures(cells, "")]
    reference = plan.reference or next(iter(found))
    lines += [
        "- Brackets: 95 % bootstrap interval of the mean over pairs, 2000 draws; seeds are averaged first.",
        f"- *: p < 0.05 against {reference}, sign-flip permutation test over pairs, corrected by Holm for the number "
        "of methods. Intervals and tests say how sure a number is over pairs, not over trainings.",
    ]
    return "\n".join(lines) + "\n"


def _setting_lines(setting: Mapping[str, str]) -> list[str]:
    return [
        f"- {name}: {text}" for name, text in setting.items() if name not in ("size", "lpips", "features", "reference")
    ]


def _grid(head: str, columns: Mapping[str, str], rows: Sequence[str], cell: Callable[..., Cell]) -> list[str]:
    lines = [f"| {head} | {' | '.join(columns.values())} |", "|---" * (len(columns) + 1) + "|"]
    for row in rows:
        texts = [_starred(cell(row, column)) for column in columns]
        lines.append(f"| {row} | {' | '.join(texts)} |")
    return lines


def _starred(cell: Cell) -> str:
    return cell.text + ("*" if cell.p < 0.05 else "")


def _measures(cells: Sequence[Cell], part: str) -> dict[str, str]:
    """The measures of a part's cells with their titles and an arrow to the better side."""
    arrows = {"higher": "↑", "lower": "↓"}
    found = dict.fromkeys(cell.measure for cell in cells if cell.part == part)
    return {one: f"{_title(one)} {arrows[MEASURES[one].better]}" for one in found}


def _title(measure: str) -> str:
    return MEASURES[measure].title


def _lookup(cells: Sequence[Cell], part: str) -> Callable[[str, str], Cell]:
    at = {(cell.method, cell.measure): cell for cell in cells if cell.part == part}
    return lambda method, measure: at[method, measure]


def _seconds(value: float, digits: int = 0) -> str:
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def as_csv(cells: Sequence[Cell], setting: Mapping[str, str]) -> str:
    """For programs: a line a number; what is not there is left empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["method", "measure", "part", "value", "low", "high", "p", "seeds", "pairs", "better", "protocol"])
    for one in cells:
        numbers = ["" if math.isnan(x) else f"{x:.6f}" for x in (one.value, one.low, one.high, one.p, one.seeds)]
        about = [one.pairs, MEASURES[one.measure].better, protocol(one.measure, setting)]
        writer.writerow([one.method, one.measure, one.part, *numbers, *about])
    return text.getvalue()


def latex(plan: Plan, cells: Sequence[Cell], setting: Mapping[str, str]) -> str:
    """For papers: the table of all pairs with half intervals, the best of a column bold; needs the package booktabs."""
    measures = list(_measures(cells, ""))
    at, methods = _lookup(cells, ""), list(dict.fromkeys(cell.method for cell in cells))
    best = {one: _best([at(name, one) for name in methods]) for one in measures}
    arrows = {"higher": r"$\uparrow$", "lower": r"$\downarrow$"}
    heads = " & ".join(f"{_escaped(_title(one))} {arrows[MEASURES[one].better]}" for one in measures)
    lines = [rf"\begin{{tabular}}{{l{'r' * len(measures)}}}", r"\toprule", rf"Method & {heads} \\", r"\midrule"]
    for name in methods:
        texts = [_tex(at(name, one), best[one]) for one in measures]
        lines.append(rf"{_escaped(name)} & {' & '.join(texts)} \\")
    lines += [r"\bottomrule", r"\end{tabular}"]
    lines += [f"% {_title(one)}: {protocol(one, setting)}" for one in measures]
    return "\n".join(lines) + "\n"


def _best(cells: Sequence[Cell]) -> str:
    known = [cell for cell in cells if not math.isnan(cell.value)]
    if not known:
        return ""
    choose = max if MEASURES[known[0].measure].better == "higher" else min
    return choose(known, key=lambda cell: cell.value).method


def _tex(cell: Cell, best: str) -> str:
    if math.isnan(cell.value):
        return "--"
    value = f"{cell.value:.4f}"
    shown = rf"\textbf{{{value}}}" if cell.method == best else value
    return shown if math.isnan(cell.low) else rf"{shown}\,$\pm$\,{(cell.high - cell.low) / 2:.4f}"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "&%$#_{}" else letter for letter in text)
