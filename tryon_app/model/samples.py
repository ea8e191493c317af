"""The sample photos that come with the program, as resources/samples/samples.json lists them."""

import json
import logging
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Sample:
    """A photo that ships; `files` are its pose and parse, or its mask."""

    key: str
    kind: str
    name: str
    path: str
    files: dict[str, str] = field(default_factory=dict)


def samples_folder() -> Path:
    """Where the samples are."""
    return Path(str(files("resources"))) / "samples"


def find_samples(folder: Path | None = None) -> tuple[Sample, ...]:
    """All samples whose picture exists; none where the list is missing or damaged."""
    folder = folder or samples_folder()
    try:
        listed = json.loads((folder / "samples.json").read_bytes())
        found = [_sample(folder, entry) for entry in _entries(listed)]
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        logging.getLogger("samples").exception("samples.json cannot be used")
        return ()
    return tuple(sample for sample in found if Path(sample.path).is_file())


def _entries(listed: Any) -> list[dict[str, Any]]:
    if isinstance(listed, list):
        return listed
    if "samples" in listed:
        return list(listed["samples"])
    groups = (("person", "people"), ("garment", "garments"))
    return [entry | {"kind": kind} for kind, group in groups for entry in listed[group]]


def _sample(folder: Path, entry: dict[str, Any]) -> Sample:
    path = folder / entry["file"]
    beside = {name: str(folder / entry[name]) for name in ("pose", "parse", "mask") if entry.get(name)}
    title = entry.get("title") or entry["name"]
    return Sample(f"{entry['kind']}:{entry['file']}", entry["kind"], title, str(path), beside)
