import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, ImageCms

from engine.errors import TryOnError
from engine.imaging import decoding
from engine.imaging.colour import srgb_profile
from engine.imaging.images import (
    read_labels,
    read_mask,
    read_metadata,
    read_photo,
    resize_labels,
    resize_picture,
    save_labels,
    save_mask,
    save_picture,
    to_tensor,
)
from engine.imaging.saving import save_pages
from engine.labels import ALIAS, IGNORE, LIP, SEGMENTATION
from tests import icc
from tests.pdf import pages_of

RED_TO_GREEN = (200, 60, 30), (20, 180, 90)
METADATA = {"Software": "tryon", "seed": "7", "garment": "블라우스 'été'.png"}


def photo(height=96, width=80):
    """A smooth picture with a different colour in every corner, which lossy formats keep closely."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return np.stack([40 + 180 * x, 30 + 150 * y, 60 + 120 * (1 - x) * y], axis=-1).astype(np.uint8)


def noise(height=70, width=90, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def far(a, b):
    assert a.shape == b.shape
    return np.abs(a.astype(int) - b).max()


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "options", "tolerance"),
        [
            ("a.png", {}, 0),
            ("a.bmp", {}, 0),
            ("a.tif", {}, 0),
            ("a.tiff", {"compression": "tiff_lzw"}, 0),
            ("a.webp", {"lossless": True}, 0),
            ("a.webp", {"quality": 95}, 12),
            ("a.jpg", {"quality": 95}, 6),
            ("a.JPEG", {"quality": 95, "progressive": True}, 6),
            ("a.avif", {"quality": 95}, 12),
            ("a.heic", {"quality": 95}, 12),
        ],
    )
    def test_a_photo_is_read_from(self, tmp_path, name, options, tolerance):
        Image.fromarray(photo()).save(tmp_path / name, **options)
        picture = read_photo(tmp_path / name)
        assert picture.dtype == np.uint8
        assert picture.flags.c_contiguous
        assert picture.flags.writeable
        assert far(picture, photo()) <= tolerance

    def test_the_ending_of_the_name_does_not_matter(self, tmp_path):
        Image.fromarray(photo()).save(tmp_path / "a.jpg", format="PNG")
        assert (read_photo(str(tmp_path / "a.jpg")) == photo()).all()

    @pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.tif", "a.png", "a.avif"])
    def test_of_several_frames_the_first_is_taken(self, tmp_path, name):
        frames = [Image.new("RGB", (80, 96), colour) for colour in RED_TO_GREEN]
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert far(read_photo(tmp_path / name), np.array(frames[0])) <= 6


class TestModes:
    def check(self, tmp_path, image, expected, name="a.png", tolerance=0, **options):
        image.save(tmp_path / name, **options)
        assert far(read_photo(tmp_path / name), expected) <= tolerance

    def test_grey(self, tmp_path):
        grey = photo()[..., 0]
        self.check(tmp_path, Image.fromarray(grey), np.stack([grey] * 3, axis=-1))

    def test_black_and_white(self, tmp_path):
        bits = photo()[..., 0] > 128
        expected = np.stack([bits * 255] * 3, axis=-1)
        self.check(tmp_path, Image.fromarray(bits), expected)
        self.check(tmp_path, Image.fromarray(bits), expected, "a.tif", compression="group4")

    @pytest.mark.parametrize("name", ["a.png", "a.tif"])
    def test_sixteen_bits(self, tmp_path, name):
        grey = photo()[..., 0]
        image = Image.fromarray(grey.astype(np.uint16) * 257)
        assert image.mode == "I;16"
        self.check(tmp_path, image, np.stack([grey] * 3, axis=-1), name)

    def test_sixteen_bits_of_colour(self, tmp_path):
        import cv2

        cv2.imwrite(str(tmp_path / "a.png"), photo()[..., ::-1].astype(np.uint16) * 257)
        assert (read_photo(tmp_path / "a.png") == photo()).all()

    def test_cmyk(self, tmp_path):
        image = Image.fromarray(photo()).convert("CMYK")
        self.check(tmp_path, image, photo(), "a.tif", 1)
        self.check(tmp_path, image, photo(), "a.jpg", 8, quality=95)

    def test_palette(self, tmp_path):
        image = Image.fromarray(photo()).quantize(16)
        self.check(tmp_path, image, np.array(image.convert("RGB")))

    def test_palette_with_transparency_lies_over_white(self, tmp_path):
        image = Image.new("P", (80, 96), 0)
        image.putpalette([10, 20, 30, 200, 100, 50])
        image.paste(1, (0, 0, 40, 96))
        expected = np.full((96, 80, 3), 255)
        expected[:, :40] = (200, 100, 50)
        self.check(tmp_path, image, expected, transparency=0)

    def test_a_transparent_colour_lies_over_white(self, tmp_path):
        image = Image.new("RGB", (80, 96), (10, 20, 30))
        image.paste((200, 100, 50), (0, 0, 40, 96))
        expected = np.full((96, 80, 3), 255)
        expected[:, :40] = (200, 100, 50)
        self.check(tmp_path, image, expected, transparency=(10, 20, 30))

    @pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif"])
    def test_alpha_is_laid_over_white(self, tmp_path, name):
        alpha = np.tile(np.linspace(0, 255, 80).astype(np.uint8), (96, 1))
        image = Image.fromarray(np.dstack([photo(), alpha]))
        weight = alpha[..., None] / 255
        options = {"lossless": True, "exact": True} if name == "a.webp" else {}
        self.check(tmp_path, image, np.rint(photo() * weight + 255 * (1 - weight)), name, 1, **options)

    def test_grey_with_alpha(self, tmp_path):
        image = Image.merge("LA", [Image.new("L", (80, 96), 100), Image.new("L", (80, 96), 51)])
        self.check(tmp_path, image, np.full((96, 80, 3), 224))

    def test_lab(self, tmp_path):
        lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
        image = ImageCms.applyTransform(Image.fromarray(photo()), lab)
        image.info.pop("icc_profile", None)
        image.save(tmp_path / "a.tif")
        assert np.abs(read_photo(tmp_path / "a.tif").astype(int) - photo()).mean() < 1.5  # Lab in 8 bits is coarse


TURNS = {
    1: lambda a: a,
    2: np.fliplr,
    3: lambda a: np.rot90(a, 2),
    4: np.flipud,
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: np.rot90(a, 2).transpose(1, 0, 2),
    8: lambda a: np.rot90(a, -1),
}
"""What the camera stored when it wrote that orientation, made from the upright picture."""


class TestOrientation:
    @pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp", "a.avif"])
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_a_turned_photo_stands_upright(self, tmp_path, name, orientation):
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = np.ascontiguousarray(TURNS[orientation](photo()))
        Image.fromarray(stored).save(tmp_path / name, exif=exif, quality=95)
        assert far(read_photo(tmp_path / name), photo()) <= 12

    @pytest.mark.parametrize("orientation", [1, 3, 6, 8])
    def test_heic(self, tmp_path, orientation):
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = Image.fromarray(np.ascontiguousarray(TURNS[orientation](photo())))
        pillow_heif.from_pillow(stored).save(tmp_path / "a.heic", quality=95, exif=exif.tobytes())
        assert far(read_photo(tmp_path / "a.heic"), photo()) <= 12

    @pytest.mark.parametrize("exif", [b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"])
    def test_broken_exif_is_ignored(self, tmp_path, exif):
        Image.fromarray(photo()).save(tmp_path / "a.jpg", exif=exif, quality=95)
        with warnings.catch_warnings(action="ignore"):
            assert far(read_photo(tmp_path / "a.jpg"), photo()) <= 6


class TestColour:
    def expected_from_p3(self, picture):
        """Display P3 and sRGB share the curve, so only a matrix lies between them; both are relative to D50 here."""
        encoded = picture / 255
        linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
        linear = linear @ np.array(icc.DISPLAY_P3) @ np.linalg.inv(np.array(icc.SRGB))
        linear = linear.clip(0, 1)
        return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055) * 255

    @pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg", "a.webp", "a.heic", "a.avif"])
    def test_display_p3_becomes_srgb(self, tmp_path, name):
        Image.fromarray(photo()).save(tmp_path / name, quality=95, icc_profile=icc.rgb_profile(icc.DISPLAY_P3))
        expected = self.expected_from_p3(photo())
        assert np.abs(expected - photo()).mean() > 8
        assert np.abs(read_photo(tmp_path / name) - expected).mean() < 1.5

    def test_display_p3_with_alpha(self, tmp_path):
        opaque = np.dstack([photo(), np.full((96, 80), 255, dtype=np.uint8)])
        Image.fromarray(opaque).save(tmp_path / "a.png", icc_profile=icc.rgb_profile(icc.DISPLAY_P3))
        assert far(read_photo(tmp_path / "a.png"), self.expected_from_p3(photo())) <= 2

    @pytest.mark.parametrize(
        "profile", [srgb_profile(), icc.rgb_profile(icc.SRGB, "another name")], ids=["own", "other"]
    )
    def test_an_srgb_profile_leaves_every_pixel_as_it_is(self, tmp_path, profile):
        Image.fromarray(noise()).save(tmp_path / "a.png", icc_profile=profile)
        assert (read_photo(tmp_path / "a.png") == noise()).all()

    def test_a_grey_profile_is_followed(self, tmp_path):
        grey = np.tile(np.arange(0, 160, 2, dtype=np.uint8), (96, 1))
        Image.fromarray(grey).save(tmp_path / "a.png", icc_profile=icc.grey_profile(1.8))
        linear = (grey / 255) ** 1.8
        expected = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055) * 255
        assert far(read_photo(tmp_path / "a.png"), np.stack([expected] * 3, axis=-1)) <= 2

    @pytest.mark.parametrize(
        "profile",
        [b"not a profile", icc.rgb_profile(icc.DISPLAY_P3)[:150], icc.grey_profile(1.0), b"\0" * 300],
        ids=["text", "cut", "grey for colours", "zeros"],
    )
    def test_a_broken_or_foreign_profile_means_srgb(self, tmp_path, profile):
        Image.fromarray(noise()).save(tmp_path / "a.png", icc_profile=profile)
        assert (read_photo(tmp_path / "a.png") == noise()).all()


class TestLimits:
    def test_pillows_own_limit_neither_interferes_nor_changes(self, tmp_path, monkeypatch):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
        Image.fromarray(photo()).save(tmp_path / "a.png")
        with warnings.catch_warnings(action="error"):
            assert (read_photo(tmp_path / "a.png") == photo()).all()
        assert Image.MAX_IMAGE_PIXELS == 1000

    def test_just_under_100_megapixels_is_opened_without_a_warning(self, tmp_path):
        Image.new("1", (9999, 10001)).save(tmp_path / "a.png")
        with warnings.catch_warnings(action="error"):
            assert decoding.load(tmp_path / "a.png").size == (9999, 10001)

    def test_64_pixels_are_enough(self, tmp_path):
        Image.new("RGB", (64, 64)).save(tmp_path / "a.png")
        assert read_photo(tmp_path / "a.png").shape == (64, 64, 3)


class TestLabelsAndMasks:
    @pytest.mark.parametrize("space", [LIP, SEGMENTATION, ALIAS], ids=lambda space: space.key)
    def test_saved_labels_come_back(self, tmp_path, space):
        labels = np.arange(len(space) + 1, dtype=np.uint8)[None].repeat(3, axis=0)
        labels[labels == len(space)] = IGNORE
        save_labels(tmp_path / "deep" / "a.png", labels, space)
        assert (read_labels(tmp_path / "deep" / "a.png", len(space)) == labels).all()
        with Image.open(tmp_path / "deep" / "a.png") as image:
            assert image.mode == "P"
            assert tuple(np.array(image.convert("RGB"))[0, 1]) == space.colours[1]

    @given(hnp.arrays(np.uint8, (5, 7), elements=st.integers(0, 19)))
    def test_any_labels_come_back(self, tmp_path_factory, labels):
        path = tmp_path_factory.mktemp("labels") / "a.png"
        save_labels(path, labels, LIP)
        assert (read_labels(path) == labels).all()

    def test_grey_labels_and_other_label_sets_are_read(self, tmp_path):
        Image.fromarray(np.full((9, 9), 22, dtype=np.uint8)).save(tmp_path / "a.png")
        assert (read_labels(tmp_path / "a.png", classes=25) == 22).all()
        Image.fromarray(np.full((9, 9), 13, dtype=np.uint16)).save(tmp_path / "b.png")
        assert (read_labels(tmp_path / "b.png") == 13).all()

    @given(hnp.arrays(np.bool_, (6, 9)).filter(np.any))
    def test_a_saved_mask_comes_back(self, tmp_path_factory, bits):
        path = tmp_path_factory.mktemp("mask") / "a.png"
        save_mask(path, (bits * 255).astype(np.uint8))
        assert (read_mask(path) == bits * 255).all()

    def test_one_bit_masks_are_read(self, tmp_path):
        bits = np.zeros((20, 20), dtype=bool)
        bits[5:9, 3:7] = True
        Image.fromarray(bits).save(tmp_path / "a.png")
        assert (read_mask(tmp_path / "a.png") == bits * 255).all()

    @pytest.mark.parametrize("mode", ["L", "RGB", "I;16"])
    def test_128_is_cloth_and_127_is_not(self, tmp_path, mode):
        values = np.array([[127, 128] * 5] * 5, dtype=np.uint8)
        image = (
            Image.fromarray(values.astype(np.uint16) * 257) if mode == "I;16" else Image.fromarray(values).convert(mode)
        )
        image.save(tmp_path / "a.png")
        assert read_mask(tmp_path / "a.png")[0, :2].tolist() == [0, 255]

    def test_a_cut_out_is_its_own_mask_and_an_opaque_picture_is_not(self, tmp_path):
        picture = np.zeros((10, 10, 4), dtype=np.uint8)
        picture[2:5, 2:5, 3] = 255
        Image.fromarray(picture).save(tmp_path / "a.png")
        assert (read_mask(tmp_path / "a.png") == picture[..., 3]).all()
        picture[..., 3] = 255
        picture[6:9, 6:9, :3] = 255
        Image.fromarray(picture).save(tmp_path / "a.png")
        assert (read_mask(tmp_path / "a.png") == picture[..., 0]).all()


class TestSaving:
    @pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.jpeg", "a.webp", "a.PNG"])
    def test_profile_and_parameters_are_embedded(self, tmp_path, name):
        save_picture(tmp_path / name, photo(), METADATA)
        assert read_metadata(tmp_path / name) == METADATA
        assert far(read_photo(tmp_path / name), photo()) <= (0 if name.endswith(("png", "PNG")) else 8)
        with Image.open(tmp_path / name) as image:
            assert image.info["icc_profile"] == srgb_profile()

    @pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
    def test_the_same_picture_gives_the_same_bytes(self, tmp_path, name):
        for folder in ("one", "two"):
            srgb_profile.cache_clear()
            save_picture(tmp_path / folder / name, noise(), METADATA)
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()

    def test_the_embedded_profile_has_no_date_of_today(self):
        assert srgb_profile()[24:36] == bytes.fromhex("07d000010001000000000000")
        assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(srgb_profile())))

    @pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
    def test_a_picture_without_parameters_has_none(self, tmp_path, name):
        save_picture(tmp_path / name, photo())
        assert read_metadata(tmp_path / name) == {}

    def test_comments_of_other_programs_are_no_parameters(self, tmp_path):
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0holiday"
        Image.fromarray(photo()).save(tmp_path / "a.jpg", exif=exif)
        assert read_metadata(tmp_path / "a.jpg") == {}

    def test_a_failed_save_leaves_the_old_picture_and_nothing_else(self, tmp_path):
        save_picture(tmp_path / "a.webp", photo())
        before = (tmp_path / "a.webp").read_bytes()
        with pytest.raises(ValueError, match="cannot be written"):
            save_picture(tmp_path / "a.webp", np.zeros((1, 17000, 3), dtype=np.uint8))
        assert (tmp_path / "a.webp").read_bytes() == before
        assert list(tmp_path.iterdir()) == [tmp_path / "a.webp"]

    @pytest.mark.parametrize("array", [photo().astype(float), photo()[..., 0], photo()[:0]])
    def test_what_is_no_picture_is_refused(self, tmp_path, array):
        with pytest.raises(ValueError, match="cannot save an array"):
            save_picture(tmp_path / "a.png", array)

    def test_a_name_png_cannot_hold_is_refused(self, tmp_path):
        with pytest.raises(ValueError, match="cannot be the name"):
            save_picture(tmp_path / "a.png", photo(), {"씨앗": "7"})


class TestTensors:
    def test_the_range_is_minus_one_to_one(self):
        tensor = to_tensor(np.array([[[0, 255, 51]]], dtype=np.uint8))
        assert tensor.dtype == torch.float32
        assert tensor.flatten().tolist() == pytest.approx([-1, 1, -0.6])
        assert to_tensor(photo(5, 4)).shape == (3, 5, 4)


class TestResizing:
    def test_pictures_bilinearly_and_labels_to_the_nearest(self):
        assert (resize_picture(photo(), (48, 40)) == np.array(Image.fromarray(photo()).resize((40, 48), 2))).all()
        labels = (photo()[..., 0] // 13).astype(np.uint8)
        small = resize_labels(labels, (31, 47))
        assert small.shape == (31, 47)
        assert set(np.unique(small)) <= set(np.unique(labels))

    def test_the_same_size_changes_nothing(self):
        assert (resize_picture(noise(), (70, 90)) == noise()).all()
        assert (resize_labels(noise()[..., 0], (70, 90)) == noise()[..., 0]).all()


def test_pages_of_a_pdf_keep_their_order_and_size(tmp_path: Path) -> None:
    shades = [5 * number for number in range(40)]  # more than are written at once
    save_pages(tmp_path / "a" / "pages.pdf", (np.full((60, 90, 3), shade, np.uint8) for shade in shades), 72, 100)
    pages = pages_of(tmp_path / "a" / "pages.pdf")
    assert [page.size for page in pages] == [(90, 60)] * 40
    assert [round(float(np.asarray(page).mean())) for page in pages] == shades
    assert b"/MediaBox [ 0 0 90.0 60.0 ]" in (tmp_path / "a" / "pages.pdf").read_bytes()
    with pytest.raises(ValueError, match="without pages"):
        save_pages(tmp_path / "none.pdf", [], 72)
    (tmp_path / "file").touch()
    with pytest.raises(TryOnError, match="file"):
        save_pages(tmp_path / "file" / "b.pdf", [np.zeros((9, 9, 3), np.uint8)], 72)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "file"]
