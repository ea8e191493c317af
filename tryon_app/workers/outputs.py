"""What leaves the engine's process as files: pictures to save, stages to export, and the history of results."""

import hashlib
import json
import shutil
from pathlib import Path

from engine.arrays import Array8
from tryon_app.workers import array_file
from tryon_app.workers.context import TaskContext
from tryon_app.workers.inputs import degrees
from tryon_app.workers.requests import LISTED, Export, KeepBytes, PlaceBack, Remember, SavePicture
from tryon_app.workers.tryon import garment_of, person_of

_THUMBNAIL = 320


def keep_bytes(asked: KeepBytes, _: TaskContext) -> str:
    """Write a picture that came without a file; the same one again has the same name."""
    from engine.imaging.saving import save_picture
    from engine.system.files import atomic_path

    data = asked.data
    content = data if isinstance(data, bytes) else data.tobytes()
    path = Path(asked.folder) / f"pasted-{hashlib.sha256(content).hexdigest()[:12]}{asked.suffix}"
    if not isinstance(data, bytes):
        save_picture(path, data)
    else:
        with atomic_path(path) as temporary:
            temporary.write_bytes(data)
    return str(path)


def save(asked: SavePicture, _: TaskContext) -> str:
    """Write a picture as its file's ending says."""
    from engine.imaging.saving import save_picture

    save_picture(Path(asked.path), asked.image, asked.metadata, asked.quality)
    return asked.path


def export(asked: Export, _: TaskContext) -> str:
    """Write every stage, all at the size of the result."""
    from engine import graph
    from engine.system.files import atomic_path
    from engine.tryon.stage_files import save_stages
    from engine.values import Value, value_of

    folder, arrays = Path(asked.folder), asked.values
    size = arrays[graph.LAST]["image"].shape[:2]
    values: dict[str, Value] = {"person": person_of(arrays["person"]), "garment": garment_of(arrays["garment"])}
    values = {name: photo.scaled(size) for name, photo in values.items()}
    values |= {one.name: value_of(one.name, arrays[one.name], size) for one in graph.TRY_ON if one.name in arrays}
    save_stages(folder, values)
    with atomic_path(folder / "parameters.json") as temporary:
        temporary.write_text(json.dumps(dict(asked.metadata), indent=2) + "\n", encoding="utf-8")
    return asked.folder


def place_back(asked: PlaceBack, _: TaskContext) -> str:
    """Lay a result over the photo it came from."""
    from engine.imaging.images import read_photo, turned
    from engine.imaging.saving import save_picture
    from engine.tryon.place_back import laid_over

    photo = turned(read_photo(asked.photo, "person"), degrees(asked.turn))
    save_picture(Path(asked.path), laid_over(photo, asked.box, asked.layers, asked.changed), asked.metadata)
    return asked.path


def remember(asked: Remember, _: TaskContext) -> Array8:
    """Add a result to the history: FOLDER with pictures, edits and entry.json, whole or not at all."""
    from engine.imaging.images import read_photo, shrunk
    from engine.imaging.saving import save_picture

    target = Path(asked.folder)
    temporary = target.with_name(f".{target.name}")
    try:
        if isinstance(asked.image, str):
            temporary.mkdir(parents=True)
            shutil.copyfile(asked.image, temporary / "result.png")
        else:
            save_picture(temporary / "result.png", asked.image, asked.metadata)
        image, garment = (read_photo(one) if isinstance(one, str) else one for one in (asked.image, asked.garment))
        save_picture(temporary / "thumbnail.jpg", shrunk(image, _THUMBNAIL), quality=90)
        save_picture(temporary / "garment.jpg", shrunk(garment, _THUMBNAIL), quality=90)
        for name, arrays in asked.edits.items():
            (temporary / name).write_bytes(array_file.content(arrays, compressed=True))
        entry = json.dumps(asked.entry, indent=2) + "\n"
        (temporary / "entry.json").write_text(entry, encoding="utf-8")
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return shrunk(image, LISTED)
