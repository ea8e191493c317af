"""What a bundle carries of the system it was built on: shared libraries by Debian package, each with its terms."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

Ask = Callable[[Sequence[str]], str]
_DOCS, _COMMON = Path("/usr/share/doc"), Path("/usr/share/common-licenses")
_UNKNOWN = "(not of a package; see where this system has it from)"


def dpkg_query(words: Sequence[str]) -> str:
    """What `dpkg-query` says; nothing where there is none, and of what it does not know."""
    try:
        done = subprocess.run(["dpkg-query", *words], capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return ""
    return done.stdout


def terms(
    libraries: Iterable[Path], own: Path, ask: Ask = dpkg_query, docs: Path = _DOCS, common: Path = _COMMON
) -> list[tuple[str, str]]:
    """Title and terms of each package that these files are of, then the licences that those texts only name.

    own: where Python lies; what is in there and of no package came with it, and Python's licence is about that.
    """
    packages, unknown = _by_package({path.name: path for path in libraries}, ask)
    texts = {name: _text(docs / name / "copyright") for name in packages}
    found = []
    for name, files in sorted(packages.items()):
        version = ask(["--show", "--showformat=${Version}", name])
        found.append((f"{name} {version} ({', '.join(files)}): {_licence(texts[name])}", texts[name]))
    found += [(f"{path.name}: not known", _UNKNOWN) for path in unknown if not path.is_relative_to(own)]
    named = sorted({one for text in texts.values() for one in _named(text)})
    return found + [(f"{one}, named above", _text(common / one)) for one in named if (common / one).is_file()]


def _by_package(libraries: dict[str, Path], ask: Ask) -> tuple[dict[str, list[str]], list[Path]]:
    """The names of files by package, and the files of none."""
    places = [place for path in libraries.values() for place in _places(path)]
    owners: dict[str, set[str]] = defaultdict(set)
    for line in ask(["--search", *places]).splitlines() if places else ():
        owner, _, place = line.rpartition(": ")
        owners[owner.partition(",")[0].partition(":")[0]].add(Path(place).name)
    known = {name for names in owners.values() for name in names}
    real = {name: path.resolve().name for name, path in libraries.items()}
    packages = {
        owner: sorted(name for name in libraries if {name, real[name]} & names) for owner, names in owners.items()
    }
    return packages, [path for name, path in libraries.items() if not {name, real[name]} & known]


def _places(path: Path) -> Iterator[str]:
    """As a package may list it: the link or what it leads to, with /usr or, from before the two were one, without."""
    for one in (path.absolute(), path.resolve()):
        yield str(one)
        yield str(one).removeprefix("/usr") if one.is_relative_to("/usr") else f"/usr{one}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else "(no text in its package)"


def _licence(text: str) -> str:
    """The short names of a machine-readable copyright file."""
    fields = re.findall(r"^License: *(\S.*)$", text, re.MULTILINE) if text.startswith("Format:") else []
    return ", ".join(dict.fromkeys(fields)) or "see its text"


def _named(text: str) -> list[str]:
    """Licences that a text only names, since Debian has one copy of each."""
    return sorted(set(re.findall(r"/usr/share/common-licenses/([A-Za-z]+(?:-\d+(?:\.\d+)?)?)", text)))
