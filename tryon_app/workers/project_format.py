"""What a project is on the disk, as a folder while it is open and as one file, and how older versions are read.

    project.json                 what is open: photos, seed, edits, rails, the shown result; "version" says how
    edits/NAME.npz               the user's edits of what is open
    analyses/NAME.npz            photos as they were analysed
    photos/DIGEST/NAME           photos as given, in the file only; an open project knows where they lie
    history/KEY/entry.json       a result: what it was made from, with thumbnail.jpg, garment.jpg and its own edits
    history/KEY/result.png       its picture
    results.json                 entry.json of the results whose files stay in the file until they are wanted, by KEY;
                                 in the folder only, and one that has an entry.json of its own there is what that says
    history/.deleted/KEY         a result that was deleted, until the program ends; in the folder only
    batch                        people x garments (`batches`), in the folder only, also while the project is closed

The file is a zip of that, with "mimetype" as its first member, as in EPUB and OpenDocument. Only the standard library
is imported, because the window's process reads this too.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

VERSION = 1
SUFFIX = ".tryon"
MIME = "application/x-tryon-project"
SAVED = "saved"  # in project.json of a folder: a digest of what the file holds
STATE, ENTRY, RESULT, RESULTS = "project.json", "entry.json", "result.png", "results.json"
EDITS, ANALYSES, PHOTOS, HISTORY, BATCH = "edits", "analyses", "photos", "history", "batch"
DELETED = ".deleted"

State = dict[str, Any]


class NewerVersionError(ValueError):
    """It was written by a program that knows more than this one."""


def read_state(content: bytes) -> State:
    """project.json in the present version; ValueError or RecursionError where it is none."""
    found = json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("a project that is no table")
    version = found.get("version", 0)
    if not isinstance(version, int) or version < 0:
        raise ValueError("a project without a version")
    if version > VERSION:
        raise NewerVersionError(str(version))
    for number in range(version, VERSION):
        found = _MIGRATIONS[number](found)
    return found


def _from_session(found: State) -> State:
    """session.json or a setting, before there were projects; what it lacks has defaults."""
    return {**found, "version": 1}


_MIGRATIONS: Mapping[int, Callable[[State], State]] = {0: _from_session}


def read_results(folder: Path) -> dict[str, Any]:
    """The results in results.json that were not deleted; nothing where there is none, or it cannot be read."""
    try:
        found = json.loads((folder / RESULTS).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    deleted = {path.name for path in (folder / HISTORY / DELETED).glob("*")}
    return {key: one for key, one in found.items() if key not in deleted} if isinstance(found, dict) else {}


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """JSON with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: mapped(one, change) for name, one in value.items()}
    return [mapped(one, change) for one in value] if isinstance(value, list) else value


def texts_of(value: Any) -> Iterator[str]:
    """Every text in JSON, but for the names of its fields."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_of(one)
