"""Every kind of damage is found, named, and told apart from the others."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.data.check import check_dataset
from engine.data.report import Kind, Severity, read_report
from engine.errors import Aborted, TryOnError
from tests.engine.data.test_layout import _unpacked
from tests.rendered import write_labels, write_rendered_dataset

BAD = "00002_00"
Damage = Callable[[Path], object]


def _labels(base: Path) -> np.ndarray:
    return np.array(Image.open(base / f"image-parse/{BAD}.png"))


def _relabel(old: tuple[int, ...], new: int) -> Damage:
    def damage(base: Path) -> None:
        labels = _labels(base)
        labels[np.isin(labels, old)] = new
        write_labels(base / f"image-parse/{BAD}.png", labels)

    return damage


def _mask(change: Callable[[np.ndarray], np.ndarray]) -> Damage:
    def damage(base: Path) -> None:
        path = base / f"cloth-mask/{BAD}.png"
        Image.fromarray(change(np.array(Image.open(path))).astype(np.uint8)).save(path)

    return damage


def _pose(change: Callable[[np.ndarray], None]) -> Damage:
    def damage(base: Path) -> None:
        path = base / f"openpose-json/{BAD}_keypoints.json"
        data = json.loads(path.read_text())
        points = np.array(data["people"][0]["pose_keypoints_2d"]).reshape(-1, 3)
        change(points)
        data["people"][0]["pose_keypoints_2d"] = points.reshape(-1).tolist()
        path.write_text(json.dumps(data))

    return damage


def _zero(*joints: int) -> Callable[[np.ndarray], None]:
    def change(points: np.ndarray) -> None:
        points[list(joints)] = 0

    return change


def _shift(points: np.ndarray) -> None:
    points[points[:, 2] > 0, 0] += 70


def _swap_arms(points: np.ndarray) -> None:
    points[[2, 3, 4, 5, 6, 7]] = points[[5, 6, 7, 2, 3, 4]]


def _delete(file: str) -> Damage:
    return lambda base: (base / file).unlink()


def _write(file: str, data: bytes) -> Damage:
    return lambda base: (base / file).write_bytes(data)


def _truncate(file: str) -> Damage:
    return lambda base: (base / file).write_bytes((base / file).read_bytes()[:900])


def _resize(file: str, size: tuple[int, int]) -> Damage:
    def damage(base: Path) -> None:
        Image.open(base / file).resize(size, Image.Resampling.NEAREST).save(base / file)

    return damage


def _tatter(mask: np.ndarray) -> np.ndarray:
    mask = mask.copy()
    mask[::5] = 0
    return mask


def _cut(mask: np.ndarray) -> np.ndarray:
    mask = mask.copy()
    mask[:, mask.shape[1] // 2 :] = 0
    return mask


def _bleach(base: Path) -> None:
    path = base / f"cloth/{BAD}.jpg"
    picture, mask = np.array(Image.open(path)), np.array(Image.open(base / f"cloth-mask/{BAD}.png"))
    mean = picture[mask > 0].mean(0)
    picture[mask > 0] = np.where(mean > 128, mean - 100, mean + 100)
    Image.fromarray(picture).save(path, quality=95)


def _skirt_as_dress(base: Path) -> None:
    """The lower half of the top becomes 'dress', in another colour."""
    labels, path = _labels(base), base / f"image/{BAD}.jpg"
    picture = np.array(Image.open(path))
    low = (labels == 5) & (np.arange(len(labels))[:, None] > np.nonzero(labels == 5)[0].mean())
    labels[low] = 6
    picture[low] = 255 - picture[labels == 5].mean(0)
    write_labels(base / f"image-parse/{BAD}.png", labels)
    Image.fromarray(picture).save(path, quality=95)


def _neck(base: Path) -> None:
    labels = _labels(base)
    rows, columns = np.nonzero(labels == 5)
    comb = (rows % 4 == 0) & (rows < rows.mean())
    labels[rows[comb], columns[comb]] = 10
    write_labels(base / f"image-parse/{BAD}.png", labels)


def _hole(base: Path) -> None:
    labels = _labels(base)
    rows, columns = np.nonzero(labels == 5)
    middle = (abs(rows - rows.mean()) < 15) & (abs(columns - columns.mean()) < 10)
    labels[rows[middle], columns[middle]] = 0
    write_labels(base / f"image-parse/{BAD}.png", labels)


IMAGE, CLOTH, MASK, PARSE = (f"{folder}/{BAD}.{end}" for folder, end in (
    ("image", "jpg"), ("cloth", "jpg"), ("cloth-mask", "png"), ("image-parse", "png")
))  # fmt: skip
POSE = f"openpose-json/{BAD}_keypoints.json"
DAMAGES: dict[str, tuple[Damage, Kind, str, Severity]] = {
    "person gone": (_delete(IMAGE), Kind.PAIR, IMAGE, Severity.ERROR),
    "garment gone": (_delete(CLOTH), Kind.PAIR, CLOTH, Severity.ERROR),
    "mask gone": (_delete(MASK), Kind.MISSING, MASK, Severity.ERROR),
    "parse gone": (_delete(PARSE), Kind.MISSING, PARSE, Severity.ERROR),
    "pose gone": (_delete(POSE), Kind.MISSING, POSE, Severity.ERROR),
    "person truncated": (_truncate(IMAGE), Kind.UNREADABLE, IMAGE, Severity.ERROR),
    "garment is text": (_write(CLOTH, b"hello"), Kind.UNREADABLE, CLOTH, Severity.ERROR),
    "mask is empty file": (_write(MASK, b""), Kind.UNREADABLE, MASK, Severity.ERROR),
    "parse truncated": (_truncate(PARSE), Kind.UNREADABLE, PARSE, Severity.ERROR),
    "person is square": (_resize(IMAGE, (128, 128)), Kind.SHAPE, IMAGE, Severity.ERROR),
    "parse is square": (_resize(PARSE, (96, 96)), Kind.SHAPE, PARSE, Severity.ERROR),
    "parse is larger": (_resize(PARSE, (192, 256)), Kind.SIZES, PARSE, Severity.WARNING),
    "mask is smaller": (_resize(MASK, (72, 96)), Kind.SIZES, MASK, Severity.WARNING),
    "label 20": (_relabel((13,), 20), Kind.LABELS, PARSE, Severity.ERROR),
    "nobody": (_relabel(tuple(range(1, 20)), 0), Kind.NO_PERSON, PARSE, Severity.ERROR),
    "no top": (_relabel((5,), 9), Kind.NO_TOP, PARSE, Severity.ERROR),
    "hole in the top": (_hole, Kind.TOP_HOLES, PARSE, Severity.WARNING),
    "skirt as dress": (_skirt_as_dress, Kind.TOP_MIXED, PARSE, Severity.WARNING),
    "neck in tatters": (_neck, Kind.NECK, PARSE, Severity.WARNING),
    "mask empty": (_mask(np.zeros_like), Kind.MASK_EMPTY, MASK, Severity.ERROR),
    "mask nearly empty": (
        _mask(lambda mask: np.eye(*mask.shape) * 255 * (mask > 0) * (mask.cumsum().reshape(mask.shape) < 9999)),
        Kind.MASK_EMPTY,
        MASK,
        Severity.ERROR,
    ),
    "mask full": (_mask(lambda mask: np.full_like(mask, 255)), Kind.MASK_FULL, MASK, Severity.ERROR),
    "mask inverted": (_mask(lambda mask: 255 - mask), Kind.MASK_INVERTED, MASK, Severity.ERROR),
    "mask frayed": (_mask(_tatter), Kind.MASK_RAGGED, MASK, Severity.WARNING),
    "half a mask": (_mask(_cut), Kind.MASK_RAGGED, MASK, Severity.WARNING),
    "another colour": (_bleach, Kind.COLOURS, CLOTH, Severity.WARNING),
    "pose is no JSON": (_write(POSE, b"{"), Kind.POSE, POSE, Severity.ERROR),
    "pose of nobody": (_write(POSE, b'{"people": []}'), Kind.POSE, POSE, Severity.ERROR),
    "no shoulders, no neck": (_pose(_zero(1, 2, 5)), Kind.POSE, POSE, Severity.ERROR),
    "one shoulder": (_pose(_zero(5)), Kind.POSE_GAPS, POSE, Severity.WARNING),
    "no hips": (_pose(_zero(8, 9, 12)), Kind.POSE_GAPS, POSE, Severity.WARNING),
    "pose of another photo": (_pose(_shift), Kind.POSE_OUTSIDE, POSE, Severity.ERROR),
    "arms swapped": (_pose(_swap_arms), Kind.POSE_PARSE, PARSE, Severity.WARNING),
}


def test_a_sound_data_set_has_nothing_to_report(drawn: Path) -> None:
    report = check_dataset(drawn)
    assert report.problems == ()
    assert report.fine
    assert report.samples == len(report.usable) == len(report.clean) == 6


def test_drawn_people_of_many_kinds_are_all_sound(tmp_path: Path) -> None:
    report = check_dataset(write_rendered_dataset(tmp_path, 40, (128, 96), first=100))
    assert [problem.sentence for problem in report.problems] == []


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_named(copy: Path, name: str) -> None:
    damage, kind, file, severity = DAMAGES[name]
    damage(copy / "train")
    report = check_dataset(copy)
    found = [problem for problem in report.problems if problem.severity is not Severity.NOTE]
    assert (kind, severity) in [(problem.kind, problem.severity) for problem in found]
    problem = next(problem for problem in found if problem.kind is kind)
    assert problem.name == BAD
    assert problem.file == str(copy / "train" / file)
    assert Path(file).name in problem.sentence
    assert ";" in problem.sentence, "what is wrong; what to do"
    assert {one.name for one in found} == {BAD}, "the other samples are still fine"
    assert not report.fine
    assert (BAD in report.usable) == (severity is Severity.WARNING)
    assert BAD not in report.clean
    assert len(report.clean) == 5


def test_the_same_picture_under_another_name_is_found(copy: Path) -> None:
    shutil.copy(copy / "train/image/00001_00.jpg", copy / "train/image/00004_00.jpg")
    report = check_dataset(copy)
    twins = [problem for problem in report.problems if problem.kind is Kind.TWINS]
    assert [problem.name for problem in twins] == ["00004_00"]
    assert "00001_00" in twins[0].sentence
    assert "00001_00" in report.clean
    assert "00004_00" not in report.clean


def test_a_pair_listed_twice_is_found(copy: Path) -> None:
    with (copy / "train_pairs.txt").open("a") as file:
        file.write("00001_00.jpg 00001_00.jpg\n")
    report = check_dataset(copy)
    assert [problem.kind for problem in report.problems] == [Kind.LISTED_TWICE]
    assert "train_pairs.txt" in report.problems[0].sentence
    assert len(report.usable) == 6


def test_pairs_that_name_missing_pictures_are_found(copy: Path) -> None:
    with (copy / "train_pairs.txt").open("a") as file:
        file.write("00001_00.jpg nowhere.jpg\n")
    kinds = {problem.kind for problem in check_dataset(copy).problems}
    assert kinds == {Kind.PAIR, Kind.MISSING}


def test_files_without_a_pair_are_only_noted(copy: Path) -> None:
    (copy / "train_pairs.txt").write_text("".join(f"0000{n}_00.jpg 0000{n}_00.jpg\n" for n in range(5)))
    report = check_dataset(copy)
    assert report.fine
    assert [(problem.kind, problem.severity) for problem in report.problems] == [(Kind.ORPHAN, Severity.NOTE)] * 5


def test_another_garment_may_have_another_colour(copy: Path) -> None:
    (copy / "train_pairs.txt").write_text("00000_00.jpg 00001_00.jpg\n00001_00.jpg 00000_00.jpg\n")
    assert check_dataset(copy).fine


def test_limit_progress_and_abort(drawn: Path) -> None:
    shares: list[float] = []
    assert check_dataset(drawn, limit=3, progress=lambda stage, share: shares.append(share)).samples == 3
    assert shares[-1] == 1
    with pytest.raises(Aborted):
        check_dataset(drawn, abort=lambda: True)


def test_no_data_set_at_all_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="image is missing"):
        check_dataset(tmp_path)


def test_report_survives_a_file(copy: Path, tmp_path: Path) -> None:
    DAMAGES["mask inverted"][0](copy / "train")
    report = check_dataset(copy)
    report.write(tmp_path / "report.json")
    assert read_report(tmp_path / "report.json") == report


def test_command_tells_exit_codes_apart(copy: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["data", "check", str(copy)]).exit_code == 0
    DAMAGES["mask inverted"][0](copy / "train")
    result = runner.invoke(app, ["data", "check", str(copy), "--json", str(tmp_path / "report.json")])
    assert result.exit_code == 1
    assert "inverted mask" in result.output
    assert f"{BAD}.png" in result.output
    assert len(read_report(tmp_path / "report.json").problems) == 1
    assert runner.invoke(app, ["data", "check"]).exit_code == 2


def _mostly_clean(root: Path, count: int) -> None:
    report = check_dataset(root)
    assert report.samples == len(report.usable) == count
    assert len(report.clean) >= count * 0.8


def test_real_pairs_are_mostly_clean(shared_data: Path, tmp_path: Path) -> None:
    _mostly_clean(_unpacked(shared_data, tmp_path, 40), 40)


def test_rendered_pairs_are_mostly_clean(tmp_path: Path) -> None:
    _mostly_clean(write_rendered_dataset(tmp_path, 10, (256, 192), bodies="coco18"), 10)
