"""`tryon`: the command line. Exit codes: 0 all done, 1 something failed, 2 wrong usage, 130 interrupted."""

import errno
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from engine import __version__
from engine.commands import analyse, batch, data, doctor, evaluate, experiment, recipes, run, train, weights
from engine.commands.reporting import complain, print_anything
from engine.errors import Aborted, TryOnError
from engine.paths import NAME
from engine.system import memory
from engine.system.waiting import wait_asleep

_OF_DISKS = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.ENODEV),  # a drive that went away
)

app = typer.Typer(
    help="Virtual try-on from two photos, after VITON-HD.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(weights.app, name="weights")
app.add_typer(data.app, name="data")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(experiment.app, name="experiment")
app.command("run")(run.run)
app.command("batch")(batch.batch)
app.command("analyse")(analyse.analyse)
app.command("doctor")(doctor.doctor)
app.command("train")(train.train)
app.command("export")(train.export)
app.command("recipes")(recipes.recipes)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `tryon` with these arguments (those of the process when None) and exit.

    What the user can do something about is printed as one sentence; anything else is a bug and keeps its traceback.
    """
    wait_asleep()
    print_anything()
    try:
        app(args=None if arguments is None else list(arguments))
    except TryOnError as error:
        complain(error)
        sys.exit(1)
    except (Aborted, KeyboardInterrupt):
        typer.echo("tryon: stopped", err=True)
        sys.exit(130)
    except Exception as error:
        explained = _explained(error)
        if explained is None:
            raise
        complain(explained)
        sys.exit(1)


def _explained(error: Exception) -> TryOnError | None:
    """What the machine lacks, where that is why anything failed; None for a bug."""
    if memory.ran_out(error):
        return TryOnError("memory.short")
    if isinstance(error, OSError) and error.errno in _OF_DISKS:
        return TryOnError("file.failed", path=error.filename or "A file", reason=error.strerror)
    return None


if __name__ == "__main__":
    main()
