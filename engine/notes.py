"""What readers noticed and put right by themselves: a mask that was turned, labels of another set, a text in CP949.

A reader says `note(code)` wherever it is; a caller that can tell somebody reads inside `with noted() as codes:`.
Without such a caller nothing is kept, and no reader needs another result because of it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "mask_turned": "The mask was black on the garment and white around it; it was turned.",
        "mask_resized": "The mask has another size than the photo of the garment; it was resized.",
        "cut_out_person": "The photo has no background; the person was laid on plain grey.",
        "parse_atr": "The parse holds ATR's labels, not LIP's, and was read as such; say so with --labels atr.",
        "parse_scaled": "The labels of the parse were multiplied to be seen; they were divided again.",
        "parse_coloured": "The parse holds colours instead of labels; they were read by LIP's palette.",
        "parse_blurred": "The parse has blurred edges; each blurred pixel took the nearest label.",
        "pose_scaled": "The pose was written for another size of the photo; it was scaled.",
        "pairs_korean": "The pairs file is not UTF-8; it was read as Korean (CP949).",
    }
)
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
    """Say that something was put right. KeyError for a code that is not in `SENTENCES`."""
    codes, _ = _heard.get(), SENTENCES[code]
    if codes is not None and code not in codes:
        codes.append(code)
