"""A project as one file: packed from its folder, and unpacked into one, whole or not at all; see `project_format`."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from pathlib import Path, PurePosixPath
from typing import Any

from tryon_app.workers import project_format as form

_MOST = 1 << 30  # bytes of one member, pictures of results aside; more is no project of ours
_DEPTH = 3  # parts of the name of a result's file: the room, the result's key, what the file is called
_TIME = (1980, 1, 1, 0, 0, 0)  # the same project makes the same file


def pack(folder: Path, target: Path, before: Path | None = None) -> None:
    """Write the project in `folder` to `target`, with photos from wherever they lie.

    before: the file that holds the pictures of results that are not in the folder. TryOnError where it cannot be
    written; `target` is then what it was.
    """
    from engine.errors import TryOnError
    from engine.system.files import atomic_path

    _remove_unfinished(target)
    try:
        with atomic_path(target) as temporary:
            with zipfile.ZipFile(temporary, "w") as archive:
                _Packing(folder, archive, before).write()
            _to_disk(temporary)
        _to_disk(target.parent)
    except OSError as error:
        raise TryOnError("file.unwritable", path=target, reason=error.strerror or type(error).__name__) from error


def unpack(path: Path, folder: Path) -> None:
    """Take everything but the files of results out of a file; project.json comes last, so that it says "whole".

    What there is of results is one list: to make hundreds of small files takes longer than all the rest. TryOnError
    where it is no project, is damaged or was made by a newer program.
    """
    from engine.errors import TryOnError

    try:
        with zipfile.ZipFile(path) as archive:
            _unpack(archive, folder)
    except form.NewerVersionError as error:
        raise TryOnError("project.newer", path=path) from error
    except FileNotFoundError as error:
        raise TryOnError("project.missing", path=path) from error
    except OSError as error:
        raise TryOnError("project.unopened", path=path, reason=error.strerror or type(error).__name__) from error
    except Exception as error:  # a damaged archive raises whatever its parsers stumble over
        raise TryOnError("project.damaged", path=path) from error


def take_out(path: Path, *targets: Path) -> None:
    """Files of results, where they belong in the project's folder; those that the file has not are left out.

    OSError or zipfile.BadZipFile where it cannot be read.
    """
    with zipfile.ZipFile(path) as archive:
        for target in targets:
            name = "/".join(target.parts[-_DEPTH:])
            if name in archive.NameToInfo:
                _take_one(archive, name, target)


def _take_one(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}")
    try:
        with archive.open(name) as source, temporary.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        temporary.replace(target)
    except (EOFError, ValueError) as error:
        raise zipfile.BadZipFile(name) from error
    finally:
        temporary.unlink(missing_ok=True)


class _Packing:
    """One file being written."""

    def __init__(self, folder: Path, archive: zipfile.ZipFile, before: Path | None) -> None:
        self._folder, self._archive, self._before = folder, archive, before
        self._photos: dict[str, str] = {}

    def write(self) -> None:
        self._add("mimetype", form.MIME.encode())
        state = form.read_state((self._folder / form.STATE).read_bytes())
        state.pop(form.SAVED, None)  # that the file itself holds it needs no saying
        listed = form.read_results(self._folder)
        entries = dict(listed)
        for path in (self._folder / form.HISTORY).glob(f"[!.]*/{form.ENTRY}"):
            entries[path.parent.name] = json.loads(path.read_bytes())
        texts: list[Any] = [self._json(form.STATE, state)]
        texts += [self._json(f"{form.HISTORY}/{key}/{form.ENTRY}", entries[key]) for key in sorted(entries)]
        named = set(form.texts_of(texts))
        for room in (form.EDITS, form.ANALYSES):
            for path in sorted((self._folder / room).glob("*.npz")):
                if path.name in named:
                    self._copy(f"{room}/{path.name}", path.read_bytes())
        history = self._folder / form.HISTORY
        here = not listed and all((history / key / form.RESULT).is_file() for key in entries)
        self._add_files_of(entries, None if here else self._before)

    def _add_files_of(self, entries: Collection[str], before: Path | None) -> None:
        """What lies beside the results, here or in the file before."""
        with nullcontext() if before is None else zipfile.ZipFile(before) as old:
            for name in self._files_of(entries, old):
                path = self._folder / name
                self._copy(name, path.read_bytes() if old is None or path.is_file() else old.read(name))

    def _files_of(self, entries: Collection[str], old: zipfile.ZipFile | None) -> list[str]:
        """Their names, those of the pictures last."""
        rooms = {PurePosixPath(form.HISTORY, key) for key in entries}
        here = {PurePosixPath(room, path.name) for room in rooms for path in (self._folder / room).glob("[!.]*")}
        found = here | {PurePosixPath(name) for name in (old.namelist() if old is not None else ())}
        wanted = [one for one in found if one.suffix in (".npz", ".jpg") or one.name == form.RESULT]
        in_order = sorted(wanted, key=lambda one: (one.name == form.RESULT, one))
        return [str(one) for one in in_order if one.parent in rooms]

    def _json(self, name: str, found: Any) -> Any:
        found = form.mapped(found, self._photo)
        self._add(name, (json.dumps(found, indent=1) + "\n").encode(), zipfile.ZIP_DEFLATED)
        return found

    def _photo(self, text: str) -> str:
        """The name in the file of a photo that is named by its path; any other text as it is."""
        if text not in self._photos:
            path = Path(text)
            if len(text) > 4096 or "\0" in text or not path.is_absolute() or not path.is_file():
                return text
            content = path.read_bytes()
            name = f"{form.PHOTOS}/{hashlib.sha256(content).hexdigest()[:16]}/{path.name}"
            if name not in self._archive.NameToInfo:
                self._add(name, content)
            self._photos[text] = name
        return self._photos[text]

    def _copy(self, name: str, content: bytes) -> None:
        self._add(name, content, zipfile.ZIP_DEFLATED if name.endswith(".npz") else zipfile.ZIP_STORED)

    def _add(self, name: str, content: bytes, how: int = zipfile.ZIP_STORED) -> None:
        info = zipfile.ZipInfo(name, _TIME)
        info.compress_type, info.external_attr = how, 0o600 << 16
        self._archive.writestr(info, content, compresslevel=1)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    state = form.read_state(archive.read(form.STATE))
    names = [info.filename for info in archive.infolist() if _is_wanted(info)]
    photos = {name: str(folder / name) for name in names if name.startswith(f"{form.PHOTOS}/")}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # where nothing else is in it
    results = {}
    for name in names:
        target = folder / name
        if target.name == form.ENTRY:
            results[target.parent.name] = json.loads(archive.read(name))
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
    (folder / form.RESULTS).write_bytes(_placed(results, photos))
    (folder / form.STATE).write_bytes(_placed(state, photos))


def _placed(found: Any, photos: Mapping[str, str]) -> bytes:
    """JSON with photos where they lie now."""
    return json.dumps(form.mapped(found, lambda text: photos.get(text, text)), indent=1).encode()


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    """Whether it is one of ours and lies where it should; ValueError for one that is far too large."""
    path = PurePosixPath(info.filename)
    depth = {form.EDITS: 2, form.ANALYSES: 2, form.PHOTOS: 3, form.HISTORY: _DEPTH}.get("".join(path.parts[:1]))
    if len(path.parts) != depth or ".." in path.parts or "\\" in info.filename or info.is_dir():
        return False
    if path.name != form.ENTRY and path.parts[0] == form.HISTORY:
        return False
    if info.file_size > _MOST:
        raise ValueError(info.filename)
    return True


def _remove_unfinished(target: Path) -> None:
    """Files that a window that was killed had begun to write; who has this project open has it alone."""
    begun = f".{target.stem[:40]}-"
    for path in target.parent.iterdir() if target.parent.is_dir() else ():
        if path.name.startswith(begun) and path.suffix == target.suffix and len(path.stem) == len(begun) + 16:
            path.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    """Whatever happens to the power, what was written is there."""
    if path.is_dir() and os.name == "nt":
        return  # where a folder cannot be asked for that
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
