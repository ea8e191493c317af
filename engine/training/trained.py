"""Networks that were trained before, for recipes that learn on what they do."""

from pathlib import Path

from torch import nn

from engine.errors import TryOnError
from engine.networks import build
from engine.training import checkpoint, run_folder


def load_trained(kind: str, where: str) -> tuple[nn.Module, str]:
    """A trained network of `kind` and a word on where it is from: a run's folder, or a pack's folder or name.

    TryOnError where there is none.
    """
    from engine.weights import find_pack

    if not where:
        raise TryOnError(
            f"This recipe learns on what a trained {kind} network does: name a run, a pack or its folder with "
            f"--set {kind}=..."
        )
    folder = Path(where).expanduser()
    if (folder / run_folder.OPTIONS).exists():
        return _from_run(kind, folder)
    pack = find_pack(where)
    return pack.load(kind), f"pack {pack.name} {pack.version}"


def _from_run(kind: str, folder: Path) -> tuple[nn.Module, str]:
    state = checkpoint.load(folder / checkpoint.LAST)
    if checkpoint.network_kind(state) != kind:
        raise TryOnError(f"{folder} is a run of the {state['kind']} recipe; name one of the {kind} recipe.")
    network = build(kind, state["config"])
    network.load_state_dict(state["average"])
    return network, f"a run after {state['step']} steps"
