"""Photos of high dynamic range look like the same photo without it."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.images import read_photo
from tests.rendered import rendered_pair

PHOTO = (rendered_pair(5, (256, 192)).image * 0.85).astype(np.uint8)  # nothing so bright that it would be pressed
TO_BT2020 = np.linalg.inv([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])


def encoded(curve: str, *, wide: bool) -> NDArray[np.uint8]:
    """The photo's light, white at 203 cd/m2, as BT.2100 writes it."""
    values = PHOTO / 255
    light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4) * 203
    light = np.maximum(light @ TO_BT2020.T if wide else light, 0)
    if curve == "pq":
        power = (light / 10000) ** (2610 / 16384)
        code = ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** (2523 / 32)
    else:
        luminance = np.maximum(light @ [0.2627, 0.6780, 0.0593], 1e-9)[..., None] / 1000
        scene = light / 1000 * luminance ** (1 / 1.2 - 1)
        code = np.where(
            scene <= 1 / 12,
            np.sqrt(3 * scene),
            0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073,
        )
    return np.asarray((255 * code + 0.5).clip(0, 255), dtype=np.uint8)


def png(picture: NDArray[np.uint8], primaries: int, transfer: int) -> bytes:
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    content, chunk = file.getvalue(), b"cICP" + bytes((primaries, transfer, 0, 1))
    return content[:33] + struct.pack(">I", 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[33:]


@pytest.mark.parametrize(("curve", "transfer"), [("pq", 16), ("hlg", 18)])
@pytest.mark.parametrize("wide", [True, False])
def test_a_photo_is_what_it_was(curve: str, transfer: int, wide: bool, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(encoded(curve, wide=wide), 9 if wide else 1, transfer))
    apart = np.abs(read_photo(tmp_path / "a.png").astype(int) - PHOTO)
    assert np.percentile(apart, 95) < 12  # 8 bits are few for so wide a range
    assert apart.mean() < 4


def test_an_avif_says_it_in_its_own_way(tmp_path: Path) -> None:
    file = BytesIO()
    Image.fromarray(encoded("pq", wide=False)).save(file, "AVIF", quality=95)
    plain = b"colrnclx" + struct.pack(">HH", 1, 13)
    assert plain in file.getvalue()
    (tmp_path / "a.avif").write_bytes(file.getvalue().replace(plain, b"colrnclx" + struct.pack(">HH", 1, 16)))
    assert np.abs(read_photo(tmp_path / "a.avif").astype(int) - PHOTO).mean() < 6


def test_light_beyond_white_is_pressed_and_not_cut(tmp_path: Path) -> None:
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (64, 256, 3))
    (tmp_path / "a.png").write_bytes(png(np.ascontiguousarray(ramp), 9, 16))
    grey = read_photo(tmp_path / "a.png")[0, :, 0].astype(int)
    assert (np.diff(grey) >= 0).all()
    assert grey[150] < 255 <= grey[255]
    assert len(np.unique(grey)) > 120


def test_other_curves_are_left(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(PHOTO, 1, 13))
    assert np.array_equal(read_photo(tmp_path / "a.png"), PHOTO)
