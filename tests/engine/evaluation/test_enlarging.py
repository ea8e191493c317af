"""Enlarged pictures lose nothing: area averaging gives them back."""

import numpy as np

from engine.evaluation.enlarging import enlarged
from engine.imaging.images import resize_picture
from engine.metrics.similarity import shrunk
from tests.rendered import rendered_pair


def test_area_averaging_gives_the_picture_back() -> None:
    small = shrunk(rendered_pair(0, (1024, 768)).image, (256, 192))
    back = shrunk(enlarged(small, (1024, 768)), (256, 192)).astype(int)
    plain = shrunk(resize_picture(small, (1024, 768)), (256, 192)).astype(int)
    assert np.abs(back - small).mean() < 0.3 * np.abs(plain - small).mean()
    assert np.abs(back - small).mean() < 0.4
