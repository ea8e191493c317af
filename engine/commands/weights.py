"""`tryon weights`: the packs that are here, and how to get and check more."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.commands.descriptions import describe_broken, describe_pack, describe_verified, print_line
from engine.commands.hints import IMPORT_OPTIONS, with_hint
from engine.commands.reporting import complain
from engine.errors import TryOnError
from engine.weights import (
    Pack,
    find_broken,
    find_pack,
    find_packs,
    import_published,
    is_shipped,
    remove_pack,
    weights_folder,
)
from engine.weights.install import take_in
from engine.weights.published import FILE_NAMES

app = typer.Typer(help="List, import, check, combine and remove weight packs.", no_args_is_help=True)
_console = Console()
_messages = Console(stderr=True)

Name = Annotated[str, typer.Argument(help="Name of a pack.")]
Json = Annotated[bool, typer.Option("--json", help="Answer with JSON on standard output, for programs.")]
Checkpoint = Annotated[Path | None, typer.Option(help="Published checkpoint.", dir_okay=False)]


@app.command("list")
def list_packs(json: Json = False) -> None:
    """Show every installed pack with its networks, size, licence and origin."""
    packs, broken = find_packs(), find_broken()
    if json:
        broken_ones = [describe_broken(folder, reason) for folder, reason in broken.items()]
        print_line({"packs": [describe_pack(pack) for pack in packs], "broken": broken_ones})
        return
    if not packs and not broken:
        typer.echo("No weight packs yet. Import the published checkpoints with `tryon weights import FOLDER`.")
        return
    table = Table()
    for title in ("name", "version", "networks", "sizes", "MB", "origin"):
        table.add_column(title, overflow="fold")  # a name cut off in a narrow terminal could not be typed
    for pack in packs:
        # width first, as --size of the other commands takes it
        sizes = "\n".join(f"{width}x{height}" for height, width in pack.sizes)
        origin = "shipped" if is_shipped(pack) else "yours"
        megabytes = f"{pack.bytes / 1e6:.1f}"
        table.add_row(pack.name, escape(pack.version), "\n".join(pack.files), sizes, megabytes, origin)
    _console.print(table)
    for pack in packs:
        typer.echo(f"{pack.name}: {pack.licence}")
    for folder, reason in broken.items():
        typer.echo(f"{folder.name} is not usable: {with_hint(reason)}", err=True)


@app.command("import")
def import_checkpoints(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FOLDER | FILES",
            help=f"Folder that holds {', '.join(FILE_NAMES.values())}, or a pack; or files.",
        ),
    ] = None,
    seg: Checkpoint = None,
    gmm: Checkpoint = None,
    alias: Checkpoint = None,
    name: Annotated[str, typer.Option(help="What the pack is to be called; viton-hd, or a pack's own name.")] = "",
    width: Annotated[int, typer.Option(min=1, help="Width of the networks; 64 is published.")] = 64,
    json: Json = False,
) -> None:
    """Make a pack of the three published VITON-HD checkpoints, from FOLDER or named one by one; or copy a pack."""
    with _messages.status("Reading and checking the checkpoints …"):
        pack = _imported(paths or [], (seg, gmm, alias), name, width)
    if json:
        print_line({"pack": describe_pack(pack)})
        return
    typer.echo(f"Imported {pack.name} ({pack.bytes / 1e6:.0f} MB) to {pack.folder}")
    typer.echo(f"Licence: {pack.licence}")


def _imported(paths: list[Path], named: tuple[Path | None, Path | None, Path | None], name: str, width: int) -> Pack:
    """What is named one by one, the rest from the folder; without any of those whatever the paths are."""
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    if not any(named) and paths:
        return take_in(paths, name, width)
    given = dict(zip(FILE_NAMES, named, strict=True))
    chosen = {kind: path or (folder / FILE_NAMES[kind] if folder else None) for kind, path in given.items()}
    missing = [IMPORT_OPTIONS[kind] for kind, path in chosen.items() if path is None]
    if missing:
        raise typer.BadParameter(f"give a FOLDER with the published checkpoints, or {' and '.join(missing)}")
    segmentation, matching, generator = (Path(str(path)) for path in chosen.values())
    return import_published(segmentation, matching, generator, name or "viton-hd", width=width)


@app.command()
def combine(
    name: Annotated[str, typer.Option(help="What the new pack is to be called.")],
    base: Annotated[str, typer.Argument(help="Name or folder of the pack whose other networks are kept.")] = "",
    parts: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="PACK | RUN", help="Networks to take instead, of a pack or a training run."),
    ] = None,
    best: Annotated[bool, typer.Option("--best", help="A run's best checkpoint by validation, not its last.")] = False,
    json: Json = False,
) -> None:
    """Make a pack of another one with some networks replaced, for example by what was just trained."""
    from engine.commands.combining import combined

    pack = combined(base, parts or [], name, best)
    if json:
        print_line({"pack": describe_pack(pack)})
        return
    typer.echo(f"Made {pack.name} ({pack.bytes / 1e6:.0f} MB) in {pack.folder}")


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(help="Name or folder of a pack; all when left out.")] = None,
    json: Json = False,
) -> None:
    """Compare every file of a pack with its checksum and its network."""
    packs = find_packs() if name is None else [find_pack(name)]
    failures = [] if name else list(find_broken().values())
    for pack in packs:
        with _messages.status(f"Checking {pack.name} …"):
            failure = _failure(pack)
        if json:
            print_line(describe_verified(pack, failure))
        if failure is None and not json:
            typer.echo(f"{pack.name}: all {len(pack.files)} files are as they should be")
        elif failure is not None:
            failures.append(failure)
    for failure in failures:
        complain(failure)
    if failures:
        raise typer.Exit(1)


@app.command()
def remove(name: Name, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Delete one of your packs."""
    if not yes:
        typer.confirm(f"Delete the weight pack {name} and its files?", abort=True)
    typer.echo(f"Removed {remove_pack(name)}")


@app.command()
def path(
    name: Annotated[str | None, typer.Argument(help="Name of a pack; the folder of all when left out.")] = None,
) -> None:
    """Print where your packs are, or where one pack is."""
    typer.echo(weights_folder() if name is None else find_pack(name).folder)


def _failure(pack: Pack) -> TryOnError | None:
    try:
        pack.verify()
    except TryOnError as error:
        return error
    return None
