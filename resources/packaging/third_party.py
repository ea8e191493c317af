"""THIRD_PARTY.txt: names, versions and licences of all that a bundle of this program carries."""

import platform
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from engine.paths import NAME
from resources.packaging import system_libraries

_LICENCES = ("licen", "copying", "notice", "copyright")  # how files with terms begin
_RULE = "=" * 100


def bundled(name: str = NAME) -> list[Distribution]:
    """What `name` needs on this system, without extras and without itself, each once, by name.

    PackageNotFoundError where something needed is not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = list(_needs(distribution(name), set()))
    while waiting:
        need = waiting.pop()
        key = canonicalize_name(need.name)
        if key not in found:
            found[key] = distribution(need.name)
            waiting += _needs(found[key], need.extras)
    return [found[key] for key in sorted(found)]


def notices(libraries: Iterable[Path] = ()) -> str:
    """The whole file: a list first, then everybody's terms. libraries: the system's own files that are carried too."""
    parts = [_of_python(), *map(_of_package, bundled()), *system_libraries.terms(libraries, Path(sys.base_prefix))]
    titles = "\n".join(title for title, _ in parts)
    texts = "\n\n".join(f"{_RULE}\n{title}\n{_RULE}\n{text}" for title, text in parts)
    return f"This program carries the software of others, under their terms:\n\n{titles}\n\n{texts}\n"


def _needs(package: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for need in map(Requirement, package.requires or []):
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield need


def _of_python() -> tuple[str, str]:
    path = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    terms = path.read_text(encoding="utf-8") if path.is_file() else "See https://docs.python.org/3/license.html"
    return f"Python {platform.python_version()}: PSF-2.0", terms


def _of_package(package: Distribution) -> tuple[str, str]:
    texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in _files_with_terms(package)]
    return f"{package.name} {package.version}: {_licence(package)}", "\n\n".join(texts or ["(no text in its package)"])


def _files_with_terms(package: Distribution) -> list[Path]:
    files = [file for file in package.files or [] if ".dist-info" in str(file)]
    named = [Path(str(file.locate())) for file in files if file.name.lower().startswith(_LICENCES)]
    return sorted({path for path in named if path.is_file()})


def _licence(package: Distribution) -> str:
    """In few words, whichever of the three fields its authors filled in."""
    about = package.metadata
    classes = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License")]
    first = (about["License"] or "").strip().partition("\n")[0]
    return about["License-Expression"] or first or ", ".join(classes) or "see its text"
