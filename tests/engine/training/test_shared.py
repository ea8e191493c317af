"""Two processes learn what one learns: same gradients of the first step, same losses."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.conftest import ROOT
from tests.engine.training import shared_run
from tests.engine.training.runs import losses, random_matching

TOGETHER = ["torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]


def noted(processes: int, kind: str, root: Path, out: Path) -> dict[str, Any]:
    launcher = TOGETHER if processes == 2 else []
    command = [sys.executable, "-m", *launcher, shared_run.__name__, kind, str(root), str(out)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = torch.load(out / "noted.pt", weights_only=True)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["segmentation", "matching", "alias"])
def test_two_processes_learn_what_one_learns(kind: str, root: Path, tmp_path: Path) -> None:
    random_matching(root)
    one, two = noted(1, kind, root, tmp_path / "one"), noted(2, kind, root, tmp_path / "two")
    assert (one["processes"], two["processes"]) == (1, 2)
    assert one["gradients"].keys() == two["gradients"].keys()
    assert len(one["gradients"]) > 10
    for name, gradient in one["gradients"].items():
        assert torch.allclose(gradient, two["gradients"][name], atol=1e-5, rtol=0), name
    alone, shared = losses(tmp_path / "one"), losses(tmp_path / "two")
    assert len(alone) == shared_run.STEPS
    for step, values in alone.items():
        assert shared[step] == pytest.approx(values, rel=1e-3), step
