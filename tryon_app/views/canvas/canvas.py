"""The picture in the middle of the window: zoom, pan, overlays, comparison, and editing of what lies over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tryon_app.views.canvas.input import CanvasInput
from tryon_app.views.canvas.layers import PointLayer, PoseLayer
from tryon_app.views.common.language import Translated
from tryon_app.views.common.view_types import Array8, Joint, Label


class Canvas(Translated, CanvasInput):
    """A surface that is edited by mouse and keys.

    It edits its own copies of labels, joints and points and tells of every finished edit once.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Canvas"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move the picture, plus and minus zoom, 0 fits it, 1 shows it pixel for pixel.")
        )
        self.scene.original_name = self.tr("Original")
        self._drop_text = self.tr("Drop it: whether person or garment is found out")

    def set_labels(self, labels: Array8 | None, palette: Sequence[Label] = ()) -> None:
        """Lay a copy of a label map (H, W) over the picture, or take it away."""
        self.tool.cancel()
        self.scene.labels.set(labels, palette)
        self.update()

    def set_pose(self, joints: Sequence[Joint] | None, bones: Sequence[tuple[int, int]] = ()) -> None:
        self.tool.cancel()
        self.scene.pose = PoseLayer(list(joints or ()), tuple(bones), self.scene.pose.opacity)
        self.scene.lit_joint = None
        self.update()

    def set_points(self, points: Sequence[tuple[float, float]] | None, columns: int = 1) -> None:
        """Show control points as a grid of `columns`, row by row."""
        self.tool.cancel()
        self.scene.points = PointLayer(list(points or ()), max(columns, 1))
        self.scene.lit_point = None
        self.update()
