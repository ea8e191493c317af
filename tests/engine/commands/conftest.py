"""Pairs that the tests of training draw serve here too."""

from tests.engine.training.conftest import rendered_root

__all__ = ["rendered_root"]
