"""pack.json: what it says, read with distrust because packs come from strangers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from engine.category import CATEGORIES, UPPER, Category
from engine.errors import TryOnError
from engine.weights.refinements import Refinements, read_refinements

_T = TypeVar("_T")
FORMAT = 1
FILE_NAME = "pack.json"
_LARGEST = 1_000_000  # bytes; a manifest is a page of text
_SAFE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # not file names on Windows
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class File:
    """One safetensors file of a pack: its name in the folder, its SHA-256 in hexadecimal, its length in bytes."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """The content of pack.json; `configs` and `files` have the same keys, the kinds of `engine.networks.KINDS`.

    sizes: picture sizes (height, width) the pack was made for. provenance: where the weights come from, text or table.
    refinements: steps beside the networks that these weights were made with; none for the published method.
    category: the kind of garment that the networks put on.
    """

    name: str
    version: str
    licence: str
    sizes: tuple[tuple[int, int], ...]
    configs: Mapping[str, Mapping[str, Any]] = field(hash=False)
    provenance: str | Mapping[str, Any] = field(hash=False)
    files: Mapping[str, File] = field(hash=False)
    refinements: Refinements = field(default_factory=Refinements, kw_only=True)
    category: Category = field(default=UPPER, kw_only=True)


def check_name(name: str) -> str:
    """`name` itself when it may name a pack or a file in one; TryOnError otherwise (no separators, no leading dot)."""
    if not _SAFE_NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        raise TryOnError("pack.name", name=name)
    return name


def read_manifest(folder: Path) -> Manifest:
    """Read and check FOLDER/pack.json. TryOnError names the file, the entry that is wrong, and what to do."""
    path = folder / FILE_NAME
    try:
        return _parse(_read_json(path))
    except FileNotFoundError:
        raise TryOnError("pack.no_manifest", path=folder, file=FILE_NAME) from None
    except OSError as error:
        raise TryOnError("pack.unreadable", path=path, reason=error.strerror) from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        reason = f"it has no entry {error}" if isinstance(error, KeyError) else str(error).rstrip(".")
        raise TryOnError("pack.manifest", path=path, reason=reason) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write FOLDER/pack.json, readable by people; the folder is one that nobody else sees yet."""
    data = {
        "format": FORMAT,
        "name": manifest.name,
        "version": manifest.version,
        "licence": manifest.licence,
        "sizes": [list(size) for size in manifest.sizes],
        "provenance": manifest.provenance,
        "refinements": vars(manifest.refinements),
        "category": manifest.category.key,
        "configs": {kind: dict(config) for kind, config in manifest.configs.items()},
        "files": {kind: vars(file) for kind, file in manifest.files.items()},
    }
    (folder / FILE_NAME).write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _read_json(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST} bytes")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"it is not JSON ({error})") from error
    return _expect(data, dict, "the whole file")


def _parse(data: dict[str, Any]) -> Manifest:
    if _expect(data["format"], int, "'format'") != FORMAT:
        raise ValueError(
            f"its format is {data['format']} and this program reads {FORMAT}, so one of them needs an update"
        )
    configs = {kind: _expect(config, dict, f"config {kind!r}") for kind, config in _table(data, "configs").items()}
    files = {kind: _parse_file(kind, entry) for kind, entry in _table(data, "files").items()}
    if set(configs) != set(files) or not files:
        raise ValueError("'configs' and 'files' do not list the same networks")
    if len({file.name for file in files.values()}) != len(files):
        raise ValueError("two networks share a file")
    provenance = data["provenance"]
    return Manifest(
        name=check_name(_text(data, "name")),
        version=_text(data, "version"),
        licence=_text(data, "licence"),
        sizes=tuple(_parse_size(size) for size in _expect(data["sizes"], list, "'sizes'")),
        configs=configs,
        provenance=provenance if isinstance(provenance, str) else _table(data, "provenance"),
        files=files,
        refinements=read_refinements(_table(data, "refinements") if "refinements" in data else {}),
        category=_category(_text(data, "category") if "category" in data else UPPER.key),
    )


def _parse_file(kind: str, entry: Any) -> File:
    table = _expect(entry, dict, f"file {kind!r}")
    file = File(_text(table, "name"), _text(table, "sha256"), _expect(table["bytes"], int, f"'bytes' of {kind!r}"))
    if not _SAFE_NAME.fullmatch(file.name) or not file.name.endswith(".safetensors"):
        raise ValueError(f"{file.name!r} is not a plain file name ending in .safetensors")
    if not _SHA256.fullmatch(file.sha256) or file.bytes <= 0:
        raise ValueError(f"checksum or length of {file.name} is not one")
    return file


def _category(key: str) -> Category:
    if key not in CATEGORIES:
        raise ValueError(f"category {key!r} is not one this version knows ({', '.join(CATEGORIES)})")
    return CATEGORIES[key]


def _parse_size(size: Any) -> tuple[int, int]:
    match size:
        case [int(height), int(width)] if height > 0 and width > 0:
            return height, width
    raise ValueError(f"{size!r} is not a picture size [height, width]")


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    return _expect(data[key], dict, f"{key!r}")


def _text(data: dict[str, Any], key: str) -> str:
    text = _expect(data[key], str, f"{key!r}")
    if not text.isprintable():
        raise ValueError(f"{key!r} has control characters")  # they could rewrite a terminal
    return text


def _expect(value: Any, kind: type[_T], what: str) -> _T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{what} is not {_KIND_NAMES[kind]}")
    return value


_KIND_NAMES: dict[type, str] = {dict: "a table", list: "a list", str: "text", int: "a whole number"}
