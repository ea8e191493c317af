import numpy as np
import pytest

from engine.analysis.common import refine
from engine.arrays import Picture


def noise(height: int, width: int) -> Picture:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("size", [(128, 96), (127, 95)])
def test_a_class_is_looked_for_only_where_it_may_be(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is what comes out of a look everywhere."""
    guided, plane = refine.GuidedFilter(noise(*size)), np.zeros((32, 24), dtype=np.float32)
    plane[20:, 2:8] = np.random.default_rng(1).random((12, 6), dtype=np.float32)
    sharp = guided(plane)
    assert sharp.max() > 0.5
    monkeypatch.setattr(refine, "_ABSENT", -1.0)
    everywhere = guided(plane)
    seen = everywhere > 0.02
    assert np.abs(sharp - everywhere)[seen].max() < 1e-6
    assert np.abs(sharp - everywhere).max() < 0.02
