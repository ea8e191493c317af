"""What a training's start leaves out, torch's compiler above all, and that nothing is missed."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.optim import Optimizer

from engine.training import optimisers

ROOT = Path(__file__).resolve().parent.parent.parent.parent
STEPS = """
import sys
{before}
import torch
from torch import nn
import engine.evaluation.run, engine.training.loop
from engine.training import optimisers
from engine.training.fabric import Fabric
fabric = Fabric(accelerator="cpu", devices=1)
for name in optimisers.__all__:
    layer = nn.Linear(2, 1)
    network, adam = fabric.setup(layer, getattr(optimisers, name)(layer.parameters(), lr=0.1))
    fabric.backward(network(torch.ones(1, 2)).sum())
    adam.step()
    adam.zero_grad()
    adam.load_state_dict(adam.state_dict())
print([name for name in ("torch._dynamo", "torchmetrics", "sympy") if name in sys.modules])
"""
GREEDY = """
from importlib.abc import MetaPathFinder
class Greedy(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "lightning_fabric.wrappers":
            from torch._dynamo import disable
sys.meta_path.insert(0, Greedy())
"""


def imported(before: str = "") -> str:
    code = [sys.executable, "-c", STEPS.format(before=before)]
    return subprocess.run(code, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


def test_steps_are_taken_without_the_compiler() -> None:
    """Nor does an evaluation import what none of its measures may need."""
    assert imported() == "[]"


def test_a_fabric_that_needs_more_of_the_compiler_gets_it() -> None:
    """As with a version that imports what the stand-in has not got."""
    assert "torch._dynamo" in imported(GREEDY)


def trained(kind: type[Optimizer], old: Optimizer | None = None) -> tuple[Optimizer, torch.Tensor]:
    """An optimiser after some steps (from the state of `old`), and the weights that it came to."""
    torch.manual_seed(0)
    layer, head = nn.Linear(3, 2), nn.Linear(2, 1)
    adam = kind(layer.parameters(), lr=0.1, betas=(0.5, 0.99), weight_decay=0.01)
    adam.add_param_group({"params": head.parameters(), "lr": 0.05})
    if old is not None:
        adam.load_state_dict(old.state_dict())
    for _ in range(3):
        adam.zero_grad()
        head(layer(torch.rand(4, 3))).square().sum().backward()
        adam.step()
    return adam, torch.cat([one.detach().flatten() for group in adam.param_groups for one in group["params"]])


@pytest.mark.parametrize("name", optimisers.__all__)
def test_steps_are_those_of_torch_to_the_bit(name: str) -> None:
    ours, theirs = getattr(optimisers, name), getattr(torch.optim, name)
    (mine, weights), (other, expected) = trained(ours), trained(theirs)
    assert torch.equal(weights, expected)
    assert torch.equal(trained(ours, other)[1], trained(theirs, mine)[1])  # and either goes on from the other's state
    assert not torch.equal(trained(ours, other)[1], weights)


def test_every_recipe_takes_them() -> None:
    recipes = (ROOT / "engine" / "training" / "recipes").glob("*.py")
    assert [path.name for path in recipes if "torch.optim.Adam" in path.read_text(encoding="utf-8")] == []
