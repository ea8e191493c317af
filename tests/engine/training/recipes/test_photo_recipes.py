"""What the recipes of person parser and garment mask compute."""

import math

import pytest
import torch

from engine.errors import TryOnError
from engine.labels import IGNORE, Lip
from engine.metrics.parse_scores import JointScore, ParseScore
from engine.pose.skeleton import Joint
from engine.training import recipes
from engine.training.recipes.garment import outline
from engine.training.recipes.parser import gaussians, joint_losses, parse_loss

EVEN = torch.ones(20)


def labels(*rows: list[int]) -> torch.Tensor:
    return torch.tensor(rows)[None]


def logits_for(truth: torch.Tensor, height: float = 20.0) -> torch.Tensor:
    """Logits (1, 20, H, W) that are sure of `truth`."""
    return torch.nn.functional.one_hot(truth.clamp(max=19), 20).movedim(-1, 1).float() * height


def test_parse_loss_is_zero_where_right_and_even_where_unsure() -> None:
    truth = labels([Lip.BACKGROUND, Lip.FACE, Lip.LEFT_ARM])
    assert parse_loss(logits_for(truth), truth, EVEN, 0.25) < 1e-6
    unsure = parse_loss(torch.zeros(1, 20, 1, 3), truth, EVEN, 0.25)
    assert float(unsure) == pytest.approx(math.log(20))


def test_parse_loss_forgives_another_kind_of_top() -> None:
    truth, other = labels([Lip.COAT]), labels([Lip.UPPER])
    merged, own = (float(parse_loss(logits_for(other), truth, EVEN, share)) for share in (0.0, 1.0))
    assert merged < 1e-6
    assert own > 10
    assert float(parse_loss(logits_for(labels([Lip.PANTS])), truth, EVEN, 0.0)) > 10


def test_parse_loss_ignores_what_is_not_known_and_weighs_classes() -> None:
    truth = labels([IGNORE, Lip.LEFT_ARM])
    weights = EVEN.clone()
    weights[Lip.LEFT_ARM] = 3.0
    logits = torch.zeros(1, 20, 1, 2)
    assert float(parse_loss(logits, truth, weights, 1.0)) == pytest.approx(3 * math.log(20) / 2)
    assert float(parse_loss(logits, labels([IGNORE, IGNORE]), weights, 1.0)) == 0


def keypoints(**states: tuple[float, float, float]) -> torch.Tensor:
    made = torch.zeros(1, 25, 3)
    for name, state in states.items():
        made[0, Joint[name.upper()]] = torch.tensor(state)
    return made


def test_gaussians_stand_where_the_joint_is() -> None:
    maps = gaussians(keypoints(nose=(20.5, 10.5, 1.0), neck=(5.0, 5.0, -1.0)), (32, 24), sigma=1.5)
    assert float(maps[0, Joint.NOSE, 5, 10]) == pytest.approx(1.0)
    assert float(maps[0, Joint.NECK].sum()) == 0


def test_joint_losses_skip_what_is_not_known() -> None:
    nothing = keypoints()
    heat = torch.randn(1, 25, 16, 12, generator=torch.Generator().manual_seed(0))
    assert [float(loss) for loss in joint_losses(heat, nothing, 2.0)] == [0, 0]


def test_joint_losses_of_the_truth_are_near_zero_and_grow_with_distance() -> None:
    truth = keypoints(nose=(12.5, 16.5, 1.0))
    near, far = keypoints(nose=(14.5, 16.5, 1.0)), keypoints(nose=(4.5, 4.5, 1.0))
    losses = []
    for where in (truth, near, far):
        heat = torch.logit(gaussians(where, (16, 12), 2.0).clamp(1e-4, 1 - 1e-4))
        losses.append([float(loss) for loss in joint_losses(heat, truth, 2.0)])
    assert losses[0][0] < losses[1][0] < losses[2][0]
    assert losses[0][1] < losses[1][1] < losses[2][1]


def test_absent_joint_wants_an_empty_map() -> None:
    absent = keypoints(nose=(0.0, 0.0, -1.0))
    empty, full = torch.full((1, 25, 8, 6), -8.0), torch.full((1, 25, 8, 6), 2.0)
    assert joint_losses(empty, absent, 2.0)[1] < 0.01 < joint_losses(full, absent, 2.0)[1]
    assert joint_losses(full, absent, 2.0)[0] == 0


def test_parse_score_merges_tops_and_lower_garments() -> None:
    score = ParseScore()
    score.add(labels([Lip.COAT, Lip.SKIRT, Lip.HAIR, Lip.FACE]), labels([Lip.UPPER, Lip.PANTS, Lip.FACE, IGNORE]))
    assert score.accuracy() == pytest.approx(2 / 3)
    ious = score.ious()
    assert (ious["upper"], ious["lower"], ious["hair"], ious["face"]) == (1, 1, 0, 0)
    assert score.mean_iou() == pytest.approx(0.5)


def test_pck_counts_what_lies_within_a_fifth_of_the_shoulders() -> None:
    truth = keypoints(right_shoulder=(0, 50, 1), left_shoulder=(100, 50, 1), nose=(50, 10, 1), neck=(50, 50, 1))
    found = truth.clone()
    found[0, Joint.NOSE, 0] += 19
    found[0, Joint.NECK, 0] += 21
    score = JointScore()
    score.add(found, truth)
    assert score.pck() == pytest.approx(3 / 4)
    assert score.by_joint()["nose"] == 1
    assert math.isnan(score.by_joint()["left hip"])


def test_pck_leaves_out_people_without_shoulders() -> None:
    truth = keypoints(left_shoulder=(100, 50, 1), nose=(50, 10, 1))
    score = JointScore()
    score.add(truth, truth)
    assert score.pck() == 0
    assert score.pictures == 1


def test_outline_is_near_the_border_only() -> None:
    mask = torch.zeros(1, 1, 20, 20)
    mask[..., 10:] = 1
    assert outline(mask)[0, 0, 5].tolist() == [0.0] * 7 + [1.0] * 6 + [0.0] * 7


@pytest.mark.parametrize(("height", "sizes"), [(256, [(128, 96), (256, 192)]), (128, [(128, 96), (128, 96)])])
def test_a_parser_begins_at_half_size_where_its_network_can(height: int, sizes: list[tuple[int, int]]) -> None:
    recipe = recipes.make("parser", recipes.preset("parser", "smoke", {"width": 4, "height": height}))
    assert [recipe.size_at(step) for step in (0, recipe.options.steps - 1)] == sizes


@pytest.mark.parametrize("height", [-128, 0, 200])
def test_a_height_that_the_parser_cannot_halve_is_refused(height: int) -> None:
    with pytest.raises(TryOnError, match=f"pictures {height} pixels high; choose a multiple of 128"):
        recipes.make("parser", recipes.preset("parser", "smoke", {"height": height}))
