"""What must not happen before the window is seen: neither torch nor the engine is imported in its process."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SLOW = ("torch", "cv2", "scipy", "PIL", "pyqtgraph", "engine")


@pytest.mark.parametrize("module", ["tryon_app.__main__", "tryon_app.views.application"])
def test_nothing_slow_is_imported(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {SLOW} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
