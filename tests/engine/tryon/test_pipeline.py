"""The pipeline on rendered people with narrow networks: repeatable, stage by stage, edited, stopped, out of memory."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, pairwise, repeat
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine import graph
from engine.errors import Aborted, TryOnError
from engine.labels import Seg
from engine.system.progress import ProgressTracker
from engine.tryon import runtime as module
from engine.tryon.pipeline import Job, TryOnPipeline, finish
from engine.values import Agnostic, Garment, Person, Segmentation, TryOnResult, Warp, arrays_of
from tests.packs import KINDS, narrow_networks, narrow_pipeline
from tests.rendered import RenderedPair, rendered_pair

SIZE = (512, 384)
SEED = 5
TIMED = [stage.name for stage in graph.present(KINDS) if stage.cost]
Array = NDArray[Any]


def person_of(pair: RenderedPair) -> Person:
    return Person(pair.image, pair.pose, pair.parse)


def garment_of(pair: RenderedPair) -> Garment:
    return Garment(pair.cloth, pair.cloth_mask)


def points_of(warp: Warp) -> NDArray[np.float32]:
    assert warp.points is not None
    return warp.points


def arrays(result: TryOnResult) -> dict[str, Array]:
    """Everything of a result that the networks had a part in."""
    return {
        f"{stage}.{name}": array
        for stage, value in result.values.items()
        if stage not in ("person", "garment")
        for name, array in arrays_of(value).items()
        if array is not None
    }


def assert_equal(a: TryOnResult, b: TryOnResult) -> None:
    for name, array in arrays(a).items():
        assert np.array_equal(array, arrays(b)[name]), name


@pytest.fixture(scope="module")
def person() -> Person:
    return person_of(rendered_pair(1, SIZE))


@pytest.fixture(scope="module")
def garment() -> Garment:
    return garment_of(rendered_pair(2, SIZE))


@pytest.fixture(scope="module")
def pipeline() -> TryOnPipeline:
    return narrow_pipeline(SIZE, noise=0.3)


@pytest.fixture(scope="module")
def result(pipeline: TryOnPipeline, person: Person, garment: Garment) -> TryOnResult:
    return pipeline.run(person, garment, SEED)


# --- results ------------------------------------------------------------------------------------------------------


def test_result_has_everything(result: TryOnResult) -> None:
    assert {name: (array.shape, array.dtype.name) for name, array in arrays(result).items()} == {
        "agnostic.image": ((*SIZE, 3), "uint8"),
        "agnostic.parse": (SIZE, "uint8"),
        "agnostic.pose_picture": ((*SIZE, 3), "uint8"),
        "coat.stays": (SIZE, "uint8"),
        "segmentation.labels": (SIZE, "uint8"),
        "warp.points": ((25, 2), "float32"),
        "warp.cloth": ((*SIZE, 3), "uint8"),
        "warp.mask": (SIZE, "uint8"),
        "misalignment.mask": (SIZE, "uint8"),
        "generation.picture": ((*SIZE, 3), "uint8"),
        "result.image": ((*SIZE, 3), "uint8"),
        "result.layers": ((*SIZE, 3), "uint8"),
        "result.changed": (SIZE, "uint8"),
    }
    assert result.seed == SEED
    assert list(result.timings) == TIMED
    assert all(seconds > 0 for seconds in result.timings.values())
    assert result.notes == ()
    # lively enough for the other tests to see a difference
    assert 0.1 < (result.segmentation.labels == Seg.UPPER).mean() < 0.9
    assert (result.misalignment > 0).any()
    assert result.raw.std() > 20


def test_same_seed_gives_the_same_bytes_whatever_was_before(
    pipeline: TryOnPipeline, person: Person, garment: Garment, result: TryOnResult
) -> None:
    for calls in (3, 45):
        answers = chain([False] * calls, repeat(True))
        with pytest.raises(Aborted):
            pipeline.run(person, garment, SEED + 1, abort=answers.__next__)
    torch.manual_seed(1234)
    before = torch.random.get_rng_state()
    assert_equal(pipeline.run(person, garment, SEED), result)
    assert torch.equal(torch.random.get_rng_state(), before)  # PyTorch's own random numbers play no part


def test_other_seed_gives_another_picture(pipeline: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    """In both stages that draw noise, each by itself."""
    segmentation = pipeline.segmentation(result.agnostic, garment, SEED + 1)
    assert not np.array_equal(segmentation.labels, result.segmentation.labels)
    raw = pipeline.generate(result.agnostic, result.segmentation, result.warp, SEED + 1)
    assert np.abs(raw.astype(int) - result.raw).mean() > 1


def test_seed_of_a_try_on_is_the_generators(
    pipeline: TryOnPipeline, person: Person, garment: Garment, result: TryOnResult
) -> None:
    """Whoever shows another seed, window or command line, has only the last stage to compute."""
    other = pipeline.run(person, garment, SEED + 1)
    assert np.array_equal(other.segmentation.labels, result.segmentation.labels)
    assert np.array_equal(other.warp.cloth, result.warp.cloth)
    assert np.array_equal(other.raw, pipeline.generate(result.agnostic, result.segmentation, result.warp, SEED + 1))
    assert not np.array_equal(other.raw, result.raw)


def test_garment_matters(pipeline: TryOnPipeline, result: TryOnResult) -> None:
    other = garment_of(rendered_pair(3, SIZE))
    segmentation = pipeline.segmentation(result.agnostic, other)
    assert not np.array_equal(segmentation.labels, result.segmentation.labels)
    warp = pipeline.warp(result.agnostic, result.segmentation, other)
    assert not np.array_equal(warp.points, result.warp.points)
    assert not np.array_equal(warp.cloth, result.warp.cloth)


def test_several_at_once_are_those_one_by_one(pipeline: TryOnPipeline, result: TryOnResult) -> None:
    pairs = [rendered_pair(index, SIZE) for index in (1, 2)]
    jobs = [Job(person_of(pairs[1]), garment_of(pairs[0]), 9), Job(person_of(pairs[0]), garment_of(pairs[1]), SEED)]
    shares: list[float] = []
    other, same = pipeline.run_batch(jobs, progress=lambda _, share: shares.append(share))
    assert (other.seed, same.seed) == (9, SEED)
    for name, array in arrays(same).items():
        assert np.array_equal(array, arrays(result)[name]), name
    assert not np.array_equal(other.raw, same.raw)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    halves = [len([share for share in shares if low <= share < high]) for low, high in ((0.2, 0.6), (0.6, 1.0))]
    assert min(halves) > 8  # each picture has its half of the way


def test_no_jobs(pipeline: TryOnPipeline) -> None:
    assert pipeline.run_batch([]) == []


# --- stages and edits ---------------------------------------------------------------------------------------------


def test_stages_one_by_one_are_the_whole(
    pipeline: TryOnPipeline, person: Person, garment: Garment, result: TryOnResult
) -> None:
    agnostic = pipeline.agnostic(person)
    segmentation = pipeline.segmentation(agnostic, garment)
    warp = pipeline.warp(agnostic, segmentation, garment)
    raw = pipeline.generate(agnostic, segmentation, warp, SEED)
    assert_equal(finish(raw, person, garment, agnostic, segmentation, warp), result)


def test_edited_segmentation_changes_what_comes_after(
    pipeline: TryOnPipeline, garment: Garment, result: TryOnResult
) -> None:
    labels = result.segmentation.labels.copy()
    labels[100:300, 100:300] = np.where(labels[100:300, 100:300] == Seg.UPPER, Seg.BACKGROUND, Seg.UPPER)
    edited = Segmentation(labels)
    warp = pipeline.warp(result.agnostic, edited, garment)
    raw = pipeline.generate(result.agnostic, edited, warp, SEED)
    assert not np.array_equal(warp.points, result.warp.points)
    assert not np.array_equal(raw, result.raw)
    # what was there before is untouched, and taking the edit back gives the old picture
    assert np.array_equal(pipeline.warp(result.agnostic, result.segmentation, garment).cloth, result.warp.cloth)
    assert np.array_equal(pipeline.generate(result.agnostic, result.segmentation, result.warp, SEED), result.raw)


def test_network_s_own_points_give_its_own_warp(pipeline: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    again = pipeline.warp_along(points_of(result.warp), garment)
    assert np.array_equal(again.cloth, result.warp.cloth)
    assert np.array_equal(again.mask, result.warp.mask)


def test_dragged_point_changes_warp_and_picture(pipeline: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    points = points_of(result.warp).copy()
    points[12] += 0.3
    warp = pipeline.warp_along(points, garment)
    assert np.array_equal(warp.points, points)
    assert not np.array_equal(warp.cloth, result.warp.cloth)
    raw = pipeline.generate(result.agnostic, result.segmentation, warp, SEED)
    assert not np.array_equal(raw, result.raw)
    assert points_of(result.warp)[12, 0] != points[12, 0]


def test_points_in_another_precision_or_read_only(
    pipeline: TryOnPipeline, garment: Garment, result: TryOnResult
) -> None:
    points = points_of(result.warp).astype(np.float64)
    points.flags.writeable = False
    warp = pipeline.warp_along(points, garment)  # type: ignore[arg-type]
    assert np.array_equal(warp.cloth, result.warp.cloth)
    assert points_of(warp).dtype == np.float32


@pytest.mark.parametrize("points", [np.zeros((24, 2)), np.zeros((2, 25)), np.full((25, 2), np.nan), np.zeros(50)])
def test_wrong_points_are_refused(pipeline: TryOnPipeline, garment: Garment, points: Array) -> None:
    with pytest.raises(TryOnError, match="25 pairs"):
        pipeline.warp_along(points, garment)


def test_own_pose_picture_is_used(pipeline: TryOnPipeline, person: Person) -> None:
    picture = np.full_like(person.image, 9)
    assert np.array_equal(pipeline.agnostic(replace(person, pose_picture=picture)).pose_picture, picture)
    assert np.array_equal(pipeline.agnostic(person).pose_picture, person.pose.draw())


# --- original pixels ----------------------------------------------------------------------------------------------


def test_photo_is_kept_exactly_where_nothing_changes(person: Person, result: TryOnResult) -> None:
    kept, new = result.changed == 0, result.changed == 255
    assert kept.mean() > 0.02
    assert np.array_equal(result.image[kept], person.image[kept])
    assert np.array_equal(result.image[new], result.raw[new])
    assert not np.array_equal(result.raw[kept], person.image[kept])


def test_everything_can_be_the_generator_s(person: Person, garment: Garment, result: TryOnResult) -> None:
    stages = result.agnostic, result.segmentation, result.warp
    whole = finish(result.raw, person, garment, *stages, keep_original=False)
    assert np.array_equal(whole.image, result.raw)
    assert (whole.changed == 255).all()


# --- sizes --------------------------------------------------------------------------------------------------------


def test_people_and_garments_of_other_sizes_are_scaled(pipeline: TryOnPipeline) -> None:
    small, large = rendered_pair(1, (256, 192)), rendered_pair(2, (1024, 768))
    person, garment = person_of(small), garment_of(large)
    made = pipeline.run(person, garment, SEED)
    assert made.image.shape == (*SIZE, 3)
    assert made.person.size == made.garment.size == made.person.pose.size == SIZE
    assert np.array_equal(made.person.image, person.scaled(SIZE).image)
    assert np.array_equal(made.garment.mask, garment.scaled(SIZE).mask)
    kept = made.changed == 0
    assert np.array_equal(made.image[kept], made.person.image[kept])
    # stages called by themselves scale alike
    agnostic = pipeline.agnostic(person)
    assert np.array_equal(agnostic.image, made.agnostic.image)
    assert np.array_equal(pipeline.segmentation(agnostic, garment).labels, made.segmentation.labels)


def parts_at(size: tuple[int, int]) -> dict[str, Any]:
    picture, plane = np.zeros((*size, 3), np.uint8), np.zeros(size, np.uint8)
    return {
        "agnostic": Agnostic(picture, plane, picture),
        "segmentation": Segmentation(plane),
        "warp": Warp(np.zeros((25, 2), np.float32), picture, plane),
    }


def test_sizes_that_do_not_belong_together_are_refused(
    pipeline: TryOnPipeline, person: Person, garment: Garment
) -> None:
    own, other = parts_at(SIZE), parts_at((1024, 768))
    pair = rendered_pair(1, (256, 192))
    wrong: dict[str, Callable[[], object]] = {
        "parse": lambda: Person(person.image, person.pose, pair.parse),
        "pose": lambda: Person(person.image, pair.pose, person.parse),
        "mask": lambda: Garment(garment.image, pair.cloth_mask),
        "agnostic parse": lambda: Agnostic(person.image, pair.parse, person.image),
        "pose picture": lambda: Agnostic(person.image, person.parse, pair.image),
        "warped mask": lambda: Warp(np.zeros((25, 2), np.float32), person.image, pair.parse),
        "segmentation": lambda: pipeline.warp(own["agnostic"], other["segmentation"], garment),
        "warp": lambda: pipeline.generate(own["agnostic"], own["segmentation"], other["warp"]),
        "Segmentation".lower(): lambda: pipeline.generate(own["agnostic"], other["segmentation"], own["warp"]),
        "person": lambda: finish(person.image, person, garment, own["agnostic"], own["segmentation"], other["warp"]),
    }
    for words, act in wrong.items():
        with pytest.raises(TryOnError, match=words) as caught:
            act()
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "image",
    [np.zeros(SIZE, np.uint8), np.zeros((*SIZE, 4), np.uint8), np.zeros((*SIZE, 3), np.float32)],
)
def test_pictures_that_are_no_pictures_are_refused(image: Array, person: Person) -> None:
    with pytest.raises(TryOnError, match="photo"):
        Person(image, person.pose, person.parse)
    with pytest.raises(TryOnError, match="photo"):
        Garment(image, person.parse)


def test_photo_that_would_be_distorted_is_refused(pipeline: TryOnPipeline, person: Person, garment: Garment) -> None:
    square = Person(person.image[:384], replace(person.pose, size=(384, 384)), person.parse[:384])
    wide = Garment(garment.image[:300], garment.mask[:300])
    with pytest.raises(TryOnError, match="3:4"):
        pipeline.run(square, garment)
    with pytest.raises(TryOnError, match="3:4"):
        pipeline.run(person, wide)


@pytest.mark.parametrize("size", [(0, 0), (512, 512), (384, 512), (500, 375), (256, 192), (-512, -384), (513, 384)])
def test_sizes_no_picture_can_have(size: tuple[int, int]) -> None:
    with pytest.raises(TryOnError, match="384 x 512"):
        TryOnPipeline({}, "cpu", size=size)


@pytest.mark.parametrize("seed", [-1, 2**32, 2**70])
def test_seeds_out_of_range(pipeline: TryOnPipeline, person: Person, garment: Garment, seed: int) -> None:
    with pytest.raises(TryOnError, match="seed"):
        pipeline.run(person, garment, seed)


def test_largest_seed(pipeline: TryOnPipeline, result: TryOnResult, garment: Garment) -> None:
    pipeline.segmentation(result.agnostic, garment, 2**32 - 1)
    assert pipeline.generate(result.agnostic, result.segmentation, result.warp, 2**32 - 1).shape == (*SIZE, 3)


# --- progress and abort -------------------------------------------------------------------------------------------


def test_progress_goes_from_0_to_1_and_names_the_stages(
    pipeline: TryOnPipeline, person: Person, garment: Garment
) -> None:
    seen: list[tuple[str, float]] = []
    pipeline.run(person, garment, progress=lambda stage, share: seen.append((stage, share)))
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert list(dict.fromkeys(stage for stage, _ in seen)) == TIMED
    # the network that takes longest must not look stuck
    assert len({share for stage, share in seen if stage == "generation"}) > 15
    assert max(b - a for a, b in pairwise(shares)) < 0.15


@pytest.mark.parametrize(("stage", "later"), [("agnostic", 0), ("segmentation", 7), ("warp", 3), ("generation", 9)])
def test_abort_stops_before_the_next_layer(
    pipeline: TryOnPipeline, person: Person, garment: Garment, stage: str, later: int
) -> None:
    reached: list[str] = []
    asked: list[bool] = []

    def abort() -> bool:
        asked.append(reached.count(stage) > later)
        return asked[-1]

    with pytest.raises(Aborted):
        pipeline.run(person, garment, progress=lambda name, _: reached.append(name), abort=abort)
    assert asked.count(True) == 1  # the first yes is the last question
    assert reached.count(stage) == later + 1


def test_single_stage_can_be_aborted(pipeline: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    tracker = ProgressTracker(abort=lambda: True)
    with pytest.raises(Aborted):
        pipeline.segmentation(result.agnostic, garment, tracker=tracker)
    with pytest.raises(Aborted):
        pipeline.warp(result.agnostic, result.segmentation, garment, tracker)
    with pytest.raises(Aborted):
        pipeline.generate(result.agnostic, result.segmentation, result.warp, SEED, tracker)


# --- a GPU with too little memory ---------------------------------------------------------------------------------


class FullGpu:
    """Pretends that the device named `gpu` is a GPU on which a network fails when it sees `most` pictures or more."""

    gpu = torch.device("cpu", 0)  # works like the CPU but is not equal to it

    def __init__(self, pipeline: TryOnPipeline, kind: str, most: int = 1, error: Exception | None = None) -> None:
        self.pipeline, self.most = pipeline, most
        self.error = error or torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")
        self.places: list[str] = []
        pipeline.runtime.device = self.gpu
        network = pipeline.networks[kind]
        # the pipeline does not call the matching network as a whole
        part = network.get_submodule("extractionA") if kind == "matching" else network
        part.register_forward_pre_hook(self.look)

    def look(self, _: object, inputs: tuple[torch.Tensor, ...]) -> None:
        self.places.append("gpu" if self.pipeline.device == self.gpu else "cpu")
        if self.pipeline.device == self.gpu and len(inputs[0]) >= self.most:
            raise self.error


@pytest.fixture
def fresh() -> TryOnPipeline:
    return narrow_pipeline(SIZE, noise=0.3)


def test_stage_that_does_not_fit_is_done_on_the_cpu(
    fresh: TryOnPipeline, person: Person, garment: Garment, result: TryOnResult
) -> None:
    gpu, shares = FullGpu(fresh, "alias"), list[float]()
    made = fresh.run(person, garment, SEED, progress=lambda _, share: shares.append(share))
    assert gpu.places == ["gpu", "cpu"]
    assert_equal(made, result)
    assert len(made.notes) == 1
    assert "out of memory" in str(made.notes[0])
    assert "CPU" in str(made.notes[0])
    assert fresh.device == FullGpu.gpu  # the next one may fit
    assert shares == sorted(shares)


def test_single_stages_are_done_on_the_cpu_too(fresh: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    tracker = ProgressTracker()
    gpus = [FullGpu(fresh, kind) for kind in ("segmentation", "matching")]
    segmentation = fresh.segmentation(result.agnostic, garment, tracker=tracker)
    assert np.array_equal(segmentation.labels, result.segmentation.labels)
    warp = fresh.warp(result.agnostic, segmentation, garment, tracker)
    assert np.array_equal(warp.points, result.warp.points)
    assert [gpu.places for gpu in gpus] == [["gpu", "cpu"], ["gpu", "cpu"]]
    assert [stage in str(note) for stage, note in zip(("segmentation", "warp"), tracker.notes, strict=True)] == [
        True,
        True,
    ]


def test_batch_that_does_not_fit_is_made_one_by_one(fresh: TryOnPipeline, result: TryOnResult) -> None:
    gpu = FullGpu(fresh, "alias", most=2)
    given = {value.stage: arrays_of(value) for value in (result.agnostic, result.segmentation, result.warp)}
    jobs = [Job(result.person, result.garment, seed, given) for seed in (SEED, SEED + 1)]
    first, second = fresh.run_batch(jobs)
    assert gpu.places == ["gpu", "gpu", "gpu"]
    assert len(first.notes) == 1
    assert "one by one" in str(first.notes[0])
    assert np.array_equal(first.raw, result.raw)
    assert not np.array_equal(second.raw, first.raw)


def test_other_errors_are_not_hidden(fresh: TryOnPipeline, result: TryOnResult) -> None:
    gpu = FullGpu(fresh, "alias", error=RuntimeError("device-side assert triggered"))
    with pytest.raises(RuntimeError, match="assert"):
        fresh.generate(result.agnostic, result.segmentation, result.warp)
    assert gpu.places == ["gpu"]


def test_full_main_memory_is_not_retried(fresh: TryOnPipeline, garment: Garment, result: TryOnResult) -> None:
    looked: list[int] = []

    def fail(*_: object) -> None:
        looked.append(1)
        raise torch.OutOfMemoryError

    fresh.networks["alias"].register_forward_pre_hook(fail)
    with pytest.raises(torch.OutOfMemoryError):
        fresh.generate(result.agnostic, result.segmentation, result.warp)
    assert len(looked) == 1


def test_abort_reaches_the_retry(fresh: TryOnPipeline, result: TryOnResult) -> None:
    gpu = FullGpu(fresh, "alias")
    tracker = ProgressTracker(abort=lambda: len(gpu.places) > 0)
    with pytest.raises(Aborted):
        fresh.generate(result.agnostic, result.segmentation, result.warp, SEED, tracker)
    assert gpu.places == ["gpu"]
    assert fresh.device == FullGpu.gpu


def test_networks_that_do_not_fit_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "choose_device", lambda _: FullGpu.gpu)
    networks = narrow_networks()
    to = torch.nn.Module.to

    def full(network: torch.nn.Module, device: torch.device) -> torch.nn.Module:
        if device == FullGpu.gpu:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return to(network, device)

    monkeypatch.setattr(torch.nn.Module, "to", full)
    with pytest.raises(TryOnError, match="do not fit"):
        TryOnPipeline(networks, "cuda", size=SIZE)
