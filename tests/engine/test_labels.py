import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.category import UPPER
from engine.errors import TryOnError
from engine.labels import (
    ALIAS,
    ATR_CLASSES,
    IGNORE,
    LIP,
    SEGMENTATION,
    Alias,
    Lip,
    Seg,
    atr_to_lip,
    colourise,
    lip_to_segmentation,
    mirror,
    one_hot,
    segmentation_to_alias,
)


def to_alias(labels):
    return segmentation_to_alias(labels, UPPER.to_alias)


SPACES = [LIP, SEGMENTATION, ALIAS]
MERGES = [
    (lip_to_segmentation, len(LIP), len(SEGMENTATION)),
    (to_alias, len(SEGMENTATION), len(ALIAS)),
    (atr_to_lip, ATR_CLASSES, len(LIP)),
]


def label_maps(classes, ignore=True):
    values = st.integers(0, classes - 1)
    if ignore:
        values |= st.just(IGNORE)
    shape = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12)
    return hnp.arrays(np.uint8, shape, elements=values)


def test_lip_merges_into_the_thirteen_classes_of_the_published_network():
    groups = [{0, 10}, {1, 2}, {4, 13}, {5, 6, 7}, {9, 12}, {14}, {15}, {16}, {17}, {18}, {19}, {8}, {3, 11}]
    merged = lip_to_segmentation(np.arange(20, dtype=np.uint8)[None])[0]
    assert [set(np.flatnonzero(merged == i)) for i in range(13)] == groups


def test_thirteen_classes_merge_into_the_seven_of_the_alias_generator():
    groups = [{0}, {2, 4, 7, 8, 9, 10, 11}, {3}, {1}, {5}, {6}, {12}]
    merged = to_alias(np.arange(13, dtype=np.uint8)[None])[0]
    assert [set(np.flatnonzero(merged == i)) for i in range(7)] == groups


def test_atr_becomes_lip_with_the_bag_unknown_and_the_belt_pants():
    merged = atr_to_lip(np.arange(18, dtype=np.uint8)[None])[0]
    assert merged.tolist() == [0, 1, 2, 4, 5, 12, 9, 6, 9, 18, 19, 13, 16, 17, 14, 15, 255, 11]


@pytest.mark.parametrize(("merge", "classes", "merged_classes"), MERGES)
@given(data=st.data())
def test_merging_keeps_shape_unknown_pixels_and_range(merge, classes, merged_classes, data):
    labels = data.draw(label_maps(classes))
    merged = merge(labels)
    assert merged.dtype == np.uint8
    assert merged.shape == labels.shape
    assert ((merged < merged_classes) | (merged == IGNORE)).all()
    assert (merged[labels == IGNORE] == IGNORE).all()


@pytest.mark.parametrize(("merge", "classes", "_"), MERGES)
def test_merging_refuses_numbers_that_are_no_class(merge, classes, _):
    with pytest.raises(TryOnError, match=f"holds the value {classes}, but its classes are 0 to {classes - 1}"):
        merge(np.full((3, 3), classes, dtype=np.uint8))


@given(label_maps(len(LIP)))
def test_merging_and_mirroring_commute(labels):
    thirteen = lip_to_segmentation(labels)
    assert (lip_to_segmentation(mirror(labels, LIP)) == mirror(thirteen, SEGMENTATION)).all()
    assert (to_alias(mirror(thirteen, SEGMENTATION)) == mirror(to_alias(thirteen), ALIAS)).all()


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space.key)
@given(data=st.data())
def test_mirroring_twice_is_the_identity(space, data):
    labels = data.draw(label_maps(len(space)))
    assert (mirror(mirror(labels, space), space) == labels).all()


def test_mirroring_swaps_the_sides_of_the_person():
    labels = np.array([[Lip.LEFT_ARM, Lip.LEFT_LEG, Lip.LEFT_SHOE, Lip.UPPER, IGNORE]], dtype=np.uint8)
    assert mirror(labels, LIP).tolist() == [[IGNORE, Lip.UPPER, Lip.RIGHT_SHOE, Lip.RIGHT_LEG, Lip.RIGHT_ARM]]
    assert [SEGMENTATION.mirrored[i] for i in (Seg.RIGHT_ARM, Seg.LEFT_LEG)] == [Seg.LEFT_ARM, Seg.RIGHT_LEG]
    assert [ALIAS.mirrored[i] for i in (Alias.RIGHT_ARM, Alias.PASTE)] == [Alias.LEFT_ARM, Alias.PASTE]


@given(label_maps(13, ignore=False))
def test_one_hot_and_argmax_are_inverse(labels):
    hot = one_hot(labels, 13)
    assert hot.dtype == np.float32
    assert hot.shape == (13, *labels.shape)
    assert (hot.sum(axis=0) == 1).all()
    assert (hot.argmax(axis=0) == labels).all()


def test_one_hot_of_an_unknown_pixel_is_all_zero():
    hot = one_hot(np.array([[IGNORE, 3]], dtype=np.uint8), 7)
    assert hot[:, 0, 0].tolist() == [0] * 7
    assert hot[3, 0, 1] == 1


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space.key)
def test_every_class_has_a_name_and_a_colour_of_its_own(space):
    colours = np.array([*space.colours, (255, 255, 255)], dtype=int)
    apart = np.abs(colours[:, None] - colours[None]).sum(axis=-1)[~np.eye(len(colours), dtype=bool)]
    assert apart.min() >= 30
    assert len(set(space.names)) == len(space.names) == len(space.colours) == len(space.mirrored)


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space.key)
@given(data=st.data())
def test_colours_tell_the_labels(space, data):
    labels = data.draw(label_maps(len(space)))
    picture = colourise(labels, space)
    for y, x in np.ndindex(*labels.shape):
        expected = (255, 255, 255) if labels[y, x] == IGNORE else space.colours[labels[y, x]]
        assert tuple(picture[y, x]) == expected
