"""The network that marks sleeves, beyond what every network keeps to."""

from engine.networks.marks import MarksConfig, SleeveMarks
from tests.engine.networks.contract import NetworkContract


class TestSleeveMarks(NetworkContract):
    kind = "marks"
    config_class = MarksConfig
    network_class = SleeveMarks
    shapes = ((4, 64, 96),)
    outputs = ((2, 64, 96),)
    wrong = (((1, 3, 64, 96),), ((1, 4, 64),), ((1, 4, 60, 96),))

    def test_default_is_the_published_width(self) -> None:
        assert MarksConfig().width == 16
