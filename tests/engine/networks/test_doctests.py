"""The example in every network's docstring runs as it stands."""

import doctest
from importlib import import_module

import pytest

from engine.networks import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_example_of_the_docstring(kind: str) -> None:
    results = doctest.testmod(import_module(f"engine.networks.{kind}"))
    assert results.attempted > 0
    assert results.failed == 0
