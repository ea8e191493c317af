"""The middle of the window: the strip of views, the canvas on which one of them lies, and the edits made there."""

from math import isqrt

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from tryon_app.model.app_model import AppModel
from tryon_app.model.stage_views import StageView, space_of, view
from tryon_app.model.stages import BY_KEY, PHOTO, RESULT, VIEWS, View, busy_view
from tryon_app.views.canvas import regions
from tryon_app.views.canvas.bar import CanvasBar
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.common.pictures import image_of, thumb_of_view
from tryon_app.views.common.view_types import Array8, Box, Dropped, Joint, Label, LabelDelta
from tryon_app.views.stages.drawers import DRAWERS, MARK, Drawer
from tryon_app.views.stages.edit_bar import EditBar
from tryon_app.views.stages.laid_garment import dragged, handles, pushed
from tryon_app.views.stages.legend import Legend
from tryon_app.views.stages.stage_strip import StageStrip
from tryon_app.views.words.names import view_name

_BORDERS = {"grow": regions.grown, "shrink": regions.shrunk, "smooth": regions.smoothed}
_OVER_PHOTO = tuple(row for row in VIEWS if row.on == "person" and DRAWERS[row.draw].opacity)
"""What can be laid over the photo."""


class StagePage(QObject):
    """Shows the document on canvas and strip, and turns what the user does there into commands."""

    stage_changed = Signal(str)
    tools_changed = Signal(object, str, bool)  # those of the stage, the one in hand, whether there are edits of it

    def __init__(
        self, studio: AppModel, canvas: Canvas, bar: CanvasBar, edits: EditBar, strip: StageStrip, legend: Legend
    ) -> None:
        super().__init__(canvas)
        self.studio, self.document = studio, studio.document
        self.canvas, self.bar, self.edits, self.strip, self.legend = canvas, bar, edits, strip, legend
        self.current = PHOTO
        self.follow_result = True
        self._hidden_overlays: dict[str, set[str]] = {}
        self._opacity = {row.key: DRAWERS[row.draw].opacity for row in VIEWS}
        self._reveal = False
        self._brushes: dict[str, int] = {}  # the label that was chosen last, by label space
        self._shown: dict[str, tuple[object, ...]] = {}
        self._later = QTimer(self, singleShot=True, interval=15)
        self._later.timeout.connect(self._catch_up)
        self._connect()

    def _connect(self) -> None:
        document, canvas = self.document, self.canvas
        for signal in (document.changed, document.stages_changed):
            signal.connect(self._soon)
        for signal in (document.person_changed, document.garment_changed):
            signal.connect(self._let_go)
        canvas.held.connect(self._soon)
        self.studio.engine.vocabulary_changed.connect(self.repaint)
        document.result_changed.connect(self._on_result)
        self.studio.tryons.changed.connect(self._show_states)
        self.studio.packs_changed.connect(self._on_packs)
        self.studio.person_in.changed.connect(self._soon)
        self.strip.chosen.connect(self.show)
        self.strip.dropped.connect(self._on_dropped)
        self.strip.revert_requested.connect(self.revert)
        self.bar.overlay_changed.connect(self._on_overlay)
        self.edits.tool_chosen.connect(self._on_tool)
        self.edits.brush_size_changed.connect(lambda size: canvas.set_brush(canvas.brush_label, size))
        self.edits.hardness_changed.connect(lambda hardness: setattr(canvas, "hardness", hardness))
        self.edits.tolerance_changed.connect(lambda tolerance: setattr(canvas, "tolerance", tolerance))
        self.edits.revert_requested.connect(self.revert_shown)
        canvas.tool_changed.connect(self._show_tools)
        self.edits.border_requested.connect(self._move_border)
        canvas.brush_changed.connect(self.edits.set_brush_size)
        canvas.label_picked.connect(self._on_label)
        canvas.labels_edited.connect(self._on_labels)
        canvas.joint_moved.connect(self._on_joint)
        canvas.joint_removed.connect(lambda index: self._on_joint(index, 0.0, 0.0, 0.0))
        canvas.point_moved.connect(self._on_point)
        canvas.laid_pushed.connect(lambda field: self._edit(**pushed(self.document, field)))
        canvas.box_chosen.connect(self.studio.choose_person)
        canvas.box_drawn.connect(self._on_box)
        self.legend.chosen.connect(self._on_label)
        self.legend.hidden_changed.connect(canvas.set_hidden_labels)

    # Showing

    @property
    def row(self) -> View:
        """The view on the canvas."""
        return BY_KEY[self.current]

    @property
    def _drawer(self) -> Drawer:
        return DRAWERS[self.row.draw]

    def show(self, key: str) -> None:
        """Lay this view on the canvas."""
        if key != self.current:
            self.current = key
            self.canvas.set_tool("hand")
            self.edits.set_current("hand")
            self.canvas.set_compare_mode("off")
            self.stage_changed.emit(key)
        self.refresh()

    def repaint(self) -> None:
        """Show everything again: names or colours are others."""
        self._shown.clear()
        self.refresh()

    def refresh(self) -> None:
        """Show the document as it is now."""
        self._later.stop()
        self.strip.set_current(self.current)
        for row in VIEWS:
            self._show_thumb(row.key)
        self._show_canvas()

    def _show_thumb(self, key: str) -> None:
        found, state = self._view(key), self._state(key)
        if found is None and state != "empty":  # the picture before is shown until the new one is there
            self.strip.set_state(key, state)
        elif self._is_new_on(f"thumb {key}", None if found is None else found.source):
            self.strip.set_stage(key, thumb_of_view(found), state)
        else:
            self.strip.set_state(key, state)

    def _is_new_on(self, place: str, *parts: object) -> bool:
        """Whether something else was shown at this place the last time; pictures are compared by identity."""
        before, self._shown[place] = self._shown.get(place, ()), parts
        return len(before) != len(parts) or any(
            one is not two if isinstance(one, np.ndarray) or isinstance(two, np.ndarray) else one != two
            for one, two in zip(before, parts, strict=True)
        )

    def _view(self, key: str) -> StageView | None:
        return view(self.document, key, self.studio.engine.vocabulary)

    def picture_of(self, key: str) -> Array8 | None:
        """The view as a picture."""
        found = self._view(key)
        return None if found is None else found.picture

    def _base(self) -> Array8 | None:
        """The picture that the current view's marks lie on."""
        document = self.document
        if self.row.on == "garment":
            return document.garment.image if document.garment is not None else None
        if self.row.on == "itself":
            return self.picture_of(self.current)
        if document.person is None:
            return self.studio.person_in.preview
        whole = self._whole() if self.current == PHOTO else None
        return document.person.image if whole is None else whole

    def _whole(self) -> Array8 | None:
        """The whole photo where somebody is to be chosen in it: several were found, or nobody, or a box is drawn."""
        person, loader = self.document.person, self.studio.person_in
        if loader.wants_box:
            return loader.preview
        if person is None or (len(person.boxes) < 2 and self.canvas.tool_name != "box"):
            return None
        return person.preview

    def _boxable(self) -> bool:
        """Whether a box around somebody can be drawn."""
        person, loader = self.document.person, self.studio.person_in
        there = loader.wants_box or (person is not None and person.preview is not None)
        return there and self.studio.can_analyse

    def _show_canvas(self) -> None:
        base, person = self._base(), self.document.person
        reveal, self._reveal = self._reveal and self.current == RESULT, False
        other = self._is_new_on("picture", base)
        if other:
            self.canvas.set_picture(self._image(base), reveal)
        framed = person.image if person is not None and self.current != PHOTO and self.row.on != "garment" else None
        comparable = framed is not None and base is not None and self.row.on == "itself"
        if self._is_new_on("original", framed, self.current):
            original = image_of(framed)
            self.canvas.set_original(original)
            names = (self.tr("Original"), view_name(self.current))
            self.canvas.set_comparison(original if comparable else None, None, names)
        self.bar.set_comparable(comparable)
        self.canvas.gives_away = self.current == RESULT and self.studio.picture() is not None
        self._show_overlays()
        self._show_boxes(base)
        if other:
            self.canvas.look_again()
        self._show_tools()

    def _show_tools(self, *_: object) -> None:
        tools, edited = self._tools(), self.current in self.document.state.edits
        self.edits.set_tools(tools, edited)
        self.edits.set_current(self.canvas.tool_name)
        self.tools_changed.emit(tools, self.canvas.tool_name, edited)

    def _image(self, base: Array8 | None) -> QImage | None:
        """The picture for the canvas; a draft as large as the picture to come, so that the zoom says the same."""
        image = image_of(base)
        size = self.studio.draft_for if self.current == RESULT else None
        if image is None or size is None:
            return image
        height, width = size
        return image.scaled(width, height, mode=Qt.TransformationMode.SmoothTransformation)

    def _tools(self) -> tuple[str, ...]:
        """What the current view can be edited with."""
        if self.current == PHOTO:
            return ("hand", "box") if self._boxable() else ()
        shown = self._view(self.current) is not None or self.current in self.document.state.edits
        if "cloth" in self.document.state.edited(self.row.stage):
            return ()  # the laid garment is a picture of the user's own
        return self._drawer.tools if shown else ()

    def _show_boxes(self, base: Array8 | None) -> None:
        boxes: list[Box] = []
        person = self.document.person
        if self.current == PHOTO and person is not None and base is not None and base is person.preview:
            scale = base.shape[1] / person.photo_size[1]
            scaled = [[edge * scale for edge in box] for box in person.boxes]
            boxes = [Box(x0, y0, x1, y1, number == person.chosen) for number, (x0, y0, x1, y1) in enumerate(scaled)]
        self.canvas.set_boxes(boxes)

    def _show_overlays(self) -> None:
        offered, hidden = self._offered(), self._hidden()
        self.bar.set_overlays([(key, view_name(key), key not in hidden, self._opacity[key]) for key in offered])
        self._lay_over(offered)

    def _offered(self) -> list[str]:
        """What can be laid over the current view's picture."""
        rows = [self.row] if self.row.on == "garment" else _OVER_PHOTO
        if self.current == PHOTO and self._whole() is not None:
            rows = ()  # they lie in the frame, which is not shown
        return [row.key for row in rows if self._view(row.key) is not None]

    def _hidden(self) -> set[str]:
        """What is not laid over the current view: at first everything but the view itself."""
        return self._hidden_overlays.setdefault(
            self.current, {row.key for row in _OVER_PHOTO if row.key != self.current}
        )

    def _lay_over(self, offered: list[str]) -> None:
        hidden = self._hidden()
        self._show_labels(hidden)
        shown = [key for key in offered if key not in hidden]
        self._forget_pins()
        self.canvas.set_laid(self.current if "push" in self._tools() else "")
        for row in _OVER_PHOTO:
            if self._is_made_again(row.key):
                self._shown.pop(f"layer {row.key}", None)  # it stays as it was pushed until it is there
            elif row.draw == "pose":
                self._show_pose(row.key in shown)
            else:
                self._show_layer(row, row.key in shown)
        self._show_points()

    def _is_made_again(self, key: str) -> bool:
        """Whether what is edited on the canvas is on its way."""
        edited = key == self.current and key in self.document.state.edits and key not in self._hidden()
        return edited and key in self.canvas.scene.layers and self._view(key) is None

    def _forget_pins(self) -> None:
        """Pins belong to a pair."""
        photos = self.document.person, self.document.garment
        if self._is_new_on("pins", *(None if photo is None else photo.key for photo in photos)):
            self.canvas.scene.pins.clear()

    def _show_layer(self, row: View, on: bool) -> None:
        drawer, key = DRAWERS[row.draw], row.key
        own = key == self.current and drawer.labels  # its labels are there already
        found = self._view(key) if on and not own else None
        if self._is_new_on(f"layer {key}", None if found is None else found.source):
            layer = drawer.layer(found) if found is not None and drawer.layer is not None else None
            self.canvas.set_layer(key, layer, self._opacity[key])
        self.canvas.set_layer_opacity(key, self._opacity[key])

    def _show_labels(self, hidden: set[str]) -> None:
        labels, palette = self._labels()
        if labels is None or self.current in hidden:
            self.canvas.set_labels(None)
            self.legend.set_palette(())
            self.legend.hide()
            return
        shown = self.canvas.labels()
        if shown is None or shown.shape != labels.shape or not np.array_equal(shown, labels):
            self.canvas.set_labels(labels, palette)
        self.canvas.set_labels_opacity(self._opacity[self.current])
        self._show_brush()
        present = np.flatnonzero(np.bincount(labels.ravel(), minlength=256))
        self.legend.set_palette(palette, set(present.tolist()))
        self.legend.show()

    def _show_brush(self) -> None:
        """The brush paints what was chosen for such labels last, at first the garment."""
        space, pack = space_of(self.row), self.studio.pack_info
        number = self._brushes.get(space, pack.garment.get(space, 1) if pack is not None else 1)
        if number != self.canvas.brush_label:
            self.canvas.set_brush(number)
        self.legend.set_current(number)

    def _labels(self) -> tuple[Array8 | None, list[Label]]:
        """What a brush paints on in the current view, and with which labels."""
        found = self._view(self.current)
        if found is None or not self._drawer.labels:
            return None, []
        if found.mask is not None:
            palette = [Label(0, "background", (0, 0, 0)), Label(1, "garment", MARK)]
            return (found.mask > 127).astype(np.uint8), palette
        return found.labels, self.palette(space_of(self.row))

    def palette(self, space: str) -> list[Label]:
        """The labels of "lip", "segmentation" or "alias"."""
        words = self.studio.engine.vocabulary
        names, colours = words.names.get(space, ()), words.colours.get(space, ())
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
        shown = self.canvas.picture
        places = None
        if shown is not None and "points" in self.row.edits:
            places = handles(self.document, shown.size())
        self.canvas.set_points(places, isqrt(len(places or ())))

    # States

    def _show_states(self) -> None:
        for row in VIEWS:
            self.strip.set_state(row.key, self._state(row.key))

    def _state(self, key: str) -> str:
        job = self.studio.tryons.job
        if job is not None and job.state == "running" and busy_view(job.stage) == key:
            return "running"
        if self._view(key) is None:
            before = self.document.state.complete and self.strip.thumbs[key].thumb is not None
            return "stale" if before else "empty"
        if key in self.document.state.edits:
            return "edited"
        finished = self.document.result is not None or self.studio.shown_entry is not None
        return "stale" if key == RESULT and not finished else "done"

    def _on_packs(self) -> None:
        """Only the views of stages that the pack can do are there to be looked at."""
        seen = self.studio.views
        self.strip.set_seen(seen)
        if self.current not in seen:
            self.show(RESULT)

    def _on_result(self) -> None:
        if self.follow_result and self.studio.picture() is not None:
            self._reveal = self.current != RESULT or self.canvas.picture is None or self._is_new()
            self.current = RESULT
            self.stage_changed.emit(RESULT)
        self._soon()

    def _is_new(self) -> bool:
        """Whether this is another picture, and not the draft made sharp, which must not be swiped again."""
        return self.document.draft is None or self.document.result is None

    def _soon(self, *_: object) -> None:
        if not self._later.isActive():
            self._later.start()

    def _catch_up(self) -> None:
        """What is made while something is drawn is shown afterwards: it would take the stroke back, or hold it up."""
        if not self.canvas.tool.busy:
            self.refresh()

    def _let_go(self) -> None:
        """What is being drawn belongs to another photo."""
        if self.canvas.tool.busy:
            self.canvas.tool.cancel()

    # Editing

    def revert(self, key: str) -> None:
        """Take all edits of a view back."""
        self.document.revert(key, self.tr("Undo all edits of {stage}").format(stage=view_name(key)))

    def revert_shown(self) -> None:
        """Take all edits of the view on the canvas back."""
        self.revert(self.current)

    def grow(self) -> None:
        """Make the brush's label larger."""
        self._move_border("grow")

    def shrink(self) -> None:
        """Make it smaller."""
        self._move_border("shrink")

    def smooth(self) -> None:
        """Smooth its border."""
        self._move_border("smooth")

    def choose_tool(self, tool: str) -> None:
        """Take a tool of the view in hand, and go to the canvas with it."""
        if tool in self._tools():
            self._on_tool(tool)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def draw_box(self) -> None:
        """Show the whole photo, with the tool for a box around a person in hand."""
        self.show(PHOTO)
        self._on_tool("box")

    def _on_tool(self, tool: str) -> None:
        self.canvas.set_tool(tool)
        if self.current == PHOTO:
            self.refresh()

    def _on_box(self, box: Box) -> None:
        whole, person, loader = self._whole(), self.document.person, self.studio.person_in
        if whole is None:
            return
        width = loader.photo_size[1] if person is None or loader.wants_box else person.photo_size[1]
        scale = width / whole.shape[1]
        self._on_tool("hand")
        self.studio.choose_box((box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale))

    def _edit(self, **arrays: object) -> None:
        """The current view with these arrays of its stage."""
        self.follow_result = False
        self.document.edit(self.current, arrays, self.tr("Edit {stage}").format(stage=view_name(self.current)))

    def _on_labels(self, delta: LabelDelta) -> None:
        labels, _ = self._labels()
        found = self._view(self.current)
        if labels is None or found is None:
            return
        edited = labels.copy()
        delta.apply(edited)
        if found.mask is not None:  # what is not painted stays as soft as it is
            edited = np.where(edited != labels, edited * np.uint8(255), found.mask)
        self._edit(**{self.row.array: edited})

    def _move_border(self, how: str) -> None:
        """Grow, shrink or smooth the label that the brush paints."""
        labels = self.canvas.labels()
        if labels is not None:
            self.canvas.change_labels(_BORDERS[how](labels, self.canvas.brush_label))

    def _on_joint(self, index: int, x: float, y: float, sure: float = 1.0) -> None:
        person = self.document.person
        if person is None:
            return
        data = self.document.state.person_data()
        scale = self._scale(person.image)
        points = np.array(data["keypoints"])
        points[index] = (x / scale, y / scale, sure) if sure else (0, 0, 0)
        self._edit(keypoints=points, hands=data["hands"])

    def _on_point(self, index: int, x: float, y: float) -> None:
        shown = self.canvas.picture
        edit = None if shown is None else dragged(self.document, shown.size(), index, (x, y))
        if edit is not None:
            self._edit(**edit)

    def _on_label(self, number: int) -> None:
        self._brushes[space_of(self.row)] = number
        self._show_brush()

    def _on_overlay(self, key: str, visible: bool, opacity: float) -> None:
        self._opacity[key] = opacity
        (self._hidden().discard if visible else self._hidden().add)(key)
        self._lay_over(self._offered())

    def _on_dropped(self, key: str, dropped: Dropped) -> None:
        if dropped.paths:
            self.studio.replace(key, dropped.paths[0])
        else:
            self.studio.told.emit(self.tr("Only a file can replace a stage."))
