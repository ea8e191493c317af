"""The example in every network's docstring runs as it stands."""

import doctest
import sys

import pytest

from engine.networks import KINDS, build


@pytest.mark.parametrize("kind", KINDS)
def test_example_of_the_docstring(kind: str) -> None:
    results = doctest.testmod(sys.modules[type(build(kind, {"width": 4})).__module__])
    assert results.attempted > 0
    assert results.failed == 0
