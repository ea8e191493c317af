"""The engine's sentences about bad files in the window's language; they are told apart by their English words."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tryon_app.views.data_faults import FAULTS

# Word for word the engine's, with names for what differs from file to file.
_FAULTS = (
    QT_TRANSLATE_NOOP(
        "Fault",
        "There is not enough memory for this; close other programs or choose a smaller picture size in Preferences.",
    ),
    QT_TRANSLATE_NOOP("Fault", "There is no file {path}; check the name or choose another picture."),
    QT_TRANSLATE_NOOP("Fault", "{path} is a folder; choose a picture file in it."),
    QT_TRANSLATE_NOOP("Fault", "{path} is not an ordinary file; choose a {kinds} picture."),
    QT_TRANSLATE_NOOP("Fault", "{path} is not a picture that can be read; choose a {kinds} file."),
    QT_TRANSLATE_NOOP("Fault", "The picture {path} is empty (0 bytes); copy or download it again."),
    QT_TRANSLATE_NOOP("Fault", "The picture {path} is damaged or incomplete; copy or download it again."),
    QT_TRANSLATE_NOOP("Fault", "The picture {path} cannot be opened ({reason}); check the file."),
    QT_TRANSLATE_NOOP(
        "Fault", "The picture {path} has only {width} x {height} pixels; choose one of at least {least} x {same}."
    ),
    QT_TRANSLATE_NOOP(
        "Fault", "The picture {path} has {width} x {height} pixels, over {most} megapixels; make it smaller first."
    ),
    QT_TRANSLATE_NOOP("Fault", "The picture {path} has 32 bits a pixel; save it with 8 or 16 bits."),
    QT_TRANSLATE_NOOP("Fault", "There is not enough memory for the picture {path}; make it smaller first."),
    QT_TRANSLATE_NOOP(
        "Fault", "The picture {path} cannot be written as '{ending}'; end its name in .png, .jpg or .webp."
    ),
    QT_TRANSLATE_NOOP(
        "Fault", "The picture {path} cannot be written ({reason}); free some space or choose another folder or format."
    ),
    QT_TRANSLATE_NOOP("Fault", "The parse {path} is a JPEG, which blurs label numbers; give a palette or grey PNG."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The parse {path} is a picture in colours ({mode}), not a label map; give the palette or grey PNG whose pixel "
        "values are class numbers.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The parse {path} holds the value {value}, but its labels should be 0 to {last}, or {unknown} for not known; "
        "give a parse of the right label set.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The parse is all background; give the parse of this photo, or none."),
    QT_TRANSLATE_NOOP("Fault", "The mask {path} is empty, no pixel reaches 128; paint the garment white on black."),
    QT_TRANSLATE_NOOP("Fault", "The pose {path} cannot be read ({reason}); choose an OpenPose JSON file."),
    QT_TRANSLATE_NOOP("Fault", "The pose {path} is not a JSON file; choose the file that OpenPose wrote."),
    QT_TRANSLATE_NOOP("Fault", "The pose {path} has no list of people; choose a file in OpenPose's JSON format."),
    QT_TRANSLATE_NOOP("Fault", "The pose {path} shows no person; choose a photo in which OpenPose finds one."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The pose {path} has {found} in pose_keypoints_2d; write it with OpenPose's BODY_25 or COCO model.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault", "The pose {path} has a keypoint that is not a finite number; write it again with OpenPose."
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The pose {path} does not fit a picture of {width} x {height} pixels; give the pose of this photo, in pixels "
        "of this photo.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{path} has no transparent part, so it does not say where the warped garment is; give a PNG cut out along the "
        "garment, or its control points as JSON.",
    ),
    QT_TRANSLATE_NOOP("Fault", "{path} holds no control points; give 25 pairs of numbers as JSON."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{path} has {width} x {height} pixels, which is not 3:4 as the person's frame is; crop it to that frame first.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{path} cannot replace this picture, which follows from the others; replace the pose, the parse, the agnostic "
        "person, the mask, the segmentation or the warped garment.",
    ),
)


def fault_sentence(english: str) -> str:
    """An engine's sentence in the window's language; the sentence itself where it is not known."""
    for fault in (*_FAULTS, *FAULTS):
        found = _pattern(str(fault)).fullmatch(english)
        if found is not None:
            values = found.groupdict()
            if "kinds" in values:
                values["kinds"] = values["kinds"].replace(" or ", QCoreApplication.translate("Fault", " or "))
            return QCoreApplication.translate("Fault", str(fault)).format(**values)
    return english


@cache
def _pattern(fault: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", fault)
    named = (f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
    text = "".join(named)  # the engine begins some in lower case, since they follow the program's name
    return re.compile(f"(?i:{text[0]}){text[1:]}" if text[0].isalpha() else text, re.DOTALL)
