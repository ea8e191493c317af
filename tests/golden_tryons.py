"""Whether two states of the code make the same try-ons to the bit: `python -m tests.golden_tryons write|check FILE`.

Every array of some try-ons is hashed: seeds, refinements, sizes, batches, edits, drafts and what the generator reads in
training. The hashes hold on one machine only, since the kernels of CPUs differ; `make golden BASE=HEAD~1` makes those
of another commit here and compares. Only names that this file has in common with that commit may be used.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from engine import Garment, Person, TryOnPipeline, TryOnResult, load_pipeline
from engine.weights import find_pack
from tests.packs import narrow_networks
from tests.rendered import rendered_pair, write_rendered_dataset

SMALL, LARGE = (512, 384), (1024, 768)
SEEDS = (0, 5, 2**32 - 1)
NOISE = 0.3

Arrays = Iterator[tuple[str, Any]]


def cases() -> Arrays:
    """Everything that is compared, by name."""
    narrow = _narrow(SMALL)
    for seed in SEEDS:
        yield from _named(f"narrow, seed {seed}", _of_result(narrow.run(*_pair(1, SMALL), seed)))
    plain = narrow.run(*_pair(1, SMALL), 5, keep_original=False)
    yield from _named("narrow, nothing kept", _of_result(plain))
    yield from _named("narrow, refined", _of_result(_narrow(SMALL, refined=True).run(*_pair(1, SMALL), 5)))
    yield from _named("warp along", _of_warp(narrow.warp_along(_moved(plain.warp), _pair(2, SMALL)[1])))
    for size, first in ((SMALL, 3), (LARGE, 5)):
        pipeline = load_pipeline("default", "cpu", size=size)
        yield from _named(f"default pack, {size[0]}", _of_result(pipeline.run(*_pair(first, size), 7)))
    yield from _batch(narrow)
    yield from _edits(narrow, plain)
    yield from _named("draft", _tried(_narrow(LARGE), LARGE, {}, draft=True))
    yield from _named("alias input", _alias_input())


def _pair(number: int, size: tuple[int, int]) -> tuple[Person, Garment]:
    """A rendered person with the garment of the next."""
    pair, other = rendered_pair(number, size), rendered_pair(number + 1, size)
    return Person(pair.image, pair.pose, pair.parse), Garment(other.cloth, other.cloth_mask)


def _narrow(size: tuple[int, int], refined: bool = False) -> TryOnPipeline:
    none = type(find_pack("default").refinements)()
    every = replace(none, **dict.fromkeys(vars(none), True))
    return TryOnPipeline(narrow_networks(noise=NOISE), "cpu", "fp32", size, every if refined else none)


def _batch(pipeline: TryOnPipeline) -> Arrays:
    job = import_module(TryOnPipeline.__module__).Job
    made = pipeline.run_batch([job(*_pair(number, SMALL), number) for number in (1, 4)])
    for number, result in enumerate(made):
        yield from _named(f"batch, {number}", _of_result(result))


def _edits(pipeline: TryOnPipeline, made: TryOnResult) -> Arrays:
    """What a user may bring, each by itself."""
    labels = np.roll(made.segmentation.labels, 40, axis=0)
    given: dict[str, dict[str, dict[str, Any]]] = {
        "points": {"warp": {"points": _moved(made.warp)}},
        "agnostic": {"agnostic": {"image": made.person.image[:, ::-1].copy()}},
        "labels": {"segmentation": {"labels": labels}},
        "cloth": {"warp": {"cloth": 255 - made.warp.cloth, "mask": np.roll(made.warp.mask, 20, axis=1)}},
        "agnostic of another size": {"agnostic": {"image": _pair(2, LARGE)[0].image}},
        "whole warp and labels": {
            "segmentation": {"labels": labels},
            "warp": {"points": _moved(made.warp), "cloth": made.warp.cloth, "mask": made.warp.mask},
        },
    }
    for name, stages in given.items():
        yield from _named(f"edit of {name}", _tried(pipeline, SMALL, stages))


def _tried(pipeline: TryOnPipeline, size: tuple[int, int], given: Mapping[str, Any], draft: bool = False) -> Arrays:
    """A try-on as the engine's process asks for it: what was handed over on the way, and the result."""
    from engine.system.progress import ProgressTracker
    from engine.tryon.context import Options
    from engine.tryon.executor import Job
    from engine.tryon.quality import quality
    from engine.values import arrays_of

    handed: dict[str, Mapping[str, Any]] = {}
    job, options = Job(*_pair(1, size), 5, given), Options(size, draft=draft)
    made = pipeline.executor.run(
        [job], options, ProgressTracker(), lambda _, stage, value: handed.update({stage: arrays_of(value)})
    )[0]
    for name in ("agnostic", "segmentation", "warp"):
        yield from _named(name, ((key, handed[name][key]) for key in sorted(handed.get(name, {}))))
    yield from ((name, arrays["image"]) for name, arrays in handed.items() if name == "draft")
    yield from (("raw", made.raw), ("misalignment", made.misalignment))
    yield from ((name, getattr(made, name)) for name in ("image", "layers", "changed"))
    yield "score", np.float64(quality(made, made.person, made.garment, pipeline.category).score)


def _alias_input() -> Arrays:
    """What the generator reads in training."""
    from engine.data.batches import raw_batch, to_batch
    from engine.data.layout import VitonDataset
    from engine.training.recipes.alias_input import AliasInput

    warping: list[Any] = [narrow_networks(noise=NOISE)["matching"]]
    if find_spec("engine.warping"):  # not in older commits
        warping.append(import_module("engine.warping").warper_of("matching"))
    with tempfile.TemporaryDirectory() as folder:
        dataset = VitonDataset(write_rendered_dataset(folder, 2, SMALL), "train", paired=True, size=SMALL)
        batch = to_batch(raw_batch([dataset.sample(index) for index in range(2)]))
    for fit in (False, True):
        made = AliasInput(*warping, 0.5, fit)(batch, range(2), True)
        yield from _named(f"fit {fit}", ((name, made[name].numpy()) for name in sorted(made)))


def _moved(warp: Any) -> Any:
    """The control points of a warp, pulled about."""
    points = _points(warp) * np.float32(0.9)
    points[12] += 0.1
    return points


def _points(warp: Any) -> Any:
    return warp.points if hasattr(warp, "points") else warp.control_points


def _of_result(result: TryOnResult) -> Arrays:
    for name in ("image", "raw", "layers", "changed", "misalignment"):
        yield name, getattr(result, name)
    for name in ("image", "parse", "pose_picture"):
        yield f"agnostic.{name}", getattr(result.agnostic, name)
    yield "segmentation.labels", result.segmentation.labels
    yield from _named("warp", _of_warp(result.warp))
    yield "person", result.person.image
    yield "pose", result.person.pose.keypoints
    yield "parse", result.person.parse
    yield "garment", result.garment.image
    yield "garment mask", result.garment.mask


def _of_warp(warp: Any) -> Arrays:
    yield from (("points", _points(warp)), ("cloth", warp.cloth), ("mask", warp.mask))


def _named(prefix: str, arrays: Arrays) -> Arrays:
    for name, array in arrays:
        yield f"{prefix}: {name}", array


def hashes() -> dict[str, str]:
    """Every array by name, as type, shape and a hash of its bytes."""
    found = {}
    for name, array in cases():
        assert name not in found, name
        if array is None:  # what only some try-ons have, as points
            continue
        content = hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
        found[name] = f"{array.dtype} {array.shape} {content}"
    return found


def main(act: str, file: str) -> int:
    """Write the hashes, or name what differs from those of a file; 1 where something does."""
    made, path = hashes(), Path(file)
    if act == "write":
        path.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        return 0
    wanted = json.loads(path.read_text(encoding="utf-8"))
    other = [name for name in {**wanted, **made} if wanted.get(name) != made.get(name)]
    lines = [f"{name} differs: {wanted.get(name)} -> {made.get(name)}" for name in other]
    lines.append(f"{len(made)} arrays made, {len(other)} of them differ")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
