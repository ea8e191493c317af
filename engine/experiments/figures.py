"""What an experiment shows: its plots, the sheets with the same pairs in every column, and the list for judges."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from engine.arrays import Array8
from engine.data.layout import Record
from engine.experiments import plot
from engine.experiments.measures import MEASURES
from engine.experiments.plan import Plan
from engine.experiments.report import Cell, Found, bins
from engine.imaging import sheets
from engine.imaging.images import read_photo
from engine.imaging.saving import save_picture
from engine.system.files import write_text

PICTURES, JUDGED = "pictures", "pairs.json"
_ROWS, _CELL = 10, (256, 192)
PictureOf = Callable[[str, str, int], Path]
"""Where the picture of a setting ("paired", "unpaired"), a method and a pair lies."""


def quality(found: Found) -> str:
    """SSIM against samples seen, a line a method, the mean of the seeds."""
    lines = {}
    for name, numbers in found.items():
        seen = sorted(numbers[0].looks)
        means = [float(np.mean([one.looks.get(samples, np.nan) for one in numbers])) for samples in seen]
        lines[name] = list(zip(map(float, seen), means, strict=True))
    return plot.plot("Quality on the way", "samples seen", "SSIM, paired", lines)


def misalignment(plan: Plan, found: Found, cells: Sequence[Cell]) -> str:
    """L1 within the clothes against how much of them is misaligned, a point a group of pairs."""
    shares = np.asarray(next(iter(found.values()))[0].values["misalignment"])
    middle = {name: 100 * float(shares[places].mean()) for name, places in bins(plan, found).items()}
    chosen = [cell for cell in cells if cell.part and cell.measure == "l1_clothes"]
    lines = {
        name: [(middle[cell.part], cell.value) for cell in chosen if cell.method == name]
        for name in dict.fromkeys(cell.method for cell in chosen)
    }
    across = "% of the garment that is misaligned, mean of a group of pairs"
    return plot.plot("Error and misalignment", across, MEASURES["l1_clothes"].title, lines)


def write_sheets(root: Path, plan: Plan, records: Mapping[str, Sequence[Record]], picture: PictureOf) -> None:
    """paired.png and unpaired.png, and the list of pictures that `tryon experiment judge` shows.

    records: by setting.
    """
    judged = []
    for setting, chosen in records.items():
        rows: list[list[Array8]] = []
        for number, record in enumerate(chosen):
            paths = {name: picture(setting, name, number) for name in plan.methods}
            if number < _ROWS:
                photos = [read_photo(record.image), read_photo(record.cloth)]
                pictures = [*photos, *(read_photo(path) for path in paths.values())]
                rows.append([sheets.cell(one, _CELL) for one in pictures])
            if setting == "unpaired":
                judged.append(_judged(root, plan, number, record, paths))
        if rows:
            save_picture(root / f"{setting}.png", sheets.sheet(rows, ["person", "garment", *plan.methods]))
    write_text(root / JUDGED, json.dumps({"format": 1, "pairs": judged}, indent=1) + "\n")


def _judged(root: Path, plan: Plan, number: int, record: Record, paths: Mapping[str, Path]) -> dict[str, object]:
    """Two photos, copied beside the pictures, and the pictures made of them; paths within `root`."""
    photos = {}
    for kind, photo in (("person", record.image), ("garment", record.cloth)):
        photos[kind] = root / PICTURES / kind / f"{number:04d}.png"
        if not photos[kind].exists():
            save_picture(photos[kind], sheets.cell(read_photo(photo), plan.size))
    return {
        "pair": f"{record.name} {record.cloth_name}",
        **{kind: path.relative_to(root).as_posix() for kind, path in photos.items()},
        "pictures": {name: path.relative_to(root).as_posix() for name, path in paths.items()},
    }
