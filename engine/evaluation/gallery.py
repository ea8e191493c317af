"""A gallery that cannot flatter: a fixed sheet of raw photos, marked by one who does not know which pack made what.

Pairs are chosen by a rule, not by their results: studio people and street people who were held out of training, evenly
over their names, each with a garment of somebody else. Every pack makes every pair from the raw photos, as the window
does. The pictures go by letters that are shuffled anew for each pair; `key.json` says which pack a letter is and is not
to be opened before `marks.json` is filled in: for each picture, which of ten faults a customer would name at first
glance. `tally` then counts, also how far the warnings were right.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from engine.analysis.common.pack_estimators import load_garment_estimator, load_person_estimator
from engine.analysis.photo_files import find_garment, find_person
from engine.arrays import Array8
from engine.errors import Aborted, TryOnError
from engine.evaluation.pairs import choose
from engine.imaging import sheets
from engine.imaging.images import read_photo
from engine.imaging.saving import save_picture
from engine.system.files import atomic_path
from engine.system.progress import Abort
from engine.tryon.pipeline import TryOnPipeline, load_pipeline
from engine.tryon.quality import quality
from engine.weights import find_pack

FAULTS = ("face", "hands", "neck", "sleeves", "hem", "skin", "print", "outline", "background", "old garment")
"""What a customer may name at first glance."""
SHEET, MARKS, KEY, PICTURES = "sheet.png", "marks.json", "key.json", "pictures"
_FORMAT = 1
_HELD_OUT_STREET = 50  # last names of a folder of street photos, which training holds back
_FAR = 137  # names between a person and the garment they get
_CELL = (512, 384)
Tell = Callable[[dict[str, object]], None]


@dataclass(frozen=True)
class Pair:
    """Two raw photos; kind is "studio" or "street"."""

    kind: str
    person: Path
    garment: Path


@dataclass(frozen=True, kw_only=True)
class GalleryPlan:
    """DATA in the VITON-HD layout, a folder with street photos in `image`, and one of garments as people take them."""

    data: Path
    packs: Sequence[str]
    street: Path | None = None
    garments: Path | None = None
    pairs: int = 40
    held_out: int = 500
    seed: int = 0
    device: str = "auto"


@dataclass(frozen=True)
class Tally:
    """Of one pack: how many pictures have no fault, how often each was marked, and how far warnings are right."""

    pack: str
    faultless: int
    pictures: int
    faults: Mapping[str, int]
    warned: int  # of those with a fault
    falsely_warned: int  # of those without


def choose_pairs(plan: GalleryPlan) -> list[Pair]:
    """Half studio, half street where there are such photos; the same names give the same pairs. TryOnError if none."""
    records = list(choose(plan.data, "validation", 0, plan.held_out).records)
    street = _street(plan.street)
    count = plan.pairs // 2 if street else plan.pairs
    cloths = [record.cloth for record in records]
    found = [
        Pair("studio", records[place].image, cloths[(place + _FAR) % len(cloths)])
        for place in _evenly(len(records), count)
    ]
    own = sorted(path for path in plan.garments.rglob("*.jpg")) if plan.garments else []
    for number, place in enumerate(_evenly(len(street), plan.pairs - count) if street else []):
        among = own if own and number % 2 else cloths
        found.append(Pair("street", street[place], among[(number * _FAR) % len(among)]))
    return found


def make_gallery(plan: GalleryPlan, folder: Path, tell: Tell, abort: Abort | None = None) -> list[Pair]:
    """Every pair by every pack: pictures, the sheet, the key and, where there is none yet, the marks to fill in.

    tell: given an event (a dict with "event") after every pair. Raises `Aborted` once `abort()` is True, TryOnError
    where data, pack or folder cannot be used.
    """
    pairs, makers = choose_pairs(plan), [_Maker(pack, plan) for pack in plan.packs]
    random, rows, key = Random(plan.seed), list[list[Array8]](), dict[str, dict[str, Any]]()
    for number, pair in enumerate(pairs):
        if abort is not None and abort():
            raise Aborted("stopped between two pairs")
        order = random.sample(makers, len(makers))
        row = [read_photo(pair.person), read_photo(pair.garment)]
        for letter, maker in zip("ABCDEFGH", order, strict=False):
            name, (picture, warnings) = f"{number:02d}{letter}", maker.make(pair)
            save_picture(folder / PICTURES / f"{name}.png", picture)
            key[name] = {"pack": maker.name, "warnings": warnings, "kind": pair.kind}
            row.append(picture)
        rows.append([sheets.cell(one, _CELL) for one in row])
        share = (number + 1) / len(pairs)
        tell({"event": "progress", "stage": "gallery", "done": number + 1, "total": len(pairs), "share": share})
    save_picture(folder / SHEET, sheets.sheet(rows, ["person", "garment", *"ABCDEFGH"[: len(makers)]]))
    _write(folder / KEY, {"format": _FORMAT, "pictures": key})
    if not (folder / MARKS).exists():
        _write(folder / MARKS, {"format": _FORMAT, "faults": list(FAULTS), "marks": {name: [] for name in key}})
    return pairs


def tally(folder: Path) -> list[Tally]:
    """What the marks of a gallery say, pack by pack. TryOnError where they are another's or name no such fault."""
    key, marks = _read(folder / KEY)["pictures"], _read(folder / MARKS)["marks"]
    if set(key) != set(marks):
        raise TryOnError("gallery.other", path=folder / MARKS, key=folder / KEY)
    unknown = sorted({str(fault) for faults in marks.values() for fault in faults} - set(FAULTS))
    if unknown:
        raise TryOnError("gallery.no_fault", path=folder / MARKS, fault=unknown[0], faults=", ".join(FAULTS))
    packs = sorted({entry["pack"] for entry in key.values()})
    return [
        _tallied(pack, [(entry, marks[name]) for name, entry in key.items() if entry["pack"] == pack]) for pack in packs
    ]


def _tallied(pack: str, pictures: Sequence[tuple[Mapping[str, Any], Sequence[str]]]) -> Tally:
    counts = {fault: sum(fault in faults for _, faults in pictures) for fault in FAULTS}
    warned = [bool(faults) for entry, faults in pictures if entry["warnings"]]
    faultless = sum(not faults for _, faults in pictures)
    return Tally(pack, faultless, len(pictures), counts, sum(warned), len(warned) - sum(warned))


class _Maker:
    """One pack, loaded once."""

    def __init__(self, pack: str, plan: GalleryPlan) -> None:
        found = find_pack(pack)
        self.name = pack
        self._person = load_person_estimator(found, plan.device)
        self._garment = load_garment_estimator(found, plan.device)
        self._pipeline: TryOnPipeline = load_pipeline(found, plan.device)

    def make(self, pair: Pair) -> tuple[Array8, list[str]]:
        """The finished picture and the codes of its warnings; a grey picture and "failed" where there is none."""
        try:
            person = find_person(pair.person, self._person)
            garment = find_garment(pair.garment, self._garment, self._person)
        except TryOnError as error:
            return np.full((*self._pipeline.size, 3), 128, dtype=np.uint8), [f"failed: {error}"]
        result = self._pipeline.run(person, garment)
        return result.image, [doubt.code for doubt in quality(result, person, garment).doubts]


def _street(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    photos = sorted((folder / "image").glob("*.jpg"))
    if not photos:
        raise TryOnError("gallery.no_street", path=folder / "image")
    return photos[-_HELD_OUT_STREET:]


def _evenly(whole: int, count: int) -> list[int]:
    return [int(place * whole / count) for place in range(min(count, whole))]


def _write(path: Path, content: Mapping[str, Any]) -> None:
    try:
        with atomic_path(path) as temporary:
            temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise TryOnError("gallery.not_written", path=path, reason=error.strerror) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        content["format"], content.get("pictures", content.get("marks")).items()  # type: ignore[union-attr]
    except OSError as error:
        raise TryOnError("gallery.not_read", path=path, reason=error.strerror) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise TryOnError("gallery.damaged", path=path) from error
    return content
