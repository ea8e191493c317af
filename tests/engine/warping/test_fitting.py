"""The fit lays a warp over its region, leaves alone what it cannot judge, and does the same every time."""

import pytest
import torch
from torch import Tensor

from engine.metrics.overlap import mask_iou
from engine.networks import tps
from engine.networks.inputs import sampled
from engine.warping.fitting import FitOptions, fit_points, unevenness
from engine.weights.refinements import Refinements, read_refinements

SIZE = (256, 192)


def box(top: int, bottom: int, left: int, right: int) -> Tensor:
    mask = torch.zeros(1, 1, *SIZE)
    mask[:, :, top:bottom, left:right] = 1
    return mask


def rest() -> Tensor:
    return tps.rest_points()[None].float()


def overlap(points: Tensor, mask: Tensor, region: Tensor) -> float:
    _, covered = sampled(mask.expand(-1, 3, -1, -1), mask, tps.spline_grid(points, SIZE))
    return float(mask_iou(covered, region)[0])


@pytest.mark.parametrize("region", [box(90, 220, 40, 150), box(60, 160, 60, 120), box(20, 200, 50, 160)])
def test_a_garment_that_lies_beside_its_region_is_pulled_over_it(region: Tensor) -> None:
    mask = box(40, 180, 50, 140)
    before = overlap(rest(), mask, region)
    after = overlap(fit_points(rest(), mask, region), mask, region)
    assert after > 0.85
    assert after > before + 0.2


def test_what_hides_the_garment_does_not_pull_it() -> None:
    mask = box(40, 200, 50, 140)
    hidden = box(40, 120, 50, 140)  # long hair over the upper half
    shown = fit_points(rest(), mask, mask * (1 - hidden), 1 - hidden)
    fooled = fit_points(rest(), mask, mask * (1 - hidden))
    assert overlap(shown, mask, mask) > 0.88
    assert overlap(fooled, mask, mask) < 0.8


@pytest.mark.parametrize(
    ("mask", "region"), [(torch.zeros(1, 1, *SIZE), box(40, 99, 40, 99)), (box(40, 99, 40, 99),) * 2]
)
def test_nothing_to_fit_leaves_the_points(mask: Tensor, region: Tensor) -> None:
    region = region if not mask.any() else torch.zeros_like(region)
    assert torch.equal(fit_points(rest(), mask, region), rest())


def test_no_steps_is_the_published_method() -> None:
    points = rest() + 0.1
    assert fit_points(points, box(0, 99, 0, 99), box(50, 150, 0, 99), options=FitOptions(steps=0)) is points


def test_the_fit_is_the_same_every_time_and_for_each_picture_of_a_batch() -> None:
    mask, region = box(40, 180, 50, 140), box(90, 220, 40, 150)
    with torch.inference_mode():
        alone = fit_points(rest(), mask, region)
        again = fit_points(rest(), mask, region)
        both = fit_points(rest().expand(2, -1, -1), mask.expand(2, -1, -1, -1), torch.cat([region, mask]))
    assert torch.equal(alone, again)
    torch.testing.assert_close(both[:1], alone, atol=1e-4, rtol=0)


def test_an_even_grid_is_not_uneven() -> None:
    assert unevenness(rest() * 0.5 + 0.2).item() == pytest.approx(0, abs=1e-9)
    assert unevenness(rest() + 0.1 * torch.randn(1, 25, 2, generator=torch.Generator().manual_seed(0))).item() > 0.1


def test_a_manifest_names_refinements_that_exist() -> None:
    assert read_refinements({}) == Refinements()
    assert read_refinements({"fit_warp": True}) == Refinements(fit_warp=True)
    for table in ({"fit": True}, {"fit_warp": 1}):
        with pytest.raises(ValueError, match=r"fit_warp|fit"):
            read_refinements(table)
