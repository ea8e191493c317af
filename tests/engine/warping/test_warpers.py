"""Ways of warping: the spline's, and one that has a dense field and nothing to drag."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.arrays import Size
from engine.errors import TryOnError
from engine.graph import BY_NAME
from engine.networks import tps
from engine.networks.flow import grid_of
from engine.tryon.pipeline import TryOnPipeline
from engine.tryon.quality import quality
from engine.tryon.stage_files import save_stages
from engine.tryon.stages import warp as module
from engine.warping import WARPERS, Placement, Scene, thinned, warper_of
from engine.warping.flow import dragged
from engine.warping.tps import Spline
from tests.packs import narrow_pipeline
from tests.quick import job

SIZE = (512, 384)


class Field:
    """Leaves the garment where it lies in its photo."""

    size: Size | None = None
    means = False
    points_suffice = True
    mask_ends = False

    def place(self, network: nn.Module, scene: Scene, fit: bool) -> Placement:
        return Placement(field=torch.zeros(len(scene.cloth), 2, 8, 6))

    def dragged(self, placement: Placement, points: Tensor) -> Placement:
        return placement

    def grid(self, placement: Placement, size: Size) -> Tensor:
        assert placement.field is not None
        return grid_of(placement.field, size)

    def check(self, points: NDArray[Any]) -> NDArray[np.float32]:
        raise TryOnError("text", text="this pack's warp has no control points; replace its picture instead")

    def encoder(self, network: nn.Module) -> nn.Sequential:
        return nn.Sequential()


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> TryOnPipeline:
    monkeypatch.setattr(module, "warper_of", lambda _: Field())
    return narrow_pipeline(SIZE)


def test_every_network_that_warps_has_a_warper() -> None:
    assert set(BY_NAME["warp"].networks) <= set(WARPERS)
    for kind, where in WARPERS.items():
        assert warper_of(kind) is import_module(where).WARPER


def test_a_warp_along_a_field_has_nothing_to_drag(pipeline: TryOnPipeline, tmp_path: Path) -> None:
    one = job(0, SIZE)
    result = pipeline.run(one.person, one.garment)
    assert result.warp.points is None
    assert np.abs(result.warp.cloth.astype(int) - result.garment.image).mean() < 3
    save_stages(tmp_path, result.values)
    assert (tmp_path / "warped-cloth.png").exists()
    assert not (tmp_path / "control-points.json").exists()
    assert "distorted" not in {doubt.code for doubt in quality(result).doubts}
    with pytest.raises(TryOnError, match="no control points"):
        pipeline.warp_along(np.zeros((25, 2), np.float32), one.garment)


@pytest.mark.parametrize("points", [np.zeros((24, 2)), np.zeros((2, 25)), np.full((25, 2), np.nan), np.zeros(50)])
def test_the_spline_takes_25_points(points: NDArray[Any]) -> None:
    with pytest.raises(TryOnError, match="25 pairs"):
        Spline().check(points)
    rest = tps.rest_points().numpy()
    assert Spline().check(rest).dtype == np.float32


def test_one_of_a_batch_of_placements_is_a_batch_of_one() -> None:
    points = torch.rand(3, 25, 2)
    one = Placement(points=points).of(1)
    assert one.points is not None
    assert torch.equal(one.points, points[1:2])
    assert one.field is None


def test_pictures_are_thinned_only_where_that_is_what_nearest_would_do() -> None:
    picture = np.arange(512 * 384 * 3, dtype=np.uint32).reshape(512, 384, 3).astype(np.uint8)
    assert np.array_equal(thinned(picture, (256, 192)), picture[::2, ::2])
    assert thinned(picture, (200, 150)) is picture
    assert thinned(picture, None) is picture
    halves = np.tile(np.array([[0, 100], [20, 80]], np.uint8)[..., None], (256, 192, 3))
    assert (thinned(halves, (256, 192), means=True) == 50).all()


def test_a_large_flow_is_dragged_like_a_small_one() -> None:
    """That of long sleeves is as large as the picture."""
    rest = tps.rest_points(5, 0.5)
    points = rest.clone()
    points[7] += 0.2
    small = dragged(torch.zeros(1, 2, 64, 48), rest, points)
    large = dragged(torch.zeros(1, 2, 512, 384), rest, points)
    assert large.shape == (1, 2, 512, 384)
    smaller = torch.nn.functional.interpolate(large, size=(64, 48), mode="area")
    assert torch.allclose(smaller, small, atol=0.01)
