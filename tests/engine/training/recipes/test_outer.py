"""What the recipe of coats and things learns, and from where it begins."""

import math
from pathlib import Path

import pytest
import torch
from torch import nn

from engine.data.raw.batches import STREET, STUDIO, PhotoBatch
from engine.data.raw.things import THING
from engine.labels import IGNORE, Lip, Outer
from engine.networks import config_of
from engine.training import recipes
from engine.training.recipes.outer import outer_labels
from engine.weights import read_pack
from tests.engine.training.runs import options, random_pack


def batch(parse: list[int], source: int, exact: bool) -> PhotoBatch:
    labels = torch.tensor(parse)[None, None]
    image = torch.zeros(1, 3, *labels.shape[1:])
    return PhotoBatch(image, labels, torch.zeros(1, 25, 3), torch.tensor([source]), torch.tensor([exact]))


def test_coats_count_where_labels_are_exact_and_things_in_the_street() -> None:
    parse = [Lip.UPPER, Lip.COAT, THING, IGNORE, Lip.BACKGROUND]
    nothing, coat, thing = Outer.NOTHING, Outer.COAT, Outer.THING
    assert outer_labels(batch(parse, STREET, True)).flatten().tolist() == [nothing, coat, thing, IGNORE, nothing]
    assert outer_labels(batch(parse, STUDIO, True)).flatten().tolist() == [nothing, coat, IGNORE, IGNORE, nothing]
    assert outer_labels(batch(parse, STUDIO, False)).flatten().tolist() == [nothing, IGNORE, IGNORE, IGNORE, nothing]


def test_it_begins_with_the_body_of_a_parser(tmp_path: Path) -> None:
    pack = random_pack("parser", tmp_path)
    recipe = recipes.make("outer", options("outer", tmp_path, parser=str(pack), width=8))
    parser = read_pack(pack).load("parser")
    own = recipe.network.state_dict()
    assert config_of(recipe.network)["width"] == 4, "the parser's"
    assert all(torch.equal(own[name], value) for name, value in parser.state_dict().items() if name in own)
    assert any(name in own for name in parser.state_dict())
    assert recipe.notes()["parser"] == "pack p 1"
    plain = recipes.make("outer", options("outer", tmp_path, width=8))
    assert config_of(plain.network)["width"] == 8
    assert "parser" not in plain.notes()


class _Sure(nn.Module):
    """Says of a picture's left half that it is a coat, of the rest nothing."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits = torch.zeros(len(x), 3, *x.shape[2:])
        logits[:, Outer.COAT, :, : x.shape[3] // 2] = 9.0
        return logits


def test_validation_is_the_overlap_of_coats_and_things(tmp_path: Path) -> None:
    recipe = recipes.make("outer", options("outer", tmp_path))
    parse = [Lip.COAT, Lip.COAT, Lip.COAT, THING]
    prepared = recipe.prepare(batch(parse, STREET, True), [0], 0)
    numbers = recipe.validate(_Sure(), [prepared])
    assert numbers["coats"] == pytest.approx(2 / 3)
    assert numbers["things"] == 0
    assert numbers["iou"] == pytest.approx(1 / 3)
    nothing = recipe.prepare(batch([Lip.UPPER] * 4, STREET, True), [0], 0)
    nothing["outer"][:] = IGNORE
    alone = recipe.validate(_Sure(), [nothing])
    assert alone["iou"] == 0
    assert math.isnan(alone["things"])
