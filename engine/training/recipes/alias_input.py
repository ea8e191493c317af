"""What the ALIAS generator reads in training: agnostic image, pose, and the garment warped by a trained network."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.category import UPPER, Category
from engine.data.batches import Batch, one_hot
from engine.errors import TryOnError
from engine.labels import ALIAS
from engine.networks.alias import padded
from engine.networks.inputs import alias_input, misalignment, sampled
from engine.training.losses import maps
from engine.training.losses.detail import grain, textures
from engine.training.recipe import Prepared
from engine.training.trained import load_trained
from engine.warping import WARPERS, Scene, Warper, warper_of


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained network that warps, the warper that runs it, and a word on where it is from."""

    network: nn.Module
    warper: Warper
    note: str


def load_warper(where: str) -> Trained:
    """The warping network of a run's folder, or of a pack's folder or name. TryOnError where there is none."""
    if not where:
        raise TryOnError("run.no_matching")
    network, kind, note = load_trained(tuple(WARPERS), where)
    return Trained(network, warper_of(kind), note)


class FrozenWarper(nn.Module):
    """A trained network that warps and does not learn any more. fit: lay the warps closer."""

    def __init__(self, network: nn.Module, warper: Warper, fit: bool = False, category: Category = UPPER) -> None:
        super().__init__()
        self.network = network.eval().requires_grad_(False)
        self.warper = warper
        self.fit = fit
        self.category = category

    @torch.no_grad()
    def grid(self, batch: Batch, region: Tensor) -> Tensor:
        """Sampling grid (B, H, W, 2) that lays the garments onto the region (B, 1, H, W)."""
        visibility = maps.visibility(batch.parse, self.category) if self.fit else None
        person = batch.pose, batch.agnostic_image
        scene = Scene(region, *person, batch.cloth, batch.cloth_mask, visibility, batch.segmentation)
        placed = self.warper.place(self.network, scene, self.fit)
        return self.warper.grid(placed, (batch.image.shape[2], batch.image.shape[3]))


class AliasInput(FrozenWarper):
    """A batch of pairs -> input, label map, misalignment and truth, with detail drawn on enlarged pictures.

    network, warper: what warps. detail: strength of the drawn detail, 0 draws none. fit: lay the warps closer.
    """

    def __init__(
        self, network: nn.Module, warper: Warper, detail: float, fit: bool = False, category: Category = UPPER
    ) -> None:
        super().__init__(network, warper, fit, category)
        self.detail = detail

    @torch.no_grad()
    def forward(self, batch: Batch, seeds: Sequence[int], enlarged: bool) -> Prepared:
        """input (B, 9, H, W), parse (B, 7, H, W), truth (B, 3, H, W); misalignment, clothes, hidden (B, 1, H, W)."""
        image, agnostic, cloth = batch.image, batch.agnostic_image, batch.cloth
        labels = maps.smoothed(batch.labels) if enlarged and self.detail else batch.labels
        region = (labels == self.category.garment).unsqueeze(1).float()
        shown = (image == agnostic).all(dim=1, keepdim=True)
        grid = self.grid(batch, region)
        if enlarged and self.detail:
            size = image.shape[2], image.shape[3]
            drawn = cloth + textures(seeds, size, self.detail).to(image) * batch.cloth_mask
            pattern = drawn.clamp(-1, 1) - cloth  # what could be drawn of it: white takes no brighter print
            worn, covered = sampled(pattern, batch.cloth_mask, grid, self.warper.mask_ends)
            fine = grain(seeds, size).to(image) * shown
            cloth = cloth + pattern
            image = (image + worn * covered * region + fine).clamp(-1, 1)
            agnostic = (agnostic + fine).clamp(-1, 1)
        warped, covered = sampled(cloth, batch.cloth_mask, grid, self.warper.mask_ends)
        prepared = {
            "input": alias_input(agnostic, batch.pose, warped),
            "parse": one_hot(maps.alias_labels(labels, self.category), len(ALIAS)),
            "misalignment": misalignment(region, covered),
            "clothes": region,
            "hidden": 1 - shown.float(),
            "truth": image,
        }
        return {name: padded(value) for name, value in prepared.items()}
