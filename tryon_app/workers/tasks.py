"""What the engine's process can do, by name. Two kinds: what computes, and what only reads or writes files."""

import time
from typing import Any

from tryon_app.workers import inputs, outputs, packs, tryon
from tryon_app.workers.child import Task, TaskContext

FILES: dict[str, Task] = {
    "vocabulary": packs.vocabulary,
    "packs": packs.list_packs,
    "read_person": inputs.read_person,
    "read_garment": inputs.read_garment,
    "read_stage": inputs.read_stage,
    "thumbnail": inputs.thumbnail,
    "picture": inputs.picture,
    "guess": inputs.guess,
    "keep_bytes": outputs.keep_bytes,
    "save": outputs.save,
    "export": outputs.export,
    "place_back": outputs.place_back,
    "remember": outputs.remember,
}


def compute(threads: int) -> dict[str, Task]:
    """The tasks that need torch; they share one loaded pipeline."""
    from tryon_app.workers.loaded import Loaded

    loaded = Loaded()
    return {
        "start": lambda call: start(call, threads),
        "analyse_person": lambda call: inputs.analyse_person(call, loaded),
        "analyse_garment": lambda call: inputs.analyse_garment(call, loaded),
        "load": loaded.load,
        "try_on": lambda call: tryon.try_on(call, loaded),
    }


def start(call: TaskContext, threads: int) -> dict[str, Any]:
    """Import torch; threads: how many it may use, all cores for 0. Says what "auto" means on this machine."""
    started = time.perf_counter()
    import torch

    from engine.system.devices import choose_device

    if threads:
        torch.set_num_threads(threads)
    device = choose_device("auto")
    title = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
    import engine.tryon.pipeline  # noqa: F401 - what the first try-on would otherwise wait for

    return {"device": str(device), "title": title, "seconds": time.perf_counter() - started}
