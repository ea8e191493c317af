"""What an evaluation of the analysis measures, with estimators that know the truth, or are wrong in a known way."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.analysis.common.estimators import Estimate
from engine.arrays import Keypoints, Labels, Picture
from engine.data.layout import Record, VitonDataset, read_sample
from engine.data.raw.photos import StreetPhotos
from engine.errors import TryOnError
from engine.evaluation import analysis
from engine.evaluation.analysis_run import AnalysisPlan, evaluate_analysis
from engine.labels import LIP, Lip, mirror
from engine.labels import one_hot as planes_of
from engine.system.progress import ProgressTracker
from engine.weights import write_pack
from tests.engine.data.raw.test_photos import write_street
from tests.packs import filled
from tests.rendered import write_rendered_dataset

Change = Callable[[Labels, Keypoints], tuple[Labels, Keypoints]]


class Knowing:
    """Looks the answer up: the truth of the photo that a picture resembles most, mirrored where that fits better."""

    def __init__(self, records: list[Record], change: Change | None = None) -> None:
        self._known: list[tuple[Picture, Labels, Keypoints]] = []
        for record in records:
            sample = read_sample(record)
            parse, points = (change or _same)(sample.parse, sample.pose.keypoints)
            self._known.append((sample.image, parse, points))
            flipped = np.ascontiguousarray(sample.image[:, ::-1])
            self._known.append((flipped, mirror(parse, LIP), points))

    def estimate(self, picture: Picture) -> Estimate:
        small = cv2.resize(picture, (192, 256), interpolation=cv2.INTER_AREA).astype(float)
        _, parse, points = min(self._known, key=lambda one: float(np.abs(one[0] - small).sum()))
        return Estimate(planes_of(parse, 20), points)


def _same(parse: Labels, points: Keypoints) -> tuple[Labels, Keypoints]:
    return parse, points


def _bare_arms(parse: Labels, points: Keypoints) -> tuple[Labels, Keypoints]:
    """Every top is taken for a left arm, every joint found one picture width away."""
    wrong = points.copy()
    wrong[:, 0] += 192
    return np.where(parse == Lip.UPPER, Lip.LEFT_ARM, parse).astype(np.uint8), wrong


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("pairs"), 10)


@pytest.fixture(scope="module")
def records(root: Path) -> list[Record]:
    return VitonDataset(root, "train", paired=True).records[:4]


def test_truth_scores_one(records: list[Record]) -> None:
    numbers = analysis.studio_people(records, Knowing(records), ProgressTracker()).numbers()
    assert numbers["accuracy"] == numbers["mean IoU"] == numbers["PCK"] == 1
    assert numbers["IoU, left arm"] == numbers["PCK, left wrist"] == 1


def test_errors_count_where_they_are(records: list[Record]) -> None:
    numbers = analysis.studio_people(records, Knowing(records, _bare_arms), ProgressTracker()).numbers()
    assert numbers["IoU, upper"] < 0.5 < numbers["IoU, face"] == 1
    assert numbers["IoU, left arm"] < 0.5
    assert numbers["PCK"] == 0
    assert numbers["accuracy"] < 0.95


def test_mirrored_truth_agrees_and_one_sided_answers_do_not(records: list[Record]) -> None:
    assert analysis.flip_agreement(records, Knowing(records), ProgressTracker()) == 1

    class Stubborn:
        def estimate(self, picture: Picture) -> Estimate:
            parse = np.zeros((256, 192), np.uint8)
            parse[:, :96] = Lip.LEFT_ARM
            return Estimate(planes_of(parse, 20), np.zeros((25, 3), np.float32))

    assert analysis.flip_agreement(records, Stubborn(), ProgressTracker()) == 0


def test_labels_of_coarse_probabilities_fill_the_picture() -> None:
    parse = np.zeros((8, 6), np.uint8)
    parse[4:] = Lip.PANTS
    labels = analysis.labels_of(Estimate(planes_of(parse, 20), np.zeros((25, 3), np.float32)), (64, 48))
    assert labels.shape == (64, 48)
    assert (labels[:28] == 0).all()
    assert (labels[36:] == Lip.PANTS).all()


def test_street_photo_in_which_nobody_is_found_is_all_wrong(tmp_path: Path) -> None:
    photos = StreetPhotos(write_street(tmp_path, 5))

    class Blind:
        def estimate(self, picture: Picture) -> Estimate:
            nothing = np.zeros((32, 24), np.uint8)
            return Estimate(planes_of(nothing, 20), np.zeros((25, 3), np.float32))

    people = analysis.street_people(photos, photos.validation, Blind(), ProgressTracker())
    assert people.failed == photos.validation
    assert people.numbers()["mean IoU"] == people.numbers()["PCK"] == 0


def test_garments_with_a_wrong_reference_are_listed_and_left_out(tmp_path: Path) -> None:
    root = write_rendered_dataset(tmp_path, 3)
    spoiled = sorted((root / "train" / "cloth-mask").iterdir())[1]
    cv2.imwrite(str(spoiled), np.full((256, 192), 255, np.uint8))
    found = analysis.garment_masks(VitonDataset(root, "train", paired=True).records, None, ProgressTracker())
    assert found.dropped == [spoiled.stem]
    assert len(found.iou) == 2
    assert min(found.iou.values()) > 0.9


def test_files_of_an_evaluation(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random networks find nobody in a street, which is a number, not an end; the rest is measured."""
    monkeypatch.setattr("engine.evaluation.analysis_run._seconds", lambda path, estimator: {"seconds": 1.5})
    networks = {kind: filled(kind, {"width": 4}) for kind in ("parser", "garment")}
    write_pack(tmp_path / "pack", "random", networks, "1", "for tests only", [(256, 192)], "random")
    street = write_street(tmp_path / "street", 5)
    plan = AnalysisPlan(data=root, packs=[str(tmp_path / "pack")], street=street, photos=2, held_out=4)
    events: list[dict[str, object]] = []
    torch.set_num_threads(1)
    rows = evaluate_analysis(plan, tmp_path / "out", events.append)
    written = json.loads((tmp_path / "out" / "results.json").read_text())
    assert [row["metric"] for row in written["rows"]] == [row.metric for row in rows]
    assert {"studio: PCK", "street: mean IoU", "flip: agreement", "garment: mask IoU", "time: seconds"} <= {
        row.metric for row in rows
    }
    assert (tmp_path / "out" / "contact.png").exists()
    assert all(0 <= float(str(event["share"])) <= 1 for event in events)


def test_pack_without_a_parser_is_refused(root: Path, tmp_path: Path) -> None:
    write_pack(tmp_path / "p", "g", {"garment": filled("garment", {"width": 4})}, "1", "tests", [(256, 192)], "random")
    plan = AnalysisPlan(data=root, packs=[str(tmp_path / "p")])
    with pytest.raises(TryOnError, match="no person parser"):
        evaluate_analysis(plan, tmp_path / "out", lambda event: None)
