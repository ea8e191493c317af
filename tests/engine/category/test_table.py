"""Rows of the table of garments agree with themselves, with the label spaces and with what is drawn for them."""

import copy
import pickle

import numpy as np
import pytest

from engine.category import CATEGORIES, Category
from engine.category.agnostic import REGIONS
from engine.labels import Alias, Lip, Seg, lip_to_segmentation
from engine.messages import SENTENCES

every = pytest.mark.parametrize("category", CATEGORIES.values(), ids=lambda category: category.key)


def segmentation_of(labels: tuple[Lip, ...]) -> set[int]:
    return set(lip_to_segmentation(np.array([labels], dtype=np.uint8))[0].tolist())


@every
def test_what_is_worn_is_the_garments_class_and_is_taken_out(category: Category) -> None:
    assert segmentation_of(category.worn) == {category.garment}
    assert set(category.worn) <= set(category.removed)
    assert not set(category.worn) & set(category.kept)
    assert set(category.unlike) < set(category.worn)


@every
def test_the_generator_is_told_of_every_class_and_of_one_garment(category: Category) -> None:
    assert set(category.to_alias) == set(Seg)
    assert [label for label in Seg if category.to_alias[label] == Alias.GARMENT] == [category.garment]


@every
def test_true_and_predicted_parses_say_the_same_of_what_lies_over(category: Category) -> None:
    known = {Lip.NECK}  # which the predicted classes do not have
    assert segmentation_of(tuple(set(category.over_lip) - known)) == set(category.over)
    assert segmentation_of(category.partly_lip) == set(category.partly)


@every
def test_a_region_is_drawn_and_its_lack_has_a_sentence(category: Category) -> None:
    assert category.key in REGIONS
    assert category.missing in SENTENCES


@every
def test_copies_are_equal_and_usable_as_keys(category: Category) -> None:
    for other in (copy.deepcopy(category), pickle.loads(pickle.dumps(category))):
        assert other == category
        assert {category: 1}[other] == 1
