"""The order of the rooms: who may import whom inside the two packages, and that no import goes in a circle."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, modules

# Low to high. A room imports from the rooms below it and from those beside it, the latter in one direction only.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("engine.errors", "engine.messages", "engine.notes", "engine.graph", "engine.arrays", "engine.paths"),
    ("engine.labels", "engine.pose", "engine.system"),
    ("engine.imaging", "engine.category", "engine.networks"),
    ("engine.values", "engine.networks.alias", "engine.weights", "engine.data", "engine.warping"),
    ("engine.analysis.common", "engine.data.raw", "engine.metrics", "engine.training.losses"),
    ("engine.analysis.person", "engine.analysis.garment", "engine.training"),
    ("engine.analysis", "engine.tryon", "engine.training.recipes"),
    ("engine.evaluation", "engine.batch"),
    ("engine.experiments",),
    ("engine.commands",),
    ("engine.cli",),
    ("tryon_app.workers",),
    ("tryon_app.model",),
    ("tryon_app.views.words",),
    ("tryon_app.views.common",),
    ("tryon_app.views.canvas",),
    ("tryon_app.views.stages", "tryon_app.views.photos", "tryon_app.views.rails", "tryon_app.views.packs"),
    ("tryon_app.views.batch", "tryon_app.views.evaluate", "tryon_app.views.train", "tryon_app.views.judge"),
    ("tryon_app.views.window",),
    ("tryon_app.self_test",),
)
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}

# Rooms of which only the `__init__` is for others in the package.
DOORS = ("engine.networks.alias",)

Graph = Mapping[str, set[str]]


@cache
def graph(root: Path) -> dict[str, set[str]]:
    """What each module imports of the two packages, anywhere in it and for type checkers too."""
    found = modules(root, "engine", "tryon_app")
    return {name: {one for one in _imported(path, found) if one != name} for name, path in found.items()}


def _imported(path: Path, found: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in found)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # a module of a package is itself what is imported, not the package's `__init__`
            named = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from {name if name in found else node.module for name in named} & found.keys()


def circles(of: Graph) -> list[set[str]]:
    """Groups of nodes of which each leads to each other."""
    reach = {name: _reached(of, name) for name in of}
    groups = {frozenset(one for one in reach[name] if name in reach[one]) for name in of if name in reach[name]}
    return [set(group) for group in sorted(groups, key=sorted)]


def _reached(of: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = of[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def room_of(module: str) -> str | None:
    """The innermost room that a module lies in."""
    while module and module not in LEVEL:
        module = module.rpartition(".")[0]
    return module or None


def between_rooms(root: Path) -> dict[tuple[str, str], str]:
    """Pairs of rooms of which the first imports the second, and one import that does."""
    rooms = {name: room_of(name) for name in modules(root, "engine", "tryon_app")}
    return {
        (here, there): f"{name} -> {target}"
        for name, targets in graph(root).items()
        for target in sorted(targets)
        if (here := rooms[name]) and (there := rooms[target]) and here != there
    }


def upward(root: Path) -> list[str]:
    """Imports of a room above, or of one beside that imports back."""
    pairs = between_rooms(root)
    beside: dict[str, set[str]] = {room: set() for room in LEVEL}
    for here, there in pairs:
        if LEVEL[here] == LEVEL[there]:
            beside[here].add(there)
    mutual = [f"{' <-> '.join(sorted(circle))}" for circle in circles(beside)]
    return [why for (here, there), why in pairs.items() if LEVEL[there] > LEVEL[here]] + mutual


def test_rooms_import_from_below() -> None:
    wrong = upward(ROOT)
    assert not wrong, "\n".join(wrong)


def test_doors_are_used() -> None:
    around = [
        f"{name} -> {target}"
        for name, targets in graph(ROOT).items()
        for target in targets
        for door in DOORS
        if target.startswith(f"{door}.") and not name.startswith(door)
    ]
    assert not around, "\n".join(around)


def test_every_module_lies_in_a_room_that_says_what_it_is() -> None:
    packages = ("engine", "tryon_app", "tryon_app.views", "tryon_app.__main__")
    found = modules(ROOT, "engine", "tryon_app")
    assert [name for name in found if room_of(name) is None and name not in packages] == []
    silent = [room for room in LEVEL if room in found and not ast.get_docstring(ast.parse(found[room].read_text()))]
    assert silent == []


def test_no_import_goes_in_a_circle() -> None:
    assert circles(graph(ROOT)) == []


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"engine/tryon/a.py": "from engine.networks.alias import b", "engine/networks/alias/b.py": ""}, False),
        ({"engine/networks/a.py": "from engine.networks.alias import b", "engine/networks/alias/b.py": ""}, True),
        ({"engine/networks/a.py": "def f():\n    import engine.tryon.b", "engine/tryon/b.py": ""}, True),
        ({"engine/tryon/a.py": "import engine.analysis.b", "engine/analysis/b.py": ""}, False),
        (
            {
                "engine/tryon/a.py": "import engine.analysis.b",
                "engine/analysis/b.py": "",
                "engine/analysis/c.py": "import engine.tryon.d",
                "engine/tryon/d.py": "",
            },
            True,
        ),
    ],
)
def test_the_room_check_sees_what_it_should(files: dict[str, str], wrong: bool, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert bool(upward(tmp_path)) is wrong


def test_a_circle_is_seen_through_any_number_of_files() -> None:
    found = circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"a"}})
    assert found == [{"a", "b", "c"}]
