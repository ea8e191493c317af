"""A project as one file: packed from its folder, and unpacked into one, whole or not at all; see `project_format`."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from tryon_app.workers import project_format as form

_MOST = 1 << 30  # bytes of one member, pictures of results aside; more is no project of ours
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
    """Take everything but the pictures of results out of a file; project.json comes last, so that it says "whole".

    TryOnError where it is no project, is damaged or was made by a newer program.
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


def take_out(path: Path, name: str, target: Path) -> None:
    """One member as a file; OSError or zipfile.BadZipFile where there is none."""
    temporary = target.with_name(f".{target.name}")
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as source, temporary.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        temporary.replace(target)
    except (KeyError, EOFError, ValueError) as error:
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
        texts: list[Any] = [self._json(form.STATE, state)]
        pictures = []
        for path in sorted((self._folder / form.HISTORY).glob(f"[!.]*/{form.ENTRY}")):
            name = path.relative_to(self._folder).as_posix()
            texts.append(self._json(name, json.loads(path.read_bytes())))
            pictures.append(path.parent)
        for file in self._small(texts, pictures):
            self._copy(file.relative_to(self._folder).as_posix(), file)
        self._add_results(pictures)

    def _small(self, texts: list[Any], entries: list[Path]) -> Iterator[Path]:
        """Edits, analyses that are still spoken of, and what lies beside a result."""
        named = set(form.texts_of(texts))
        for room in (form.EDITS, form.ANALYSES):
            yield from (path for path in sorted((self._folder / room).glob("*.npz")) if path.name in named)
        for entry in entries:
            yield from (path for path in sorted(entry.iterdir()) if path.suffix in (".npz", ".jpg"))

    def _add_results(self, entries: list[Path]) -> None:
        there = [entry / form.RESULT for entry in entries if (entry / form.RESULT).is_file()]
        for path in there:
            self._copy(path.relative_to(self._folder).as_posix(), path)
        others = [(entry / form.RESULT).relative_to(self._folder).as_posix() for entry in entries]
        wanted = [name for name in others if self._folder / name not in there]
        if self._before is None or not wanted:
            return
        with zipfile.ZipFile(self._before) as old:
            for name in wanted:
                with suppress(KeyError):  # its picture was lost before
                    self._add(name, old.read(name))

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

    def _copy(self, name: str, path: Path) -> None:
        how = zipfile.ZIP_DEFLATED if path.suffix == ".npz" else zipfile.ZIP_STORED
        self._add(name, path.read_bytes(), how)

    def _add(self, name: str, content: bytes, how: int = zipfile.ZIP_STORED) -> None:
        info = zipfile.ZipInfo(name, _TIME)
        info.compress_type, info.external_attr = how, 0o600 << 16
        self._archive.writestr(info, content, compresslevel=1)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    state = form.read_state(archive.read(form.STATE))
    names = [info.filename for info in archive.infolist() if _is_wanted(info)]
    photos = {name: str(folder / name) for name in names if name.startswith(f"{form.PHOTOS}/")}
    for name in names:
        target = folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = archive.read(name)
        target.write_bytes(_placed(json.loads(content), photos) if target.name == form.ENTRY else content)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # where nothing else is in it
    (folder / form.STATE).write_bytes(_placed(state, photos))


def _placed(found: Any, photos: Mapping[str, str]) -> bytes:
    """JSON with photos where they lie now."""
    return json.dumps(form.mapped(found, lambda text: photos.get(text, text)), indent=1).encode()


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    """Whether it is one of ours and lies where it should; ValueError for one that is far too large."""
    path = PurePosixPath(info.filename)
    depth = {form.EDITS: 2, form.ANALYSES: 2, form.PHOTOS: 3, form.HISTORY: 3}.get(path.parts[0] if path.parts else "")
    if len(path.parts) != depth or ".." in path.parts or "\\" in info.filename or info.is_dir():
        return False
    if path.name == form.RESULT and path.parts[0] == form.HISTORY:
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
