"""The plan of an experiment, as YAML that is typed when it is read; those that ship lie in `resources/experiments`.

size: [256, 192]              # height and width at which pictures are made and compared
split: {held_out: 500, pairs: 100, first: 0}
seeds: [0]
budget: {equal: samples, samples: 20000}     # or minutes: 60, of the slowest network; equal: time, each network's
looks: 4                      # how often on the way quality is measured
metrics: [ssim, lpips, l1, ...]
reference: VITON-HD           # the method that the others are tested against
parts:                        # networks that several methods need, trained once a seed
  matching: {recipe: matching, preset: small, set: {width: 32}}
  flow: {pack: default}       # or taken from a pack
methods:
  VITON-HD: {recipe: alias, parts: [segmentation, matching], set: {at_256: 1.0}}
  published: {pack: viton-hd}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml

from engine.arrays import Size
from engine.errors import TryOnError
from engine.experiments.measures import MEASURES
from engine.networks import KINDS
from engine.weights.manifest import check_name

Equal = Literal["samples", "time"]
_LARGEST = 100_000  # bytes


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What every trained network gets.

    equal: as many samples (pairs seen), or as much wall time. samples: that many; where it is 0, as many as the slowest
    network sees in `minutes`.
    """

    equal: Equal = "samples"
    samples: int = 0
    minutes: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Split:
    """Which pairs are measured: `pairs` (0 all) of the last `held_out` names of train, or of test."""

    part: Literal["validation", "test"] = "validation"
    held_out: int = 500
    pairs: int = 50


@dataclass(frozen=True, kw_only=True)
class Part:
    """A network: trained by a recipe, or taken from a pack.

    preset, set: options of the recipe. kind: of the pack's networks, the part's own name if empty.
    """

    recipe: str = ""
    preset: str = "small"
    set: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    pack: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An experiment; see the module's head."""

    name: str
    about: str = ""
    size: Size = (256, 192)
    split: Split = Split()
    unpaired: bool = True
    seeds: tuple[int, ...] = (0,)
    budget: Budget = Budget(samples=1000)
    looks: int = 4
    look_pairs: int = 8
    bins: int = 3
    metrics: tuple[str, ...] = tuple(MEASURES)
    reference: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)
    methods: Mapping[str, Part] = field(default_factory=dict)

    def sample_text(self) -> str:
        """The size as people say it: width x height."""
        return f"{self.size[1]} x {self.size[0]}"


def read_plan(name_or_path: str) -> Plan:
    """The shipped plan of that name, or the one in that file. TryOnError says what is wrong with it."""
    path = Path(name_or_path).expanduser()
    shipped = Path(str(files("resources"))) / "experiments" / f"{name_or_path}.yaml"
    if not path.is_file() and shipped.is_file():
        path = shipped
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"it is larger than {_LARGEST} bytes")
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _checked(_plan(path.stem, _table(table, "the whole file")))
    except OSError as error:
        known = ", ".join(sorted(one.stem for one in shipped.parent.glob("*.yaml")))
        raise TryOnError("plan.missing", path=name_or_path, known=known) from error
    except (yaml.YAMLError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, TryOnError):
            raise
        raise TryOnError("plan.wrong", path=path, reason=" ".join(str(error).split()).rstrip(".")) from error


def _plan(name: str, table: dict[str, Any]) -> Plan:
    known = {"name": name} | table
    made: dict[str, Any] = _typed(Plan, known, "the plan")
    made["split"] = Split(**_typed(Split, _table(table.get("split", {}), "split"), "split"))
    made["budget"] = Budget(**_typed(Budget, _table(table.get("budget", {"samples": 1000}), "budget"), "budget"))
    for group in ("parts", "methods"):
        entries = _table(table.get(group, {}), group)
        made[group] = {str(key): _part(str(key), _table(one, str(key))) for key, one in entries.items()}
    return Plan(**made)


def _part(name: str, table: dict[str, Any]) -> Part:
    made = _typed(Part, table, name)
    return Part(**made | {"set": _table(made.get("set", {}), f"set of {name}")})


def _typed(kind: type, table: dict[str, Any], where: str) -> dict[str, Any]:
    """The entries that `kind` has, lists as tuples, each of the type of its default. Errors name what is not so."""
    known = {one.name: one for one in fields(kind)}
    for key in table:
        if key not in known:
            raise ValueError(f"{where} has an entry {key!r}, which is none of {', '.join(known)}")
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    blank = kind(name="") if kind is Plan else kind()
    for key, value in made.items():
        wanted = getattr(blank, key)
        fits = isinstance(value, type(wanted)) or (isinstance(wanted, float) and isinstance(value, int))
        nested = not isinstance(wanted, str | int | float | tuple)
        if not nested and (not fits or (isinstance(value, bool) and not isinstance(wanted, bool))):
            raise ValueError(f"{key} of {where} is {value!r}, not like {wanted!r}")
    return made


def _table(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{what} is no table")
    return value


def _checked(plan: Plan) -> Plan:
    """The plan itself. ValueError about the first thing in it that cannot be."""
    if not plan.methods:
        raise ValueError("it has no methods")
    for measure in plan.metrics:
        if measure not in MEASURES:
            raise ValueError(f"metric {measure!r} is none of {', '.join(MEASURES)}")
    for name, part in {**plan.parts, **plan.methods}.items():
        check_name(name)
        if bool(part.recipe) == bool(part.pack):
            raise ValueError(f"{name} needs either a recipe or a pack")
        missing = [one for one in part.parts if one not in plan.parts]
        if missing:
            raise ValueError(f"{name} needs {missing[0]}, which is none of the parts")
    for name in plan.parts:
        if name.partition("-")[0] not in KINDS:
            raise ValueError(f"part {name!r} does not begin with a kind of network: {', '.join(KINDS)}")
    _check_numbers(plan)
    return plan


def _check_numbers(plan: Plan) -> None:
    height, width = plan.size if len(plan.size) == 2 else (0, 0)
    if height < 256 or height * 3 != width * 4 or width % 64:
        raise ValueError(f"size {list(plan.size)} is not [height, width] of 3:4 in steps of 256 x 192")
    if plan.budget.equal not in ("samples", "time") or (plan.budget.equal == "time" and not plan.budget.minutes):
        raise ValueError("budget is equal: samples, or equal: time with minutes")
    if plan.budget.samples < 0 or plan.budget.minutes < 0 or not (plan.budget.samples or plan.budget.minutes):
        raise ValueError("budget needs samples or minutes")
    if plan.reference and plan.reference not in plan.methods:
        raise ValueError(f"reference {plan.reference!r} is none of the methods")
    if not plan.seeds or plan.looks < 1 or plan.bins < 1 or plan.look_pairs < 1:
        raise ValueError("seeds, looks, look_pairs and bins are at least one")
    if plan.split.part not in ("validation", "test"):
        raise ValueError("split's part is validation or test")
