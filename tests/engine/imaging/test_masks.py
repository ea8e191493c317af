"""Masks and cut-outs as other programs write them: read as they were meant, or refused with a sentence."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.analysis import given_files
from engine.analysis.garment.transparency import read_cut_out
from engine.analysis.given_files import read_garment
from engine.analysis.photo_files import find_garment
from engine.errors import TryOnError
from engine.imaging.images import GROUND, is_cut_out, read_mask, read_photo
from engine.imaging.masks import read_garment_mask
from engine.notes import noted
from tests.conftest import ROOT

CASES = ROOT / "tests" / "data" / "cases"
GARMENTS = ROOT / "resources" / "samples" / "garments"
PHOTO = Image.open(GARMENTS / "tee.jpg").convert("RGB").resize((192, 256))
MASK = Image.open(GARMENTS / "tee_mask.png").convert("L").resize((192, 256), Image.Resampling.NEAREST)
TRUE = np.array(MASK) > 127


def overlap(found: np.ndarray, wanted: np.ndarray) -> float:
    found, wanted = found > 127, wanted > 127
    return float((found & wanted).sum() / (found | wanted).sum())


@pytest.mark.parametrize(("file", "said"), [("inv.png", ["mask_turned"]), ("zeroone.png", [])])
def test_masks_that_were_misread(file: str, said: list[str]) -> None:
    with noted() as codes:
        mask = read_garment_mask(CASES / "mask_png" / file)
    truth = [np.array(Image.open(GARMENTS / f"{name}_mask.png").convert("L")) for name in ("tee", "printed", "striped")]
    assert max(overlap(mask, one) for one in truth) > 0.98
    assert codes == said


@pytest.mark.parametrize("low_high", [(0, 1), (0, 38), (0, 100), (0, 255), (0, 200), (3, 250)])
@pytest.mark.parametrize("mode", ["L", "P", "RGB", "I;16", "LA"])
def test_two_values_are_a_mask_whatever_they_are(tmp_path: Path, low_high: tuple[int, int], mode: str) -> None:
    values = np.where(TRUE, low_high[1], low_high[0]).astype(np.uint8)
    if mode == "I;16" and low_high[1] < 128:
        image = Image.fromarray(values.astype(np.uint16) * 257)
    elif mode == "I;16":
        image = Image.fromarray(values.astype(np.uint16) * 256)
    else:
        image = Image.fromarray(values).convert(mode)
    image.save(tmp_path / "mask.png")
    assert ((read_mask(tmp_path / "mask.png") > 0) == TRUE).all()


def test_a_dark_picture_is_no_mask(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 120, (64, 48), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "mask.png")
    with pytest.raises(TryOnError, match="no pixel reaches 128"):
        read_mask(tmp_path / "mask.png")


@pytest.mark.parametrize("kind", ["half", "double", "soft", "half and soft", "turned half"])
def test_masks_of_another_size_and_soft_ones(tmp_path: Path, kind: str) -> None:
    PHOTO.save(tmp_path / "photo.png")
    size = {"half": (96, 128), "double": (384, 512), "turned half": (96, 128)}.get(kind, (192, 256))
    how = Image.Resampling.BILINEAR if "soft" in kind else Image.Resampling.NEAREST
    small = MASK.resize((96, 128), how) if "half" in kind else MASK
    mask = small.resize(size, how) if kind != "half and soft" else small
    if "turned" in kind:
        mask = mask.point(lambda value: 255 - value)
    mask.save(tmp_path / "mask.png")
    garment = read_garment(tmp_path / "photo.png", tmp_path / "mask.png")
    assert garment.mask.shape == (256, 192)
    assert overlap(garment.mask, np.array(MASK)) > 0.96
    said = {one.code for one in garment.warnings}
    assert said == {
        *(["mask_resized"] if mask.size != PHOTO.size else []),
        *(["mask_turned"] if "turned" in kind else []),
    }


def test_a_mask_of_another_shape_is_refused_with_both_sizes(tmp_path: Path) -> None:
    PHOTO.save(tmp_path / "photo.png")
    MASK.resize((192, 192)).save(tmp_path / "mask.png")
    with pytest.raises(TryOnError, match=r"mask\.png has 192 x 192 pixels, but .*photo\.png has 192 x 256"):
        read_garment(tmp_path / "photo.png", tmp_path / "mask.png")


def cut_out(kind: str, folder: Path, under: int = 255) -> Path:
    """The tee cut out, in a file of that kind, with the colour `under` where it is transparent."""
    rgb = np.array(PHOTO)
    rgb[~TRUE] = under
    alpha = Image.fromarray(np.where(TRUE, 255, 0).astype(np.uint8))
    path = folder / {"WebP": "tee.webp", "TIFF": "tee.tif"}.get(kind, "tee.png")
    picture = Image.fromarray(rgb)
    if kind in ("RGBA", "WebP", "TIFF"):
        picture.putalpha(alpha)
        picture.save(path, **({"lossless": True} if kind == "WebP" else {}))
    elif kind == "LA":
        grey = picture.convert("L")
        grey.putalpha(alpha)
        grey.save(path)
    elif kind == "P":
        small = picture.quantize(200)
        indices = np.array(small)
        indices[~TRUE] = 255
        image = Image.fromarray(indices).convert("P")
        palette = [*(small.getpalette() or []), *[0] * 768][: 3 * 255]
        image.putpalette([*palette, *[under] * 3])
        image.save(path, transparency=255)
    elif kind == "tRNS":
        key = np.array(PHOTO)
        key[~TRUE] = (1, 2, 3)
        Image.fromarray(key).save(path, transparency=(1, 2, 3))
    return path


@pytest.mark.parametrize("under", [255, 0, 128])
@pytest.mark.parametrize("kind", ["RGBA", "WebP", "TIFF", "LA", "P", "tRNS"])
def test_transparency_is_the_mask(tmp_path: Path, kind: str, under: int) -> None:
    path = cut_out(kind, tmp_path, under)
    assert is_cut_out(path)
    garment = find_garment(path, None)
    whole = np.array(MASK.resize((768, 1024)))
    assert garment.size == (1024, 768)
    assert abs((garment.mask > 127).mean() / (whole > 127).mean() - 1) < 0.1, "as large in the frame as product photos"
    assert (garment.image[garment.mask == 0] == 255).all(), "what is under transparency is not seen"
    inside = np.array(PHOTO.convert("L").convert("RGB") if kind == "LA" else PHOTO)[TRUE].mean(axis=0)
    assert np.abs(garment.image[garment.mask == 255].mean(axis=0) - inside).max() < 4


def test_the_white_tee_that_lost_its_white_parts() -> None:
    path = CASES / "alpha_ignored" / "cut_white255.png"
    alpha = np.array(Image.open(path).getchannel("A"))
    garment = read_cut_out(path)
    assert garment.framed.photo_size == alpha.shape
    inside = (garment.mask > 127).sum() / garment.framed.scale**2
    assert inside / (alpha > 127).sum() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("kind", ["opaque", "faint", "corners"])
def test_what_is_not_cut_out(tmp_path: Path, kind: str) -> None:
    alpha = np.full((256, 192), 255, np.uint8)
    if kind == "faint":
        alpha[:] = 90
    elif kind == "corners":
        alpha[:4, :4] = 0
    picture = PHOTO.copy()
    picture.putalpha(Image.fromarray(alpha))
    picture.save(tmp_path / "a.png")
    assert not is_cut_out(tmp_path / "a.png")


@pytest.mark.parametrize("kind", ["RGBA", "WebP", "P"])
def test_a_cut_out_person_is_laid_on_grey_and_that_is_said(tmp_path: Path, kind: str) -> None:
    path = cut_out(kind, tmp_path, under=0)
    with noted() as codes:
        photo = read_photo(path, "person")
    assert codes == ["cut_out_person"]
    grey = int(GROUND["person"][1:3], 16)
    assert (photo[~TRUE] == grey).all()
    with noted() as codes:
        assert (read_photo(path)[~TRUE] == 255).all()
    assert codes == []


def test_notes_become_warnings_and_nobody_has_to_listen(tmp_path: Path) -> None:
    Image.fromarray(255 - np.array(MASK)).save(tmp_path / "mask.png")
    PHOTO.save(tmp_path / "photo.png")
    garment = given_files.read_garment(tmp_path / "photo.png", tmp_path / "mask.png")
    assert [one.sentence for one in garment.warnings] == [
        "The mask was black on the garment and white around it; it was turned."
    ]
    assert [one.code for one in garment.scaled((512, 384)).warnings] == ["mask_turned"]
    assert overlap(read_garment_mask(tmp_path / "mask.png"), np.array(MASK)) == 1
