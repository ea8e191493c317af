"""How many steps each network of an experiment gets, so that all have the same: samples, or wall time."""

import json
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from engine.errors import TryOnError
from engine.experiments.networks import Where, kind_of, options_of, trained_parts
from engine.experiments.plan import Plan
from engine.system.files import write_text
from engine.training import recipes
from engine.training.cost import measure
from engine.training.loop import start_fabric
from engine.training.options import Machine
from engine.weights import write_pack

FILE = "budget.json"


def steps_of(plan: Plan, place: Where) -> Mapping[str, int]:
    """Steps of every network that is trained, by name; where time decides, the same again when a run goes on."""
    batches = {name: options_of(plan, name, 0, lambda _: "", 1).batch for name in trained_parts(plan)}
    if plan.budget.samples:
        return {name: max(1, plan.budget.samples // batch) for name, batch in batches.items()}
    path = place.folders.root / FILE
    if not path.exists():
        write_text(
            path, json.dumps({"minutes": plan.budget.minutes, "seconds_a_step": _measured(plan, place)}, indent=1)
        )
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        if noted["minutes"] != plan.budget.minutes:
            raise ValueError(noted["minutes"])
        seconds = {name: float(noted["seconds_a_step"][name]) for name in batches}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TryOnError("plan.budget", path=path) from error
    return shared_out(seconds, batches, 60 * plan.budget.minutes, plan.budget.equal == "time")


def shared_out(
    seconds: Mapping[str, float], batches: Mapping[str, int], whole: float, equal_time: bool
) -> dict[str, int]:
    """Steps by name, of what a step takes and how many samples it sees, in `whole` seconds.

    equal_time: every network has all of it; else all see as many samples as the slowest in that time.
    """
    if equal_time:
        return {name: max(1, int(whole / one)) for name, one in seconds.items()}
    samples = min(whole / seconds[name] * batches[name] for name in seconds)
    return {name: max(1, int(samples / batches[name])) for name in seconds}


def _measured(plan: Plan, place: Where) -> dict[str, float]:
    """Seconds a step of every network, on untrained networks of the same shapes where it learns on others."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="tryon-budget-") as temporary:
        for name, part in trained_parts(plan).items():
            place.check()
            fabric = start_fabric(Machine(accelerator=place.device))
            options = options_of(plan, name, 0, lambda part: plan.parts[part].pack or Path(temporary) / part, 100)
            recipe = recipes.make(part.recipe, options)
            with closing(recipe.open_data(place.data, fabric, None, 0).feed):
                pass  # packs the data, once
            found[name] = measure(fabric, recipe, place.data).seconds_a_step
            if name in plan.parts:
                network = {kind_of(plan, name): recipe.network.cpu()}
                write_pack(Path(temporary) / name, name, network, "1", "none", [plan.size], "untrained, to measure")
    return found
