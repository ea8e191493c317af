"""The errors a user can do something about."""

from __future__ import annotations

from functools import partial
from typing import Any

from engine.messages import Fault, fault


class TryOnError(ValueError):
    """One sentence for the user: it names the file or setting, what is wrong, and what to do.

    code: of `engine.messages.SENTENCES`; values: what the names in that sentence stand for. path: the file it is about,
    said first, where the sentence itself cannot name one. Entry points print `str()` without a traceback; anything else
    that is raised is a bug.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.fault: Fault = fault(code, **values)
        self.path = ""

    @property
    def code(self) -> str:
        return self.fault.code

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.fault.values)

    @property
    def remedy(self) -> str:
        """See `engine.messages.Fault`."""
        return self.fault.remedy

    def to_json(self) -> dict[str, Any]:
        """See `engine.messages.Fault`; the message names the path."""
        return {**self.fault.to_json(), "message": str(self)}

    def __str__(self) -> str:
        return f"{self.path}: {self.fault}" if self.path else str(self.fault)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.code, **self.values), (), {"path": self.path}


class Aborted(Exception):
    """Raised between two layers or two samples after the caller's `abort` returned True; nothing was written."""
