"""Networks that were trained before, for recipes that learn on what they do."""

from pathlib import Path

from torch import nn

from engine.errors import TryOnError
from engine.networks import build
from engine.training import checkpoint, run_folder


def load_trained(kinds: tuple[str, ...], where: str) -> tuple[nn.Module, str, str]:
    """A trained network, its kind, and a word on where it is from: a run's folder, or a pack's folder or name.

    kinds: those that will do; of a pack that has several the first is taken. TryOnError where there is none.
    """
    from engine.weights import find_pack

    folder = Path(where).expanduser()
    if (folder / run_folder.OPTIONS).exists():
        return _from_run(kinds, folder)
    pack = find_pack(where)
    kind = next((kind for kind in kinds if kind in pack.configs), kinds[-1])
    return pack.load(kind), kind, f"pack {pack.name} {pack.version}"


def _from_run(kinds: tuple[str, ...], folder: Path) -> tuple[nn.Module, str, str]:
    state = checkpoint.load(folder / checkpoint.LAST)
    kind = checkpoint.network_kind(state)
    if kind not in kinds:
        raise TryOnError("run.other_recipe", path=folder, kind=state["kind"], wanted=" or ".join(reversed(kinds)))
    network = build(kind, state["config"])
    network.load_state_dict(state["average"])
    return network, kind, f"a run after {state['step']} steps"
