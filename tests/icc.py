"""Colour profiles built from their numbers, so that tests need no profile files of others."""

import struct

# Columns of the matrices from linear RGB to XYZ, adapted to D50 (Bradford), as the ICC format wants them.
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_D50 = (0.9642, 1.0, 0.8249)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(value):
    return struct.pack(">i", round(value * 65536))


def _xyz(values):
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _parametric(values):
    return b"para\0\0\0\0" + struct.pack(">HH", {1: 0, 5: 3}[len(values)], 0) + b"".join(map(_fixed, values))


def _text(text):
    encoded = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded


def _profile(space, tags):
    directory, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        value += b"\0" * (-len(value) % 4)
        directory += struct.pack(">4sII", name, start + len(body), len(value))
        body += value
    size = start + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x04000000, b"mntr", space, b"XYZ ")
    header += struct.pack(">6H4s", 2020, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 28 + b"".join(map(_fixed, _D50))
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + directory + body


def rgb_profile(primaries, name="test", curve=_SRGB_CURVE):
    """A matrix profile (ICC version 4) with the same tone curve for red, green and blue."""
    tags = {b"desc": _text(name), b"cprt": _text("none"), b"wtpt": _xyz(_D50)}
    tags |= {tag: _xyz(values) for tag, values in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _parametric(curve))
    return _profile(b"RGB ", tags)


def grey_profile(gamma):
    """A one-channel profile with a plain gamma curve."""
    tags = {b"desc": _text("grey"), b"cprt": _text("none"), b"wtpt": _xyz(_D50), b"kTRC": _parametric((gamma,))}
    return _profile(b"GRAY", tags)
