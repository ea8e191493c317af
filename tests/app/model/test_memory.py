"""What is gone takes no memory, whatever was made beside it, and what is kept is so much at most."""

import platform
import subprocess
import sys
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from tests.app.model.test_plan import garment, person
from tryon_app.model import stages
from tryon_app.model.cache import Cache
from tryon_app.model.document import Document
from tryon_app.model.history import Entry, History
from tryon_app.model.plan import Options
from tryon_app.model.results import Results

PICTURES, EACH = 100, 1 << 20
PROGRAM = f"""
import sys
import numpy as np, psutil
from tryon_app.model.memory import give_pictures_back
given = sys.argv[1] == "given" and give_pictures_back()
np.ones(16 << 20, np.uint8)  # a large block that was freed
rss = psutil.Process().memory_info().rss
pictures, small = [], []
for _ in range({PICTURES}):
    pictures.append(np.ones({EACH}, np.uint8))
    small.extend(bytes(3000) for _ in range(20))
pictures.clear()
print(given, psutil.Process().memory_info().rss - rss)
"""


def left(how: str) -> tuple[bool, int]:
    """Whether anything was changed, and how many bytes the process kept."""
    said = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True).stdout
    given, kept = said.split()
    return given == "True", int(kept)


def test_pictures_between_small_things_are_given_back() -> None:
    given, kept = left("given")
    assert given == (platform.libc_ver()[0] == "glibc")
    if given:
        assert kept < PICTURES * EACH / 10
        assert left("as it was")[1] > PICTURES * EACH / 2, "else there is nothing to do"


def test_results_are_remembered_for_as_long_as_they_may_be_shown(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setattr("tryon_app.model.results.MOST", 2)
    document = Document(Cache(1 << 20), Options("pack"))
    document.set_person(person("p"), "Person")
    document.set_garment(garment("g"), "Garment")
    added: list[Entry] = []

    def add(about: Entry, *_: object) -> Entry:
        added.append(about)
        return about

    results = Results(document, cast(History, SimpleNamespace(add=add, find=lambda _: None)))
    for seed in range(20):
        document.set_seed(seed, "Seed")
        assert document.keys is not None
        document.keep(document.keys, stages.LAST, {"image": np.zeros((4, 3, 3), np.uint8)})
        for _ in range(2):
            results.remember("pack", {})
    assert len(added) == 20
    assert len(results._known) <= 4
    assert document._doubts == {}
