"""Recipe of the dense flow: the product photo, laid onto the person, should look like the worn garment.

Losses after ClothFlow (Han et al., ICCV 2019) and PF-AFN (Ge et al., CVPR 2021), at every level of the cascade: the
photo's and the laid cloth's distance where both are seen, the overlap of mask and region where the outline can be seen,
and the second differences of the flow. Most pairs see the whole parse, some with its outlines moved a little, as a
prediction has them; the others see the agnostic parse, so that the flow can also lay a garment before anything is
predicted.

A product photo also shows the inside of the collar, so that its whole mask tells nothing of where the neckline is. With
a trained network that marks it (`collar`), the front alone has to end where neck and face begin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.batches import Batch, one_hot
from engine.labels import Seg
from engine.metrics.overlap import mask_iou
from engine.networks.flow import SIZE, AppearanceFlow, FlowConfig, carried, garment_planes, person_planes, rest_grid
from engine.training.losses import maps
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import AdamW
from engine.training.options import LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.laying import CLASSES, COVERED, FrozenCollar, drawn_hands, laid, last_flow, shown
from engine.training.recipes.matching import within
from engine.training.sample_grid import grid, pictures

_LEVELS = (0.2, 0.3, 0.5, 1.0)  # weights of the four flows, coarse to fine
_SOFT, _POWER = 2.5e-3, 0.45  # of the generalised Charbonnier penalty of a bend, in squared places
_PLACES, _MOST = (12, 9), 0.012  # where outlines are moved, and how far (standard deviation, in half pictures)


@dataclass(frozen=True, kw_only=True)
class FlowOptions(LoopOptions):
    """Hyper-parameters of the flow recipe."""

    width: int = 32  # channels of the first halving, as in FlowConfig
    rate: float = 6e-4  # AdamW's learning rate
    decay: float = 1e-3  # AdamW's weight decay
    whole: float = 0.6  # share of pairs that see the whole parse; the others see the agnostic one
    moved: float = 0.35  # share of the whole parses whose outlines are moved a little
    sees_limbs: bool = True  # shown what the agnostic parse leaves of bare limbs
    pockets: float = 0.0  # share of arms whose hand the agnostic parse does not show
    neckless: float = 0.5  # share of parses without the neck, which published networks do not predict
    cloth: float = 1.0  # weight of the distance of laid cloth and photo
    mask: float = 3.0  # weight of the distance of laid mask and region
    overlap: float = 0.5  # weight of 1 - IoU of the two
    collar: str = ""  # trained network of the collar's inside: a run's folder, a pack's folder or name; empty for none
    smooth: float = 1.0  # weight of the flow's second differences


PRESETS = {
    "smoke": FlowOptions(
        steps=60, batch=4, width=8, rate=2e-3, average=0.9, clip=5.0, log_every=5, validate_every=30, sample_every=30,
        checkpoint_every=30, validation_pairs=8, samples=4,
    ),
    "small": FlowOptions(steps=20_000, warm_up=100, decay_from=0.4, average=0.998, clip=5.0),
    "paper": FlowOptions(
        steps=100_000, batch=16, warm_up=200, decay_from=0.4, clip=5.0, validation_pairs=500, log_every=50,
        validate_every=5000, sample_every=5000, checkpoint_every=2000,
    ),
}  # fmt: skip


class _Flow(Phase):
    def __init__(self, options: FlowOptions, network: AppearanceFlow) -> None:
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # half as quick again on a CPU
        adam = AdamW(network.parameters(), options.rate, betas=(0.9, 0.99), weight_decay=options.decay)
        super().__init__("flow", network, adam)
        self._options = options

    def forward(self, batch: Prepared, part: int) -> Losses:
        options = self._options
        flows = self.network(*seen(batch, batch["condition"]))
        terms = [level_losses(as_float32(flow), batch) for flow in flows]
        cloth, mask, overlap, smooth = (
            torch.stack([weight * term[index] for weight, term in zip(_LEVELS, terms, strict=True)]).sum()
            for index in range(4)
        )
        return {
            "cloth": options.cloth * cloth,
            "mask": options.mask * mask + options.overlap * overlap,
            "smooth": options.smooth * smooth,
        }


class FlowRecipe(Recipe):
    """Trains `AppearanceFlow` to lay the product photo onto the person, pixel by pixel."""

    kind: ClassVar[str] = "flow"
    trains: ClassVar[str] = "flow"
    score: ClassVar[str] = "seen_iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: FlowOptions) -> None:
        self.options: FlowOptions = options
        self.collar = FrozenCollar(options.collar) if options.collar else None
        self.phases: list[Phase] = [_Flow(options, AppearanceFlow(FlowConfig(options.width, options.sees_limbs)))]

    def place(self, device: torch.device) -> None:
        if self.collar is not None:
            self.collar.to(device)

    def notes(self) -> dict[str, Any]:
        """Which network marks the inside of the collar, if one does."""
        return {} if self.collar is None else {"collar": self.collar.note}

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        """All that the losses and the validation read; `condition` is the parse that each pair sees in training."""
        labels = maps.with_neck(batch.labels, batch.parse)
        hands = drawn_hands(seeds, self.options.pockets).to(labels.device)
        agnostic = shown(batch, self.options.sees_limbs, hands)
        whole, neckless, bends = self._drawn(seeds, labels.device)
        moved = bent(labels, bends)
        hidden = torch.where(agnostic.any(dim=1), agnostic.argmax(dim=1), CLASSES)
        condition = torch.where(whole, moved, hidden)
        condition = condition.masked_fill(neckless & (condition == Seg.NECK), Seg.BACKGROUND)
        category = self.options.garment_category
        wanted = torch.where(whole, moved, labels) == category.garment
        visibility = maps.visibility(batch.parse, category)
        return self._front(batch, labels, visibility) | {
            "condition": condition,
            "labels": labels,
            "agnostic": hidden,
            "pose": batch.pose,
            "agnostic_image": batch.agnostic_image,
            "image": batch.image,
            "cloth": batch.cloth,
            "cloth_mask": batch.cloth_mask,
            "region": maps.worn(batch.parse, category),
            "wanted": wanted[:, None].float(),
            "visibility": visibility,
        }

    def _front(self, batch: Batch, labels: Tensor, visibility: Tensor) -> Prepared:
        """The garment's `front` (B, 1, H, W), and how much of each place its outline `counts`: with the collar's
        inside taken out, at the neckline too."""
        if self.collar is None:
            return {"front": batch.cloth_mask, "counts": visibility}
        with self.autocast():
            inside = self.collar(batch)
        skin = maps.among(labels, (Seg.NECK, Seg.FACE))
        return {
            "front": batch.cloth_mask * (1 - inside),
            "counts": torch.maximum(visibility, skin),
            "inside": inside,
            "skin": skin,
        }

    def _drawn(self, seeds: Sequence[int], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """Which pairs see the whole parse and which no neck (B, 1, 1), and how outlines move (B, 2, 12, 9)."""
        options = self.options
        generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        chances = torch.stack([torch.rand(3, generator=one) for one in generators]).to(device)[..., None, None]
        bends = torch.stack([torch.randn(2, *_PLACES, generator=one) for one in generators]).to(device) * _MOST
        moves = chances[:, 1] < options.moved
        return chances[:, 0] < options.whole, chances[:, 2] < options.neckless, bends * moves[:, None]

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Of the flow that sees the true parse, and of the one that sees the agnostic parse: overlap of what can be
        seen, L1 on the 0 to 1 scale within the region, the share of the region where the flow folds, and with a
        collar's network the overlap of the inside of the collar with the skin that it lies on."""
        numbers: dict[str, list[Tensor]] = {}
        for batch in batches:
            for name, parse in (("", "labels"), ("agnostic_", "agnostic")):
                flow = last_flow(network, *seen(batch, batch[parse]))
                for key, value in _measured(flow, batch).items():
                    numbers.setdefault(name + key, []).append(value)
        return {name: float(_mean(torch.cat(values))) for name, values in numbers.items()}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Garment, person, garment laid by the true parse, by the agnostic one, and the first on the person."""
        image = batch["image"]
        (cloth, mask), (blind, _) = (
            laid(batch["cloth"], batch["cloth_mask"], last_flow(network, *seen(batch, batch[parse])))
            for parse in ("labels", "agnostic")
        )
        worn = cloth * mask + image * (1 - mask)
        return grid([pictures(column) for column in (batch["cloth"], image, cloth, blind, worn)])


def seen(batch: Prepared, parse: Tensor) -> tuple[Tensor, Tensor]:
    """What the network is shown: the person with `parse` (B, H, W), and the garment."""
    person = person_planes(one_hot(parse, CLASSES), batch["pose"], batch["agnostic_image"])
    return person, garment_planes(batch["cloth"], batch["cloth_mask"])


def bent(labels: Tensor, bends: Tensor) -> Tensor:
    """Labels (B, H, W) whose outlines are moved by `bends` (B, 2, h, w), in half pictures, continued smoothly."""
    size = labels.shape[1], labels.shape[2]
    moves = F.interpolate(bends, size=size, mode="bicubic").permute(0, 2, 3, 1)
    planes = labels[:, None].float()
    grid_ = rest_grid(size, labels.device) + moves
    moved = F.grid_sample(planes, grid_, mode="nearest", padding_mode="border", align_corners=False)
    return moved[:, 0].round().long()


def level_losses(flow: Tensor, batch: Prepared) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Distance of the cloth, of the mask, 1 - IoU, and bends of one flow (B, 2, h, w), seen at twice its size.

    The cloth counts where it truly is, is wanted, and nothing lies over it; the front's mask where its outline can be
    seen or the garment is wanted.
    """
    size = 2 * flow.shape[2], 2 * flow.shape[3]
    white = garment_planes(batch["cloth"], batch["cloth_mask"])[:, :3]
    counts = torch.maximum(batch["counts"], batch["wanted"])
    parts = (white, batch["front"], batch["image"], batch["region"], batch["wanted"], counts)
    planes = as_float32(torch.cat(parts, dim=1))
    if size[0] < planes.shape[2]:
        planes = F.interpolate(planes, size=size, mode="area")
    cloth, front, image, region, wanted, visible = torch.split(planes, [3, 1, 3, 1, 1, 1], dim=1)
    worn, covered = laid(cloth, front, flow)
    difference = (worn - image).abs().mean(dim=1, keepdim=True)
    return (
        within(difference, region * wanted).mean(),
        ((covered - wanted).abs() * visible).mean(),
        (1 - mask_iou(covered * visible, wanted * visible)).mean(),
        bending(flow),
    )


def bending(flow: Tensor) -> Tensor:
    """How much a flow (B, 2, h, w) bends: its second differences along x, along y and mixed, in places.

    A penalty that grows less than linearly (Sun et al., IJCV 2014): a few sharp bends, as at an armpit, are cheaper
    than many small ones.
    """
    height, width = flow.shape[2:]
    places = flow * torch.tensor([width / 2, height / 2], device=flow.device)[:, None, None]
    bends = (places.diff(n=2, dim=3), places.diff(n=2, dim=2), places.diff(dim=2).diff(dim=3))
    return torch.stack([_penalty(bend) for bend in bends]).sum()


def _penalty(bend: Tensor) -> Tensor:
    penalty: Tensor = (bend.square().sum(dim=1) + _SOFT).pow(_POWER).mean() - _SOFT**_POWER
    return penalty


def folds(flow: Tensor) -> Tensor:
    """Where the flow (B, 2, h, w) turns the garment over: 1 where its Jacobian is negative, (B, 1, h - 1, w - 1)."""
    height, width = flow.shape[2:]
    grid_ = rest_grid((height, width), flow.device).permute(0, 3, 1, 2) + flow
    right, down = grid_.diff(dim=3)[:, :, :-1], grid_.diff(dim=2)[..., :-1]
    return ((right[:, :1] * down[:, 1:] - right[:, 1:] * down[:, :1]) < 0).float()


def _measured(flow: Tensor, batch: Prepared) -> dict[str, Tensor]:
    cloth, mask = laid(batch["cloth"], batch["cloth_mask"], flow)
    region, visible = batch["region"], batch["visibility"]
    difference = (cloth - batch["image"]).abs().mean(dim=1, keepdim=True) / 2
    turned = folds(flow)
    inner = F.interpolate(region, size=turned.shape[2:], mode="area")
    neckline = {} if "inside" not in batch else {"neck_iou": _neck_iou(flow, mask, batch)}
    return neckline | {
        "seen_iou": mask_iou(mask * visible, region * visible),
        "warped_l1": within(difference, region),
        "folds": within(turned, inner),
    }


def _mean(values: Tensor) -> Tensor:
    """Of (N,), 0 of none."""
    return values.sum() / max(len(values), 1)


def _neck_iou(flow: Tensor, mask: Tensor, batch: Prepared) -> Tensor:
    """Overlap of the inside of the collar with neck and face, on the laid garment; one for each pair that has both."""
    told = (mask > COVERED).float() * torch.maximum(batch["skin"], batch["region"])
    inside, skin = ((one > 0.5).float() * told for one in (carried(batch["inside"], flow, "zeros"), batch["skin"]))
    shows = (skin.sum(dim=(1, 2, 3)) > 0) & (batch["inside"].amax(dim=(1, 2, 3)) > 0.5)
    return mask_iou(inside[shows], skin[shows])
