"""Photos that somebody has corrected, in a batch: they stand for the whole photo, and a change of one counts."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.batch import corrected
from engine.batch.item import Item, Settings
from engine.batch.maker import Maker
from engine.batch.names import Naming
from engine.batch.plan import Sources
from engine.batch.run import Outcome, run
from engine.errors import TryOnError
from engine.values import COAT_OFF, Coat
from tests.engine.batch.runs import RECIPE, Here, catalogue, task_of
from tests.quick import QuickPipeline
from tests.rendered import RenderedPair, rendered_pair, write_rendered_dataset


@pytest.fixture
def pair() -> RenderedPair:
    return rendered_pair(3, (256, 192))


def keep(folder: Path, pair: RenderedPair, mask: np.ndarray | None = None) -> None:
    keypoints = pair.pose.keypoints
    hands = (None, np.ones((21, 3), np.float32))
    person = {"image": pair.image, "parse": pair.parse, "keypoints": keypoints, "hands": hands, "pose_picture": None}
    corrected.write(folder / "person.npz", person, ("coat",))
    corrected.write(folder / "garment.npz", {"image": pair.cloth, "mask": pair.cloth_mask if mask is None else mask})


def table(folder: Path, person: Path, garment: Path) -> Path:
    row = {"person": str(person), "garment": str(garment), "name": "one"}
    row |= {"person_corrected": "person.npz", "garment_corrected": "garment.npz"}
    path = folder / "pairs.jsonl"
    path.write_text(json.dumps(row) + "\n")
    return path


def test_what_is_written_is_read_again(pair: RenderedPair, tmp_path: Path) -> None:
    keep(tmp_path, pair)
    person, doubts = corrected.read_person(tmp_path / "person.npz")
    assert np.array_equal(person.parse, pair.parse)
    assert np.array_equal(person.pose.keypoints, pair.pose.keypoints)
    assert (person.pose.hands[0], person.pose_picture) == (None, None)
    assert person.pose.hands[1] is not None
    assert [one.code for one in doubts] == ["coat"]
    garment, doubts = corrected.read_garment(tmp_path / "garment.npz")
    assert np.array_equal(garment.mask, pair.cloth_mask)
    assert doubts == ()
    with pytest.raises(TryOnError, match=r"person\.npz"):
        corrected.read_garment(tmp_path / "person.npz")
    (tmp_path / "person.npz").write_bytes(b"x")
    with pytest.raises(TryOnError, match=r"person\.npz"):
        corrected.read_person(tmp_path / "person.npz")


def test_what_is_said_about_sleeves_goes_along(pair: RenderedPair, tmp_path: Path) -> None:
    catalogue(tmp_path / "in", 1, 1)
    keep(tmp_path, pair)
    pairs = table(tmp_path, tmp_path / "in" / "people" / "p00.jpg", tmp_path / "in" / "garments" / "g00.jpg")
    maker = Maker(Settings(), tmp_path / "out", QuickPipeline(), RECIPE, {})
    (item,) = Sources(pairs=pairs).plan(Naming()).items
    assert maker.read(item).job.given == {}
    reach = np.array([1.9, 0.05], np.float32)
    corrected.write(tmp_path / "garment.npz", {"image": pair.cloth, "mask": pair.cloth_mask, "reach": reach})
    assert np.array_equal(maker.read(item).job.given["sleeves"]["reach"], reach)


def test_a_coat_that_was_taken_off_stays_off(pair: RenderedPair, tmp_path: Path) -> None:
    catalogue(tmp_path / "in", 1, 1)
    keep(tmp_path, pair)
    person = {"image": pair.image, "parse": pair.parse, "keypoints": pair.pose.keypoints}
    corrected.write(tmp_path / "person.npz", person | dict(COAT_OFF[Coat.stage]))
    pairs = table(tmp_path, tmp_path / "in" / "people" / "p00.jpg", tmp_path / "in" / "garments" / "g00.jpg")
    (item,) = Sources(pairs=pairs).plan(Naming()).items
    given = Maker(Settings(), tmp_path / "out", QuickPipeline(), RECIPE, {}).read(item).job.given
    assert given.keys() == {"coat"}
    assert not given["coat"]["stays"].any()


def test_a_batch_takes_all_coats_off_but_those_that_somebody_has_put_on(pair: RenderedPair, tmp_path: Path) -> None:
    catalogue(tmp_path / "in", 1, 1)
    keep(tmp_path, pair)
    pairs = table(tmp_path, tmp_path / "in" / "people" / "p00.jpg", tmp_path / "in" / "garments" / "g00.jpg")
    (item,) = Sources(pairs=pairs).plan(Naming()).items
    maker = Maker(Settings(coat=False), tmp_path / "out", QuickPipeline(), RECIPE, {})
    assert not maker.read(item).job.given["coat"]["stays"].any()
    stays = np.full((8, 6), 255, np.uint8)
    person = {"image": pair.image, "parse": pair.parse, "keypoints": pair.pose.keypoints, "stays": stays}
    corrected.write(tmp_path / "person.npz", person)
    assert maker.read(item).job.given["coat"]["stays"].all()


def make(pairs: Path, out: Path) -> Outcome:
    plan = Sources(pairs=pairs).plan(Naming())
    return run(task_of(plan, out), Here(Maker(Settings(), out, QuickPipeline(), RECIPE, {})))


def test_nothing_is_analysed_and_another_correction_makes_another_picture(
    pair: RenderedPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Maker, "_load_photos", lambda _: pytest.fail("it is known already"))
    catalogue(tmp_path / "in", 1, 1)
    keep(tmp_path, pair)
    pairs = table(tmp_path, tmp_path / "in" / "people" / "p00.jpg", tmp_path / "in" / "garments" / "g00.jpg")
    first = make(pairs, tmp_path / "out")
    assert (first.made, first.failed) == (1, 0)
    assert "coat" in first.lines["one"].warnings
    picture = (tmp_path / "out" / "one.png").read_bytes()
    assert make(pairs, tmp_path / "out").made == 0
    keep(tmp_path, pair, np.zeros_like(pair.cloth_mask))
    assert make(pairs, tmp_path / "out").made == 1
    assert (tmp_path / "out" / "one.png").read_bytes() != picture


def test_it_stands_for_what_lies_beside_a_photo_too(tmp_path: Path, pair: RenderedPair) -> None:
    data = write_rendered_dataset(tmp_path / "data", 2) / "train"
    keep(tmp_path, pair)
    pairs = table(tmp_path, data / "image" / "00000_00.jpg", data / "cloth" / "00001_00.jpg")
    item: Item = Sources(pairs=pairs).plan(Naming()).items[0]
    assert not item.is_raw
    job = Maker(Settings(), tmp_path / "out", QuickPipeline(), RECIPE, {}).read(item).job
    assert np.array_equal(job.person.parse, pair.parse)
    assert np.array_equal(job.garment.mask, pair.cloth_mask)
