"""One training step of the ALIAS generator, forward and backward, dense against table form."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor

from engine.networks.alias import AliasGenerator
from tests.benchmarks import cases
from tests.benchmarks.child import GIB, in_child
from tests.benchmarks.plan import Plan, shown
from tests.benchmarks.timing import interleaved

TITLE = "ALIAS generator, one training step, fp32"


def network(form: cases.Form, channels: int) -> AliasGenerator:
    """The generator as the recipe trains it: laid out by nobody, noise on."""
    made = cases.generator("dense", channels, noise=True)
    made.dense = form == "dense"
    return made.train()


def step(trained: AliasGenerator, inputs: cases.Picture) -> Callable[[], Tensor]:
    """Forward and backward with a loss that reaches every pixel; gradients are left in the parameters."""

    def run() -> Tensor:
        trained.zero_grad()
        made: Tensor = trained(*inputs, generator=torch.Generator().manual_seed(1))
        loss = (made - inputs[0][:, :3]).abs().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    return run


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width."""
    inputs = cases.picture(plan.training_size)
    for channels in plan.widths:
        networks = {form: network(form, channels) for form in cases.FORMS}
        steps = {form: step(one, inputs) for form, one in networks.items()}
        for one in steps.values():
            one()
        difference = _gradient_difference(*networks.values())
        times = interleaved({form: (one, plan.runs) for form, one in steps.items()})
        del networks, steps
        yield _row(plan, channels, difference) | {form: taken.as_row() for form, taken in times.items()}


def _row(plan: Plan, channels: int, difference: float) -> dict[str, Any]:
    size = plan.training_size
    found = {form: in_child("training_step", form=form, channels=channels, size=size) for form in cases.FORMS}
    held = {f"{form}_bytes": one["peak"] - one["imported"] for form, one in found.items()}
    case = f"width {channels}, {shown(size)}"
    return {"case": case, "channels": channels, "size": list(size), "gradient_difference": difference} | held


def _gradient_difference(one: AliasGenerator, other: AliasGenerator) -> float:
    """Length of the difference of all gradients as a share of their length.

    Not parameter by parameter: a bias before a normalisation has no gradient but rounding.
    """
    first, second = (_gradient(trained) for trained in (one, other))
    return float(torch.linalg.vector_norm(first - second) / torch.linalg.vector_norm(first))


def _gradient(trained: AliasGenerator) -> Tensor:
    return torch.cat([one.grad.flatten() for one in trained.parameters() if one.grad is not None])


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "picture": shown(row["size"]),
            "dense": f"{1 / row['dense']['seconds']:.2f} images/s",
            "table": f"{1 / row['table']['seconds']:.2f} images/s",
            "s of a core": f"{row['dense']['core_seconds']:.1f}, {row['table']['core_seconds']:.1f}",
            "faster": f"{row['dense']['seconds'] / row['table']['seconds']:.1f} x",
            "memory, dense": f"{row['dense_bytes'] / GIB:.2f} GiB",
            "memory, table": f"{row['table_bytes'] / GIB:.2f} GiB",
            "gradients differ by": f"{row['gradient_difference']:.0e}",
        }
        for row in rows
    ]
