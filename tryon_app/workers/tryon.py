"""One try-on, stage by stage: what is given is kept, the rest is computed, and every stage is handed over when done."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tryon_app.workers.child import Call

if TYPE_CHECKING:
    from engine.tryon.pipeline import TryOnPipeline
    from engine.values import Agnostic, Garment, Person, Segmentation, Warp
    from tryon_app.workers.loaded import Loaded

DRAFT = (512, 384)
_WORK = {"agnostic": 0.03, "segmentation": 0.12, "warp": 0.05, "draft": 0.2, "generation": 0.8}
"""How long the stages take, one compared with another, on a CPU at 1024 x 768."""


def try_on(call: Call, loaded: "Loaded") -> dict[str, Any]:
    """Dress the payload's "person" in its "garment".

    Payload: pack, device, precision, size (None: the pack's own), seed, draft (make a small picture first),
    keep_original, and "given": {"agnostic", "segmentation", "warp"} as earlier calls handed them over. A warp may be
    given as "points" alone. Answers with the result; stages come as parts before.
    """
    return _TryOn(call, loaded.pipeline(call)).run()


class _TryOn:
    def __init__(self, call: Call, pipeline: "TryOnPipeline") -> None:
        self.call, self.pipeline = call, pipeline
        self.payload = call.payload
        self.size = self.payload.get("size") or pipeline.size
        pipeline.size = self.size
        self.person = person_of(self.payload["person"]).scaled(self.size)
        self.garment = garment_of(self.payload["garment"]).scaled(self.size)
        self.given: Mapping[str, Any] = self.payload.get("given", {})
        self.seed = self.payload.get("seed", 0)
        self.timings: dict[str, float] = {}
        self.drafted = bool(self.payload.get("draft")) and self.size[0] > DRAFT[0]
        self.watch = _watch(call, self._work())

    def _work(self) -> dict[str, float]:
        skipped = {name for name in ("agnostic", "segmentation", "warp") if name in self.given}
        skipped |= set() if self.drafted else {"draft"}
        return {name: share for name, share in _WORK.items() if name not in skipped}

    def run(self) -> dict[str, Any]:
        agnostic = self._timed("agnostic", self._agnostic)
        parse = self._timed("segmentation", lambda: self._segmentation(agnostic))
        warp = self._timed("warp", lambda: self._warp(agnostic, parse))
        if self.drafted:
            self._timed("draft", lambda: self._draft(agnostic, parse, warp))
        return self._timed("generation", lambda: self._finished(agnostic, parse, warp))

    def _timed(self, name: str, stage: Any) -> Any:
        started = time.perf_counter()
        made = stage()
        self.timings[name] = time.perf_counter() - started
        return made

    def _agnostic(self) -> "Agnostic":
        given = self.given.get("agnostic")
        if given is not None and "parse" in given:
            return agnostic_of(given, self.size)
        made = self.pipeline.agnostic(self.person, self.watch)
        if given is not None:  # a user's own picture, with the parse and the pose of this person
            made = replace(made, image=_resized(given["image"], self.size))
        self.call.part("agnostic", {"image": made.image, "parse": made.parse, "pose_picture": made.pose_picture})
        return made

    def _segmentation(self, agnostic: "Agnostic") -> "Segmentation":
        from engine.images import resize_labels
        from engine.values import Segmentation

        given = self.given.get("segmentation")
        if given is not None:
            return Segmentation(resize_labels(given["labels"], self.size))
        made = self.pipeline.segmentation(agnostic, self.garment, watch=self.watch)
        self.call.part("segmentation", {"labels": made.labels})
        return made

    def _warp(self, agnostic: "Agnostic", parse: "Segmentation") -> "Warp":
        given = self.given.get("warp")
        if given is not None and "cloth" in given and "points" in given:
            return warp_of(given, self.size)
        if given is not None and "points" in given:
            made = self.pipeline.warp_along(given["points"], self.garment, self.size)
        else:
            made = self.pipeline.warp(agnostic, parse, self.garment, self.watch)
            if given is not None:
                made = warp_of(given | {"points": made.points}, self.size)
        self.call.part("warp", {"points": made.points, "cloth": made.cloth, "mask": made.mask})
        return made

    def _draft(self, agnostic: "Agnostic", parse: "Segmentation", warp: "Warp") -> None:
        """The generator at a quarter of the pixels; everything before it is only made smaller."""
        self.watch.enter("draft")
        stages: tuple[Any, ...] = (agnostic, parse, warp)
        small, labels, cloth = (stage.scaled(DRAFT) for stage in stages)
        raw = self.pipeline.generate(small, labels, cloth, self.seed, self.watch)
        keep = self.payload.get("keep_original", True)
        made = self.pipeline.finish(raw, self.person, self.garment, small, labels, cloth, keep_original=keep)
        self.call.part("draft", {"image": made.image})
        self.watch.enter("generation")

    def _finished(self, agnostic: "Agnostic", parse: "Segmentation", warp: "Warp") -> dict[str, Any]:
        from engine.tryon.pipeline import misalignment

        self.call.part("misalignment", {"mask": misalignment(parse, warp).mask})
        raw = self.pipeline.generate(agnostic, parse, warp, self.seed, self.watch)
        keep = self.payload.get("keep_original", True)
        made = self.pipeline.finish(raw, self.person, self.garment, agnostic, parse, warp, keep_original=keep)
        return {
            "image": made.image,
            "raw": made.raw,
            "layers": made.layers,
            "changed": made.changed,
            "misalignment": made.misalignment,
            "timings": self.timings,
            "notes": tuple(self.watch.notes),
            **_judged(made, self.person, self.garment),
        }


def _judged(made: Any, person: "Person", garment: "Garment") -> dict[str, Any]:
    from engine.analysis.quality import quality

    found = quality(made, person, garment)
    return {"score": float(found.score), "doubts": tuple((one.code, one.sentence) for one in found.doubts)}


def _watch(call: Call, work: Mapping[str, float]) -> Any:
    """The engine's `Watch`, with shares for the stages that are really done."""
    from engine.progress import Watch

    total, done, shares = sum(work.values()), 0.0, {}
    for name, part in work.items():
        shares[name] = (done / total, (done + part) / total)
        done += part

    class Planned(Watch):
        def __init__(self) -> None:
            super().__init__(call.progress, call.aborted)
            self._entered = "draft" if "draft" in shares else "generation"

        def enter(self, name: str) -> None:
            self._entered = name

        def begin(self, stage: str, share: tuple[float, float], ticks: int = 1) -> None:
            name = self._entered if stage == "generation" else stage
            super().begin(name, shares.get(name, (0.0, 1.0)), ticks)

    return Planned()


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


def agnostic_of(data: Mapping[str, Any], size: tuple[int, int]) -> "Agnostic":
    """An `Agnostic` from plain data, at `size`."""
    from engine.images import resize_labels
    from engine.values import Agnostic

    pictures = _resized(data["image"], size), _resized(data["pose_picture"], size)
    return Agnostic(pictures[0], resize_labels(data["parse"], size), pictures[1])


def warp_of(data: Mapping[str, Any], size: tuple[int, int]) -> "Warp":
    """A `Warp` from plain data, at `size`."""
    from engine.values import Warp

    return Warp(data["points"], _resized(data["cloth"], size), _resized(data["mask"], size))


def _resized(picture: Any, size: tuple[int, int]) -> Any:
    from engine.images import resize_picture

    return picture if picture.shape[:2] == size else resize_picture(picture, size)
