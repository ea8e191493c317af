"""The text that a user copies for a bug report: what happened and where in the program, without what is theirs."""

import os
import platform
import re
from dataclasses import replace
from pathlib import Path

from engine.messages import Value
from tryon_app.model.about import NAME, version_of
from tryon_app.model.faults import Fault

_PATH = re.compile(r"""(?<=["'])(?:[A-Za-z]:[\\/]|\\\\|[/~])[^"'\n]*(?=["'])""")
_OURS = re.compile(r"(?:^|[\\/])((?:tryon_app|engine|site-packages|lib[\\/]python3\.\d+)[\\/].*)")


def report(what: Fault, details: str) -> str:
    """Versions, the sentence and the details.

    Of the program's own files the place inside the program stays. Any other path in quotes, and any among the values of
    the sentence, is left with its ending alone, since names of files and folders name people.
    """
    packages = [f"{name} {version_of(name)}" for name in (NAME, "torch", "PySide6_Essentials")]
    system = ", ".join([*packages, f"Python {platform.python_version()}", platform.platform()])
    plain = replace(what, values={name: _nameless(value) for name, value in what.values.items()})
    return _without_home(f"{system}\n\n{plain}\n\n{_PATH.sub(lambda found: _short(found[0]), details)}")


def _nameless(value: Value) -> Value:
    return _short(value) if isinstance(value, str) and (os.sep in value or "/" in value) else value


def _short(path: str) -> str:
    ours = _OURS.search(path)
    return ours[1] if ours else f"*{Path(path).suffix}"


def _without_home(text: str) -> str:
    """Where it still stands, without quotes."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
