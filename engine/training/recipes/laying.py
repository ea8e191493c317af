"""A batch's garments laid onto its people by a flow network, one that learns or one that is frozen."""

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from engine.data.batches import Batch, one_hot
from engine.errors import TryOnError
from engine.labels import SEGMENTATION, Seg
from engine.networks.flow import AppearanceFlow, carried, garment_planes, person_planes
from engine.training.losses.as_float32 import as_float32
from engine.training.trained import load_trained

CLASSES = len(SEGMENTATION)
COVERED = 0.6  # of a laid mask: here the garment lies for sure
_HANDS = 2**40  # added to a seed


class FrozenFlow(nn.Module):
    """A trained flow that lays garments for recipes which learn on what it does.

    where: a run's folder, a pack's folder or name. TryOnError where there is no flow network.
    """

    def __init__(self, where: str) -> None:
        super().__init__()
        if not where:
            raise TryOnError("run.no_flow")
        network, _, self.note = load_trained(("flow",), where)
        self.network = cast(AppearanceFlow, network.eval().requires_grad_(False))

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return next(self.network.parameters()).device

    @torch.no_grad()
    def forward(self, batch: Batch, labels: Tensor | None = None) -> Tensor:
        """The flow (B, 2, 64, 48) that sees the `labels` (B, H, W) of the 13 classes, the agnostic parse if None."""
        parse = shown(batch, self.network.config.sees_limbs) if labels is None else one_hot(labels, CLASSES)
        person = person_planes(parse, batch.pose, batch.agnostic_image)
        return last_flow(self.network, person, garment_planes(batch.cloth, batch.cloth_mask))


class FrozenCollar(nn.Module):
    """A trained network that marks the inside of collars, for recipes that learn where the front ends.

    where: a run's folder, a pack's folder or name. TryOnError where there is no such network.
    """

    def __init__(self, where: str) -> None:
        super().__init__()
        network, _, self.note = load_trained(("collar",), where)
        self.network = network.eval().requires_grad_(False)

    @torch.no_grad()
    def forward(self, batch: Batch) -> Tensor:
        """How likely each place of the product photos is inside the collar, float32 (B, 1, H, W)."""
        return torch.sigmoid(as_float32(self.network(garment_planes(batch.cloth, batch.cloth_mask))))


def shown(batch: Batch, sees_limbs: bool, hidden: Tensor | None = None) -> Tensor:
    """The agnostic parse (B, 13, H, W) that a network is shown, with or without what it leaves of bare limbs.

    hidden: bool (B, 2), whose left and right hand is not shown either, as in a pocket.
    """
    taken = torch.zeros_like(batch.bare_limbs) if sees_limbs else batch.bare_limbs
    if hidden is not None:
        for arm, gone in zip((Seg.LEFT_ARM, Seg.RIGHT_ARM), hidden.T, strict=True):
            taken = taken | (batch.agnostic_parse[:, arm] > 0) & gone[:, None, None]
    parse = batch.agnostic_parse.masked_fill(taken[:, None], 0)
    parse[:, Seg.BACKGROUND] += taken
    return parse


def drawn_hands(seeds: Sequence[int], share: float) -> Tensor:
    """bool (B, 2): whose left and right hand is not shown, that share of all."""
    # a source of its own: what else a recipe draws of a pair's seed must not shift
    drawn = [torch.rand(2, generator=torch.Generator().manual_seed(seed + _HANDS)) for seed in seeds]
    return torch.stack(drawn) < share


def last_flow(network: nn.Module, person: Tensor, garment: Tensor) -> Tensor:
    """The finest flow, float32."""
    flow: Tensor = network(person, garment)[-1]
    return as_float32(flow)


def laid(cloth: Tensor, mask: Tensor, flow: Tensor) -> tuple[Tensor, Tensor]:
    """Product photo (B, 3, H, W) and mask (B, 1, H, W) carried along a flow; only the photo's edge goes on outwards."""
    return carried(cloth, flow), carried(mask, flow, "zeros")
