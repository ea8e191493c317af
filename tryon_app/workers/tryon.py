"""One try-on: what is given is kept, the rest is computed, and every stage is handed over when done."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tryon_app.workers.child import TaskContext

if TYPE_CHECKING:
    from engine.category import Category
    from engine.values import Garment, Person, TryOnResult, Value
    from tryon_app.workers.loaded import Loaded


def try_on(call: TaskContext, loaded: "Loaded") -> dict[str, Any]:
    """Dress the payload's "person" in its "garment".

    Payload: pack, device, precision, size (None: the pack's own), seed, draft (make a small picture first),
    keep_original, and "given": arrays by stage as earlier calls handed them over, or some of a stage's that a user
    brought. Answers with the result; stages that were computed come as parts before.
    """
    from engine import graph
    from engine.system.progress import ProgressTracker
    from engine.tryon.context import Options
    from engine.tryon.executor import Job
    from engine.values import arrays_of

    def hand_over(_: int, stage: str, made: "Value") -> None:
        if stage != graph.LAST:  # which is the answer
            call.part(stage, arrays_of(made))

    pipeline, asked = loaded.pipeline(call), call.payload
    options = Options(asked.get("size") or pipeline.size, asked.get("keep_original", True), bool(asked.get("draft")))
    person, garment = person_of(asked["person"]), garment_of(asked["garment"])
    job = Job(person, garment, asked.get("seed", 0), asked.get("given", {}))
    made = pipeline.executor.run([job], options, ProgressTracker(call.progress, call.aborted), hand_over)[0]
    values = arrays_of(made.values[graph.LAST]) | {"timings": made.timings, "notes": made.notes}
    return values | _judged(made, pipeline.category)


def _judged(made: "TryOnResult", category: "Category") -> dict[str, Any]:
    from engine.tryon.quality import quality

    found = quality(made, made.person, made.garment, category)
    return {"score": float(found.score), "doubts": tuple(one.code for one in found.doubts)}


def person_of(data: Mapping[str, Any]) -> "Person":
    """A `Person` from the plain data of `tryon_app.workers.inputs.describe_person`."""
    from engine.pose import Pose
    from engine.values import Person

    size = data["image"].shape[:2]
    hands = tuple(data.get("hands") or (None, None))
    pose = Pose(data["keypoints"], size, hands=(hands[0], hands[1]))
    return Person(data["image"], pose, data["parse"], data.get("pose_picture"))


def garment_of(data: Mapping[str, Any]) -> "Garment":
    """A `Garment` from plain data."""
    from engine.values import Garment

    return Garment(data["image"], data["mask"])
