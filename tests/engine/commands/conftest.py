"""The drawn data set of the training tests, for the commands that train on it."""

from tests.engine.training.conftest import rendered_root

__all__ = ["rendered_root"]
