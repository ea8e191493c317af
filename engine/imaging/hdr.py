"""Pictures of high dynamic range (PQ and HLG, ITU-R BT.2100) as sRGB, which without this look grey and washed out.

The reference white of BT.2408, 203 cd/m2, becomes white; what is brighter is pressed into the last fifth below it.
"""

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_HEAD = 1 << 16  # bytes in which a file says what its colours mean
_CURVES: dict[int, Literal["pq", "hlg"]] = {16: "pq", 18: "hlg"}  # transfer characteristics of ITU-T H.273
_BT2020 = 9  # colour primaries there
_WHITE, _HLG_PEAK = 203.0, 1000.0  # cd/m2
_KNEE = 0.8
_TO_BT709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32)
_LUMINANCE = np.array([0.2627, 0.6780, 0.0593], np.float32)


def to_sdr(image: Image.Image, path: str | Path) -> Image.Image:
    """The picture of the file `path` in sRGB where the file says that it is PQ or HLG; any other as it is."""
    primaries, curve = _colours(path)
    if curve is None:
        return image
    light = _light(np.asarray(image.convert("RGB")), curve)
    if primaries == _BT2020:
        light = light @ _TO_BT709.T
    found = Image.fromarray(_srgb(light))
    if image.has_transparency_data:
        found.putalpha(image.convert("RGBA").getchannel("A"))
    return found


def _colours(path: str | Path) -> tuple[int, Literal["pq", "hlg"] | None]:
    """Primaries and curve by the box "colr" of AVIF and HEIC, or by PNG's chunk cICP."""
    with Path(path).open("rb") as file:
        head = file.read(_HEAD)
    for mark, width in ((b"colrnclx", 2), (b"cICP", 1)):
        _, found, after = head.partition(mark)
        if found and len(after) >= 2 * width:
            primaries, transfer = (int.from_bytes(after[at * width :][:width], "big") for at in range(2))
            return primaries, _CURVES.get(transfer)
    return 0, None


def _light(values: NDArray[np.uint8], curve: Literal["pq", "hlg"]) -> NDArray[np.float32]:
    """Light (H, W, 3), 1 for the reference white, of values (H, W, 3)."""
    code = np.arange(256) / 255
    if curve == "pq":
        root = code ** (32 / 2523)
        table = 10000 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (16384 / 2610)
        return np.asarray((table / _WHITE).astype(np.float32)[values])
    table = np.where(code <= 0.5, code**2 / 3, (np.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    scene = table.astype(np.float32)[values]
    return np.asarray(scene * (_HLG_PEAK / _WHITE) * (scene @ _LUMINANCE)[..., None] ** 0.2, dtype=np.float32)


def _srgb(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    light = np.maximum(light, 0)
    pressed = _KNEE + (1 - _KNEE) * (1 - np.exp(-np.maximum(light - _KNEE, 0) / (1 - _KNEE)))
    light = np.where(light > _KNEE, pressed, light)
    values = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray((255 * values + 0.5).clip(0, 255), dtype=np.uint8)
