"""What is embedded into a finished picture."""

from engine import __version__
from engine.paths import NAME
from engine.weights import Pack


def made_with(pack: Pack, seed: int, precision: str) -> dict[str, str]:
    """What a picture can be made again with; no folder names, they are nobody's business."""
    return {
        "Software": f"{NAME} {__version__}",
        "weights": f"{pack.name} {pack.version}",
        "licence": pack.licence,
        "seed": str(seed),
        "precision": precision,
    }
