"""Where the hair matte is asked, and what becomes of its answer on the way to the picture."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.category import UPPER
from engine.imaging.colour_bleed import distance_from
from engine.imaging.planes import among
from engine.labels import Lip
from engine.networks.hair import HairConfig
from engine.tryon.pipeline import Job, TryOnPipeline
from engine.values import Garment, Hair, Person
from engine.weights.refinements import Refinements
from tests.packs import narrow_networks
from tests.rendered import rendered_pair

SIZE = (512, 384)


class Says(nn.Module):
    """A matte that calls every pixel it is asked about a share of hair, and remembers what it was shown."""

    config = HairConfig()

    def __init__(self, share: float) -> None:
        super().__init__()
        self.logit = float(np.log(share / (1 - share)))
        self.seen: list[Tensor] = []

    def forward(self, planes: Tensor) -> Tensor:
        self.seen.append(planes)
        return torch.full_like(planes[:, :1], self.logit)


@pytest.fixture(scope="module")
def person() -> Person:
    pair = rendered_pair(2, SIZE)
    return Person(pair.image, pair.pose, pair.parse)


@pytest.fixture(scope="module")
def garment() -> Garment:
    pair = rendered_pair(7, SIZE)
    return Garment(pair.cloth, pair.cloth_mask)


def pipeline_of(matte: Says | None) -> TryOnPipeline:
    networks = narrow_networks() | ({} if matte is None else {"hair": matte})
    return TryOnPipeline(networks, "cpu", size=SIZE, refinements=Refinements(assemble=True))


def test_the_network_is_asked_about_hair_and_top_where_they_meet(person: Person, garment: Garment) -> None:
    matte = Says(0.5)
    made = pipeline_of(matte).run(person, garment).value(Hair)
    (seen,) = matte.seen
    assert seen.shape[:2] == (1, 5)
    assert not any(side % 32 for side in seen.shape[2:])
    assert seen.shape[3] < SIZE[1], "a piece of the photo"
    hair, worn = person.parse == Lip.HAIR, among(person.parse, UPPER.worn)
    from_both = np.maximum(distance_from(hair), distance_from(worn))
    touching, far = from_both < 8, from_both > 24
    assert (np.abs(made.share[(hair | worn) & touching].astype(int) - 128) <= 1).all()
    assert np.array_equal(made.share[far], hair[far] * np.uint8(255))
    between = hair & (from_both > 17.5) & (from_both < 20)
    assert ((made.share[between] > 135) & (made.share[between] < 250)).all(), "the parse takes over softly"
    assert not made.share[~hair & ~worn].any(), "neither skin nor wall is hair"


def test_who_wears_no_top_or_has_no_hair_is_not_looked_at(person: Person, garment: Garment) -> None:
    matte = Says(0.5)
    bald = replace(person, parse=np.where(person.parse == Lip.HAIR, np.uint8(Lip.FACE), person.parse))
    assert not pipeline_of(matte).run(bald, garment).value(Hair).share.any()
    assert not matte.seen


def test_the_top_is_seen_where_less_is_hair(person: Person, garment: Garment) -> None:
    whole, thin, none = (pipeline_of(one).run(person, garment) for one in (Says(0.999), Says(0.3), None))
    hair, worn = person.parse == Lip.HAIR, among(person.parse, UPPER.worn)
    ends = hair & (distance_from(worn) < 6)
    differs = [np.abs(one.image[ends].astype(int) - whole.image[ends]).mean() for one in (thin, none)]
    assert differs[0] > 12
    assert differs[1] < differs[0] / 2, "a pack without it leaves hair as the parse has it"
    away = hair & (distance_from(worn) > 40)
    assert away.any()
    assert np.abs(thin.image[away].astype(int) - whole.image[away]).mean() < 2


def test_an_edited_matte_is_taken(person: Person, garment: Garment) -> None:
    pipeline = pipeline_of(Says(0.999))
    first = pipeline.run(person, garment)
    edit = {"hair": {"share": np.zeros(SIZE, np.uint8)}}
    (second,) = pipeline.run_batch([Job(person, garment, 0, edit)])
    ends = (person.parse == Lip.HAIR) & (distance_from(among(person.parse, UPPER.worn)) < 6)
    assert np.abs(second.image[ends].astype(int) - first.image[ends]).mean() > 12
