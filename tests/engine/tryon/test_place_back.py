"""The try-on in the photo it came from: changed where it should be, the photo's own bytes everywhere else."""

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest

from engine.analysis.common.doubt import doubt
from engine.analysis.garment.cut_out import cut_out
from engine.analysis.person.analyse import AnalysedPerson, analyse
from engine.errors import TryOnError
from engine.imaging.framing import Framed
from engine.labels import Lip, Seg
from engine.pose.skeleton import Joint
from engine.tryon.expected_error import expected_error
from engine.tryon.pipeline import finish
from engine.tryon.place_back import place_back
from engine.tryon.quality import quality
from engine.values import Finished, Garment, Misalignment, Segmentation, TryOnResult
from engine.weights.refinements import Refinements
from tests.engine.analysis.painted import PaintedEstimator, painted_person, pasted
from tests.quick import QuickPipeline
from tests.rendered import rendered_pair


@lru_cache
def tried_on(size: tuple[int, int] = (512, 384)) -> tuple[np.ndarray, AnalysedPerson, TryOnResult]:
    rng = np.random.default_rng(0)
    photo = pasted((painted_person(11, (640, 480)), (500, 300)), size=(1200, 1600))
    photo |= rng.integers(0, 8, photo.shape, dtype=np.uint8)  # so that no two pixels agree by chance
    person = analyse(photo, PaintedEstimator())
    garment = rendered_pair(4, (1024, 768))
    result = QuickPipeline(size).run(person, Garment(garment.cloth, garment.cloth_mask))
    return photo, person, result


@pytest.mark.parametrize("size", [(512, 384), (1024, 768)])
def test_bit_exact_outside_the_changed_region(size: tuple[int, int]) -> None:
    photo, person, result = tried_on(size)
    placed = place_back(photo, person, result)
    assert placed.shape == photo.shape
    scale = size[1] / (person.framed.box[2] - person.framed.box[0])
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    column = np.floor((x + 0.5 - person.framed.box[0]) * scale).astype(int)
    row = np.floor((y + 0.5 - person.framed.box[1]) * scale).astype(int)
    inside = (column >= 0) & (column < size[1]) & (row >= 0) & (row < size[0])
    mask = np.zeros(photo.shape[:2], np.uint8)
    mask[inside] = result.changed[row[inside], column[inside]]
    assert np.array_equal(placed[mask == 0], photo[mask == 0])
    core = mask == 255
    assert core.mean() > 0.02
    shown = placed[core].astype(int) - result.image[row[core], column[core]]
    assert np.abs(shown).mean() < 8  # the finished picture, but for resampling


def test_the_finished_picture_is_laid_back_and_not_the_generator_s_own() -> None:
    photo, person, result = tried_on()
    warp = replace(result.warp, mask=result.garment.mask)
    stages = result.person, result.garment, result.agnostic, result.segmentation, warp
    raw = np.where(warp.mask[..., None] == 255, warp.cloth, np.uint8(0))
    made = finish(raw, *stages, refinements=Refinements(assemble=True))
    placed = place_back(photo, person, made)
    seen = Framed(made.image, person.framed.box, person.framed.photo_size)
    whole = seen.paste_back(photo, made.image, np.where(made.changed == 255, 255, 0).astype(np.uint8))
    core = seen.paste_back(np.zeros_like(photo), np.full_like(made.image, 255), made.changed)[..., 0] == 255
    assert core.mean() > 0.02
    assert np.abs(placed[core].astype(int) - whole[core]).mean() < 0.5
    cloth = seen.paste_back(np.zeros_like(photo), np.full_like(made.image, 255), warp.mask)[..., 0] == 255
    assert (cloth & core).sum() > 0.3 * core.sum()
    own = seen.paste_back(photo, raw, np.where(made.changed == 255, 255, 0).astype(np.uint8))
    assert (own[core] != placed[core]).any(axis=1).mean() > 0.2  # the finished picture, and not the generator's


def test_another_photo_is_refused() -> None:
    photo, person, result = tried_on()
    with pytest.raises(TryOnError, match="give the photo that was analysed"):
        place_back(photo[:-1], person, result)


def test_a_scaled_person_keeps_the_place() -> None:
    _, person, _ = tried_on()
    small = person.scaled((512, 384))
    assert isinstance(small, AnalysedPerson)
    assert small.framed.box == person.framed.box
    point = person.framed.to_photo(person.pose.point(1))
    assert np.abs(small.framed.to_photo(small.pose.point(1)) - point).max() < 1


def test_quality_falls_with_every_doubt() -> None:
    _, person, result = tried_on()
    covered = result.with_values(Misalignment(np.zeros_like(result.misalignment)))
    uncovered = result.with_values(Misalignment(np.full_like(result.misalignment, 255)))
    good, bad = quality(covered, person), quality(uncovered, person)
    assert 0 <= bad.score < good.score <= 1
    assert "misaligned" in {one.code for one in bad.doubts}
    assert "misaligned" not in {one.code for one in good.doubts}


def test_quality_sees_a_folded_garment_and_a_doubtful_one() -> None:
    _, person, result = tried_on()
    assert result.warp.points is not None
    points = result.warp.points.copy()
    assert "distorted" not in {one.code for one in quality(result, person).doubts}
    points[[6, 7]] = points[[7, 6]]
    folded = result.with_values(replace(result.warp, points=points))
    cut = cut_out(rendered_pair(4, (128, 96)).cloth, size=(512, 384))
    codes = {one.code for one in quality(folded, person, cut).doubts}
    assert {"distorted", "garment_small"} <= codes


def doubts_of_result(result: TryOnResult, person: AnalysedPerson) -> set[str]:
    return {one.code for one in quality(result, person).doubts}


def test_quality_sees_much_change_and_strong_patterns() -> None:
    _, person, result = tried_on()
    none, all_of_it = np.zeros_like(result.changed), np.full_like(result.changed, 255)
    finished = result.value(Finished)
    assert "much_changed" not in doubts_of_result(result.with_values(replace(finished, changed=none)), person)
    assert "much_changed" in doubts_of_result(result.with_values(replace(finished, changed=all_of_it)), person)
    plain = np.full_like(result.garment.image, 120)
    striped = plain.copy()
    striped[: len(plain) // 2], striped[len(plain) // 2 :] = 0, 255
    whole = np.full(plain.shape[:2], 255, np.uint8)
    for image, warned in ((plain, False), (striped, True)):
        garment = Garment(image, whole)
        assert ("strong_pattern" in doubts_of_result(result.with_values(garment), person)) is warned


def test_a_plain_white_tee_has_no_pattern_in_any_light() -> None:
    """Neither a shadow across it nor a mask that takes in the rim of a dark floor is one; a print on it is."""
    _, person, result = tried_on()
    height, width = result.garment.image.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    mask[height // 8 : -height // 8, width // 8 : -width // 8] = 255
    light = np.linspace(100, 250, width)[None, :, None] + np.linspace(-40, 0, height)[:, None, None]
    lit = np.broadcast_to(light, (height, width, 3)).astype(np.uint8)
    rimmed = np.where(
        cv2.erode(mask, np.ones((height // 40, width // 40), np.uint8))[..., None] > 0, [235] * 3, [10] * 3
    )
    printed = lit.copy()
    printed[height // 3 : height // 2, width // 3 : 2 * width // 3] = 20
    for image, warned in ((lit, False), (rimmed.astype(np.uint8), False), (printed, True)):
        found = doubts_of_result(result.with_values(Garment(image, mask)), person)
        assert ("strong_pattern" in found) is warned


def good_result() -> TryOnResult:
    """A garment that lies where it is predicted, and little of the photo changed."""
    _, _, result = tried_on()
    size = result.changed.shape
    labels, mask, few = (np.zeros(size, np.uint8) for _ in range(3))
    labels[200:400, 100:280], mask[200:400, 100:280], few[200:400, 120:260] = Seg.UPPER, 255, 255
    return result.with_values(
        Segmentation(labels), replace(result.warp, mask=mask, points=None),
        replace(result.value(Finished), changed=few), Misalignment(np.zeros(size, np.uint8)),
    )  # fmt: skip


def test_a_result_that_is_likely_good_carries_no_warning_and_a_doubtful_one_carries_all() -> None:
    """A coat makes every picture doubtful, and so does a garment from the side. Guessed hips alone do not; where the
    garment does not lie well, they are a reason."""
    _, person, _ = tried_on()
    good = good_result()
    guessed, coated = (replace(person, warnings=(doubt(code),)) for code in ("hips_guessed", "coat"))
    plain, hips, coat = (quality(good, one) for one in (replace(person, warnings=()), guessed, coated))
    assert plain.score > hips.score > coat.score
    assert plain.doubts == hips.doubts == ()
    assert "coat" in {one.code for one in coat.doubts}
    garment = replace(cut_out(rendered_pair(4, (512, 384)).cloth), warnings=(doubt("garment_lopsided"),))
    assert quality(good, replace(person, warnings=()), replace(garment, warnings=())).doubts == ()
    assert "garment_lopsided" in {one.code for one in quality(good, replace(person, warnings=()), garment).doubts}
    everywhere = np.full(good.changed.shape, 255, np.uint8)
    bad = good.with_values(Misalignment(everywhere), replace(good.value(Finished), changed=everywhere))
    assert {"hips_guessed", "misaligned"} <= {one.code for one in quality(bad, guessed).doubts}


def test_the_error_to_expect_rises_with_all_that_goes_wrong_and_names_it() -> None:
    good = good_result()
    finished, mask, size = good.value(Finished), good.warp.mask, good.changed.shape
    least = expected_error(good, 10.0)
    worse = {
        "strong_pattern": expected_error(good, 60.0),
        "much_changed": expected_error(good.with_values(replace(finished, changed=np.full(size, 255, np.uint8))), 10.0),
        "misaligned": expected_error(good.with_values(Misalignment(np.full(size, 255, np.uint8))), 10.0),
    }
    for reason, error in worse.items():
        assert error.lpips > 1.1 * least.lpips
        assert error.reasons[0] == reason
    beside = np.roll(mask, 120, axis=1)
    assert expected_error(good.with_values(replace(good.warp, mask=beside)), 10.0).lpips > 1.5 * least.lpips
    assert 0.01 < least.lpips < 0.1


def as_worn(result: TryOnResult) -> np.ndarray:
    """A prediction in which the new clothes lie where the old ones did, and the rest of the person is as it was."""
    parse = result.person.parse
    rest = np.where(parse > 0, Seg.LEFT_ARM, Seg.BACKGROUND)
    return np.where(np.isin(parse, (Lip.UPPER, Lip.DRESS, Lip.COAT)), Seg.UPPER, rest).astype(np.uint8)


def test_quality_sees_rough_outlines_and_clothes_in_other_places() -> None:
    _, person, result = tried_on()
    same = as_worn(result)
    rough = same.copy()
    rough[np.arange(len(same)) % 16 < 4] = Seg.BACKGROUND  # combed
    moved = np.roll(same, same.shape[0] // 5, axis=0)
    for labels, warned in ((same, False), (rough, True), (moved, True)):
        changed = result.with_values(Segmentation(labels))
        assert ("outline_uncertain" in doubts_of_result(changed, person)) is warned


def forearm(person: AnalysedPerson, elbow: Joint, wrist: Joint, size: tuple[int, int]) -> np.ndarray:
    line, pose = np.zeros(size, np.uint8), person.pose.scaled(size)
    start, end = (tuple(round(value) for value in pose.point(joint)) for joint in (elbow, wrist))
    return np.asarray(cv2.line(line, start, end, 1, size[0] // 100) > 0)


def test_quality_sees_an_arm_that_is_gone() -> None:
    _, person, result = tried_on()
    same = as_worn(result)
    arm = forearm(person, Joint.LEFT_ELBOW, Joint.LEFT_WRIST, same.shape)
    gone = np.where(arm, Seg.BACKGROUND, same).astype(np.uint8)
    assert "outline_uncertain" in doubts_of_result(result.with_values(Segmentation(gone)), person)


def test_quality_sees_forearms_under_a_garment_without_long_sleeves() -> None:
    _, person, result = tried_on()
    parse = result.person.parse
    wearing_long = replace(
        result.person, parse=np.where(np.isin(parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM)), Lip.UPPER, parse).astype(np.uint8)
    )
    result = result.with_values(wearing_long)
    labels = as_worn(result)
    height, width = labels.shape
    short, long = np.zeros((2, height, width), np.uint8)
    for mask, hem in ((short, 0.3), (long, 0.9)):
        mask[height // 10 : -height // 10, width // 3 : -width // 3] = 255
        mask[height // 10 : round(hem * height), [*range(5, width // 4), *range(-width // 4, -5)]] = 255
        mask[height // 10 : height // 5, 5:-5] = 255
    for mask, warned in ((short, True), (long, False)):
        changed = result.with_values(Segmentation(labels), Garment(result.garment.image, mask))
        assert ("outline_uncertain" in doubts_of_result(changed, person)) is warned
