"""The errors a user can do something about."""

from typing import ClassVar


class TryOnError(ValueError):
    """One sentence for the user: it names the file or setting, what is wrong, and what to do.

    Entry points print the sentence without a traceback; anything else that is raised is a bug. remedy: a word for what
    a program with buttons can offer against it; empty where only the sentence helps.
    """

    remedy: ClassVar[str] = ""


class NobodyFound(TryOnError):
    """No person was found in a photo, or not where one was said to be; a box drawn around the person may help."""

    remedy = "box"


class Aborted(Exception):
    """Raised between two layers or two samples after the caller's `abort` returned True; nothing was written."""
