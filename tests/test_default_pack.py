"""The pack that ships: whole, small, labelled, and good for a try-on of the samples from nothing but two photos."""

import re

import numpy as np
import pytest

from engine.analysis import load_person_estimator
from engine.analysis.garment.cut_out import cut_out
from engine.analysis.person.analyse import AnalysedPerson, analyse
from engine.imaging.images import read_photo
from engine.labels import Lip, Seg
from engine.tryon.pipeline import load_pipeline
from engine.values import TryOnResult
from engine.weights import Pack, find_pack
from engine.weights.store import shipped_folder

SAMPLES = shipped_folder().parent / "samples"
RED = np.array([176, 84, 74])  # of the plain tee, as rendered


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack(shipped_folder() / "default")


@pytest.fixture(scope="module")
def person(pack: Pack) -> AnalysedPerson:
    return analyse(read_photo(SAMPLES / "people/woman.jpg"), load_person_estimator(pack, "cpu"))


@pytest.fixture(scope="module")
def result(pack: Pack, person: AnalysedPerson) -> TryOnResult:
    garment = cut_out(read_photo(SAMPLES / "garments/tee.jpg"))
    return load_pipeline(pack, "cpu", size=(512, 384)).run(person, garment, seed=0)


def test_it_is_whole_small_and_labelled(pack: Pack) -> None:
    pack.verify()
    assert pack.licence == "research, non-commercial"
    analysis, tryon = (
        {"parser", "outer", "garment"},
        {"hair", "flow", "collar", "marks", "sleeves", "segmentation", "composer"},
    )
    assert set(pack.files) == analysis | tryon
    assert pack.bytes <= 75_000_000
    assert pack.files["parser"].bytes + pack.files["garment"].bytes <= 25_000_000


def test_it_says_how_it_was_made_and_nothing_of_the_machine(pack: Pack) -> None:
    text = (pack.folder / "pack.json").read_text(encoding="utf-8")
    assert not re.search(r'"/|/(tmp|home|root|work)/', text)
    for kind in pack.files:
        made = pack.provenance[kind]  # type: ignore[index]
        assert isinstance(made, dict)
        assert {"recipe", "options", "validation"} <= set(made)
        assert made.get("steps") or made.get("pictures_seen")


def test_it_finds_the_person_in_a_sample(person: AnalysedPerson) -> None:
    assert len(person.boxes) == 1
    for label in (Lip.HAIR, Lip.FACE, Lip.UPPER, Lip.LEFT_ARM, Lip.RIGHT_ARM, Lip.PANTS):
        assert (person.parse == label).mean() > 0.005, label.name


def test_a_phone_before_the_top_opens_no_coat(pack: Pack) -> None:
    photo = read_photo(SAMPLES / "people/woman.jpg").copy()
    height, width = photo.shape[:2]
    photo[round(0.32 * height) : round(0.55 * height), round(0.42 * width) : round(0.58 * width)] = (20, 20, 24)
    seen = analyse(photo, load_person_estimator(pack, "cpu"))
    assert not (seen.parse == Lip.COAT).any()
    assert "in_front" in {one.code for one in seen.warnings}


def test_the_sample_wears_the_garment_in_its_colour(result: TryOnResult) -> None:
    worn = (result.segmentation.labels == Seg.UPPER) & (result.changed == 255)
    assert 0.1 < worn.mean() < 0.5
    assert np.abs(np.median(result.image[worn], axis=0) - RED).max() < 20


def test_her_face_is_the_photos_own(result: TryOnResult) -> None:
    face = result.person.parse == Lip.FACE
    assert np.array_equal(result.image[face], result.person.image[face])
