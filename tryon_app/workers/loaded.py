"""The networks that are in memory: loaded when first needed, kept until other ones are wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tryon_app.workers.child import TaskContext

if TYPE_CHECKING:
    from engine.tryon.pipeline import TryOnPipeline


class Loaded:
    """One pipeline and one set of analysis networks at a time, by what was asked for."""

    def __init__(self) -> None:
        self._pipeline: tuple[tuple[str, str, str], TryOnPipeline] | None = None
        self._estimators: dict[tuple[str, str, str], Any] = {}

    def load(self, call: TaskContext) -> dict[str, Any]:
        """Load the pack of the payload ("pack", "device", "precision") and say where it runs."""
        pipeline = self.pipeline(call)
        return {"device": str(pipeline.device), "size": pipeline.size}

    def pipeline(self, call: TaskContext) -> "TryOnPipeline":
        """The pipeline the payload asks for. Raises `TryOnError` where it cannot be had."""
        from engine.tryon.pipeline import load_pipeline

        wanted = (call.payload["pack"], call.payload.get("device", "auto"), call.payload.get("precision", "fp32"))
        if self._pipeline is None or self._pipeline[0] != wanted:
            self._pipeline = None  # two in memory at once may be one too many
            call.progress("loading", 0.0)
            pack, device, precision = wanted
            self._pipeline = wanted, load_pipeline(pack, device, precision)
        return self._pipeline[1]

    def estimator(self, call: TaskContext) -> Any:
        """The pack's analysis of people. Raises `TryOnError` where the pack has none."""
        from engine.analysis.common.pack_estimators import load_person_estimator

        return self._estimator(call, "person", load_person_estimator)

    def people_estimator(self, call: TaskContext) -> Any:
        """As `estimator`; None where the pack has none, since a lone garment needs none."""
        from engine.errors import TryOnError

        try:
            return self.estimator(call) if call.payload.get("pack") else None
        except TryOnError:
            return None

    def garment_estimator(self, call: TaskContext) -> Any:
        """The pack's network for garments, None where it has none: plain backgrounds need none."""
        from engine.analysis.common.pack_estimators import load_garment_estimator

        if not call.payload.get("pack"):
            return None
        return self._estimator(call, "garment", load_garment_estimator)

    def _estimator(self, call: TaskContext, kind: str, load: Callable[[str, str], Any]) -> Any:
        wanted = (kind, call.payload["pack"], call.payload.get("device", "auto"))
        if wanted not in self._estimators:
            call.progress("loading", 0.0)
            self._estimators = {key: value for key, value in self._estimators.items() if key[0] != kind}
            self._estimators[wanted] = load(wanted[1], wanted[2])
        return self._estimators[wanted]
