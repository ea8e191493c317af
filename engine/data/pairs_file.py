"""Pairs files as people write them: who wears what, a pair a line.

Names may end in a picture's suffix or not. They are parted by tabs, commas or semicolons, else by spaces; names that
hold spaces are told apart by their suffixes. Quotes, comments (#), a heading and a third column (Dress Code's kind of
garment) are understood; the text may be UTF-8 or UTF-16 with or without a byte-order mark, or Korean CP949.
"""

import codecs
import csv
import re
from pathlib import Path, PurePosixPath

from engine.errors import TryOnError
from engine.notes import note

Pair = tuple[str, str]

_SUFFIX = r"\.(?:jpe?g|png|webp|bmp)"
_WITH_SPACES = re.compile(rf"(\S.*?{_SUFFIX})\s+(\S.*?{_SUFFIX})(?:\s+(\S+))?", re.IGNORECASE)
_PICTURE = re.compile(rf"(.+){_SUFFIX}", re.IGNORECASE)
_PARTED_BY = ("\t", ",", ";")
_HEADING = frozenset({"person", "people", "image", "model", "cloth", "clothes", "garment", "category", "pair"})
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_pairs(path: Path) -> list[Pair]:
    """Names (person, garment) without suffix and folder. TryOnError names a line that does not hold two names."""
    pairs: list[Pair] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        words = _words(line.strip())
        if not words or (not pairs and all(word.casefold() in _HEADING for word in words)):
            continue
        if not _is_pair(words):
            raise TryOnError("pairs.line", number=number, path=path)
        pairs.append((_name(words[0]), _name(words[1])))
    return pairs


def _is_pair(words: list[str]) -> bool:
    """Two names; a third column is a kind of garment and not a third picture."""
    if len(words) == 3 and _PICTURE.fullmatch(words[2]) is not None:
        return False
    return len(words) in (2, 3) and all(words[:2])


def read_text(path: Path) -> str:
    """The text of a file in any of the codes that such files come in. TryOnError where there is no text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TryOnError("pairs.unreadable", path=path) from error
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp949":
            note("pairs_korean")
        if "\0" not in text:
            return text
    raise TryOnError("pairs.unreadable", path=path)


def _encodings(data: bytes) -> list[str]:
    """By its mark; else UTF-16 has a zero beside every Latin letter, and what is not UTF-8 is likely old Korean."""
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    if marked:
        return marked
    if data[1:2] == b"\0":
        return ["utf-16-le"]
    return ["utf-16-be"] if data[:1] == b"\0" else ["utf-8", "cp949"]


def _words(line: str) -> list[str]:
    """The columns of a line; none where it is empty or a comment."""
    if not line or line.startswith("#"):
        return []
    line = re.sub(r"\s#\s.*$", "", line)
    parted = _WITH_SPACES.fullmatch(line) if '"' not in line else None
    if parted is not None:
        return [word for word in parted.groups() if word]
    for mark in _PARTED_BY:
        if mark in line:
            return _trimmed(next(csv.reader([line], delimiter=mark, skipinitialspace=True)))
    return _trimmed(next(csv.reader([" ".join(line.split())], delimiter=" ", skipinitialspace=True)))


def _trimmed(words: list[str]) -> list[str]:
    """Without spaces around the words, and without empty columns at the end."""
    trimmed = [word.strip() for word in words]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _name(word: str) -> str:
    """A file's name without folder and without a picture's suffix; other dots belong to the name."""
    name = PurePosixPath(word.replace("\\", "/")).name
    found = _PICTURE.fullmatch(name)
    return found[1] if found is not None else PurePosixPath(name).stem
