"""What leaves the engine's process as files: pictures to save, stages to export, and the history of results."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from tryon_app.workers.child import TaskContext
from tryon_app.workers.tryon import garment_of, person_of

_THUMBNAIL = 320


def keep_bytes(call: TaskContext) -> dict[str, Any]:
    """Write the picture "data" (bytes of a file, or an array) that came without one into "folder"; answers its path."""
    from engine.imaging.saving import save_picture
    from engine.system.files import atomic_path

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


def save(call: TaskContext) -> dict[str, Any]:
    """Write "image" to "path" as PNG, JPEG or WebP with "metadata" embedded."""
    from engine.imaging.saving import save_picture

    path = Path(call.payload["path"])
    save_picture(path, call.payload["image"], call.payload.get("metadata"), call.payload.get("quality", 95))
    return {"path": str(path)}


def export(call: TaskContext) -> dict[str, Any]:
    """Write every stage into "folder", as `tryon run --save-stages` does, with the parameters as parameters.json.

    Payload beside it: "person", "garment" and the arrays of the computed stages by their names.
    """
    from engine import graph
    from engine.system.files import atomic_path
    from engine.tryon.stage_files import save_stages
    from engine.values import Value, value_of

    folder, data = Path(call.payload["folder"]), call.payload
    size = data[graph.LAST]["image"].shape[:2]
    values: dict[str, Value] = {"person": person_of(data["person"]), "garment": garment_of(data["garment"])}
    values = {name: photo.scaled(size) for name, photo in values.items()}
    values |= {one.name: value_of(one.name, data[one.name], size) for one in graph.TRY_ON if one.name in data}
    save_stages(folder, values)
    with atomic_path(folder / "parameters.json") as temporary:
        temporary.write_text(json.dumps(dict(data.get("metadata", {})), indent=2) + "\n", encoding="utf-8")
    return {"path": str(folder)}


def place_back(call: TaskContext) -> dict[str, Any]:
    """Lay the result's "layers" over the photo "photo" where "changed" says so, at its size; write that to "path"."""
    from engine.imaging.images import read_photo
    from engine.imaging.saving import save_picture
    from engine.tryon.place_back import laid_over

    photo = read_photo(call.payload["photo"], "person")
    box = call.payload.get("frame_box")
    placed = laid_over(photo, box and tuple(box), call.payload["layers"], call.payload["changed"])
    path = Path(call.payload["path"])
    save_picture(path, placed, call.payload.get("metadata"))
    return {"path": str(path), "size": photo.shape[:2]}


def remember(call: TaskContext) -> dict[str, Any]:
    """Add a result to the history: "folder"/NAME with result.png, thumbnail.jpg and entry.json, whole or not at all."""
    from engine.imaging.images import shrunk
    from engine.imaging.saving import save_picture

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
