"""Options that several commands share, so that they read and mean the same everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from engine.commands.reporting import complain
from engine.errors import TryOnError

Seed = Annotated[
    int, typer.Option(min=0, max=2**32 - 1, help="Source of the noise; the same seed gives the same picture.")
]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:1 or mps.")]
PrecisionName = Annotated[str, typer.Option("--precision", help="fp32, bf16, fp16 or auto.")]
SizeText = Annotated[
    str, typer.Option("--size", help="Width x height of the picture, e.g. 768x1024; the pack's own if left out.")
]
TurnText = Annotated[
    int, typer.Option("--turn", help="Turn the garment's photo clockwise first: 90, 180 or 270 degrees.")
]
Weights = Annotated[str, typer.Option(help="Name or folder of a weight pack; see `tryon weights list`.")]
KeepOriginal = Annotated[
    bool,
    typer.Option(help="Take the photo's own pixels where the garment changes nothing (face, hair, hands, background)."),
]
CoatStays = Annotated[
    bool, typer.Option("--coat/--no-coat", help="Whether a coat that is worn open stays on over the garment.")
]
SaveStages = Annotated[Path | None, typer.Option(help="Folder that gets every intermediate picture, mask and map.")]


@contextmanager
def usage() -> Iterator[None]:
    """What goes wrong in here is a wrong argument, exit code 2, not a failed try-on, which is 1."""
    try:
        yield
    except TryOnError as error:
        complain(error)
        raise typer.Exit(2) from error


def parse_size(text: str) -> tuple[int, int] | None:
    """(height, width) from "768x1024", width first as photographers say it; None from an empty text."""
    if not text:
        return None
    width, cross, height = text.lower().replace(" ", "").partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise TryOnError("usage.size", text=text)
    return int(height), int(width)


def check_picture_name(path: Path) -> None:
    """TryOnError unless a picture can be written under this name; better before the work than after it."""
    if path.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp") or path.is_dir():
        raise TryOnError("picture.name", path=path)
