"""A slot and what is behind it: the photo on its way in, the one that is there, and what is doubtful about it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tryon_app.model.app_model import AppModel
from tryon_app.model.faults import Fault
from tryon_app.model.photos import GarmentPhoto, PersonPhoto
from tryon_app.model.project import is_project
from tryon_app.views.common.drops import clipboard_content
from tryon_app.views.common.pictures import array_of, thumb_of
from tryon_app.views.common.view_types import Dropped, Notice, Recent, Remedy, Sample
from tryon_app.views.photos.photo_slot import PhotoSlot
from tryon_app.views.words.doubts import doubt_sentence
from tryon_app.views.words.names import view_name

FORMATS = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.gif *.heic *.heif *.avif"
_SHOWS = {
    "low_confidence": ("parse", "pose"),
    "hips_guessed": ("pose",),
    "shoulders_guessed": ("pose",),
    "arms_crossed": ("parse",),
    "long_hair": ("parse",),
    "coat": ("parse",),
    "dress": ("parse",),
    "covered": ("parse",),
    "in_front": ("parse",),
    "two_people": ("photo",),
    "garment_uncertain": ("garment_mask",),
    "garment_lopsided": ("garment_mask",),
    "garment_worn": ("garment_mask",),
    "garment_skin": ("garment_mask",),
    "misaligned": ("warped",),
    "distorted": ("warped",),
}
"""The stages in which a doubt can be seen, and corrected."""


class PhotoSlotBinding(QObject):
    """Keeps one slot up to date and takes what it tells to the studio. stage_wanted: a stage is to be shown."""

    stage_wanted = Signal(str)
    weights_wanted = Signal()
    box_wanted = Signal()

    def __init__(self, slot: PhotoSlot, studio: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.slot, self.studio, self.kind = slot, studio, slot.kind
        self.loader = studio.person_in if self.kind == "person" else studio.garment_in
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        for signal in (self.loader.changed, studio.pack_changed, studio.engine.packs_changed):
            signal.connect(self._soon)
        changed = studio.document.person_changed if self.kind == "person" else studio.document.garment_changed
        changed.connect(self._soon)
        studio.recent_changed.connect(self.show_recent)
        self._connect()
        self.show_recent()

    def _connect(self) -> None:
        slot, studio = self.slot, self.studio
        slot.dropped.connect(self.take)
        slot.open_requested.connect(self.browse)
        slot.folder_requested.connect(self.browse_folder)
        slot.paste_requested.connect(self.paste)
        slot.sample_chosen.connect(studio.open_sample)
        slot.recent_chosen.connect(lambda path: studio.open(self.kind, [path]))
        slot.clear_requested.connect(lambda: studio.clear(self.kind))
        slot.cancel_requested.connect(self.loader.cancel)
        slot.remedy_chosen.connect(self._remedy)
        slot.activated.connect(lambda: self.stage_wanted.emit("photo" if self.kind == "person" else "garment_mask"))

    def take(self, dropped: Dropped) -> None:
        """Something was dropped or pasted here."""
        take(self.studio, self.kind, dropped)

    def paste(self) -> None:
        """Take what is on the clipboard."""
        found = clipboard_content()
        if found is None:
            self.studio.told.emit(self.tr("There is no picture on the clipboard."))
        else:
            self.take(found)

    def browse(self) -> None:
        """Choose a file."""
        title = self.tr("Open a photo of a person") if self.kind == "person" else self.tr("Open photos of garments")
        pictures = self.tr("Pictures ({patterns})").format(patterns=FORMATS)
        folder = self.studio.settings.open_folder
        paths, _ = QFileDialog.getOpenFileNames(_window(self.slot), title, folder, pictures)
        if paths and paths[0]:
            self.studio.settings.open_folder = str(Path(paths[0]).parent)
            self.studio.open(self.kind, paths)

    def browse_folder(self) -> None:
        """Choose a folder of garments."""
        title = self.tr("Open a folder of garments")
        folder = QFileDialog.getExistingDirectory(_window(self.slot), title, self.studio.settings.open_folder)
        if folder:
            self.studio.settings.open_folder = folder
            self.studio.open(self.kind, [folder])

    def show_recent(self) -> None:
        """Fill the list of recent photos."""
        self.slot.set_recent([Recent(path, Path(path).name) for path in self.studio.recent(self.kind)])

    def show_samples(self) -> None:
        """Fill the list of samples."""
        mine = [one for one in self.studio.samples if one.kind == self.kind]
        self.slot.set_samples([Sample(one.key, one.name) for one in mine])

    def refresh(self) -> None:
        """Show what is known now."""
        loader, photo = self.loader, self._photo()
        if loader.preview is not None and (loader.busy or loader.error or loader.lacking or photo is None):
            self.slot.set_picture(thumb_of(loader.preview), self.studio.title_of(loader.path))
        elif photo is not None:
            self.slot.set_picture(thumb_of(photo.image), self.studio.title_of(photo.path))
        else:
            self.slot.set_picture(None)
        self.slot.set_busy(self._busy_text(), loader.progress)
        self.slot.set_error(loader.error, self._remedies())
        self.slot.set_notices(self._notices())

    def _photo(self) -> PersonPhoto | GarmentPhoto | None:
        document = self.studio.document
        return document.person if self.kind == "person" else document.garment

    def _busy_text(self) -> str | None:
        if not self.loader.busy:
            return None
        if not self.loader.analysing:
            return self.tr("Reading…")
        if not self.studio.jobs.is_ready:
            return self.tr("Waiting for the engine…")
        return self.tr("Finding pose and parse…") if self.kind == "person" else self.tr("Finding the garment…")

    def _notices(self) -> list[Notice]:
        if self.loader.lacking and not self.loader.busy:
            return [self._lacking()]
        photo = self._photo()
        doubts = photo.doubts if photo is not None else ()
        chosen = isinstance(photo, PersonPhoto) and photo.by_hand
        return [notice_of(doubt) for doubt in doubts if not (doubt == "two_people" and chosen)]

    def _remedies(self) -> list[Remedy]:
        """Where nobody was found in a photo, the user can say where somebody is, or turn it."""
        key = self.loader.error.remedy if self.loader.error is not None else ""
        if key.startswith("turn_"):
            return [_remedy(key)]
        return [Remedy("box", self.tr("Draw a box…"))] if self.loader.wants_box else []

    def _lacking(self) -> Notice:
        text = self.tr(
            "No installed weights can analyse photos. Import weights that can, "
            "or drop the person's pose (JSON) and parse (PNG) on their stages below."
        )
        return Notice(text, "error", (Remedy("weights", self.tr("Weights…")),), "lacking")

    def _remedy(self, code: str, key: str) -> None:
        if key == "weights":
            self.weights_wanted.emit()
        elif key == "box":
            self.box_wanted.emit()
        elif key == "another":
            self.browse()
        elif key == "back":
            self._leave_as_it_is()
        elif self.kind == "person" and key.startswith("turn_"):
            self._turn_refused(int(key.partition("_")[2]))
        elif key == "other" or key.startswith("turn_"):
            self._open_otherwise(int(key.partition("_")[2] or 0))
        else:
            self.stage_wanted.emit(key)

    def _open_otherwise(self, degrees: int) -> None:
        """The garment's photo again: turned further clockwise, or, where it is not, the next garment in it."""
        photo = self.studio.document.garment
        if photo is None:
            return
        turn = (int(photo.files.get("turn", 0)) + degrees) % 360
        box = photo.boxes[(photo.chosen + 1) % len(photo.boxes)] if not degrees and photo.boxes else None
        self.loader.open(photo.path, {**photo.files, "turn": str(turn or "")}, box)

    def _leave_as_it_is(self) -> None:
        """The person's photo again, which was turned without being asked."""
        photo = self._photo()
        if photo is not None:
            self.loader.open(photo.path, {**photo.files, "turn": "0"})

    def _turn_refused(self, degrees: int) -> None:
        """The photo in which nobody stands upright again, turned further clockwise."""
        files = self.loader.given["files"]
        self.loader.open(self.loader.path, {**files, "turn": str((int(files.get("turn", 0)) + degrees) % 360)})

    def _soon(self, *_: object) -> None:
        self._later.start()


def notice_of(doubt: str) -> Notice:
    """A doubt in the window's language, with buttons for the stages in which it can be seen."""
    look = QCoreApplication.translate("PhotoSlotBinding", "Look at: {stage}")
    remedies = [Remedy(key, look.format(stage=view_name(key))) for key in _SHOWS.get(doubt, ())]
    key = Fault(f"doubt.{doubt}").remedy
    if key:
        remedies.insert(0, _remedy(key))
    return Notice(doubt_sentence(doubt), "warning", tuple(remedies), doubt)


def _remedy(key: str) -> Remedy:
    """What the engine names as a remedy, as a button."""
    words = {
        "another": QCoreApplication.translate("PhotoSlotBinding", "Choose another photo…"),
        "back": QCoreApplication.translate("PhotoSlotBinding", "Turn it back"),
        "other": QCoreApplication.translate("PhotoSlotBinding", "Take the other one"),
        "turn": QCoreApplication.translate("PhotoSlotBinding", "Turn the photo"),
    }
    return Remedy(key, words[key.partition("_")[0]])


def take(studio: AppModel, kind: str, dropped: Dropped) -> None:
    """Open what was dropped as "person" or "garment"; "" lets the picture itself decide. A project is opened."""
    project = next((path for path in dropped.paths if is_project(path)), None)
    if project is not None:
        studio.project_wanted.emit(project)
    elif dropped.paths:
        _open(studio, kind, dropped.paths)
    elif dropped.data:
        suffix = "." + dropped.form.rpartition("/")[2].replace("jpeg", "jpg")
        studio.open_data(kind, dropped.data, suffix)
    elif dropped.image is not None:
        studio.open_data(kind, array_of(dropped.image))


def _open(studio: AppModel, kind: str, paths: Sequence[str]) -> None:
    if kind:
        studio.open(kind, paths)
    else:
        studio.open_unknown(paths)


def _window(widget: QWidget) -> QWidget:
    return widget.window()
