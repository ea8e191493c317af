"""Plans are typed when they are read, and a wrong one is told by what is wrong in it."""

from pathlib import Path

import pytest
import yaml

from engine.errors import TryOnError
from engine.experiments.budget import shared_out
from engine.experiments.networks import kind_of, options_of, trained_parts
from engine.experiments.plan import read_plan
from engine.networks.alias import NORMALISATIONS

GOOD = "methods:\n  one: {recipe: pix2pix}\nbudget: {samples: 8}\n"


@pytest.mark.parametrize("name", ["smoke", "viton"])
def test_shipped_plans_give_every_recipe_options_that_it_takes(name: str) -> None:
    plan = read_plan(name)
    for network in trained_parts(plan):
        options = options_of(plan, network, 3, lambda part: f"at/{part}", 7)
        assert (options.steps, options.seed, options.held_out) == (7, 3, plan.split.held_out)
        needed = [part for part in trained_parts(plan)[network].parts if kind_of(plan, part) in ("matching", "flow")]
        named = {getattr(options, key, "") for key in ("matching", "flow")} - {""}
        assert named == (set() if network == "pix2pix" else {f"at/{part}" for part in needed})


def test_the_ablations_are_all_there() -> None:
    plan = read_plan("viton")
    tried = {one.set.get("normalisation", "alias") for one in plan.methods.values() if one.recipe == "alias"}
    assert tried == set(NORMALISATIONS)
    alike = [dict(one.set) for one in plan.methods.values() if one.recipe == "alias"]
    for one in alike:
        one.pop("normalisation", None)
        one.pop("multi_scale", None)
    assert all(one == alike[0] for one in alike), "nothing else differs"
    aligned = plan.methods["not-agnostic"].parts[0]
    assert plan.parts[aligned].set == {**plan.parts["segmentation"].set, "sees_worn": True}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("methods: {}", "no methods"),
        ("sizes: [256, 192]", "'sizes', which is none of"),
        ("size: [200, 100]", "3:4"),
        ("looks: many", "looks of the plan is 'many'"),
        ("looks: true", "looks of the plan is True"),
        ("metrics: [fid]", "'fid' is none of"),
        ("reference: two", "'two' is none of the methods"),
        ("budget: {equal: time}", "with minutes"),
        ("methods: {one: {recipe: pix2pix, pack: default}}", "either a recipe or a pack"),
        ("methods: {one: {recipe: pix2pix, parts: [flow]}}", "needs flow"),
        ("methods: {../one: {recipe: pix2pix}}", "one"),
        ("parts: {warper: {recipe: flow}}", "does not begin with a kind"),
        ("- a\n- b", "mapping|table|parsing|expected"),
    ],
)
def test_what_is_wrong_is_said(change: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    try:
        text = yaml.safe_dump(yaml.safe_load(GOOD) | yaml.safe_load(change))
    except TypeError:
        text = change
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TryOnError, match=said):
        read_plan(str(path))


def test_a_plan_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(TryOnError, match="smoke, viton"):
        read_plan("nowhere")


def test_time_is_shared_out() -> None:
    seconds, batches = {"slow": 2.0, "fast": 0.5}, {"slow": 4, "fast": 2}
    assert shared_out(seconds, batches, 60, equal_time=True) == {"slow": 30, "fast": 120}
    assert shared_out(seconds, batches, 60, equal_time=False) == {"slow": 30, "fast": 60}  # 120 samples each
