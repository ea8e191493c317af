"""Which pairs are evaluated: from the test split, or from what training holds back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from engine.data.layout import Record, VitonDataset, file_digest
from engine.data.split import split_names
from engine.errors import TryOnError

Part = Literal["validation", "test"]
PARTS: tuple[Part, ...] = ("validation", "test")


@dataclass(frozen=True)
class Chosen:
    """Records in which every person wears the garment, and a sentence on where they are from."""

    records: tuple[Record, ...]
    origin: str


def choose(root: Path, part: Part, count: int = 0, held_out: int = 500) -> Chosen:
    """`count` pairs (0: all) spread evenly over the validation part of ROOT/train, or over ROOT/test.

    held_out: how many of the last names training held back. TryOnError where there are none.
    """
    split = "train" if part == "validation" else "test"
    every = VitonDataset(root, split, paired=True).records
    if part == "validation":
        held = set(split_names([record.name for record in every], held_out).validation)
        every = [record for record in every if record.name in held]
    if not every:
        raise TryOnError("data.no_pairs", path=root / split)
    ordered = sorted(every, key=lambda record: record.name)
    step = len(ordered) / min(count or len(ordered), len(ordered))
    records = tuple(ordered[int(place * step)] for place in range(round(len(ordered) / step)))
    where = f"the last {len(every)} names of train, which training holds back" if part == "validation" else "test"
    return Chosen(records, f"{len(records)} pairs, evenly from {where}")


def swapped(records: Sequence[Record]) -> list[Record]:
    """Every person with the garment of the next one that has another garment file: the unpaired setting.

    TryOnError where all wear the same.
    """
    digests = [file_digest(record.cloth) for record in records]
    return [_with_cloth(record, records[_next_other(digests, place)]) for place, record in enumerate(records)]


def _next_other(digests: Sequence[str], place: int) -> int:
    for step in range(1, len(digests)):
        other = (place + step) % len(digests)
        if digests[other] != digests[place]:
            return other
    raise TryOnError("data.one_garment")


def _with_cloth(person: Record, other: Record) -> Record:
    return replace(person, cloth_name=other.cloth_name, cloth=other.cloth, cloth_mask=other.cloth_mask)
