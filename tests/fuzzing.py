"""Damaged files for readers: seeded mutations, and a child with limits of memory and time that reads them.

A table `READERS` of a test module names each reader with the files it reads and the call that reads them. Whatever it
makes of a mutated file is fine, a `TryOnError` too; any other error, a crash or a call that does not end is not. A case
is a reader's name and a number, which is all that is needed to make it again: `python -m tests.fuzzing MODULE NAME
NUMBER` reads it in this process and shows the traceback.
"""

import json
import re
import signal
import struct
import subprocess
import sys
import tempfile
import traceback
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tests.conftest import ROOT

Files = Mapping[str, bytes]
Rng = np.random.Generator
_MEMORY = 3 << 30  # bytes of address space beyond what the child has when it begins
_SECONDS = 20  # of processor time for one case, of which the slowest takes half a second
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_NUMBERS = (b"0", b"-1", b"1e999", b"NaN", b"0.5", b"2147483648", b"18446744073709551616", b"9" * 400, b'"7"', b"null")
_BYTES = (b"\0", b"\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80", b"[" * 2000, b'"', b"\n")
_NODES: tuple[Any, ...] = (
    *(
        None,
        True,
        -1,
        0,
        0.5,
        2**31,
        2**64,
        10**400,
        1e308,
        float("nan"),
        float("inf"),
        "",
        "x" * 300,
        "../x",
        "\0\ud800",
    ),
    *([], {}, [[]], [None], {"": None}, [0] * 1000, ["a", 1]),
)


@dataclass(frozen=True)
class Reader:
    """files: whole ones, by their names in a folder; read: called with that folder."""

    files: Callable[[], Files]
    read: Callable[[Path], object]


# Mutations


def mutated(data: bytes, rng: Rng) -> bytes:
    """`data` with one to three changes, of a kind that fits what it is as often as not."""
    fitting = [_changed_png] if data.startswith(b"\x89PNG") else []
    fitting += [_changed_json] if data[:1] in b"[{" else []
    fitting += [_changed_header] if data[8:9] == b"{" else []
    for _ in range(rng.integers(1, 4)):
        if fitting and rng.random() < 0.5:
            data = fitting[0](data, rng)
        else:
            data = _PLAIN[rng.integers(len(_PLAIN))](data, rng)
    return data


def _part(data: bytes, rng: Rng) -> tuple[int, int]:
    start = int(rng.integers(len(data) + 1))
    return start, min(len(data), start + int(2 ** rng.uniform(0, 10)))


def _flipped(data: bytes, rng: Rng) -> bytes:
    changed = bytearray(data)
    for place in rng.integers(0, max(len(data), 1), rng.integers(1, 9)) if data else ():
        changed[place] ^= 1 << int(rng.integers(8))
    return bytes(changed)


def _cut(data: bytes, rng: Rng) -> bytes:
    return data[: rng.integers(len(data) + 1)]


def _inserted(data: bytes, rng: Rng) -> bytes:
    start, _ = _part(data, rng)
    return data[:start] + _BYTES[rng.integers(len(_BYTES))] + data[start:]


def _overwritten(data: bytes, rng: Rng) -> bytes:
    start, _ = _part(data, rng)
    new = _BYTES[rng.integers(len(_BYTES))]
    return data[:start] + new + data[start + len(new) :]


def _removed(data: bytes, rng: Rng) -> bytes:
    start, end = _part(data, rng)
    return data[:start] + data[end:]


def _repeated(data: bytes, rng: Rng) -> bytes:
    start, end = _part(data, rng)
    return data[:end] + data[start:end] * int(rng.integers(1, 5)) + data[end:]


def _swapped(data: bytes, rng: Rng) -> bytes:
    a, b, c, d = sorted((*_part(data, rng), *_part(data, rng)))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _other_number(data: bytes, rng: Rng) -> bytes:
    found = list(_NUMBER.finditer(data[:100_000]))
    if not found:
        return _flipped(data, rng)
    one = found[rng.integers(len(found))]
    return data[: one.start()] + _NUMBERS[rng.integers(len(_NUMBERS))] + data[one.end() :]


_PLAIN = (_flipped, _cut, _inserted, _overwritten, _removed, _repeated, _swapped, _other_number)


def _changed_png(data: bytes, rng: Rng) -> bytes:
    """One chunk damaged, dropped, doubled or moved, with its checksum made right, so that more than that is met."""
    chunks = list(_chunks(data))
    at = int(rng.integers(len(chunks))) if chunks else -1
    if at < 0:
        return _flipped(data, rng)
    kind, body = chunks[at]
    match int(rng.integers(4)):
        case 0:
            chunks[at : at + 1] = []
        case 1:
            chunks.insert(int(rng.integers(len(chunks) + 1)), chunks[at])
        case _:
            chunks[at] = kind, _PLAIN[rng.integers(len(_PLAIN))](body, rng)
    whole = (struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in chunks)
    return data[:8] + b"".join(whole)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def _changed_json(data: bytes, rng: Rng) -> bytes:
    """One node another one, gone, or moved a level up or down."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return _other_number(data, rng)
    return json.dumps(_changed_node(content, rng)).encode()


def _changed_node(content: Any, rng: Rng) -> Any:
    places = list(_places(content))
    if not places or rng.random() < 0.05:
        return _NODES[rng.integers(len(_NODES))]
    holder, key = places[rng.integers(len(places))]
    match int(rng.integers(6)):
        case 0:
            del holder[key]
        case 1:
            holder[key] = [holder[key]]
        case 2:
            other, place = places[rng.integers(len(places))]
            holder[key] = json.loads(json.dumps(other[place]))
        case _:
            holder[key] = _NODES[rng.integers(len(_NODES))]
    return content


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    keys = range(len(content)) if isinstance(content, list) else list(content) if isinstance(content, dict) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


def _changed_header(data: bytes, rng: Rng) -> bytes:
    """A safetensors file's table, with its length made right."""
    end = 8 + int.from_bytes(data[:8], "little")
    header = _changed_json(data[8:end], rng)
    return len(header).to_bytes(8, "little") + header + data[end:]


# Reading


def lay_out(reader: Reader, name: str, number: int, folder: Path) -> None:
    """The files of a case, one of them mutated."""
    rng = np.random.default_rng([zlib.crc32(name.encode()), number])
    files = dict(reader.files())
    chosen = list(files)[rng.integers(len(files))]
    files[chosen] = mutated(files[chosen], rng)
    for file, content in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content)


def read_case(readers: Mapping[str, Reader], name: str, number: int) -> None:
    """Read one case; raises what the reader raises but for a sentence to the user."""
    from engine.errors import TryOnError

    with tempfile.TemporaryDirectory() as folder:
        lay_out(readers[name], name, number, Path(folder))
        try:
            readers[name].read(Path(folder))
        except TryOnError as error:
            str(error).encode(errors="backslashreplace")  # a sentence that cannot be made is a failure too


def unexplained(module: str, count: int) -> list[str]:
    """What the child had to say about `count` cases of a module's readers, in turn; nothing where all went well."""
    command = [sys.executable, "-m", "tests.fuzzing", module, str(count)]
    with tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT)
        *found, last = done.stdout.splitlines() or [""]
        if done.returncode or last != f"read {count}":
            errors.seek(0)
            found.append(f"ended with {done.returncode} at {last}: {errors.read()[-2000:]}")
    return [line for line in found if not line.startswith("at ")]


class _Hang(BaseException):
    """A case that does not end; no reader's `except Exception` takes it for a damaged file."""


def _child(module: str, count: int) -> None:
    import resource

    import cv2

    readers = import_module(module).READERS
    names = list(readers)
    cv2.setNumThreads(0)
    size = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    if size:
        resource.setrlimit(resource.RLIMIT_AS, (size + _MEMORY,) * 2)

    def hang(*_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 2 * _SECONDS)
        raise _Hang

    signal.signal(signal.SIGPROF, hang)
    for index in range(count):
        name, number = names[index % len(names)], index // len(names)
        _say(f"at {name} {number}")
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        try:
            read_case(readers, name, number)
        except (Exception, _Hang) as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            _say(f"{name} {number}: {type(error).__name__} {str(error)[:200]!r} in {where.filename}:{where.lineno}")
    signal.setitimer(signal.ITIMER_PROF, 0)
    _say(f"read {count}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) == 4:
        read_case(import_module(sys.argv[1]).READERS, sys.argv[2], int(sys.argv[3]))
    else:
        _child(sys.argv[1], int(sys.argv[2]))
