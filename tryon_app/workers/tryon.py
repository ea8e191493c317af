"""One try-on: what is given is kept, the rest is computed, and every stage is handed over when done."""

from typing import TYPE_CHECKING

from tryon_app.workers.answers import Arrays, Result
from tryon_app.workers.context import TaskContext
from tryon_app.workers.requests import TryOn

if TYPE_CHECKING:
    from engine.values import Garment, Person, Value
    from tryon_app.workers.loaded import Loaded


def try_on(asked: TryOn, call: TaskContext, loaded: "Loaded") -> Result:
    """Dress a person in a garment. Stages that were computed come as parts before the result."""
    from engine import graph
    from engine.system.progress import ProgressTracker
    from engine.tryon.context import Options
    from engine.tryon.executor import Job
    from engine.tryon.quality import quality
    from engine.values import arrays_of

    def hand_over(_: int, stage: str, made: "Value") -> None:
        if stage != graph.LAST:  # which is the answer
            call.part(stage, arrays_of(made))

    pipeline = loaded.pipeline(asked.networks, call)
    options = Options(asked.size or pipeline.size, asked.keep_original, asked.draft)
    job = Job(person_of(asked.person), garment_of(asked.garment), asked.seed, asked.given)
    made = pipeline.executor.run([job], options, ProgressTracker(call.progress, call.aborted), hand_over)[0]
    found = quality(made, made.person, made.garment, pipeline.category)
    doubts = tuple(one.code for one in found.doubts)
    return Result(arrays_of(made.values[graph.LAST]), made.timings, made.notes, float(found.score), doubts)


def person_of(data: Arrays) -> "Person":
    """A `Person` from the plain data of a `PersonPhoto`."""
    from engine.pose import Pose
    from engine.values import Person

    size = data["image"].shape[:2]
    hands = tuple(data.get("hands") or (None, None))
    pose = Pose(data["keypoints"], size, hands=(hands[0], hands[1]))
    return Person(data["image"], pose, data["parse"], data.get("pose_picture"))


def garment_of(data: Arrays) -> "Garment":
    """A `Garment` from the plain data of a `GarmentPhoto`."""
    from engine.values import Garment

    return Garment(data["image"], data["mask"])
