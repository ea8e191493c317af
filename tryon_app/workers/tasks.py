"""What the engine's process can do: the work for each class of `tryon_app.workers.requests`."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from tryon_app.workers import batches, inputs, outputs, packs, projects, requests, tryon
from tryon_app.workers.answers import Ready
from tryon_app.workers.context import TaskContext, Work
from tryon_app.workers.requests import AnyTask, Start

FILES: Mapping[type[AnyTask], Work] = {
    requests.ReadVocabulary: packs.vocabulary,
    requests.ListPacks: packs.list_packs,
    requests.ReadPerson: inputs.read_person,
    requests.ReadGarment: inputs.read_garment,
    requests.ReadStage: inputs.read_stage,
    requests.Thumbnails: inputs.thumbnails,
    requests.ReadPicture: inputs.picture,
    requests.Guess: inputs.guess,
    requests.KeepBytes: outputs.keep_bytes,
    requests.SavePicture: outputs.save,
    requests.Export: outputs.export,
    requests.PlaceBack: outputs.place_back,
    requests.Remember: outputs.remember,
    requests.KeepAnalysis: projects.keep_analysis,
    requests.ReadAnalysis: projects.read_analysis,
    requests.PackProject: projects.pack,
    requests.UnpackProject: projects.unpack,
    requests.FindCopies: batches.find_copies,
    requests.SaveBatch: batches.save,
}


def compute() -> Mapping[type[AnyTask], Work]:
    """The tasks that need torch; they share one loaded pipeline."""
    from tryon_app.workers.loaded import Loaded

    loaded = Loaded()
    return {
        Start: start,
        requests.AnalysePerson: partial(inputs.analyse_person, loaded=loaded),
        requests.AnalyseGarment: partial(inputs.analyse_garment, loaded=loaded),
        requests.Load: loaded.load,
        requests.TryOn: partial(tryon.try_on, loaded=loaded),
    }


def warm_up() -> None:
    """Import PyTorch, and what the first try-on would otherwise wait for. What goes wrong is told by who needs it."""
    with suppress(Exception):
        import engine.tryon.pipeline  # noqa: F401


def start(asked: Start, _: TaskContext) -> Ready:
    """Say what "auto" means on this machine, once PyTorch is imported."""
    import torch

    from engine.system.devices import choose_device

    if asked.threads:
        torch.set_num_threads(asked.threads)
    device = choose_device("auto")
    title = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
    return Ready(str(device), title)
