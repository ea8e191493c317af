"""What the window has to know of the engine before it can show anything: names, colours, packs."""

from pathlib import Path
from typing import Any

from tryon_app.workers.child import TaskContext


def vocabulary(call: TaskContext) -> dict[str, Any]:
    """The label spaces (names, colours), the joints and the bones between them, and the engine's version."""
    from engine import __version__
    from engine.labels import ALIAS, LIP, SEGMENTATION
    from engine.pose.skeleton import JOINT_NAMES, LIMBS

    spaces = {space.key: {"names": space.names, "colours": space.colours} for space in (LIP, SEGMENTATION, ALIAS)}
    return {"version": __version__, "spaces": spaces, "joints": JOINT_NAMES, "bones": LIMBS}


def list_packs(call: TaskContext) -> dict[str, Any]:
    """Every pack that can be read, and the folders of those that cannot with the reason."""
    from engine.weights import find_broken, find_packs, is_shipped, read_pack

    found = [describe(pack) | {"shipped": is_shipped(pack)} for pack in find_packs()]
    extra = call.payload.get("also", "")
    if extra and extra not in [pack["folder"] for pack in found] and Path(extra).is_dir():
        found.append(describe(read_pack(extra)) | {"shipped": False})
    return {"packs": found, "broken": {str(folder): str(error) for folder, error in find_broken().items()}}


def describe(pack: Any) -> dict[str, Any]:
    """What the window shows of a pack."""
    return {
        "name": pack.name,
        "version": pack.version,
        "licence": pack.licence,
        "folder": str(pack.folder),
        "kinds": tuple(pack.configs),
        "bytes": pack.bytes,
        "sizes": tuple(pack.sizes),
    }
