"""What readers noticed and put right by themselves: a mask that was turned, labels of another set, a text in CP949.

A reader says `note(code)` wherever it is; a caller that can tell somebody reads inside `with noted() as codes:`.
Without such a caller nothing is kept, and no reader needs another result because of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

CODES = frozenset(
    {
        *("mask_turned", "mask_resized", "cut_out_person", "photo_turned", "pose_scaled", "pairs_korean"),
        *("parse_atr", "parse_scaled", "parse_coloured", "parse_blurred"),
    }
)
"""Doubts (`engine.analysis.common.doubt`) that say what was put right, and speak against no result."""
_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


@contextmanager
def noted() -> Iterator[list[str]]:
    """Collects the codes that readers note in this thread meanwhile, each once; the innermost collector hears them."""
    codes: list[str] = []
    token = _heard.set(codes)
    try:
        yield codes
    finally:
        _heard.reset(token)


def note(code: str) -> None:
    """Say that something was put right. ValueError for a code that is not in `CODES`."""
    if code not in CODES:
        raise ValueError(f"{code!r} is none of {sorted(CODES)}")
    codes = _heard.get()
    if codes is not None and code not in codes:
        codes.append(code)
