"""What a project keeps in files: photos as they were analysed, and all of it as one file."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from tryon_app.workers import array_file, project_file
from tryon_app.workers.answers import GarmentPhoto, PersonPhoto
from tryon_app.workers.context import TaskContext
from tryon_app.workers.requests import KeepAnalysis, PackProject, ReadAnalysis, UnpackProject

_PREVIEW = "preview "  # no array of a photo is called so


def keep_analysis(asked: KeepAnalysis, _: TaskContext) -> None:
    """Write an analysed photo; the same one is there already where the file is."""
    from engine.system.files import atomic_path

    path, photo = Path(asked.path), asked.photo
    if path.exists():
        return
    preview = getattr(photo, "preview", None)
    about = {one.name: _plain(getattr(photo, one.name)) for one in fields(photo) if one.name not in ("data", "preview")}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with atomic_path(path) as temporary:
        arrays = {**photo.data, _PREVIEW: preview}
        temporary.write_bytes(array_file.content(arrays, {"kind": _kind(photo), **about}, compressed=True))


def read_analysis(asked: ReadAnalysis, _: TaskContext) -> PersonPhoto | GarmentPhoto | None:
    """An analysed photo, as if it had been analysed now."""
    data, about = array_file.read(Path(asked.path))
    if about.pop("kind", "") != asked.kind or "image" not in data:
        return None
    preview = data.pop(_PREVIEW, None)
    try:
        found = {**_typed(about), "data": data, "path": asked.photo}
        return PersonPhoto(**found, preview=preview) if asked.kind == "person" else GarmentPhoto(**found)
    except (TypeError, ValueError):  # another version's
        return None


def pack(asked: PackProject, _: TaskContext) -> str:
    """Write a project's file."""
    project_file.pack(Path(asked.folder), Path(asked.path), Path(asked.before) if asked.before else None)
    return asked.path


def unpack(asked: UnpackProject, _: TaskContext) -> None:
    """Open a project's file."""
    project_file.unpack(Path(asked.path), Path(asked.folder))


def _kind(photo: PersonPhoto | GarmentPhoto) -> str:
    return "person" if isinstance(photo, PersonPhoto) else "garment"


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _typed(about: dict[str, Any]) -> dict[str, Any]:
    """JSON's lists as what the classes hold."""
    made = {name: tuple(value) if isinstance(value, list) else value for name, value in about.items()}
    made["boxes"] = tuple(tuple(box) for box in about.get("boxes", ()))
    if "estimated" in about:
        made["estimated"] = frozenset(about["estimated"])
    return made
