"""What leaves the engine's process as files: pictures to save, stages to export, and the history of results."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tryon_app.workers.child import Call
from tryon_app.workers.inputs import shrunk
from tryon_app.workers.tryon import garment_of, person_of

if TYPE_CHECKING:
    from engine.values import Value

_THUMBNAIL = 320


def keep_bytes(call: Call) -> dict[str, Any]:
    """Write the picture "data" (bytes of a file, or an array) that came without one into "folder"; answers its path."""
    from engine.files import atomic_path
    from engine.saving import save_picture

    data, folder = call.payload["data"], Path(call.payload["folder"])
    content = data if isinstance(data, bytes) else data.tobytes()
    name = f"{call.payload.get('name', 'pasted')}-{hashlib.sha256(content).hexdigest()[:12]}"
    path = folder / f"{name}{call.payload.get('suffix', '.png')}"
    if not isinstance(data, bytes):
        save_picture(path, data)
    else:
        with atomic_path(path) as temporary:
            temporary.write_bytes(data)
    return {"path": str(path)}


def save(call: Call) -> dict[str, Any]:
    """Write "image" to "path" as PNG, JPEG or WebP with "metadata" embedded."""
    from engine.saving import save_picture

    path = Path(call.payload["path"])
    save_picture(path, call.payload["image"], call.payload.get("metadata"), call.payload.get("quality", 95))
    return {"path": str(path)}


def export(call: Call) -> dict[str, Any]:
    """Write every stage into "folder", as `tryon run --save-stages` does, with the parameters as parameters.json."""
    from engine.files import atomic_path
    from engine.stage_files import save_stages

    folder = Path(call.payload["folder"])
    save_stages(folder, values_of(call.payload))
    with atomic_path(folder / "parameters.json") as temporary:
        temporary.write_text(json.dumps(dict(call.payload.get("metadata", {})), indent=2) + "\n", encoding="utf-8")
    return {"path": str(folder)}


def values_of(data: Mapping[str, Any]) -> "dict[str, Value]":
    """The values of all stages from plain data, at the size of the result."""
    from engine.values import value_of

    result, size = data["result"], data["result"]["image"].shape[:2]
    arrays = {name: data[name] for name in ("agnostic", "segmentation", "warp")}
    arrays |= {"misalignment": {"mask": result["misalignment"]}, "generation": {"picture": result["raw"]}}
    arrays["result"] = result
    photos = {"person": person_of(data["person"]).scaled(size), "garment": garment_of(data["garment"]).scaled(size)}
    return photos | {name: value_of(name, one, size) for name, one in arrays.items()}


def place_back(call: Call) -> dict[str, Any]:
    """Lay the result's "layers" over the photo "photo" where "changed" says so, at its size; write that to "path"."""
    from engine.framing import Framed
    from engine.images import read_photo
    from engine.saving import save_picture

    photo = read_photo(call.payload["photo"])
    size = (photo.shape[0], photo.shape[1])
    box = call.payload.get("frame_box") or (0.0, 0.0, float(size[1]), float(size[0]))
    layers, changed = call.payload["layers"], call.payload["changed"]
    placed = Framed(layers, tuple(box), size).paste_back(photo, layers, changed)
    path = Path(call.payload["path"])
    save_picture(path, placed, call.payload.get("metadata"))
    return {"path": str(path), "size": size}


def remember(call: Call) -> dict[str, Any]:
    """Add a result to the history: "folder"/NAME with result.png, thumbnail.jpg and entry.json, whole or not at all."""
    from engine.saving import save_picture

    target, image = Path(call.payload["folder"]), call.payload["image"]
    temporary = target.with_name(f".{target.name}")
    try:
        save_picture(temporary / "result.png", image, call.payload.get("metadata"))
        save_picture(temporary / "thumbnail.jpg", shrunk(image, _THUMBNAIL), quality=90)
        save_picture(temporary / "garment.jpg", shrunk(call.payload["garment"], _THUMBNAIL), quality=90)
        entry = json.dumps(call.payload["entry"], indent=2) + "\n"
        (temporary / "entry.json").write_text(entry, encoding="utf-8")
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return {"thumbnail": np.asarray(shrunk(image, _THUMBNAIL)), "folder": str(target)}
