"""The network of coats and things, beyond what every network keeps to."""

import torch

from engine.networks.outer import OuterLayer, ParserConfig
from engine.networks.parser import PersonParser
from tests.engine.networks.contract import NetworkContract


class TestOuterLayer(NetworkContract):
    kind = "outer"
    config_class = ParserConfig
    network_class = OuterLayer
    shapes = ((3, 64, 96),)
    outputs = ((3, 64, 96),)
    wrong = (((1, 4, 64, 96),), ((1, 3, 60, 96),))

    def test_default_is_the_published_width(self) -> None:
        assert ParserConfig().width == 24


def test_its_body_is_the_parsers() -> None:
    parser, outer = PersonParser(ParserConfig(width=4)).eval(), OuterLayer(ParserConfig(width=4)).eval()
    body = {name: value for name, value in parser.state_dict().items() if not name.startswith(("parse.", "heat."))}
    missing, unexpected = outer.load_state_dict(body, strict=False)
    assert not unexpected
    assert all(name.startswith("outer.") for name in missing)
    x = torch.rand(1, 3, 64, 32)
    assert all(map(torch.equal, parser.features(x), outer.features(x)))
