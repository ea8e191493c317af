"""What the ALIAS generator reads in training: agnostic image, pose, and the garment warped by a trained network."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.category import UPPER, Category
from engine.data.batches import Batch, one_hot
from engine.errors import TryOnError
from engine.fitting import fit_points
from engine.inputs import alias_input, cloth_input, matching_input, misalignment, warp
from engine.labels import ALIAS
from engine.networks import build, tps
from engine.networks.matching import GeometricMatching, control_points
from engine.training import checkpoint, maps, run_folder
from engine.training.detail import grain, textures
from engine.training.exact import exact
from engine.training.recipe import Prepared

_MULTIPLE = 128  # the generator's picture sides


def load_matching(where: str) -> tuple[GeometricMatching, str]:
    """A trained matching network and a word on where it is from: a run's folder, or a pack's folder or name.

    TryOnError where there is none.
    """
    from engine.weights import find_pack

    if not where:
        raise TryOnError(
            "The ALIAS recipe learns on the warps of a trained matching network: name a run, a pack or its folder with "
            "--set matching=..."
        )
    folder = Path(where).expanduser()
    if (folder / run_folder.OPTIONS).exists():
        return _from_run(folder)
    pack = find_pack(where)
    return cast(GeometricMatching, pack.load("matching")), f"pack {pack.name} {pack.version}"


def _from_run(folder: Path) -> tuple[GeometricMatching, str]:
    state = checkpoint.load(folder / checkpoint.LAST)
    if checkpoint.network_kind(state) != "matching":
        raise TryOnError(f"{folder} is a run of the {state['kind']} recipe; name one of the matching recipe.")
    network = build("matching", state["config"])
    network.load_state_dict(state["average"])
    return cast(GeometricMatching, network), f"a run after {state['step']} steps"


class AliasInput(nn.Module):
    """A batch of pairs -> input, label map, misalignment and truth, with detail drawn on enlarged pictures.

    detail: strength of the drawn detail, 0 draws none. fit: lay the warps closer (`engine.fitting`).
    """

    def __init__(
        self, matching: GeometricMatching, detail: float, fit: bool = False, category: Category = UPPER
    ) -> None:
        super().__init__()
        self.matching = matching.eval().requires_grad_(False)
        self.detail = detail
        self.fit = fit
        self.category = category

    @torch.no_grad()
    def forward(self, batch: Batch, seeds: Sequence[int], enlarged: bool) -> Prepared:
        """input (B, 9, H, W), parse (B, 7, H, W), truth (B, 3, H, W); misalignment, clothes, hidden (B, 1, H, W)."""
        image, agnostic, cloth = batch.image, batch.agnostic_image, batch.cloth
        labels = maps.smoothed(batch.labels) if enlarged and self.detail else batch.labels
        region = (labels == self.category.garment).unsqueeze(1).float()
        shown = (image == agnostic).all(dim=1, keepdim=True)
        grid = self._grid(batch, region)
        if enlarged and self.detail:
            size = image.shape[2], image.shape[3]
            drawn = cloth + textures(seeds, size, self.detail).to(image) * batch.cloth_mask
            pattern = drawn.clamp(-1, 1) - cloth  # what could be drawn of it: white takes no brighter print
            worn, covered = warp(pattern, batch.cloth_mask, grid)
            fine = grain(seeds, size).to(image) * shown
            cloth = cloth + pattern
            image = (image + worn * covered * region + fine).clamp(-1, 1)
            agnostic = (agnostic + fine).clamp(-1, 1)
        warped, covered = warp(cloth, batch.cloth_mask, grid)
        prepared = {
            "input": alias_input(agnostic, batch.pose, warped),
            "parse": one_hot(maps.alias_labels(labels, self.category), len(ALIAS)),
            "misalignment": misalignment(region, covered),
            "clothes": region,
            "hidden": 1 - shown.float(),
            "truth": image,
        }
        return {name: padded(value) for name, value in prepared.items()}

    def _grid(self, batch: Batch, region: Tensor) -> Tensor:
        size = batch.image.shape[2], batch.image.shape[3]
        person = matching_input(region, batch.pose, batch.agnostic_image)
        points = control_points(exact(self.matching.offsets(person, cloth_input(batch.cloth))))
        if self.fit:
            points = fit_points(points, batch.cloth_mask, region, maps.visibility(batch.parse, self.category))
        return tps.spline_grid(points, size)


def padded(picture: Tensor) -> Tensor:
    """(B, C, H, W) continued outwards on all sides evenly until the sides are multiples of 128."""
    down, across = (-side % _MULTIPLE for side in picture.shape[2:])
    if not (down or across):
        return picture
    return F.pad(picture, (across // 2, across - across // 2, down // 2, down - down // 2), mode="replicate")
