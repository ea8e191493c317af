"""What makes an analysis or a try-on doubtful: a stable word for programs and a sentence for people."""

from dataclasses import dataclass

from engine.messages import SENTENCES

_PREFIX = "doubt."
CODES = frozenset(code.removeprefix(_PREFIX) for code in SENTENCES if code.startswith(_PREFIX))


@dataclass(frozen=True)
class Doubt:
    """`code` is a stable word, one of `CODES`; `sentence` says to the user what may go wrong and what helps."""

    code: str
    sentence: str


def doubt(code: str) -> Doubt:
    """The doubt with this code. KeyError for an unknown one."""
    return Doubt(code, SENTENCES[_PREFIX + code])
