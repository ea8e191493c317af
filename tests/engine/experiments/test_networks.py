"""A network's run goes on where it was killed, and not with other options."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import TryOnError
from engine.experiments.networks import _begun
from engine.training import checkpoint, run_folder
from tests.engine.training.conftest import rendered_root
from tests.engine.training.runs import options, run

__all__ = ["rendered_root"]


def test_a_run_goes_on_where_it_was_killed(rendered_root: Path, tmp_path: Path) -> None:
    told = options("clothflow", rendered_root, steps=2)
    assert _begun(tmp_path / "run", told) == 0
    run("clothflow", rendered_root, tmp_path / "run", steps=2)
    assert _begun(tmp_path / "run", told) == 2
    moved = replace(told, matching="elsewhere")
    assert _begun(tmp_path / "run", moved) == 2, "the experiment's folder may be moved"
    with pytest.raises(TryOnError, match="other options"):
        _begun(tmp_path / "run", replace(told, rate=1.0))
    (tmp_path / "run" / checkpoint.LAST).unlink()
    assert _begun(tmp_path / "run", told) == 0
    run_folder.claim(tmp_path / "run", "clothflow", {})  # nothing is left of the one without a checkpoint
