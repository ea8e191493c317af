"""What must not happen before the window is seen: neither torch nor the engine is imported in its process.

The engine's tables of facts are, which need nothing else, and what arrays are called, which needs numpy.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SLOW = ("torch", "cv2", "scipy", "PIL", "pyqtgraph")
FACTS = ("engine", "engine.arrays", "engine.errors", "engine.graph", "engine.messages", "engine.paths")


@pytest.mark.parametrize("module", ["tryon_app.__main__", "tryon_app.views.window.application"])
def test_nothing_slow_is_imported(module: str) -> None:
    engine = f"name.partition('.')[0] == 'engine' and name not in {FACTS}"
    code = f"import sys, {module}; print([name for name in sys.modules if name in {SLOW} or {engine}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_application_collects_its_garbage_itself(tryon_home: Path) -> None:
    """In a process of its own, as `tryon_app.views.common.garbage` says why."""
    code = (
        "import gc, os; from tryon_app.__main__ import read_options; from tryon_app.model.opening import begin_engine; "
    )
    code += "from tryon_app.views.window.application import Application; "
    code += "one = Application(read_options([]), begin_engine()); print(gc.isenabled(), flush=True); os._exit(0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False"], done.stderr
