"""What the commands say: results to standard output, progress and complaints to standard error."""

import codecs
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from engine.commands.hints import with_hint
from engine.errors import TryOnError
from engine.messages import fault

_ESCAPED = "tryon-escaped"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What cannot be written, as escapes; bytes of a name that is not UTF-8 as bytes: \\xc7."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    bytewise = (f"\\x{ord(one) - 0xDC00:02x}" if 0xDC80 <= ord(one) <= 0xDCFF else None for one in bad)
    plain = (one.encode("ascii", "backslashreplace").decode("ascii") for one in bad)
    return "".join(byte or other for byte, other in zip(bytewise, plain, strict=True)), error.end


codecs.register_error(_ESCAPED, _escaped)


def print_anything() -> None:
    """Let the output take names that are not UTF-8, and letters that its own encoding lacks, as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ESCAPED)


errors = Console(stderr=True, soft_wrap=True)
_output = Console(soft_wrap=True, highlight=False)


def report(line: str) -> None:
    """One line of result, as it is: no markup, no wrapping, so that it can be copied and piped."""
    _output.print(line, markup=False)


def complain(error: TryOnError) -> None:
    """What went wrong on standard error, after the program's name.

    A sentence and the option that helps; with TRYON_ERRORS=json code, values and sentence, for a program that asks so.
    """
    as_json = os.environ.get("TRYON_ERRORS") == "json"
    said = json.dumps(error.to_json()) if as_json else with_hint(error)
    typer.echo("tryon: " + said.replace("\n", "\\n"), err=True)  # a name may hold a line's end, a sentence does not


def warn(code: str) -> None:
    """A sentence of `engine.messages` on standard error, after the program's name."""
    typer.echo(f"tryon: {fault(code)}", err=True)


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress display with time spent and left, on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as display:
        yield display


@contextmanager
def job_progress(title: str) -> Iterator[Callable[[str, float], None]]:
    """Show one job; yields the `engine.system.progress.Progress` callback to give to the pipeline."""
    with bar() as display:
        task: TaskID = display.add_task(title, total=1.0)

        def update(stage: str, share: float) -> None:
            display.update(task, description=f"{title}: {stage}", completed=share)

        yield update


@contextmanager
def count_progress(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how many of `total` things are done; yields what to call with that number."""
    with bar() as display:
        task: TaskID = display.add_task(title, total=total)
        yield lambda done: display.update(task, completed=done)
