"""How the learning rates change over a run."""

from collections.abc import Iterable

from torch.optim import Optimizer

from engine.training.options import LoopOptions


def factor(step: int, options: LoopOptions) -> float:
    """Share of the base learning rate at `step` (0 .. steps - 1): rising, then constant, then linear to zero."""
    if step < options.warm_up:
        return (step + 1) / (options.warm_up + 1)
    start = options.decay_from * options.steps
    if step <= start:
        return 1.0
    return max(0.0, (options.steps - step) / (options.steps - start))


def set_rates(optimisers: Iterable[Optimizer], step: int, options: LoopOptions) -> float:
    """Set every parameter group's rate to its base rate ("base_lr", noted on the first call) times the factor."""
    share = factor(step, options)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group.setdefault("base_lr", group["lr"]) * share
    return share
