"""What is in the files of a plan: each file is read once, however many items it belongs to."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from engine.batch.plan import Plan
from engine.data.layout import file_digest
from engine.errors import TryOnError

_READERS = 4


def digested(plan: Plan) -> Plan:
    """The plan, whose items know the digests of their files: "" for those that cannot be read."""
    paths = list(dict.fromkeys(path for item in plan.items for path in item.files.values()))
    with ThreadPoolExecutor(_READERS) as readers:
        found = dict(zip(paths, readers.map(_digest, paths), strict=True))
    known = (replace(item, digests={role: found[path] for role, path in item.files.items()}) for item in plan.items)
    return replace(plan, items=tuple(known))


def _digest(path: str) -> str:
    try:
        return file_digest(Path(path))
    except TryOnError:
        return ""
