"""The errors a user can do something about."""


class TryOnError(ValueError):
    """One sentence for the user: it names the file or setting, what is wrong, and what to do.

    Entry points print the sentence without a traceback; anything else that is raised is a bug.
    """


class Aborted(Exception):
    """Raised between two layers or two samples after the caller's `abort` returned True; nothing was written."""
