"""The tasks of the engine's process, called directly: stages given and computed, drafts, files, guesses."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import Aborted, TryOnError
from engine.imaging.images import read_photo
from engine.messages import fault
from tests.packs import narrow_pack
from tests.rendered import rendered_pair, write_rendered_dataset
from tryon_app.workers import inputs, outputs, packs, tasks, tryon
from tryon_app.workers.child import TaskContext, TaskQueue, answer
from tryon_app.workers.loaded import Loaded
from tryon_app.workers.messages import Cancelled, Done, Failed, Part, Progress, Request


class Notes:
    """A line to nowhere."""

    def __init__(self) -> None:
        self.said: list[Any] = []

    def say(self, event: Any) -> None:
        self.said.append(event)


def call(**payload: Any) -> TaskContext:
    return TaskContext(Notes(), Request(1, "any", payload))


def said(of: TaskContext) -> list[Any]:
    line: Any = of._line
    return list(line.said)


def parts(of: TaskContext) -> dict[str, Any]:
    return {event.name: event.data for event in said(of) if isinstance(event, Part)}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("data"), 2, (512, 384)) / "train"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded()


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(narrow_pack(tmp_path_factory.mktemp("pack") / "tiny", "tiny").folder)


@pytest.fixture(scope="module")
def pair(data: Path) -> dict[str, Any]:
    person = inputs.read_person(call(path=str(data / "image" / "00000_00.jpg")))
    garment = inputs.read_garment(call(path=str(data / "cloth" / "00001_00.jpg")))
    return {"person": person, "garment": garment}


def test_window_and_command_line_make_the_same_picture(loaded: Loaded, pack: str, tmp_path: Path) -> None:
    """At a seed that is not the default one, and from the same files."""
    data = write_rendered_dataset(tmp_path, 2, (1024, 768)) / "train"
    person = inputs.read_person(call(path=str(data / "image" / "00000_00.jpg")))
    garment = inputs.read_garment(call(path=str(data / "cloth" / "00001_00.jpg")))
    asked = call(pack=pack, device="cpu", seed=9, draft=True, person=person, garment=garment)
    shown = tryon.try_on(asked, loaded)["image"]
    files = {
        "person": data / "image" / "00000_00.jpg",
        "pose": data / "openpose-json" / "00000_00_keypoints.json",
        "parse": data / "image-parse" / "00000_00.png",
        "garment": data / "cloth" / "00001_00.jpg",
        "mask": data / "cloth-mask" / "00001_00.png",
    }
    given = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    out = tmp_path / "out.png"
    done = CliRunner().invoke(app, ["run", *given, "--weights", pack, "--device", "cpu", "--seed", "9", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert np.array_equal(read_photo(out), shown)


def test_a_try_on_hands_over_every_stage(pair: dict[str, Any], loaded: Loaded, pack: str) -> None:
    asked = call(pack=pack, device="cpu", **pair)
    result = tryon.try_on(asked, loaded)
    made = parts(asked)
    assert list(made) == ["agnostic", "segmentation", "warp", "misalignment", "generation"]
    assert result["image"].shape == (512, 384, 3)
    assert list(result["timings"]) == ["agnostic", "segmentation", "warp", "generation"]
    shares = [event.share for event in said(asked) if isinstance(event, Progress)]
    assert shares == sorted(shares)
    given = {name: made[name] for name in ("agnostic", "segmentation", "warp")}
    again = call(pack=pack, device="cpu", given=given, **pair)
    assert np.array_equal(tryon.try_on(again, loaded)["image"], result["image"])
    assert list(parts(again)) == ["misalignment", "generation"]


def test_the_result_is_that_of_the_pipeline(pair: dict[str, Any], loaded: Loaded, pack: str) -> None:
    from engine.tryon.pipeline import load_pipeline

    result = tryon.try_on(call(pack=pack, device="cpu", **pair), loaded)
    person, garment = tryon.person_of(pair["person"]), tryon.garment_of(pair["garment"])
    expected = load_pipeline(pack, "cpu").run(person, garment, seed=0)
    assert np.array_equal(result["image"], expected.image)


def test_a_draft_comes_first_and_changes_nothing(pair: dict[str, Any], loaded: Loaded, pack: str) -> None:
    about = {"pack": pack, "device": "cpu", "size": (1024, 768), **pair}
    asked = call(draft=True, **about)
    result = tryon.try_on(asked, loaded)
    made = parts(asked)
    assert list(made) == ["agnostic", "segmentation", "warp", "draft", "misalignment", "generation"]
    assert made["draft"]["image"].shape == (512, 384, 3)
    given = {name: made[name] for name in ("agnostic", "segmentation", "warp")}
    assert np.array_equal(result["image"], tryon.try_on(call(given=given, **about), loaded)["image"])
    small = call(draft=True, **about | {"size": (512, 384)})
    tryon.try_on(small, loaded)
    assert "draft" not in parts(small), "a small picture needs no smaller one"


def test_control_points_alone_are_enough(pair: dict[str, Any], loaded: Loaded, pack: str) -> None:
    first = call(pack=pack, device="cpu", **pair)
    tryon.try_on(first, loaded)
    points = parts(first)["warp"]["points"] + 0.05
    second = call(pack=pack, device="cpu", given={"warp": {"points": points}}, **pair)
    tryon.try_on(second, loaded)
    assert np.allclose(parts(second)["warp"]["points"], points)


def test_a_stopped_call_raises_between_layers(pair: dict[str, Any], loaded: Loaded, pack: str) -> None:
    asked = call(pack=pack, device="cpu", **pair)
    asked.stop()
    with pytest.raises(Aborted):
        tryon.try_on(asked, loaded)


def test_what_a_task_raises_becomes_an_event() -> None:
    def refuse(_: TaskContext) -> None:
        raise TryOnError("text", text="the file is empty")

    assert answer(call(), refuse) == Failed(1, fault("text", text="the file is empty"))
    failed = answer(call(), lambda _: 1 // 0)
    assert isinstance(failed, Failed)
    assert "ZeroDivisionError" in str(failed.fault)
    assert "Traceback" in failed.details

    def exhaust(_: TaskContext) -> None:
        raise MemoryError

    exhausted = answer(call(), exhaust)
    assert isinstance(exhausted, Failed)
    assert "not enough memory" in str(exhausted.fault)
    assert answer(call(), lambda _: 5) == Done(1, 5)
    stopped = call()
    stopped.stop()
    assert answer(stopped, lambda _: 5) == Cancelled(1)


def test_a_lane_works_in_order_and_leaves_out_what_was_cancelled() -> None:
    line = Notes()
    lane = TaskQueue(line, {"echo": lambda of: of.payload["n"]})
    for number in (1, 2, 3):
        lane.put(Request(number, "echo", {"n": number}))
    lane.cancel(2)
    lane.cancel(99)
    lane.close()
    lane.work()
    assert line.said == [Done(1, 1), Cancelled(2), Done(3, 3)]


def test_photos_without_anything_beside_them_need_analysis(tmp_path: Path, data: Path) -> None:
    alone = tmp_path / "alone.jpg"
    alone.write_bytes((data / "image" / "00000_00.jpg").read_bytes())
    asked = call(path=str(alone))
    assert inputs.read_person(asked)["lacking"] == ["pose", "parse"]
    assert parts(asked)["preview"]["photo_size"] == (512, 384)
    assert inputs.read_garment(call(path=str(alone)))["needs_analysis"]


def test_a_cut_out_garment_is_its_own_mask(tmp_path: Path) -> None:
    pair = rendered_pair(3, (256, 192))
    path = tmp_path / "cut.png"
    Image.fromarray(np.dstack([pair.cloth, pair.cloth_mask])).save(path)
    mask = inputs.read_garment(call(path=str(path)))["mask"]
    assert 0 < (mask == 255).mean() < 1


def test_a_faint_picture_is_no_mask(tmp_path: Path) -> None:
    """An alpha channel that never reaches half would leave nothing; such a picture is looked at as any other."""
    picture = Image.new("RGBA", (300, 400), (200, 20, 20, 10))
    picture.paste((200, 20, 20, 120), (50, 50, 250, 350))
    picture.save(tmp_path / "faint.png")
    assert inputs.read_garment(call(path=str(tmp_path / "faint.png")))["needs_analysis"]


def test_the_same_content_has_the_same_key(tmp_path: Path, data: Path) -> None:
    one, two = (inputs.read_person(call(path=str(data / "image" / f"0000{n}_00.jpg")))["key"] for n in (0, 1))
    assert one != two
    assert inputs.read_person(call(path=str(data / "image" / "00000_00.jpg")))["key"] == one


@pytest.mark.parametrize("seed", [1, 5, 8, 13])
def test_guesses(tmp_path: Path, seed: int) -> None:
    pair = rendered_pair(seed, (512, 384))
    for kind, picture in (("garment", pair.cloth), ("person", pair.image)):
        path = tmp_path / f"{kind}.png"
        Image.fromarray(picture).save(path)
        assert inputs.guess(call(paths=[str(path)]))["kinds"] == {str(path): kind}
    missing = str(tmp_path / "cloth" / "missing.jpg")
    assert inputs.guess(call(paths=[missing]))["kinds"] == {missing: "garment"}


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
        arrays = inputs.read_stage(call(stage=stage, path=str(path)))
        assert all(value is None or isinstance(value, np.ndarray | tuple) for value in arrays.values())
    for stage, path, words in (
        ("warped", data / "image" / "00000_00.jpg", "no transparent part"),
        ("warped", data / "openpose-json" / "00000_00_keypoints.json", "no control points"),
        ("result", data / "image" / "00000_00.jpg", "follows from the others"),
    ):
        with pytest.raises(TryOnError, match=words):
            inputs.read_stage(call(stage=stage, path=str(path)))
    wide = tmp_path / "wide.png"
    Image.new("RGB", (400, 100)).save(wide)
    with pytest.raises(TryOnError, match="not 3:4"):
        inputs.read_stage(call(stage="agnostic", path=str(wide)))


def test_thumbnails_leave_out_what_cannot_be_read(tmp_path: Path, data: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_text("no")
    good = str(data / "image" / "00000_00.jpg")
    asked = call(paths=[good, str(bad)])
    assert inputs.thumbnail(asked) == {"read": (good,)}
    assert max(parts(asked)[good]["image"].shape) == 256


def test_a_remembered_result_is_whole_or_not_there(tmp_path: Path) -> None:
    image = rendered_pair(1, (256, 192)).image
    about = {"folder": str(tmp_path / "h" / "one"), "image": image, "garment": image, "entry": {"key": "one"}}
    outputs.remember(call(**about))
    assert sorted(path.name for path in (tmp_path / "h" / "one").iterdir()) == [
        *("entry.json", "garment.jpg", "result.png", "thumbnail.jpg"),
    ]
    with pytest.raises(TypeError):
        outputs.remember(call(**about | {"folder": str(tmp_path / "h" / "two"), "entry": {"bad": object()}}))
    assert [path.name for path in (tmp_path / "h").iterdir()] == ["one"]


def test_pasted_pictures_get_a_file(tmp_path: Path) -> None:
    image = rendered_pair(1, (256, 192)).image
    path = outputs.keep_bytes(call(data=image, folder=str(tmp_path)))["path"]
    assert np.array_equal(read_photo(path), image)
    same = outputs.keep_bytes(call(data=Path(path).read_bytes(), folder=str(tmp_path), suffix=".png"))["path"]
    assert Path(same).read_bytes() == Path(path).read_bytes()


def test_the_words_of_the_engine() -> None:
    words = packs.vocabulary(call())
    assert set(words["spaces"]) == {"lip", "segmentation", "alias"}
    assert all(len(space["names"]) == len(space["colours"]) for space in words["spaces"].values())


def test_packs_are_listed_with_what_is_in_them(tryon_home: Path) -> None:
    narrow_pack(tryon_home / "weights" / "tiny", "tiny")
    (tryon_home / "weights" / "broken").mkdir()
    (tryon_home / "weights" / "broken" / "pack.json").write_text("{")
    listed = packs.list_packs(call())
    assert "tiny" in [pack["name"] for pack in listed["packs"]]
    assert [Path(folder).name for folder in listed["broken"]] == ["broken"]


def test_every_task_has_a_name_of_its_own() -> None:
    assert not set(tasks.FILES) & set(tasks.compute(0))


CASES = Path(__file__).parents[2] / "data" / "cases" / "garment_photo"


def test_a_garments_photo_is_turned_and_the_other_garment_taken(loaded: Loaded) -> None:
    def found(name: str, **options: Any) -> dict[str, Any]:
        return inputs.analyse_garment(call(path=str(CASES / name), pack="", **options), loaded)

    lying, upright = found("g_side.jpg"), found("g_side.jpg", turn="90")
    assert "garment_turned_left" in lying["doubts"]
    assert "garment_turned_left" not in upright["doubts"]
    first = found("g_two.jpg")
    other = found("g_two.jpg", box=first["boxes"][1])
    assert (first["chosen"], other["chosen"]) == (0, 1)
    assert len({one["key"] for one in (lying, upright, first, other)}) == 4
