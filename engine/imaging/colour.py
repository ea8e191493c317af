"""Colour as the networks know it: sRGB with 8 bits, whatever mode and profile a picture file has."""

from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
_CREATION_DATE = slice(24, 36)
_FIXED_DATE = bytes.fromhex("07d0 0001 0001 0000 0000 0000")


def to_srgb(image: Image.Image, ground: str = "#ffffff") -> Image.Image:
    """A picture of any 8-bit mode as RGB in sRGB; transparency is laid over `ground`.

    An embedded profile is followed (relative colorimetric, black point compensated); one that is broken, or made for
    another number of channels, is ignored, which means sRGB. A profile that is sRGB itself leaves the pixels untouched.
    """
    profile = image.info.get("icc_profile")
    alpha = None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    elif image.mode not in _MODE_OF_SPACE.values():
        image = image.convert("RGB")
    image = _follow_profile(image, profile) if profile else image.convert("RGB")
    if alpha is None:
        return image
    return Image.composite(image, Image.new("RGB", image.size, ground), alpha)


@cache
def srgb_profile() -> bytes:
    """An sRGB profile to embed; the same bytes on every call and day, for which its creation date is fixed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATION_DATE] = _FIXED_DATE
    return bytes(profile)


def _follow_profile(image: Image.Image, icc: bytes) -> Image.Image:
    try:
        profile = ImageCms.getOpenProfile(BytesIO(icc))
        mode = _MODE_OF_SPACE.get(profile.profile.xcolor_space.strip())
        if image.mode == "L" and mode == "RGB":
            image = image.convert("RGB")
        if image.mode != mode:
            return image.convert("RGB")
        return _transformed(image, profile)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.convert("RGB")


def _transformed(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    transform = ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        image.mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if image.mode == "RGB" and _changes_nothing(transform):
        return image
    return ImageCms.applyTransform(image, transform) or image


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a lattice of colours comes back within one step: the many sRGB profiles differ by their names only."""
    steps = np.arange(0, 256, 51, dtype=np.uint8)
    lattice = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    image = Image.fromarray(lattice)
    after = np.asarray(ImageCms.applyTransform(image, transform), dtype=np.int16)
    return int(np.abs(after - lattice).max()) <= 1
