"""The house rules that a machine can check: who may import whom, sizes, annotations, what stays quick."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION, LONGEST_FILE = 60, 500
# what the window may know of the engine in its own process: tables and paths, which import nothing slow
FACTS = ("engine.graph", "engine.messages", "engine.paths")
Function = ast.FunctionDef | ast.AsyncFunctionDef

# (modules that begin with, must not import what begins with)
FORBIDDEN: list[tuple[str, tuple[str, ...]]] = [
    ("engine", ("PySide6", "PyQt5", "PyQt6", "shiboken6", "qimage2ndarray", "pyqtgraph", "tryon_app", "torchvision")),
    ("tryon_app", ("torchvision",)),
    ("tryon_app.views", ("engine", "torch", "tryon_app.workers")),
    ("tryon_app.model", ("engine", "torch", "tryon_app.views")),
    ("tryon_app.workers", ("tryon_app.views", "tryon_app.model")),
    ("tryon_app.__main__", ("engine", "torch")),
    (
        "engine.networks",
        (
            *(
                "engine.tryon",
                "engine.batch",
                "engine.weights",
                "engine.data",
                "engine.analysis",
                "engine.category",
            ),
            *("engine.training", "engine.evaluation", "engine.experiments", "engine.cli", "engine.commands"),
        ),
    ),
]
# what may know of training and of evaluation; everything else in engine is needed for a try-on
MAY_TRAIN = ("engine.training", "engine.evaluation", "engine.experiments", "engine.cli", "engine.commands")
MAY_CALL_ENGINE = ("engine", "tryon_app.workers")


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path, *packages: str) -> dict[str, Path]:
    return {module_name(path, root): path for package in packages for path in sorted((root / package).rglob("*.py"))}


def imports(path: Path, name: str) -> Iterator[str]:
    """Every module a file imports anywhere in it; `from a import b` counts as both a and a.b."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            kept = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*kept, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def begins(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def wrong_imports(root: Path) -> list[str]:
    """Every import that breaks a rule, as "module -> imported"."""
    found = []
    for name, path in modules(root, "engine", "tryon_app").items():
        forbidden = [prefix for start, prefixes in FORBIDDEN if begins(name, (start,)) for prefix in prefixes]
        if name.startswith("engine") and not begins(name, MAY_TRAIN):
            forbidden += ["engine.training", "engine.evaluation"]
        if not begins(name, MAY_CALL_ENGINE):
            forbidden.append("engine")
        allowed = FACTS if begins(name, ("tryon_app.model",)) else ()
        targets = [target for target in imports(path, name) if not begins(target, allowed)]
        found += [f"{name} -> {target}" for target in targets if begins(target, tuple(forbidden))]
    return found


def test_imports_point_one_way() -> None:
    wrong = wrong_imports(ROOT)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("file", "line", "wrong"),
    [
        ("engine/a.py", "import PySide6.QtCore", True),
        ("engine/a.py", "def f():\n    from torchvision import models", True),
        ("engine/a.py", "from engine.training import loop", True),
        ("engine/a.py", "from engine import evaluation", True),
        ("engine/a.py", "from . import evaluation", True),
        ("engine/a.py", "import torch\nfrom engine.trainingless import x", False),
        ("engine/commands/train.py", "from engine.training import loop", False),
        ("engine/networks/a.py", "from engine import tryon", True),
        ("engine/networks/a.py", "from ..weights import find_pack", True),
        ("engine/networks/a.py", "from engine.networks import tps", False),
        ("tryon_app/a.py", "from engine import Person", True),
        ("tryon_app/__main__.py", "import torch", True),
        ("tryon_app/workers/a.py", "import engine", False),
        ("tryon_app/workers/a.py", "from tryon_app.model import document", True),
        ("tryon_app/model/a.py", "from tryon_app import views", True),
        ("tryon_app/model/a.py", "from tryon_app.workers import jobs", False),
        ("tryon_app/model/a.py", "from engine.messages import SENTENCES", False),
        ("tryon_app/model/a.py", "from engine.tryon.pipeline import load_pipeline", True),
        ("tryon_app/views/a.py", "from engine.messages import SENTENCES", True),
        ("tryon_app/views/a.py", "from tryon_app.model import document", False),
        ("tryon_app/views/a.py", "from tryon_app.workers import jobs", True),
    ],
)
def test_the_import_check_sees_what_it_should(file: str, line: str, wrong: bool, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(line)
    assert bool(wrong_imports(tmp_path)) is wrong


@pytest.mark.parametrize("name", FACTS)
def test_facts_need_the_standard_library_alone(name: str) -> None:
    path = ROOT / f"{name.replace('.', '/')}.py"
    roots = {target.partition(".")[0] for target in imports(path, name)}
    assert roots <= {*sys.stdlib_module_names, "platformdirs"}


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    long = [
        f"{name}.{node.name}: {length(node)}"
        for name, path in modules(ROOT, "engine", "tryon_app", "tests").items()
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_files_are_short() -> None:
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in modules(ROOT, "engine", "tryon_app", "resources", "tests").items()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def public(body: list[ast.stmt], owner: str) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Public functions, classes and methods; not what is inside functions."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{owner}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{owner}.{node.name}")


def public_of_engine() -> list[tuple[str, Function | ast.ClassDef]]:
    parsed = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in modules(ROOT, "engine").items()}
    return [found for name, tree in parsed.items() for found in public(tree.body, name)]


def needs_no_docstring(name: str, node: Function | ast.ClassDef, classes: set[str]) -> bool:
    """Whether a reader finds the answer elsewhere or at a glance."""
    owner, _, own = name.rpartition(".")
    if owner not in classes or isinstance(node, ast.ClassDef):
        return False
    at_a_glance = len(node.body) <= 2  # a property or a call handed on
    by_its_class = own in ("forward", "backward")  # that is where one looks for what a network takes and gives
    return at_a_glance or by_its_class


def test_public_names_of_the_engine_have_docstrings() -> None:
    named = public_of_engine()
    classes = {name for name, node in named if isinstance(node, ast.ClassDef)}
    inherited = {
        f"{name}.{documented.rpartition('.')[2]}"
        for name, node in named
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        for documented, method in named
        if documented.split(".")[-2] == ast.unparse(base).split("[")[0].split(".")[-1] and ast.get_docstring(method)
    }
    lacking = [
        name
        for name, node in named
        if not ast.get_docstring(node) and name not in inherited and not needs_no_docstring(name, node, classes)
    ]
    assert not lacking, "\n".join(lacking)


def test_modules_of_the_engine_have_docstrings() -> None:
    parsed = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in modules(ROOT, "engine").items()}
    assert [name for name, tree in parsed.items() if tree.body and not ast.get_docstring(tree)] == []


def test_public_functions_of_the_engine_are_annotated() -> None:
    def complete(node: Function) -> bool:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        named = [argument for argument in arguments if argument.arg not in ("self", "cls")]
        return node.returns is not None and all(argument.annotation is not None for argument in named)

    named = [(name, node) for name, node in public_of_engine() if isinstance(node, Function)]
    assert [name for name, node in named if not complete(node)] == []


@pytest.mark.parametrize("module", ["engine", "engine.cli", "engine.weights", "engine.labels", "engine.errors", *FACTS])
def test_import_stays_quick(module: str) -> None:
    """Neither torch nor another slow library is imported before it is needed."""
    slow = ("torch", "cv2", "scipy", "tensorboard", "torchmetrics", "lightning_fabric")
    code = f"import sys, {module}; print([name for name in {slow} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_nothing_is_imported_that_an_installation_may_lack() -> None:
    """What only the tests need is there whenever they run, and nowhere else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [needs for extra, needs in project["optional-dependencies"].items() if extra != "dev"]
    declared = {canonicalize_name(Requirement(need).name) for need in chain(project["dependencies"], *extras)}
    providers, lacking, ours = packages_distributions(), set(), ("engine", "tryon_app", "resources")
    for path in modules(ROOT, "engine", "tryon_app").values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in {name.partition(".")[0] for name in named} - set(sys.stdlib_module_names):
                found = {canonicalize_name(one) for one in (*providers.get(top, ()), top)}
                if top not in (*ours, "shiboken6") and not found & declared:  # that one is a part of PySide6
                    lacking.add(f"{path.relative_to(ROOT)}: {top}")
    assert declared
    assert not lacking


def test_the_guide_names_files_that_exist() -> None:
    """A reader who sees the code for the first time opens nothing else."""
    named = set(re.findall(r"`([\w/]+\.py)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    there = [path.as_posix() for path in modules(ROOT, "engine", "tryon_app", "tests").values()]
    lost = [one for one in named if "NAME" not in one and not any(path.endswith(f"/{one}") for path in there)]
    assert named
    assert not lost
