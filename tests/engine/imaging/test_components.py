"""Islands of a label map go to what surrounds them."""

import numpy as np

from engine.imaging.components import each_part, without_enclosed
from engine.labels import Lip

SIZE = (80, 60)
TOPS, LOWER = (Lip.UPPER, Lip.COAT), (Lip.PANTS, Lip.SKIRT)


def dressed() -> np.ndarray:
    parse = np.zeros(SIZE, np.uint8)
    parse[20:50, 15:45] = Lip.UPPER
    parse[50:, 15:45] = Lip.PANTS
    return parse


def test_trousers_inside_a_top_are_the_top() -> None:
    printed = dressed()
    printed[30:36, 25:35] = Lip.PANTS
    printed[40, 20] = Lip.SKIRT
    assert np.array_equal(without_enclosed(printed, LOWER, TOPS), dressed())


def test_trousers_below_an_open_coat_stay() -> None:
    open_coat = dressed()
    open_coat[35:50, 25:35] = Lip.PANTS  # goes on below
    assert np.array_equal(without_enclosed(open_coat, LOWER, TOPS), open_coat)


def test_what_reaches_the_edge_of_the_picture_or_has_other_neighbours_stays() -> None:
    for rows, columns in ((slice(74, 80), slice(25, 35)), (slice(25, 35), slice(0, 6))):
        parse = np.full(SIZE, Lip.UPPER, np.uint8)
        parse[rows, columns] = Lip.PANTS
        assert np.array_equal(without_enclosed(parse, LOWER, TOPS), parse)
    beside = dressed()
    beside[30:36, 10:20] = Lip.PANTS  # half of it outside of the top
    assert np.array_equal(without_enclosed(beside, LOWER, TOPS), beside)


def test_each_part_comes_with_its_box_and_of_nothing_there_is_none() -> None:
    region = np.zeros(SIZE, np.bool_)
    assert not list(each_part(region, 0)), "OpenCV crashes on a picture without a pixel"
    region[10:14, 20:30], region[40:60, 5:8] = True, True
    found = {own.sum(): box for box, own in each_part(region, 2)}
    assert found == {40: (slice(8, 16), slice(18, 32)), 60: (slice(38, 62), slice(3, 10))}
