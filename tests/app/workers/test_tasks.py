"""The tasks of the engine's process, called directly: stages given and computed, drafts, files, guesses."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.arrays import FULL_SIZE
from engine.cli import app
from engine.errors import Aborted, TryOnError
from engine.imaging.images import read_photo, save_picture
from engine.labels import Lip, Seg
from engine.messages import fault
from tests.engine.analysis.painted import PaintedEstimator, painted_person
from tests.packs import narrow_pack
from tests.rendered import rendered_pair, write_rendered_dataset
from tryon_app.workers import inputs, outputs, packs, requests, tasks, tryon
from tryon_app.workers.answers import GarmentPhoto, Lacking, PersonPhoto
from tryon_app.workers.child import TaskQueue, answer
from tryon_app.workers.context import TaskContext
from tryon_app.workers.loaded import Loaded
from tryon_app.workers.messages import Cancelled, Done, Event, Failed, Part, Progress, Request
from tryon_app.workers.requests import (
    AnalyseGarment,
    AnalysePerson,
    FileTask,
    Guess,
    KeepBytes,
    ListPacks,
    Networks,
    PlaceBack,
    ReadGarment,
    ReadPerson,
    ReadStage,
    ReadVocabulary,
    Remember,
    Task,
    Thumbnails,
    TryOn,
)


class Call(TaskContext):
    """A request whose events are noted."""

    def __init__(self) -> None:
        self.said: list[Event] = []
        super().__init__(self.said.append, 1)

    def parts(self) -> dict[str, Any]:
        return {event.name: event.data for event in self.said if isinstance(event, Part)}


@dataclass(frozen=True)
class Echo(Task[int, None]):
    n: int = 5


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("data"), 2, (512, 384)) / "train"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded()


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    return Networks(str(narrow_pack(tmp_path_factory.mktemp("pack") / "tiny", "tiny").folder), "cpu")


def person_in(path: Path) -> PersonPhoto:
    found = inputs.read_person(ReadPerson(str(path)), Call())
    assert isinstance(found, PersonPhoto)
    return found


def garment_in(path: Path) -> GarmentPhoto:
    found = inputs.read_garment(ReadGarment(str(path)), Call())
    assert isinstance(found, GarmentPhoto)
    return found


def asked_of(data: Path, networks: Networks) -> TryOn:
    person, garment = person_in(data / "image" / "00000_00.jpg"), garment_in(data / "cloth" / "00001_00.jpg")
    return TryOn(networks, person.data, garment.data)


@pytest.fixture(scope="module")
def asked(data: Path, networks: Networks) -> TryOn:
    return asked_of(data, networks)


def test_networks_that_two_threads_want_at_once_are_loaded_once(networks: Networks) -> None:
    loaded = Loaded()
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda _: loaded.pipeline(networks, Call()), range(2))
    assert one is other
    stopped = Call()
    stopped.stop()
    with loaded._turn("pipeline", Call()), pytest.raises(Aborted), ThreadPoolExecutor(1) as threads:
        threads.submit(loaded.pipeline, networks, stopped).result()


def test_window_and_command_line_make_the_same_picture(loaded: Loaded, networks: Networks, tmp_path: Path) -> None:
    """At a seed that is not the default one, and from the same files."""
    data = write_rendered_dataset(tmp_path, 2, (1024, 768)) / "train"
    asked = replace(asked_of(data, networks), seed=9, draft=True)
    shown = tryon.try_on(asked, Call(), loaded).image
    files = {
        "person": data / "image" / "00000_00.jpg",
        "pose": data / "openpose-json" / "00000_00_keypoints.json",
        "parse": data / "image-parse" / "00000_00.png",
        "garment": data / "cloth" / "00001_00.jpg",
        "mask": data / "cloth-mask" / "00001_00.png",
    }
    given = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    out = tmp_path / "out.png"
    done = CliRunner().invoke(
        app, ["run", *given, "--weights", networks.pack, "--device", "cpu", "--seed", "9", "-o", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert np.array_equal(read_photo(out), shown)


def test_a_try_on_hands_over_every_stage(asked: TryOn, loaded: Loaded) -> None:
    call = Call()
    result = tryon.try_on(asked, call, loaded)
    made = call.parts()
    assert list(made) == ["agnostic", "coat", "segmentation", "warp", "misalignment", "generation"]
    assert result.image.shape == (512, 384, 3)
    assert list(result.timings) == ["agnostic", "segmentation", "warp", "generation"]
    shares = [event.share for event in call.said if isinstance(event, Progress)]
    assert shares == sorted(shares)
    given = {name: made[name] for name in ("agnostic", "coat", "segmentation", "warp")}
    again = Call()
    assert np.array_equal(tryon.try_on(replace(asked, given=given), again, loaded).image, result.image)
    assert list(again.parts()) == ["misalignment", "generation"]


def test_the_result_is_that_of_the_pipeline(asked: TryOn, loaded: Loaded) -> None:
    from engine.tryon.pipeline import load_pipeline

    result = tryon.try_on(asked, Call(), loaded)
    person, garment = tryon.person_of(asked.person), tryon.garment_of(asked.garment)
    expected = load_pipeline(asked.networks.pack, "cpu").run(person, garment, seed=0)
    assert np.array_equal(result.image, expected.image)


def test_a_draft_comes_first_and_changes_nothing(asked: TryOn, loaded: Loaded) -> None:
    large, call = replace(asked, size=(1024, 768)), Call()
    result = tryon.try_on(replace(large, draft=True), call, loaded)
    made = call.parts()
    assert list(made) == ["agnostic", "coat", "segmentation", "warp", "draft", "misalignment", "generation"]
    assert made["draft"]["image"].shape == (512, 384, 3)
    given = {name: made[name] for name in ("agnostic", "coat", "segmentation", "warp")}
    assert np.array_equal(result.image, tryon.try_on(replace(large, given=given), Call(), loaded).image)
    small = Call()
    tryon.try_on(replace(asked, draft=True, size=(512, 384)), small, loaded)
    assert "draft" not in small.parts(), "a small picture needs no smaller one"


def test_control_points_alone_are_enough(asked: TryOn, loaded: Loaded) -> None:
    first, second = Call(), Call()
    tryon.try_on(asked, first, loaded)
    points = first.parts()["warp"]["points"] + 0.05
    tryon.try_on(replace(asked, given={"warp": {"points": points}}), second, loaded)
    assert np.allclose(second.parts()["warp"]["points"], points)


def test_a_stopped_call_raises_between_layers(asked: TryOn, loaded: Loaded) -> None:
    call = Call()
    call.stop()
    with pytest.raises(Aborted):
        tryon.try_on(asked, call, loaded)


def test_what_a_task_raises_becomes_an_event() -> None:
    def refuse(_: Echo, __: TaskContext) -> None:
        raise TryOnError("text", text="the file is empty")

    assert answer(Call(), Echo(), refuse) == Failed(1, fault("text", text="the file is empty"))
    failed = answer(Call(), Echo(), lambda *_: 1 // 0)
    assert isinstance(failed, Failed)
    assert "ZeroDivisionError" in str(failed.fault)
    assert "Traceback" in failed.details

    def exhaust(_: Echo, __: TaskContext) -> None:
        raise MemoryError

    exhausted = answer(Call(), Echo(), exhaust)
    assert isinstance(exhausted, Failed)
    assert "not enough memory" in str(exhausted.fault)
    assert answer(Call(), Echo(), lambda asked, _: asked.n) == Done(1, 5)
    stopped = Call()
    stopped.stop()
    assert answer(stopped, Echo(), lambda asked, _: asked.n) == Cancelled(1)


def test_a_lane_works_in_order_and_leaves_out_what_was_cancelled() -> None:
    said: list[Event] = []
    lane = TaskQueue(said.append, {Echo: lambda asked, _: asked.n})
    for number in (1, 2, 3):
        lane.put(Request(number, Echo(number)))
    lane.cancel(2)
    lane.cancel(99)
    lane.close()
    lane.work()
    assert said == [Done(1, 1), Cancelled(2), Done(3, 3)]


def test_photos_without_anything_beside_them_need_analysis(tmp_path: Path, data: Path) -> None:
    alone = tmp_path / "alone.jpg"
    alone.write_bytes((data / "image" / "00000_00.jpg").read_bytes())
    call = Call()
    assert inputs.read_person(ReadPerson(str(alone)), call) == Lacking(("pose", "parse"))
    assert call.parts()["preview"].photo_size == (512, 384)
    assert inputs.read_garment(ReadGarment(str(alone)), Call()) == Lacking(("mask",))


def test_a_cut_out_garment_is_its_own_mask(tmp_path: Path) -> None:
    pair = rendered_pair(3, (256, 192))
    path = tmp_path / "cut.png"
    Image.fromarray(np.dstack([pair.cloth, pair.cloth_mask])).save(path)
    mask = garment_in(path).data["mask"]
    assert 0 < (mask == 255).mean() < 1


def test_a_faint_picture_is_no_mask(tmp_path: Path) -> None:
    """An alpha channel that never reaches half would leave nothing; such a picture is looked at as any other."""
    picture = Image.new("RGBA", (300, 400), (200, 20, 20, 10))
    picture.paste((200, 20, 20, 120), (50, 50, 250, 350))
    picture.save(tmp_path / "faint.png")
    assert isinstance(inputs.read_garment(ReadGarment(str(tmp_path / "faint.png")), Call()), Lacking)


def test_the_same_content_has_the_same_key(tmp_path: Path, data: Path) -> None:
    one, two = (person_in(data / "image" / f"0000{n}_00.jpg").key for n in (0, 1))
    assert one != two
    assert person_in(data / "image" / "00000_00.jpg").key == one


@pytest.mark.parametrize("seed", [1, 5, 8, 13])
def test_guesses(tmp_path: Path, seed: int) -> None:
    pair = rendered_pair(seed, (512, 384))
    for kind, picture in (("garment", pair.cloth), ("person", pair.image)):
        path = tmp_path / f"{kind}.png"
        Image.fromarray(picture).save(path)
        assert inputs.guess(Guess((str(path),)), Call()) == {str(path): kind}
    missing = str(tmp_path / "cloth" / "missing.jpg")
    assert inputs.guess(Guess((missing,)), Call()) == {missing: "garment"}


def test_stage_files(tmp_path: Path, data: Path) -> None:
    points = tmp_path / "points.json"
    points.write_text(json.dumps(np.zeros((25, 2)).tolist()))
    read = {
        "pose": data / "openpose-json" / "00000_00_keypoints.json",
        "parse": data / "image-parse" / "00000_00.png",
        "agnostic": data / "image" / "00000_00.jpg",
        "garment_mask": data / "cloth-mask" / "00000_00.png",
        "warped": points,
    }
    for stage, path in read.items():
        arrays = inputs.read_stage(ReadStage(stage, str(path)), Call())
        assert all(value is None or isinstance(value, np.ndarray | tuple) for value in arrays.values())
    for stage, path, words in (
        ("warped", data / "image" / "00000_00.jpg", "no transparent part"),
        ("warped", data / "openpose-json" / "00000_00_keypoints.json", "no control points"),
        ("result", data / "image" / "00000_00.jpg", "follows from the others"),
    ):
        with pytest.raises(TryOnError, match=words):
            inputs.read_stage(ReadStage(stage, str(path)), Call())
    wide = tmp_path / "wide.png"
    Image.new("RGB", (400, 100)).save(wide)
    with pytest.raises(TryOnError, match="not 3:4"):
        inputs.read_stage(ReadStage("agnostic", str(wide)), Call())


def test_thumbnails_leave_out_what_cannot_be_read(tmp_path: Path, data: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_text("no")
    good = str(data / "image" / "00000_00.jpg")
    call = Call()
    assert inputs.thumbnails(Thumbnails((good, str(bad)), 200), call) == (good,)
    assert max(call.parts()[good].shape) == 200


def test_a_remembered_result_is_whole_or_not_there(tmp_path: Path) -> None:
    image = rendered_pair(1, (256, 192)).image
    asked = Remember(str(tmp_path / "h" / "one"), image, image, {"key": "one"})
    outputs.remember(asked, Call())
    assert sorted(path.name for path in (tmp_path / "h" / "one").iterdir()) == [
        *("entry.json", "garment.jpg", "result.png", "thumbnail.jpg"),
    ]
    with pytest.raises(TypeError):
        outputs.remember(replace(asked, folder=str(tmp_path / "h" / "two"), entry={"bad": object()}), Call())
    assert [path.name for path in (tmp_path / "h").iterdir()] == ["one"]


def test_pasted_pictures_get_a_file(tmp_path: Path) -> None:
    image = rendered_pair(1, (256, 192)).image
    path = outputs.keep_bytes(KeepBytes(image, str(tmp_path)), Call())
    assert np.array_equal(read_photo(path), image)
    same = outputs.keep_bytes(KeepBytes(Path(path).read_bytes(), str(tmp_path)), Call())
    assert Path(same).read_bytes() == Path(path).read_bytes()


def test_the_words_of_the_engine() -> None:
    words = packs.vocabulary(ReadVocabulary(), Call())
    assert set(words.names) == set(words.colours) == {"lip", "segmentation", "alias"}
    assert all(len(words.names[key]) == len(words.colours[key]) for key in words.names)


def test_packs_are_listed_with_what_is_in_them(tryon_home: Path) -> None:
    narrow_pack(tryon_home / "weights" / "tiny", "tiny")
    (tryon_home / "weights" / "broken").mkdir()
    (tryon_home / "weights" / "broken" / "pack.json").write_text("{")
    listed = packs.list_packs(ListPacks(), Call())
    (tiny,) = (pack for pack in listed.packs if pack.name == "tiny")
    assert tiny.garment == {"lip": Lip.UPPER, "segmentation": Seg.UPPER}
    assert [Path(folder).name for folder in listed.broken] == ["broken"]


def test_every_request_has_its_work() -> None:
    """Those of files in the thread of files, the others where torch is."""
    known = [one for one in vars(requests).values() if isinstance(one, type) and is_dataclass(one)]
    asked = {one for one in known if issubclass(one, Task)}
    assert set(tasks.FILES) == {one for one in asked if issubclass(one, FileTask)}
    assert set(tasks.compute()) == asked - set(tasks.FILES)


CASES = Path(__file__).parents[2] / "data" / "cases" / "garment_photo"


def test_a_garments_photo_is_turned_and_the_other_garment_taken(loaded: Loaded) -> None:
    def found(name: str, **options: Any) -> GarmentPhoto:
        return inputs.analyse_garment(AnalyseGarment(str(CASES / name), Networks(""), **options), Call(), loaded)

    lying, upright = found("g_side.jpg"), found("g_side.jpg", turn="90")
    assert "garment_turned_left" in lying.doubts
    assert "garment_turned_left" not in upright.doubts
    assert upright.files == {"turn": "90"}
    first = found("g_two.jpg")
    other = found("g_two.jpg", box=first.boxes[1])
    assert (first.chosen, other.chosen) == (0, 1)
    assert len({one.key for one in (lying, upright, first, other)}) == 4


class Painted:
    """What is loaded, but with an estimator that reads paintings."""

    def estimator(self, *_: object) -> PaintedEstimator:
        return PaintedEstimator()


def test_a_person_on_their_side_is_turned_and_stays_so(networks: Networks, tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", np.rot90(painted_person(6, (640, 480))).copy())
    call, loaded, asked = Call(), cast(Loaded, Painted()), AnalysePerson(str(tmp_path / "a.png"), networks)
    photo = inputs.analyse_person(asked, call, loaded)
    assert photo.files == {"turn": "90"}
    assert "photo_turned" in photo.doubts
    assert call.parts()["preview"].photo_size == photo.photo_size == (640, 480)
    again = inputs.analyse_person(replace(asked, box=photo.boxes[0], turn="90"), Call(), loaded)
    assert np.array_equal(again.image, photo.image)
    back = inputs.analyse_person(replace(asked, turn="0"), Call(), loaded)
    assert (back.files, back.photo_size, "photo_turned" in back.doubts) == ({"turn": "0"}, (480, 640), False)
    white = np.full((*FULL_SIZE, 3), 255, np.uint8)
    place = PlaceBack(str(tmp_path / "b.png"), photo.path, photo.frame_box, white, white[..., 0], turn="90")
    assert read_photo(outputs.place_back(place, Call())).shape == (640, 480, 3)
