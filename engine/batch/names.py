"""What pictures are called: a pattern with the names of person and garment, the seed and the date in it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from engine.errors import TryOnError

FIELDS = ("person", "garment", "name", "seed", "date")
FORMATS = ("png", "webp", "jpg")
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # in no system's file names, or with a meaning of their own


class SheetFormat(StrEnum):
    """A contact sheet: one picture of at most 60 items, evenly chosen, or pages of all."""

    JPG = "jpg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True)
class Naming:
    """pattern: a file's name without ending, with fields in braces; "/" parts folders. "" takes a row's own name, else
    {person}_{garment}. extension: one of `FORMATS`. date: what {date} becomes, of the run that began the folder.
    """

    pattern: str = ""
    extension: str = "png"
    date: str = ""

    def __post_init__(self) -> None:
        """TryOnError for a format that is not known, and a pattern that has other fields or leaves the folder."""
        if self.extension not in FORMATS:
            raise TryOnError("usage.format", name=self.extension, known=", ".join(FORMATS))
        try:
            parts = list(Formatter().parse(self.pattern))
            fields = [name for _, name, _, _ in parts if name is not None]
            plain = not any(form or how for _, name, form, how in parts if name is not None)
        except ValueError:
            fields, plain = ["?"], False
        steps = self.pattern.split("/") if self.pattern else ["a"]
        if not plain or {*fields} - {*FIELDS} or any(step.strip() in ("", ".", "..") for step in steps):
            raise TryOnError("batch.pattern", pattern=self.pattern, fields=", ".join(f"{{{one}}}" for one in FIELDS))

    def stem(self, person: str, garment: str, seed: int, name: str = "") -> str:
        """The picture's name without its ending. What a file's name cannot hold becomes "_"."""
        values = {"person": person, "garment": garment, "name": name or f"{person}_{garment}", "seed": seed}
        fit = {key: _UNFIT.sub("_", str(value)) for key, value in {**values, "date": self.date}.items()}
        steps = (self.pattern or "{name}").format_map(fit).split("/")
        return "/".join(step if step.strip(". ") else "_" for step in steps)
