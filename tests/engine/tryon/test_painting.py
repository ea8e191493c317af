"""Painters of other papers in place of the ALIAS generator, and the ablation that is shown the old clothes."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.errors import TryOnError
from engine.graph import PAINTERS
from engine.imaging.images import resize_labels
from engine.labels import Lip, Seg
from engine.networks import build
from engine.networks.painting import SIZE, Painted, Seen
from engine.networks.segmentation import SegmentationConfig, SegmentationGenerator
from engine.tryon.pipeline import TryOnPipeline
from engine.values import Garment, Person
from tests.packs import narrow_networks
from tests.rendered import rendered_pair

FULL = (512, 384)


class Spy(nn.Module):
    """Remembers what it is shown and paints one colour."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Seen] = []

    def forward(self, seen: Seen) -> Painted:
        self.seen.append(seen)
        picture = torch.full_like(seen.agnostic, 0.5)
        return Painted(picture, picture)


def pipeline(kind: str, network: nn.Module) -> TryOnPipeline:
    networks = {name: one for name, one in narrow_networks().items() if name != "alias"}
    return TryOnPipeline(networks | {kind: network}, "cpu", size=FULL)


@pytest.fixture(scope="module")
def pair() -> tuple[Person, Garment]:
    drawn = rendered_pair(3, FULL)
    return Person(drawn.image, drawn.pose, drawn.parse), Garment(drawn.cloth, drawn.cloth_mask)


@pytest.mark.parametrize("kind", PAINTERS)
def test_a_pack_with_a_painter_needs_no_alias_generator(kind: str, pair: tuple[Person, Garment]) -> None:
    torch.manual_seed(0)
    maker = pipeline(kind, build(kind, {"width": 4}).eval())
    first, again = maker.run(*pair), maker.run(*pair, seed=5)
    assert first.raw.shape == (*FULL, 3)
    assert np.array_equal(first.raw, again.raw), "no painter draws noise"


def test_what_a_painter_is_shown(pair: tuple[Person, Garment]) -> None:
    spy = Spy()
    result = pipeline("acgpn", spy).run(*pair)
    (seen,) = spy.seen
    assert (np.abs(result.raw.astype(int) - 191) <= 1).all()
    assert seen.agnostic.shape == (1, 3, *SIZE)
    region = resize_labels(result.segmentation.labels, SIZE) == Seg.UPPER
    assert region.any()
    assert torch.equal(seen.region[0, 0], torch.from_numpy(region).float())
    assert torch.equal(seen.parse.sum(dim=1), torch.ones(1, *SIZE))
    paper = seen.cloth[:, :, 0, 0]
    assert torch.equal(paper, torch.ones(1, 3)), "the product photo is on white"
    assert torch.all(seen.laid[(seen.laid_mask == 0).expand_as(seen.laid)] == 1)


def test_arms_are_kept_where_they_are_arms_before_and_after(pair: tuple[Person, Garment]) -> None:
    person, garment = pair
    spy = Spy()
    maker = pipeline("acgpn", spy)
    result = maker.run(person, garment)
    arms = np.isin(person.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    labels = np.where(arms, np.uint8(Seg.LEFT_ARM), np.uint8(Seg.UPPER))
    labels[:256] = Seg.UPPER
    parsed = replace(result.segmentation, labels=labels)
    maker.generate(result.agnostic, parsed, result.warp, person=person, garment=garment)
    maker.generate(result.agnostic, parsed, result.warp)
    kept, without = spy.seen[1], spy.seen[2]
    assert not kept.limbs_mask[..., :127, :].any()
    assert kept.limbs_mask.sum() == pytest.approx(arms[256:].sum() / 4, rel=0.1)
    assert torch.all(kept.limbs[(kept.limbs_mask == 0).expand_as(kept.limbs)] == 0)
    assert not without.limbs_mask.any()


def test_pix2pix_needs_the_garment(pair: tuple[Person, Garment]) -> None:
    maker = pipeline("pix2pix", Spy())
    result = maker.run(*pair)
    with pytest.raises(TryOnError, match="product photo"):
        maker.generate(result.agnostic, result.segmentation, result.warp)


class ParseSpy(SegmentationGenerator):
    """Remembers its input."""

    seen: Tensor

    def forward(self, x: Tensor) -> Tensor:
        self.seen = x
        return super().forward(x)


@pytest.mark.parametrize("worn", [False, True])
def test_only_the_ablation_sees_the_old_clothes(worn: bool, pair: tuple[Person, Garment]) -> None:
    spy = ParseSpy(SegmentationConfig(width=4, sees_worn=worn)).eval()
    networks = narrow_networks() | {"segmentation": spy}
    maker = TryOnPipeline(networks, "cpu", size=FULL)
    agnostic = maker.agnostic(pair[0])
    maker.segmentation(agnostic, pair[1], person=pair[0])
    upper = spy.seen[0, 4 + Seg.UPPER]
    assert bool(upper.any()) is worn
