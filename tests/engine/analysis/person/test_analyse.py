"""Finding, framing and parsing people, on paintings whose truth is known."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.analysis.common.estimators import Estimate
from engine.analysis.person.analyse import AnalysedPerson, analyse, with_parse
from engine.analysis.person.doubts import doubts_of
from engine.arrays import Box
from engine.errors import Aborted, TryOnError
from engine.labels import IGNORE, Lip, Outer
from engine.messages import SENTENCES
from engine.pose.skeleton import Joint
from tests.engine.analysis.painted import PaintedEstimator, painted_person, painting, pasted
from tests.rendered import rendered_pair

SIZE = (512, 384)


def analysed(picture: np.ndarray, **options: object) -> AnalysedPerson:
    return analyse(picture, PaintedEstimator(), size=SIZE, **options)  # type: ignore[arg-type]


def codes(person: AnalysedPerson) -> set[str]:
    return {one.code for one in person.warnings}


@pytest.mark.parametrize("seed", [6, 8, 11])
def test_a_framed_photo_is_taken_as_it_is(seed: int) -> None:
    pair = rendered_pair(seed, SIZE)
    person = analysed(painting(pair.parse, pair.pose))
    assert person.framed.box == (0, 0, 384, 512)
    told = ~np.isin(pair.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))  # arms are painted in no skin's colour
    assert (person.parse == pair.parse)[told].mean() > 0.97  # joints hide a little of it
    found = pair.pose.keypoints[:, 2] > 0
    assert (person.pose.keypoints[found, 2] > 0).sum() >= found.sum() - 2
    both = found & (person.pose.keypoints[:, 2] > 0)
    assert np.abs(person.pose.keypoints[both, :2] - pair.pose.keypoints[both, :2]).max() < 4
    assert person.confidence > 0.8


@pytest.mark.parametrize("size", [(1500, 900), (700, 1600), (2000, 2000)])
def test_a_person_anywhere_is_framed_like_the_data_set(size: tuple[int, int]) -> None:
    photo = pasted((painted_person(11, (640, 480)), (size[1] // 4, size[0] - 640)), size=size)
    person = analysed(photo)
    assert person.size == SIZE
    neck, hip = (person.pose.point(joint)[1] / SIZE[0] for joint in (Joint.NECK, Joint.MID_HIP))
    assert 0.2 < neck < 0.45
    assert 0.65 < hip < 0.92
    assert len(person.boxes) == 1


def test_place_of_the_frame_in_the_photo() -> None:
    """Joints, taken back to the photo, lie where they were painted."""
    pair = rendered_pair(11, (640, 480))
    photo = pasted((painting(pair.parse, pair.pose), (500, 300)), size=(1200, 1600))
    person = analysed(photo)
    for joint in (Joint.NECK, Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER):
        expected = np.add(pair.pose.point(joint), (500, 300))
        assert np.abs(person.framed.to_photo(person.pose.point(joint)) - expected).max() < 4


def two_people() -> np.ndarray:
    return pasted((painted_person(6, (640, 480)), (700, 100)), (painted_person(7), (100, 220)), size=(740, 1300))


def test_of_several_people_the_largest_is_taken() -> None:
    person = analysed(two_people())
    assert person.chosen == 0
    assert len(person.boxes) == 2
    assert person.boxes[0][0] > person.boxes[1][2]  # the larger one stands on the right
    assert "two_people" in codes(person)
    middle = person.framed.to_photo(person.pose.point(Joint.NECK))[0]
    assert person.boxes[0][0] < middle < person.boxes[0][2]


def test_a_box_chooses_another() -> None:
    person = analysed(two_people(), box=(110, 230, 470, 730))
    assert person.chosen == 1
    middle = person.framed.to_photo(person.pose.point(Joint.NECK))[0]
    assert person.boxes[1][0] < middle < person.boxes[1][2]


def test_people_who_touch_are_told_apart_by_their_heads() -> None:
    photo = pasted((painted_person(6), (330, 100)), (painted_person(7), (100, 120)), size=(700, 1200))
    assert len(analysed(photo).boxes) == 2


def test_a_box_around_somebody_overlooked() -> None:
    """Too small to be found by itself; with a box there is a result, and it says how doubtful that is."""
    small = cv2.resize(painted_person(6), (72, 96), interpolation=cv2.INTER_NEAREST)
    photo = pasted((painted_person(8, (1280, 960)), (1000, 20)), (small, (300, 1000)), size=(1300, 2000))
    box: Box = (300, 1000, 372, 1096)
    person = analysed(photo, box=box)
    assert person.boxes[person.chosen] == box
    assert {"two_people", "small_person"} <= codes(person)


def test_a_person_in_a_panorama() -> None:
    person = analysed(pasted((painted_person(8, (256, 192)), (3000, 60)), size=(330, 4000)))
    assert 2990 < person.boxes[0][0] < person.boxes[0][2] < 3200


def test_missing_joints_are_named() -> None:
    pair = rendered_pair(8, SIZE)
    keypoints = pair.pose.keypoints.copy()
    keypoints[[Joint.LEFT_HIP, Joint.RIGHT_HIP, Joint.MID_HIP, Joint.LEFT_SHOULDER]] = 0
    person = analysed(painting(pair.parse, type(pair.pose)(keypoints, SIZE)))
    assert person.estimated >= {Joint.LEFT_HIP, Joint.RIGHT_HIP, Joint.MID_HIP, Joint.LEFT_SHOULDER}
    assert not person.pose.found(Joint.LEFT_HIP)  # it is estimated where it is needed, and not drawn
    assert {"hips_guessed", "shoulders_guessed"} <= codes(person)


def test_a_corrected_parse_is_judged_anew() -> None:
    person = analysed(two_people())
    coat = np.where(person.parse == Lip.UPPER, Lip.COAT, person.parse).astype(np.uint8)
    corrected = with_parse(person, coat)
    assert "coat" in codes(corrected)
    assert "two_people" in codes(corrected)
    assert "coat" not in codes(person)


class _WithOuter(PaintedEstimator):
    """Sees a thing in a quarter of every picture, its lower right one, and coats nowhere."""

    def estimate(self, picture: np.ndarray) -> Estimate:
        found = super().estimate(picture)
        height, width = found.parse_probabilities.shape[1:]
        outer = np.zeros((3, height, width), np.float32)
        outer[Outer.NOTHING], outer[Outer.THING, height // 2 :, width // 2 :] = 0.5, 1.0
        return replace(found, outer=outer / outer.sum(axis=0))


def test_what_is_seen_in_front_has_no_class_and_the_rest_is_as_it_was() -> None:
    pair = rendered_pair(6, SIZE)
    parse = np.where(pair.parse == Lip.UPPER, np.uint8(Lip.COAT), pair.parse)
    seen = analyse(painting(parse, pair.pose), _WithOuter(), size=SIZE)
    plain = analysed(painting(parse, pair.pose))
    quarter = np.zeros(SIZE, np.bool_)
    quarter[SIZE[0] // 2 :, SIZE[1] // 2 :] = True
    others = np.isin(plain.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM, Lip.COAT))  # a rim of cloth's colours is cloth
    assert (seen.parse[quarter & ~others] == IGNORE).mean() > 0.94, "but for its edge"
    assert (seen.parse[quarter & (plain.parse == Lip.COAT)] == Lip.UPPER).mean() > 0.5
    assert np.array_equal(seen.parse == Lip.LEFT_ARM, plain.parse == Lip.LEFT_ARM), "hands hold things"
    assert (seen.parse[~quarter] != IGNORE).mean() > 0.97
    worn = (plain.parse == Lip.COAT) & ~quarter
    assert worn.any()
    assert (seen.parse[worn] == Lip.UPPER).mean() > 0.97, "where no coat is seen there is none"
    assert np.array_equal(seen.parse == Lip.FACE, plain.parse == Lip.FACE)


def test_an_unsure_analysis_is_told() -> None:
    surest = analysed(painted_person(8))
    unsure = analyse(painted_person(8), PaintedEstimator(confidence=0.31), size=SIZE)
    assert unsure.confidence < 0.8 * surest.confidence
    for confidence, warned in ((0.5, True), (0.7, False)):
        assert ("low_confidence" in {one.code for one in doubts_of(surest, confidence)}) is warned


def test_unsure_shoulders_are_those_of_a_person_who_has_a_face() -> None:
    unsure = PaintedEstimator(confidence=0.15)
    assert analyse(painted_person(8), unsure, size=SIZE).confidence < 0.35
    pair = rendered_pair(8, SIZE)
    heads = (Lip.FACE, Lip.HAIR, Lip.NECK)
    headless = painting(np.where(np.isin(pair.parse, heads), Lip.BACKGROUND, pair.parse).astype(np.uint8), pair.pose)
    with pytest.raises(TryOnError, match=SENTENCES["photo.nobody"]):
        analyse(headless, unsure, size=SIZE)


def drawing() -> np.ndarray:
    """A stick figure in colours that belong to no class but the background."""
    photo = np.zeros((400, 300, 3), dtype=np.uint8)
    cv2.circle(photo, (150, 80), 40, (40, 20, 20), 3)
    cv2.line(photo, (150, 120), (150, 250), (40, 20, 20), 3)
    return photo


@pytest.mark.parametrize(
    ("photo", "sentence"),
    [
        (drawing(), SENTENCES["photo.nobody"]),
        (np.zeros((500, 400, 3), np.uint8), "it is of one colour"),
        (np.full((64, 64, 3), 255, np.uint8), "it is of one colour"),
        (painted_person(9)[::-1, ::-1].copy(), "upside down"),
        (painting(np.full((400, 300), Lip.PANTS, np.uint8), rendered_pair(0).pose)[300:], SENTENCES["photo.nobody"]),
    ],
    ids=["stick figure", "black", "white", "upside down", "trousers"],
)
def test_what_shows_no_person_gets_a_sentence(photo: np.ndarray, sentence: str) -> None:
    with pytest.raises(TryOnError, match=sentence):
        analysed(photo)


def test_a_tiny_photo_is_done_with_a_warning() -> None:
    tiny = cv2.resize(painted_person(8), (64, 85), interpolation=cv2.INTER_NEAREST)
    assert "small_person" in codes(analysed(tiny))


def test_progress_and_abort() -> None:
    seen: list[tuple[str, float]] = []
    analysed(painted_person(8), progress=lambda stage, share: seen.append((stage, share)))
    assert [stage for stage, _ in seen] == sorted((s for s, _ in seen), key=["people", "pose", "parse"].index)
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    with pytest.raises(Aborted):
        analysed(painted_person(8), abort=lambda: True)
