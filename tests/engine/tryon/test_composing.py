"""The composer in place of the ALIAS generator."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from engine.labels import Seg
from engine.networks.composer import PLANES, SIZE, Composer, ComposerConfig
from engine.tryon.composing import enlarged
from engine.tryon.pipeline import TryOnPipeline
from engine.values import Garment, Person
from tests.packs import narrow_networks
from tests.rendered import rendered_pair

FULL = (512, 384)


class Spy(Composer):
    """Remembers what it is shown; paints one colour and shows the cloth everywhere or nowhere."""

    def __init__(self, shown: float) -> None:
        super().__init__(ComposerConfig(width=4))
        self.shown, self.seen = shown, list[torch.Tensor]()

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        self.seen.append(x)
        return torch.zeros_like(x[:, :3]), torch.full_like(x[:, :1], self.shown)


def pipeline(network: Composer) -> TryOnPipeline:
    networks = {kind: one for kind, one in narrow_networks().items() if kind != "alias"}
    return TryOnPipeline(networks | {"composer": network}, "cpu", size=FULL)


@pytest.fixture(scope="module")
def pair() -> tuple[Person, Garment]:
    drawn = rendered_pair(3, FULL)
    return Person(drawn.image, drawn.pose, drawn.parse), Garment(drawn.cloth, drawn.cloth_mask)


def test_a_pack_with_a_composer_needs_no_alias_generator(pair: tuple[Person, Garment]) -> None:
    torch.manual_seed(0)
    maker = pipeline(Composer(ComposerConfig(width=4)).eval())
    first, again = maker.run(*pair), maker.run(*pair)
    assert first.raw.shape == (*FULL, 3)
    assert np.array_equal(first.image, again.image)


def test_the_cloth_is_shown_at_full_size_within_the_predicted_garment_only(pair: tuple[Person, Garment]) -> None:
    result = pipeline(Spy(shown=1.0)).run(*pair)
    garment, covered = result.segmentation.labels == Seg.UPPER, result.warp.mask == 255
    assert (garment & covered).any()
    assert np.array_equal(result.raw[garment & covered], result.warp.cloth[garment & covered])
    assert (np.abs(result.raw[~garment].astype(int) - 128) <= 1).all()
    hidden = pipeline(Spy(shown=0.0)).run(*pair)
    assert (np.abs(hidden.raw.astype(int) - 128) <= 1).all()


@pytest.mark.parametrize("size", [FULL, SIZE, (1000, 700), (128, 96)])
def test_opencv_enlarges_as_pytorch_does(size: tuple[int, int]) -> None:
    planes = torch.rand(2, 4, *SIZE, generator=torch.Generator().manual_seed(0))
    wanted = F.interpolate(planes, size=size, mode="bicubic", align_corners=False)
    assert torch.allclose(enlarged(planes, size), wanted, atol=1e-4)


def test_it_sees_nothing_of_the_old_garment(pair: tuple[Person, Garment]) -> None:
    person, garment = pair
    bright = np.where((person.parse == 5)[..., None], np.uint8(255), np.uint8(0)).repeat(3, axis=2)
    spy = Spy(shown=0.5)
    pipeline(spy).run(replace(person, image=bright), garment)
    (x,) = spy.seen
    assert x.shape == (1, PLANES, *SIZE)
    agnostic, hidden = x[0, :3], x[0, 23]
    assert set(hidden.unique().tolist()) == {0.0, 1.0}
    assert (agnostic[:, hidden == 0] < -0.9).all()
    assert torch.allclose(agnostic[:, hidden == 1], torch.tensor(128 / 127.5 - 1), atol=1e-4)


def test_alone_it_works_without_the_person(pair: tuple[Person, Garment]) -> None:
    maker = pipeline(Spy(shown=0.5))
    result = maker.run(*pair)
    alone = maker.generate(result.agnostic, result.segmentation, result.warp)
    assert np.array_equal(alone, result.raw)
