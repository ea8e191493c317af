"""Parses as other programs write them: labels come back as they were, with a note, or the file is refused."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.analysis import given_files
from engine.errors import TryOnError
from engine.imaging.parses import is_atr, read_labels, read_parse
from engine.labels import LIP, Lip, atr_to_lip, colourise
from engine.notes import noted
from tests.conftest import ROOT
from tests.engine.analysis.test_given_files import ATR_OF_LIP
from tests.rendered import rendered_pair, write_labels

CASES = ROOT / "tests" / "data" / "cases" / "parse_png"
WOMAN = np.array(Image.open(ROOT / "resources" / "samples" / "people" / "woman_parse.png"))
PARSE = rendered_pair(11, (512, 384)).parse


def atr(labels: np.ndarray) -> np.ndarray:
    table = np.zeros(256, np.uint8)
    for lip, other in ATR_OF_LIP.items():
        table[lip] = other
    table[Lip.NECK] = ATR_OF_LIP[Lip.FACE]
    return table[labels]


@pytest.mark.parametrize(
    ("file", "said"), [("atr_grey.png", ["parse_atr"]), ("grey_as_rgb.png", []), ("squeezed.png", ["parse_coloured"])]
)
def test_parses_that_were_misread(file: str, said: list[str]) -> None:
    with noted() as codes:
        found = read_parse(CASES / file)
    assert codes == said
    known = WOMAN != Lip.NECK if "atr" in file else np.ones_like(WOMAN, dtype=np.bool_)
    assert (found == WOMAN)[known].mean() > 0.999


def written(kind: str, path: Path) -> None:
    """The drawn parse as a file of that kind."""
    values = PARSE
    if kind == "grey":
        Image.fromarray(values).save(path)
    elif kind == "RGB grey":
        Image.fromarray(np.repeat(values[..., None], 3, axis=2)).save(path)
    elif kind == "RGBA grey":
        Image.fromarray(np.repeat(values[..., None], 3, axis=2)).convert("RGBA").save(path)
    elif kind == "LA":
        Image.fromarray(values).convert("LA").save(path)
    elif kind == "16 bit":
        Image.fromarray(values.astype(np.uint16)).save(path)
    elif kind.startswith("times"):
        Image.fromarray(values * int(kind.split()[1])).save(path)
    elif kind == "RGB times 12":
        Image.fromarray(np.repeat((values * 12)[..., None], 3, axis=2)).save(path)
    elif kind == "colours":
        Image.fromarray(colourise(values, LIP)).save(path)
    elif kind == "sorted palette":
        Image.fromarray(colourise(values, LIP)).quantize(32, dither=Image.Dither.NONE).save(path)
    elif kind == "palette":
        write_labels(path, values)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        *[(kind, []) for kind in ("palette", "grey", "RGB grey", "RGBA grey", "LA", "16 bit")],
        *[(kind, ["parse_scaled"]) for kind in ("times 12", "times 13", "times 10", "RGB times 12")],
        *[(kind, ["parse_coloured"]) for kind in ("colours", "sorted palette")],
    ],
)
def test_every_way_to_write_one_parse(tmp_path: Path, kind: str, said: list[str]) -> None:
    written(kind, tmp_path / "parse.png")
    with noted() as codes:
        found = read_parse(tmp_path / "parse.png")
    assert np.array_equal(found, PARSE)
    assert codes == said


@pytest.mark.parametrize("mode", ["numbers", "colours"])
@pytest.mark.parametrize("how", [Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS])
def test_blurred_edges_take_the_nearest_label(tmp_path: Path, mode: str, how: Image.Resampling) -> None:
    large = PARSE if mode == "numbers" else colourise(PARSE, LIP)
    Image.fromarray(large).resize((192, 256), how).save(tmp_path / "parse.png")
    with noted() as codes:
        found = read_parse(tmp_path / "parse.png")
    assert "parse_blurred" in codes
    sharp = PARSE[1::2, 1::2]
    assert set(np.unique(found)) <= set(np.unique(PARSE))
    assert (found == sharp).mean() > 0.97


def test_a_sharp_parse_is_left_alone(tmp_path: Path) -> None:
    for size in ((512, 384), (256, 192), (1024, 768)):
        whole = np.array(Image.fromarray(PARSE).resize(size[::-1], Image.Resampling.NEAREST))
        write_labels(tmp_path / "parse.png", whole)
        with noted() as codes:
            assert np.array_equal(read_parse(tmp_path / "parse.png"), whole)
        assert codes == []


def test_atr_is_told_from_lip(tmp_path: Path) -> None:
    for seed in range(6):
        parse = rendered_pair(seed, (256, 192)).parse
        assert not is_atr(parse)
        assert is_atr(atr(parse))
    for name in ("woman", "man"):
        assert not is_atr(np.array(Image.open(ROOT / "resources" / "samples" / "people" / f"{name}_parse.png")))
    write_labels(tmp_path / "parse.png", atr(PARSE))
    with noted() as codes:
        assert np.array_equal(read_parse(tmp_path / "parse.png"), atr_to_lip(atr(PARSE)))
    assert codes == ["parse_atr"]
    with noted() as codes:
        read_parse(tmp_path / "parse.png", "atr")
    assert codes == [], "asked for, it is no surprise"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("photo", r"parse\.png is a picture in colours \(RGB\), not a label map"),
        ("too high", r"holds the value 77"),
        ("odd times", r"holds the value 133"),
    ],
)
def test_what_is_no_parse_is_refused(tmp_path: Path, kind: str, said: str) -> None:
    if kind == "photo":
        Image.fromarray(rendered_pair(3, (256, 192)).image).save(tmp_path / "parse.png")
    else:
        values = PARSE * 7 if kind == "odd times" else np.where(PARSE == Lip.UPPER, 77, PARSE).astype(np.uint8)
        values.flat[0] = 133 if kind == "odd times" else 0
        Image.fromarray(values).save(tmp_path / "parse.png")
    with pytest.raises(TryOnError, match=said):
        read_parse(tmp_path / "parse.png")


def test_other_label_sets_are_not_read_by_lips_colours(tmp_path: Path) -> None:
    """The 13 classes that the program itself saves have some of LIP's colours in another order."""
    from engine.imaging.images import save_labels
    from engine.labels import SEGMENTATION, lip_to_segmentation

    labels = lip_to_segmentation(PARSE)
    save_labels(tmp_path / "segmentation.png", labels, SEGMENTATION)
    assert np.array_equal(read_labels(tmp_path / "segmentation.png", len(SEGMENTATION)), labels)


def test_a_parse_of_another_shape_is_refused_with_both_sizes(tmp_path: Path) -> None:
    Image.fromarray(rendered_pair(3, (256, 192)).image).save(tmp_path / "photo.png")
    write_labels(tmp_path / "parse.png", np.array(Image.fromarray(PARSE).resize((192, 192), Image.Resampling.NEAREST)))
    with pytest.raises(TryOnError, match=r"parse\.png has 192 x 192 pixels and .*photo\.png has 192 x 256"):
        given_files.read_person(tmp_path / "photo.png", tmp_path / "pose.json", tmp_path / "parse.png")
