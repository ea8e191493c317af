"""The middle of the window: the strip of stages, the canvas on which one of them lies, and the edits made there."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model.stage_views import StageView, view
from tryon_app.model.studio import Studio
from tryon_app.views.canvas import Canvas
from tryon_app.views.canvas_bar import CanvasBar
from tryon_app.views.legend import Legend
from tryon_app.views.marks import STAGES, Array8, Box, Dropped, Joint, Label, LabelDelta
from tryon_app.views.pictures import cut_out, image_of, thumb_of_view
from tryon_app.views.sentences import stage_name
from tryon_app.views.stage_strip import StageStrip
from tryon_app.views.tool_bar import EditBar

TOOLS: Mapping[str, tuple[str, ...]] = {
    "photo": ("hand", "box"),
    "pose": ("hand", "joints"),
    "parse": ("hand", "brush", "eraser"),
    "garment_mask": ("hand", "brush", "eraser"),
    "segmentation": ("hand", "brush", "eraser"),
    "warped": ("hand", "points"),
}
_ON_PHOTO = ("pose", "parse", "segmentation", "warped", "misalignment")
_OVERLAYS: Mapping[str, tuple[str, ...]] = dict.fromkeys(("photo", "agnostic", "result", *_ON_PHOTO), _ON_PHOTO)
_OPACITY = {"pose": 0.9, "parse": 0.65, "segmentation": 0.65, "warped": 1.0, "misalignment": 0.7, "garment_mask": 0.5}
_MISALIGNED = (255, 64, 96)
_GRID = 5
_RUNNING = {
    "agnostic": "agnostic",
    "segmentation": "segmentation",
    "warp": "warped",
    "draft": "result",
    "generation": "result",
}


class StagePage(QObject):
    """Shows the document on canvas and strip, and turns what the user does there into commands."""

    stage_changed = Signal(str)

    def __init__(
        self, studio: Studio, canvas: Canvas, bar: CanvasBar, edits: EditBar, strip: StageStrip, legend: Legend
    ) -> None:
        super().__init__(canvas)
        self.studio, self.document = studio, studio.document
        self.canvas, self.bar, self.edits, self.strip, self.legend = canvas, bar, edits, strip, legend
        self.current = "photo"
        self.follow_result = True
        self._hidden_overlays: dict[str, set[str]] = {}
        self._opacity = dict(_OPACITY)
        self._reveal = False
        self._shown: dict[str, tuple[object, ...]] = {}
        self._later = QTimer(self, singleShot=True, interval=15)
        self._later.timeout.connect(self.refresh)
        self._connect()

    def _connect(self) -> None:
        document, canvas = self.document, self.canvas
        for signal in (document.changed, document.stages_changed):
            signal.connect(self._soon)
        self.studio.engine.vocabulary_changed.connect(self.repaint)
        document.result_changed.connect(self._on_result)
        self.studio.tryons.changed.connect(self._show_states)
        self.studio.person_in.changed.connect(self._soon)
        self.strip.chosen.connect(self.show)
        self.strip.dropped.connect(self._on_dropped)
        self.strip.revert_requested.connect(self.revert)
        self.bar.overlay_changed.connect(self._on_overlay)
        self.edits.tool_chosen.connect(self._on_tool)
        self.edits.brush_size_changed.connect(lambda size: canvas.set_brush(canvas.brush_label, size))
        self.edits.revert_requested.connect(lambda: self.revert(self.current))
        canvas.brush_changed.connect(self.edits.set_brush_size)
        canvas.label_picked.connect(self._on_label)
        canvas.labels_edited.connect(self._on_labels)
        canvas.joint_moved.connect(self._on_joint)
        canvas.joint_removed.connect(lambda index: self._on_joint(index, 0.0, 0.0, 0.0))
        canvas.point_moved.connect(self._on_point)
        canvas.box_chosen.connect(self.studio.choose_person)
        canvas.box_drawn.connect(self._on_box)
        self.legend.chosen.connect(self._on_label)
        self.legend.hidden_changed.connect(canvas.set_hidden_labels)

    # Showing

    def show(self, stage: str) -> None:
        """Lay this stage on the canvas."""
        if stage != self.current:
            self.current = stage
            self.canvas.set_tool("hand")
            self.edits.set_current("hand")
            self.canvas.set_compare_mode("off")
            self.stage_changed.emit(stage)
        self.refresh()

    def repaint(self) -> None:
        """Show everything again: names or colours are others."""
        self._shown.clear()
        self.refresh()

    def refresh(self) -> None:
        """Show the document as it is now."""
        self._later.stop()
        self.strip.set_current(self.current)
        for stage in STAGES:
            self._show_thumb(stage)
        self._show_canvas()

    def _show_thumb(self, stage: str) -> None:
        found, state = self._view(stage), self._state(stage)
        if self._is_new_on(f"thumb {stage}", None if found is None else found.source):
            self.strip.set_stage(stage, thumb_of_view(found), state)
        else:
            self.strip.set_state(stage, state)

    def _is_new_on(self, place: str, *parts: object) -> bool:
        """Whether something else was shown at this place the last time; pictures are compared by identity."""
        before, self._shown[place] = self._shown.get(place, ()), parts
        return len(before) != len(parts) or any(
            one is not two if isinstance(one, np.ndarray) or isinstance(two, np.ndarray) else one != two
            for one, two in zip(before, parts, strict=True)
        )

    def _view(self, stage: str) -> StageView | None:
        return view(self.document, stage, self.studio.engine.vocabulary)

    def picture_of(self, stage: str) -> Array8 | None:
        """The stage as a picture."""
        found = self._view(stage)
        return None if found is None else found.picture

    def _base(self) -> Array8 | None:
        """The picture that the current stage's marks lie on."""
        document, stage = self.document, self.current
        if stage == "garment_mask":
            return document.garment.image if document.garment is not None else None
        if stage in ("agnostic", "result"):
            found = self._view(stage)
            return None if found is None else found.picture
        if document.person is None:
            return self.studio.person_in.preview
        whole = self._whole() if stage == "photo" else None
        return document.person.image if whole is None else whole

    def _whole(self) -> Array8 | None:
        """The whole photo where somebody is to be chosen in it: several were found, or nobody, or a box is drawn."""
        person, intake = self.document.person, self.studio.person_in
        if intake.wants_box:
            return intake.preview
        if person is None or (len(person.boxes) < 2 and self.canvas.tool_name != "box"):
            return None
        return person.preview

    def _boxable(self) -> bool:
        """Whether a box around somebody can be drawn."""
        person, intake = self.document.person, self.studio.person_in
        there = intake.wants_box or (person is not None and person.preview is not None)
        return there and self.studio.can_analyse

    def _show_canvas(self) -> None:
        base, person = self._base(), self.document.person
        reveal, self._reveal = self._reveal and self.current == "result", False
        if self._is_new_on("picture", base):
            self.canvas.set_picture(image_of(base), reveal)
        framed = person.image if person is not None and self.current not in ("photo", "garment_mask") else None
        comparable = framed is not None and base is not None and self.current in ("agnostic", "result")
        if self._is_new_on("original", framed, self.current):
            original = image_of(framed)
            self.canvas.set_original(original)
            names = (self.tr("Original"), stage_name(self.current))
            self.canvas.set_comparison(original if comparable else None, None, names)
        self.bar.set_comparable(comparable)
        self.canvas.gives_away = self.current == "result" and self.studio.picture() is not None
        self._show_overlays()
        self._show_boxes(base)
        there = self._boxable() if self.current == "photo" else self._view(self.current) is not None
        tools = TOOLS.get(self.current, ()) if there else ()
        self.edits.set_tools(tools, self.current in self.document.state.edits)
        self.edits.set_current(self.canvas.tool_name)

    def _show_boxes(self, base: Array8 | None) -> None:
        boxes: list[Box] = []
        person = self.document.person
        if self.current == "photo" and person is not None and base is not None and base is person.preview:
            scale = base.shape[1] / person.photo_size[1]
            scaled = [[edge * scale for edge in box] for box in person.boxes]
            boxes = [Box(x0, y0, x1, y1, number == person.chosen) for number, (x0, y0, x1, y1) in enumerate(scaled)]
        self.canvas.set_boxes(boxes)

    def _show_overlays(self) -> None:
        if self.current == "garment_mask":
            offered = ["garment_mask"] if self.document.garment is not None else []
        elif self.current == "photo" and self._whole() is not None:
            offered = []  # they lie in the frame, which is not shown
        else:
            offered = [key for key in _OVERLAYS[self.current] if self._view(key) is not None]
        hidden = self._hidden()
        self.bar.set_overlays([(key, stage_name(key), key not in hidden, self._opacity[key]) for key in offered])
        self._show_labels(hidden)
        self._show_layers([key for key in offered if key not in hidden])

    def _hidden(self) -> set[str]:
        """What is not laid over the current stage: at first everything but the stage itself."""
        return self._hidden_overlays.setdefault(self.current, {key for key in _ON_PHOTO if key != self.current})

    def _show_layers(self, shown: list[str]) -> None:
        for key in ("parse", "segmentation", "warped", "misalignment"):
            own = key == self.current and key in ("parse", "segmentation")
            found = self._view(key) if key in shown and not own else None
            if self._is_new_on(f"layer {key}", None if found is None else found.source):
                self.canvas.set_layer(key, self._layer(key, found), self._opacity[key])
            self.canvas.set_layer_opacity(key, self._opacity[key])
        self._show_pose("pose" in shown)
        self._show_points()

    def _layer(self, key: str, found: StageView | None):
        if found is None:
            return None
        if key == "misalignment" and found.mask is not None:
            red = np.empty((*found.mask.shape, 3), dtype=np.uint8)
            red[:] = _MISALIGNED
            return cut_out(red, found.mask)
        if found.labels is not None:
            return cut_out(found.picture, np.where(found.labels > 0, 255, 0).astype(np.uint8))
        return cut_out(found.picture, found.mask) if found.mask is not None else image_of(found.picture)

    def _show_labels(self, hidden: set[str]) -> None:
        found = self._view(self.current)
        labels, palette = self._labels(found)
        if labels is None or self.current in hidden:
            self.canvas.set_labels(None)
            self.legend.set_palette(())
            self.legend.hide()
            return
        shown = self.canvas.labels()
        if shown is None or shown.shape != labels.shape or not np.array_equal(shown, labels):
            self.canvas.set_labels(labels, palette)
        self.canvas.set_labels_opacity(self._opacity[self.current])
        present = np.flatnonzero(np.bincount(labels.ravel(), minlength=256))
        self.legend.set_palette(palette, set(present.tolist()))
        self.legend.show()

    def _labels(self, found: StageView | None) -> tuple[Array8 | None, list[Label]]:
        if found is None:
            return None, []
        if self.current == "garment_mask" and found.mask is not None:
            palette = [Label(0, "background", (0, 0, 0)), Label(1, "garment", _MISALIGNED)]
            return (found.mask > 127).astype(np.uint8), palette
        if found.labels is None:
            return None, []
        return found.labels, self.palette(found.space)

    def palette(self, space: str) -> list[Label]:
        """The labels of "lip", "segmentation" or "alias"."""
        words = self.studio.engine.vocabulary
        names, colours = (words.names or {}).get(space, ()), (words.colours or {}).get(space, ())
        return [Label(number, *both) for number, both in enumerate(zip(names, colours, strict=True))]

    def _show_pose(self, on: bool) -> None:
        words, person = self.studio.engine.vocabulary, self.document.person
        if not on or person is None or not words.joints:
            self.canvas.set_pose(None)
            return
        points = self.document.state.person_data()["keypoints"]
        scale = self._scale(person.image)
        joints = [
            Joint(float(x) * scale, float(y) * scale, float(sure), name, number in person.estimated)
            for number, ((x, y, sure), name) in enumerate(zip(points, words.joints, strict=True))
        ]
        self.canvas.set_pose(joints, words.bones)
        self.canvas.set_pose_opacity(self._opacity["pose"])

    def _scale(self, image: Array8) -> float:
        """Pixels of the shown picture for one of the person's frame."""
        shown = self.canvas.picture
        return 1.0 if shown is None else shown.width() / image.shape[1]

    def _show_points(self) -> None:
        warp = self.document.stage("warp")
        shown = self.canvas.picture
        if self.current != "warped" or warp is None or "points" not in warp or shown is None:
            self.canvas.set_points(None)
            return
        size = np.array([shown.width(), shown.height()])
        self.canvas.set_points([(float(x), float(y)) for x, y in (warp["points"] + 1) / 2 * size], _GRID)

    # States

    def _show_states(self) -> None:
        for stage in STAGES:
            self.strip.set_state(stage, self._state(stage))

    def _state(self, stage: str) -> str:
        job = self.studio.tryons.job
        if job is not None and job.state == "running" and _RUNNING.get(job.stage) == stage:
            return "running"
        if self._view(stage) is None:
            return "empty"
        if stage in self.document.state.edits:
            return "edited"
        return "stale" if stage == "result" and self.document.result is None else "done"

    def _on_result(self) -> None:
        if self.follow_result and self.studio.picture() is not None:
            self._reveal = self.current != "result" or self.canvas.picture is None or self._is_new()
            self.current = "result"
            self.stage_changed.emit("result")
        self._soon()

    def _is_new(self) -> bool:
        """Whether this is another picture, and not the draft made sharp, which must not be swiped again."""
        return self.document.draft is None or self.document.result is None

    def _soon(self, *_: object) -> None:
        if not self._later.isActive():
            self._later.start()

    # Editing

    def revert(self, stage: str) -> None:
        """Take all edits of a stage back."""
        self.document.revert(stage, self.tr("Undo all edits of {stage}").format(stage=stage_name(stage)))

    def draw_box(self) -> None:
        """Show the whole photo, with the tool for a box around a person in hand."""
        self.show("photo")
        self._on_tool("box")

    def _on_tool(self, tool: str) -> None:
        self.canvas.set_tool(tool)
        if self.current == "photo":
            self.refresh()

    def _on_box(self, box: Box) -> None:
        whole, person, intake = self._whole(), self.document.person, self.studio.person_in
        if whole is None:
            return
        width = intake.photo_size[1] if person is None or intake.wants_box else person.photo_size[1]
        scale = width / whole.shape[1]
        self._on_tool("hand")
        self.studio.choose_box((box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale))

    def _edit(self, stage: str, arrays: Mapping[str, Any]) -> None:
        self.follow_result = False
        self.document.edit(stage, arrays, self.tr("Edit {stage}").format(stage=stage_name(stage)))

    def _on_labels(self, delta: LabelDelta) -> None:
        labels, _ = self._labels(self._view(self.current))
        if labels is None:
            return
        edited = labels.copy()
        delta.apply(edited)
        names = {"parse": "parse", "segmentation": "labels", "garment_mask": "mask"}
        new = edited * np.uint8(255) if self.current == "garment_mask" else edited
        self._edit(self.current, {names[self.current]: new})

    def _on_joint(self, index: int, x: float, y: float, sure: float = 1.0) -> None:
        person = self.document.person
        if person is None:
            return
        data = self.document.state.person_data()
        scale = self._scale(person.image)
        points = np.array(data["keypoints"])
        points[index] = (x / scale, y / scale, sure) if sure else (0, 0, 0)
        self._edit("pose", {"keypoints": points, "hands": data["hands"]})

    def _on_point(self, index: int, x: float, y: float) -> None:
        warp, shown = self.document.stage("warp"), self.canvas.picture
        if warp is None or shown is None:
            return
        points = np.array(warp["points"], dtype=np.float32)
        points[index] = (2 * x / shown.width() - 1, 2 * y / shown.height() - 1)
        self._edit("warped", {"points": points})

    def _on_label(self, number: int) -> None:
        self.canvas.set_brush(number)
        self.legend.set_current(number)

    def _on_overlay(self, key: str, visible: bool, opacity: float) -> None:
        self._opacity[key] = opacity
        (self._hidden().discard if visible else self._hidden().add)(key)
        hidden = self._hidden()
        self._show_labels(hidden)
        self._show_layers([one for one in _OVERLAYS.get(self.current, ()) if one not in hidden])

    def _on_dropped(self, stage: str, dropped: Dropped) -> None:
        if dropped.paths:
            self.studio.replace(stage, dropped.paths[0])
        else:
            self.studio.told.emit(self.tr("Only a file can replace a stage."))
