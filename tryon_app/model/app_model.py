"""The whole model in one object: what the main window and the dialogs hold on to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tryon_app.model import places, stages
from tryon_app.model.about import NAME
from tryon_app.model.ahead import Ahead
from tryon_app.model.batch import Batch
from tryon_app.model.cache import Cache
from tryon_app.model.document import Document
from tryon_app.model.engine_state import EngineState
from tryon_app.model.faults import Fault, said
from tryon_app.model.favourites import Favourites
from tryon_app.model.history import Deletion, Entry, History
from tryon_app.model.jobs import Job, Priority
from tryon_app.model.photo_loader import PhotoLoader
from tryon_app.model.places import ProjectFolder
from tryon_app.model.plan import Options
from tryon_app.model.rail import Rail, pictures_in
from tryon_app.model.results import Results
from tryon_app.model.samples import Sample, find_samples
from tryon_app.model.settings import Settings
from tryon_app.model.tryons import TryOns
from tryon_app.workers.answers import Array8, Arrays, Box, GarmentPhoto, PackInfo, PersonPhoto
from tryon_app.workers.begun import Begun
from tryon_app.workers.requests import (
    Export,
    FileTask,
    Guess,
    KeepBytes,
    Load,
    Networks,
    PlaceBack,
    ReadStage,
    SavePicture,
)

_RECENT = 12
_KEPT_PEOPLE = 8  # of the rail in memory; one with pose and parse has some megabytes


class AppModel(QObject):
    """Photos, stages, results, history, packs and jobs, and what can be done with them.

    told: a sentence for the status bar. failed: a Fault and details for a dialog. finished: the picture of the
    document is there; True where it had to be computed. project_wanted: a project's file was dropped. forgetting:
    everything is about to be deleted. begun: the engine's process, where it was begun already.
    """

    pack_changed = Signal(str)
    packs_changed = Signal()
    result_changed = Signal()
    recent_changed = Signal()
    finished = Signal(bool)
    told = Signal(str)
    failed = Signal(object, str)
    saved = Signal(str)
    project_wanted = Signal(str)
    forgetting = Signal()

    def __init__(
        self, settings: Settings | None = None, parent: QObject | None = None, begun: Begun | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings or Settings(self)
        self.engine = EngineState(self, begun)
        self.jobs = self.engine.queue
        options = Options("", self.settings.precision, None, self.settings.keep_original)
        self.document = Document(Cache(self.settings.cache_mb << 20), options, self)
        self.person_in = PhotoLoader("person", self.jobs, self._analysis, self)
        self.garment_in = PhotoLoader("garment", self.jobs, self._analysis, self)
        self.people = Rail(self.jobs, self, _KEPT_PEOPLE)
        self.rail = Rail(self.jobs, self)
        self.history = History(self.jobs, self)
        self.batch = Batch(self.jobs, self)
        self.favourites = Favourites(self.batch, self.history, self)
        self.tryons = TryOns(self.document, self.jobs, self.settings, self)
        self.samples: tuple[Sample, ...] = find_samples()
        self.pack_info: PackInfo | None = None
        self.results = Results(self.document, self.history)
        known = self._analysis, self._known_files
        self._ahead = Ahead(self.jobs, self.document, self.tryons, (self.people, self.rail), *known, self)
        self._connect()

    def _connect(self) -> None:
        self.person_in.loaded.connect(self._on_person)
        self.garment_in.loaded.connect(self._on_garment)
        for loader in (self.person_in, self.garment_in):
            loader.analysis_wanted.connect(self.tryons.set_aside)
            loader.changed.connect(self._on_loader)
        self.document.person_changed.connect(self._on_person_changed)
        self.document.garment_changed.connect(self._on_garment_changed)
        self.document.result_changed.connect(self.result_changed)
        self.tryons.finished.connect(self._on_finished)
        self.tryons.failed.connect(self.failed)
        self.history.failed.connect(self.failed)
        self.engine.packs_changed.connect(self._on_packs)
        self.engine.ready.connect(self._load_pack)
        self.jobs.idle.connect(self._on_idle)
        self.settings.changed.connect(self._on_setting)

    def start(self) -> None:
        """Start the engine; torch is imported there while the window can be used already."""
        self.engine.start(self.settings.threads)
        self.reload_packs()
        self.history.load()
        self.batch.load()

    def close(self) -> None:
        """End the engine and write the settings."""
        self.batch.end()
        self.engine.stop()
        self.history.purge()
        self.settings.sync()

    # Packs

    @property
    def packs(self) -> tuple[PackInfo, ...]:
        """All packs that can be read."""
        return self.engine.packs

    @property
    def pack(self) -> str:
        """The name of the pack in use; empty where there is none for a try-on."""
        return self.pack_info.name if self.pack_info is not None else ""

    @property
    def views(self) -> tuple[str, ...]:
        """The views of what the pack in use can make; all where there is none."""
        return stages.seen(self.pack_info.kinds if self.pack_info is not None else stages.networks())

    @property
    def varies(self) -> bool:
        """Whether another seed gives another picture, with the pack in use."""
        return stages.varies(self.pack_info.kinds if self.pack_info is not None else stages.networks())

    def set_pack(self, name: str) -> None:
        """Use another pack from now on; the present try-on follows."""
        self.settings.pack = name

    def reload_packs(self) -> None:
        """Packs came or went."""
        chosen = self.settings.pack
        self.engine.load_packs(chosen if "/" in chosen or "\\" in chosen else "")

    def _on_packs(self) -> None:
        able = [pack for pack in self.engine.packs if pack.can_try_on]
        wanted = self.engine.find_pack(self.settings.pack)
        found = wanted if wanted in able else next(iter(able), None)
        before, self.pack_info = self.pack_info, found
        if before is not None and found is not None and before != found and before.folder == found.folder:
            self.document.cache.clear()
            self.engine.restart()
        folder = "" if found is None else found.folder
        self.document.set_options(replace(self.document.options, pack=folder, size=found.sizes[0] if found else None))
        self.packs_changed.emit()
        if before != found:
            self._load_pack()
            self._retry_waiting()
            self.pack_changed.emit(self.pack)

    def _load_pack(self) -> None:
        if self.pack_info is not None and self.engine.queue.is_ready:
            load = Load(self._networks(self.document.options.pack))
            self.jobs.submit(load, title=self.pack, priority=Priority.SOON, on_failed=self.failed.emit)

    def _networks(self, pack: str) -> Networks:
        return Networks(pack, self.settings.device, self.settings.precision)

    def _analysis(self) -> Networks:
        """The pack that analyses photos: the one in use, else any that can; an empty name where none can."""
        able = [pack for pack in (self.pack_info, *self.engine.packs) if pack is not None and pack.can_analyse]
        return self._networks(able[0].folder if able else "")

    @property
    def can_analyse(self) -> bool:
        """Whether there are weights that find pose and parse in a photo."""
        return bool(self._analysis().pack)

    def _retry_waiting(self) -> None:
        for loader in (self.person_in, self.garment_in):
            if (loader.lacking or loader.unaided) and self.can_analyse:
                loader.retry()

    # Photos

    def open(self, kind: str, paths: Sequence[str]) -> None:
        """Photos for a slot, "person" or "garment"; several, or a folder of them, make a rail."""
        files = [one for path in paths for one in self._expanded(path)]
        if not files:
            sentence = self.tr("There is no picture in {name}.").format(name=Path(paths[0]).name if paths else "")
            self._loader(kind).refuse(said(sentence))
            return
        self.rail_of(kind).fill(files if len(files) > 1 else ())
        self.rail_of(kind).set_current(files[0])
        self._loader(kind).open(files[0], self._known_files(files[0]))

    def open_unknown(self, paths: Sequence[str]) -> None:
        """Photos dropped where no slot is: the engine guesses from the pictures, and the window says so."""
        if any(Path(path).is_dir() for path in paths):
            self.open("garment", paths)
            return
        self.jobs.submit(Guess(tuple(paths)), on_done=self._on_guess, on_failed=self._refuse_guess)

    def open_data(self, kind: str, data: bytes | Array8, suffix: str = ".png") -> None:
        """A picture without a file, pasted or dragged from a browser; kind "" for a guess."""

        def kept(path: str) -> None:
            self.open(kind, [path]) if kind else self.open_unknown([path])

        asked = KeepBytes(data, str(places.inbox_folder()), suffix)
        self.jobs.submit(asked, on_done=kept, on_failed=self.failed.emit)

    def open_sample(self, key: str) -> None:
        """One of the photos that came with the program."""
        sample = next((one for one in self.samples if one.key == key), None)
        if sample is not None:
            self.rail_of(sample.kind).clear()
            self._loader(sample.kind).open(sample.path, sample.files)

    def open_first_samples(self) -> None:
        """The first sample person and garment."""
        for kind in ("person", "garment"):
            first = next((one for one in self.samples if one.kind == kind), None)
            if first is not None:
                self.open_sample(first.key)

    def rail_of(self, kind: str) -> Rail:
        """The people or the garments to choose from."""
        return self.people if kind == "person" else self.rail

    def choose(self, kind: str, key: str) -> None:
        """A person or a garment of its rail."""
        rail, loader = self.rail_of(kind), self._loader(kind)
        known = rail.photo(key)
        rail.set_current(key)
        if known is None:
            loader.open(key, self._known_files(key))
            return
        loader.clear()
        if kind == "person":
            self.document.set_person(known, self.tr("Change person"))
        else:
            self.document.set_garment(known, self.tr("Change garment"))

    def choose_person(self, index: int) -> None:
        """Another of the people in the photo."""
        person = self.document.person
        if person is not None and index != person.chosen and 0 <= index < len(person.boxes):
            self.choose_box(person.boxes[index])

    def choose_box(self, box: Box) -> None:
        """Whoever is in this box, in pixels of the photo in which nobody was found, else of the person's photo."""
        person = self.document.person
        if self.person_in.wants_box:
            self.person_in.choose(box)
        elif person is not None:
            self.person_in.open(person.path, _turn_of(person), box)

    def clear(self, kind: str) -> None:
        """Empty a slot."""
        self._loader(kind).clear()
        if kind == "person" and self.document.person is not None:
            self.people.clear()
            self.document.set_person(None, self.tr("Remove person"))
        elif kind == "garment" and self.document.garment is not None:
            self.rail.clear()
            self.document.set_garment(None, self.tr("Remove garment"))

    def _loader(self, kind: str) -> PhotoLoader:
        return self.person_in if kind == "person" else self.garment_in

    def _expanded(self, path: str) -> list[str]:
        return pictures_in(path) if Path(path).is_dir() else [path]

    def _known_files(self, path: str) -> dict[str, str]:
        return next((one.files for one in self.samples if one.path == path), {})

    def _on_guess(self, kinds: Mapping[str, str]) -> None:
        people = [path for path, kind in kinds.items() if kind == "person"]
        garments = [path for path in kinds if path not in people]
        if len(people) > 1 and not garments:  # a garment that is worn looks like a person; people come first
            people, garments = people[:1], people[1:]
        names = {"person": self.tr("person"), "garment": self.tr("garment")}
        if len(kinds) == 1:
            sentence = self.tr("Taken for the {kind}; drop it on the other field if it is not.")
            self.told.emit(sentence.format(kind=names["person" if people else "garment"]))
        for kind, paths in (("person", people), ("garment", garments)):
            if paths:
                self.open(kind, paths)

    def _refuse_guess(self, fault: Fault, details: str) -> None:
        (self.person_in if self.document.person is None else self.garment_in).refuse(fault, details)

    def _on_person(self, photo: PersonPhoto) -> None:
        self._note_recent("person", photo.path)
        self.people.keep(photo)
        self.document.set_person(photo, self.tr("Change person"))

    def _on_garment(self, photo: GarmentPhoto) -> None:
        self._note_recent("garment", photo.path)
        self.rail.keep(photo)
        self.document.set_garment(photo, self.tr("Change garment"))

    def _on_loader(self) -> None:
        if not (self.person_in.busy or self.garment_in.busy):
            self.tryons.go_on()

    def _on_person_changed(self) -> None:
        person = self.document.person
        self.people.set_current(person.path if person is not None else "")

    def _on_garment_changed(self) -> None:
        garment = self.document.garment
        self.rail.set_current(garment.path if garment is not None else "")

    # Stages

    def replace(self, key: str, path: str) -> None:
        """A file dropped on a view: it takes its place, or is what a photo without analysis lacks."""
        view = stages.BY_KEY[key]
        loader = {"person": self.person_in, "garment": self.garment_in}.get(view.stage)
        if loader is not None and view.array == "image":
            self.open(view.stage, [path])
        elif loader is not None and view.array in loader.lacking:
            loader.supply(view.array, path)
        else:
            text = self.tr("Replace {name}").format(name=Path(path).name)
            self.jobs.submit(
                ReadStage(key, path),
                on_done=lambda arrays: self.document.edit(key, arrays, text),
                on_failed=self.failed.emit,
            )

    # Results

    @property
    def has_result(self) -> bool:
        """Whether the document's picture is finished."""
        return self.document.result is not None

    def picture(self) -> Array8 | None:
        """The picture to show: the finished one, else the draft or the one from the history."""
        found = self.document.result or self.document.draft
        return None if found is None else found["image"]

    @property
    def draft_for(self) -> tuple[int, int] | None:
        """(height, width) of the picture that a quick draft, if one is shown, stands for."""
        draft = None if self.has_result else self.document.draft
        return self.document.options.size if draft is not None and "layers" in draft else None

    def title_of(self, path: str) -> str:
        """A sample's title in English, the name of any other file."""
        return next((one.name for one in self.samples if one.path == path), Path(path).stem)

    @property
    def shown_entry(self) -> Entry | None:
        """The shown picture's entry in the history; None where it is not kept there."""
        return self.results.shown(self.tryons.running)

    def run(self) -> None:
        """Try on."""
        self.tryons.run()

    def try_on_with(self, pack: str, done: Callable[[Array8 | None, Fault | None], None]) -> Job | None:
        """The document's picture with another pack, without changing the document."""
        found = self.engine.find_pack(pack)
        return self.tryons.with_pack(found.folder if found is not None else pack, done)

    def metadata(self) -> dict[str, str]:
        """What is embedded into a saved picture, so that it can be made again."""
        person, garment = self.document.person, self.document.garment
        info = self.pack_info
        return {
            "Software": f"{NAME} {self.engine.vocabulary.version}",
            "weights": f"{info.name} {info.version}" if info is not None else "",
            "licence": info.licence if info is not None else "",
            "seed": str(self.document.seed),
            "precision": self.settings.precision,
            "person": Path(person.path).name if person is not None else "",
            "garment": Path(garment.path).name if garment is not None else "",
            "edited": ", ".join(self.document.state.edits),
        }

    def save(self, path: str) -> None:
        """Write the picture as PNG, JPEG or WebP."""
        picture = self.picture()
        if picture is not None:
            self._write(SavePicture(path, picture, self.metadata(), self.settings.quality))

    def save_picture(self, path: str, picture: Array8) -> None:
        """Write any picture, such as a stage."""
        self._write(SavePicture(path, picture, self.metadata()))

    def export(self, folder: str) -> None:
        """Write every stage into a folder."""
        state, metadata = self.document.state, self.metadata()

        def write(made: Mapping[str, Arrays]) -> None:
            values = {**made, "person": state.person_data(), "garment": state.garment_data()}
            self._write(Export(folder, values, metadata))

        if self.has_result and self.pack_info is not None:
            self.tryons.complete(self.pack_info.try_on, write)

    def place_back(self, path: str) -> None:
        """Lay the picture into the original photo at its own size, and write that."""
        person, made = self.document.person, self.document.result
        if person is not None and made is not None:
            parts = made["layers"], made["changed"]
            turn = person.files.get("turn", "")
            self._write(PlaceBack(path, person.path, person.frame_box, *parts, self.metadata(), turn))

    def forget(self, keys: Sequence[str]) -> None:
        """Delete entries of the history; Undo brings them back."""
        there = [key for key in keys if self.history.find(key) is not None]
        if there:
            self.document.undo.push(Deletion(self.history, there, self.tr("Delete from the history")))
            self.told.emit(self.tr("Deleted from the history. Undo brings it back."))

    def _write(self, task: FileTask[str, None]) -> None:
        self.jobs.submit(task, on_done=self.saved.emit, on_failed=self.failed.emit)

    def _on_idle(self) -> None:
        if self.settings.precompute:
            self._ahead.go_on()

    def _on_finished(self, job: Job | None) -> None:
        if self.settings.remember:
            self.results.remember(self.pack, self.metadata())
        garment = self.document.garment
        if garment is not None:
            self.rail.mark(garment.path, "ready")
        self.finished.emit(job is not None)

    def move_to(self, place: ProjectFolder, *, along: bool = False) -> None:
        """Another project's history and batch from now on. along: the batch becomes that project's."""
        self.results.move_to(place)
        self.batch.move_to(place, along=along)

    def empty(self) -> None:
        """Nothing is open, and there is nothing to undo."""
        self.tryons.cancel()
        for kind in ("person", "garment"):
            self._loader(kind).clear()
            self.rail_of(kind).clear()
        self.document.clear()

    # Settings and everything

    def _on_setting(self, name: str) -> None:
        if name == "pack":
            self.reload_packs()
        elif name in ("precision", "keep_original"):
            self.document.set_options(replace(self.document.options, **{name: getattr(self.settings, name)}))
            self._load_pack()
        elif name == "device":
            self._load_pack()
        elif name == "cache_mb":
            self.document.cache.limit = self.settings.cache_mb << 20
        elif name == "threads":
            self.jobs.threads = self.settings.threads
            self.engine.restart()

    def recent(self, kind: str) -> list[str]:
        """Photos that were opened lately and still exist, newest first."""
        return [path for path in self.settings.texts(f"recent/{kind}") if Path(path).is_file()]

    def _note_recent(self, kind: str, path: str) -> None:
        if any(path == sample.path for sample in self.samples):
            return
        others = [one for one in self.settings.texts(f"recent/{kind}") if one != path]
        self.settings.set_texts(f"recent/{kind}", [path, *others][:_RECENT])
        self.recent_changed.emit()

    def delete_everything(self) -> None:
        """Forget every photo and result: history, pasted pictures, recent files, what is in memory."""
        self.forgetting.emit()
        self.empty()
        for kind in ("person", "garment"):
            self.settings.set_texts(f"recent/{kind}", [])
        self.document.cache.clear()
        self.history.clear()
        self.batch.clear()
        self.results.clear()
        places.delete_pictures()
        self.recent_changed.emit()


def _turn_of(photo: PersonPhoto) -> dict[str, str]:
    """What of a photo's files stays true whoever in it is meant."""
    return {name: value for name, value in photo.files.items() if name == "turn"}
