"""A running average of a network's weights: smoother than the weights of any one step, and what a run exports."""

import torch
from torch import Tensor, nn


class RunningAverage:
    """Keeps `shadow`, a second network of the same shape in evaluation mode, near the average of `network`.

    The decay starts low and rises to `decay`, so that an average read early is not full of the first random weights.
    Statistics of batch normalisation are averaged like weights; other buffers are taken over as they are.
    """

    def __init__(self, network: nn.Module, shadow: nn.Module, decay: float) -> None:
        self.shadow = shadow.eval().requires_grad_(False)
        self.shadow.load_state_dict(network.state_dict())
        self.decay = decay

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Take in the weights after `step` (1 is the first)."""
        share = 1 - min(self.decay, (1 + step) / (10 + step))
        new, averaged = network.state_dict(), self.shadow.state_dict()
        parameters = {name for name, _ in self.shadow.named_parameters()}
        smooth = [name for name in averaged if _is_averaged(name, averaged[name], parameters)]
        torch._foreach_lerp_(
            [averaged[name] for name in smooth], [new[name].to(averaged[name]) for name in smooth], share
        )
        for name in averaged.keys() - set(smooth):
            averaged[name].copy_(new[name])


def _is_averaged(name: str, tensor: Tensor, parameters: set[str]) -> bool:
    return tensor.is_floating_point() and (name in parameters or name.rpartition(".")[2].startswith("running_"))
