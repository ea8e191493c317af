"""Words for what the engine names by keys: views, labels, joints, doubts; and for times and sizes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject

# The name of a view, a part of it for thumbnails too narrow for all, and what it shows in one line.
_VIEWS = {
    "photo": (
        QT_TRANSLATE_NOOP("Stage", "Photo"),
        QT_TRANSLATE_NOOP("ShortStage", "Photo"),
        QT_TRANSLATE_NOOP("Stage", "The photo of the person, framed"),
    ),
    "pose": (
        QT_TRANSLATE_NOOP("Stage", "Pose"),
        QT_TRANSLATE_NOOP("ShortStage", "Pose"),
        QT_TRANSLATE_NOOP("Stage", "Where the joints are; drag a joint to correct it"),
    ),
    "parse": (
        QT_TRANSLATE_NOOP("Stage", "Parse"),
        QT_TRANSLATE_NOOP("ShortStage", "Parse"),
        QT_TRANSLATE_NOOP("Stage", "Which part of the person every pixel is; brush to correct it"),
    ),
    "agnostic": (
        QT_TRANSLATE_NOOP("Stage", "Agnostic"),
        QT_TRANSLATE_NOOP("ShortStage", "Agn."),
        QT_TRANSLATE_NOOP("Stage", "The person without the clothes that will be replaced"),
    ),
    "coat": (
        QT_TRANSLATE_NOOP("Stage", "Worn over it"),
        QT_TRANSLATE_NOOP("ShortStage", "Over"),
        QT_TRANSLATE_NOOP("Stage", "What stays on over the new garment, such as an open coat; brush to add a bag"),
    ),
    "hair": (
        QT_TRANSLATE_NOOP("Stage", "Ends of hair"),
        QT_TRANSLATE_NOOP("ShortStage", "Hair"),
        QT_TRANSLATE_NOOP("Stage", "Which hair will lie before the new garment; brush to correct it"),
    ),
    "garment_mask": (
        QT_TRANSLATE_NOOP("Stage", "Garment mask"),
        QT_TRANSLATE_NOOP("ShortStage", "Mask"),
        QT_TRANSLATE_NOOP("Stage", "What of the garment photo is garment; brush to correct it"),
    ),
    "collar": (
        QT_TRANSLATE_NOOP("Stage", "Inside of the collar"),
        QT_TRANSLATE_NOOP("ShortStage", "Collar"),
        QT_TRANSLATE_NOOP("Stage", "What the garment photo shows of the inside of the collar; brush to correct it"),
    ),
    "parts": (
        QT_TRANSLATE_NOOP("Stage", "Sleeves in the photo"),
        QT_TRANSLATE_NOOP("ShortStage", "Sleev."),
        QT_TRANSLATE_NOOP("Stage", "Where the sleeves are in the garment photo, each apart; brush to correct it"),
    ),
    "segmentation": (
        QT_TRANSLATE_NOOP("Stage", "Segmentation"),
        QT_TRANSLATE_NOOP("ShortStage", "Segm."),
        QT_TRANSLATE_NOOP("Stage", "How the parts will lie with the new garment on, as predicted"),
    ),
    "warped": (
        QT_TRANSLATE_NOOP("Stage", "Warped cloth"),
        QT_TRANSLATE_NOOP("ShortStage", "Warp"),
        QT_TRANSLATE_NOOP("Stage", "The garment bent onto the body; drag a control point to correct it"),
    ),
    "misalignment": (
        QT_TRANSLATE_NOOP("Stage", "Misalignment"),
        QT_TRANSLATE_NOOP("ShortStage", "Misal."),
        QT_TRANSLATE_NOOP("Stage", "Where the bent garment fails to cover the clothes"),
    ),
    "result": (
        QT_TRANSLATE_NOOP("Stage", "Result"),
        QT_TRANSLATE_NOOP("ShortStage", "Result"),
        QT_TRANSLATE_NOOP("Stage", "The person in the new garment"),
    ),
}
_LABELS = {
    "background": QT_TRANSLATE_NOOP("Label", "Background"),
    "hat": QT_TRANSLATE_NOOP("Label", "Hat"),
    "hair": QT_TRANSLATE_NOOP("Label", "Hair"),
    "glove": QT_TRANSLATE_NOOP("Label", "Glove"),
    "sunglasses": QT_TRANSLATE_NOOP("Label", "Sunglasses"),
    "upper": QT_TRANSLATE_NOOP("Label", "Upper clothes"),
    "dress": QT_TRANSLATE_NOOP("Label", "Dress"),
    "coat": QT_TRANSLATE_NOOP("Label", "Coat"),
    "socks": QT_TRANSLATE_NOOP("Label", "Socks"),
    "pants": QT_TRANSLATE_NOOP("Label", "Trousers"),
    "neck": QT_TRANSLATE_NOOP("Label", "Neck"),
    "scarf": QT_TRANSLATE_NOOP("Label", "Scarf"),
    "skirt": QT_TRANSLATE_NOOP("Label", "Skirt"),
    "face": QT_TRANSLATE_NOOP("Label", "Face"),
    "left arm": QT_TRANSLATE_NOOP("Label", "Left arm"),
    "right arm": QT_TRANSLATE_NOOP("Label", "Right arm"),
    "left leg": QT_TRANSLATE_NOOP("Label", "Left leg"),
    "right leg": QT_TRANSLATE_NOOP("Label", "Right leg"),
    "left shoe": QT_TRANSLATE_NOOP("Label", "Left shoe"),
    "right shoe": QT_TRANSLATE_NOOP("Label", "Right shoe"),
    "bottom": QT_TRANSLATE_NOOP("Label", "Lower clothes"),
    "lower": QT_TRANSLATE_NOOP("Label", "Lower clothes"),
    "noise": QT_TRANSLATE_NOOP("Label", "Neck, or not known"),
    "paste": QT_TRANSLATE_NOOP("Label", "Kept from the photo"),
    "garment": QT_TRANSLATE_NOOP("Label", "Garment"),
}
# What sleeves are called, by how long they are.
_SLEEVES = {
    "none": QT_TRANSLATE_NOOP("Sleeves", "None"),
    "short": QT_TRANSLATE_NOOP("Sleeves", "Short"),
    "elbow": QT_TRANSLATE_NOOP("Sleeves", "To the elbow"),
    "three-quarter": QT_TRANSLATE_NOOP("Sleeves", "Three-quarter"),
    "long": QT_TRANSLATE_NOOP("Sleeves", "Long"),
}
# BODY_25, in OpenPose's words with spaces.
_JOINTS = {
    "nose": QT_TRANSLATE_NOOP("Joint", "Nose"),
    "neck": QT_TRANSLATE_NOOP("Joint", "Neck"),
    "right shoulder": QT_TRANSLATE_NOOP("Joint", "Right shoulder"),
    "right elbow": QT_TRANSLATE_NOOP("Joint", "Right elbow"),
    "right wrist": QT_TRANSLATE_NOOP("Joint", "Right wrist"),
    "left shoulder": QT_TRANSLATE_NOOP("Joint", "Left shoulder"),
    "left elbow": QT_TRANSLATE_NOOP("Joint", "Left elbow"),
    "left wrist": QT_TRANSLATE_NOOP("Joint", "Left wrist"),
    "mid hip": QT_TRANSLATE_NOOP("Joint", "Middle of the hips"),
    "right hip": QT_TRANSLATE_NOOP("Joint", "Right hip"),
    "right knee": QT_TRANSLATE_NOOP("Joint", "Right knee"),
    "right ankle": QT_TRANSLATE_NOOP("Joint", "Right ankle"),
    "left hip": QT_TRANSLATE_NOOP("Joint", "Left hip"),
    "left knee": QT_TRANSLATE_NOOP("Joint", "Left knee"),
    "left ankle": QT_TRANSLATE_NOOP("Joint", "Left ankle"),
    "right eye": QT_TRANSLATE_NOOP("Joint", "Right eye"),
    "left eye": QT_TRANSLATE_NOOP("Joint", "Left eye"),
    "right ear": QT_TRANSLATE_NOOP("Joint", "Right ear"),
    "left ear": QT_TRANSLATE_NOOP("Joint", "Left ear"),
    "left big toe": QT_TRANSLATE_NOOP("Joint", "Left big toe"),
    "left small toe": QT_TRANSLATE_NOOP("Joint", "Left small toe"),
    "left heel": QT_TRANSLATE_NOOP("Joint", "Left heel"),
    "right big toe": QT_TRANSLATE_NOOP("Joint", "Right big toe"),
    "right small toe": QT_TRANSLATE_NOOP("Joint", "Right small toe"),
    "right heel": QT_TRANSLATE_NOOP("Joint", "Right heel"),
}


# The labels that packs carry; the names of licences are the same everywhere.
_LICENCES = {
    "research, non-commercial": QT_TRANSLATE_NOOP("Licence", "research, non-commercial"),
    "none": QT_TRANSLATE_NOOP("Licence", "none"),
}


# The titles in resources/samples/samples.json.
SAMPLES = (
    QT_TRANSLATE_NOOP("Sample", "Woman in a short-sleeved top"),
    QT_TRANSLATE_NOOP("Sample", "Man in a t-shirt"),
    QT_TRANSLATE_NOOP("Sample", "Plain short-sleeved t-shirt"),
    QT_TRANSLATE_NOOP("Sample", "Striped long-sleeved top"),
    QT_TRANSLATE_NOOP("Sample", "Sleeveless top"),
    QT_TRANSLATE_NOOP("Sample", "T-shirt with a printed text"),
)


class Words(QObject):
    """Words with a number; lupdate knows plurals only in `self.tr`."""

    def seconds(self, count: int) -> str:
        return self.tr("%n second(s)", "", count)

    def minutes(self, count: int) -> str:
        return self.tr("%n minute(s)", "", count)


def view_name(key: str) -> str:
    """A view's name in the window's language."""
    return QCoreApplication.translate("Stage", str(_VIEWS[key][0]))


def licence_text(label: str) -> str:
    """A pack's licence label in the window's language."""
    return QCoreApplication.translate("Licence", str(_LICENCES[label])) if label in _LICENCES else label


def short_view_name(key: str) -> str:
    """A view's name in one short word."""
    return QCoreApplication.translate("ShortStage", str(_VIEWS[key][1]))


def view_tip(key: str) -> str:
    """What a view shows, in one line."""
    return QCoreApplication.translate("Stage", str(_VIEWS[key][2]))


def sleeves_name(called: str) -> str:
    """What sleeves are called in the window's language."""
    return QCoreApplication.translate("Sleeves", str(_SLEEVES[called]))


def label_name(english: str) -> str:
    """A label's name in the window's language; the English one with a capital if it is not known."""
    return _words("Label", _LABELS, english)


def part_name(english: str) -> str:
    """A label or a joint by its lower-case English name; that name where it is neither."""
    for context, table in (("Label", _LABELS), ("Joint", _JOINTS)):
        if english in table:
            return QCoreApplication.translate(context, str(table[english]))
    return english


def sample_name(english: str) -> str:
    """A sample photo's title in the window's language."""
    return QCoreApplication.translate("Sample", english)


def joint_name(english: str) -> str:
    """A joint's name, from the engine's "left elbow", "LEFT_ELBOW" or OpenPose's "LElbow"."""
    return _words("Joint", _JOINTS, _spelled(english))


# The name of a tool, what it does in one line, and its key on the canvas.
_TOOLS: Mapping[str, tuple[object, object, str]] = {
    "hand": (
        QT_TRANSLATE_NOOP("Tool", "Hand"),
        QT_TRANSLATE_NOOP("Tool", "Move the picture"),
        "H",
    ),
    "box": (
        QT_TRANSLATE_NOOP("Tool", "Box"),
        QT_TRANSLATE_NOOP("Tool", "Draw a box around a person"),
        "",
    ),
    "brush": (
        QT_TRANSLATE_NOOP("Tool", "Brush"),
        QT_TRANSLATE_NOOP("Tool", "Brush; Shift: straight from where it was; Alt+click: take the label"),
        "B",
    ),
    "eraser": (
        QT_TRANSLATE_NOOP("Tool", "Eraser"),
        QT_TRANSLATE_NOOP("Tool", "Eraser"),
        "E",
    ),
    "fill": (
        QT_TRANSLATE_NOOP("Tool", "Fill"),
        QT_TRANSLATE_NOOP("Tool", "Fill a region with the chosen label"),
        "G",
    ),
    "lasso": (
        QT_TRANSLATE_NOOP("Tool", "Lasso"),
        QT_TRANSLATE_NOOP("Tool", "Outline a region: draw, or click from corner to corner; Enter closes"),
        "L",
    ),
    "joints": (
        QT_TRANSLATE_NOOP("Tool", "Joints"),
        QT_TRANSLATE_NOOP("Tool", "Move joints"),
        "J",
    ),
    "frame": (
        QT_TRANSLATE_NOOP("Tool", "Move and turn"),
        QT_TRANSLATE_NOOP(
            "Tool",
            "Move the garment; drag its grips to scale it, beside them to turn it. Shift: free, or by 15°; "
            "Alt: about the middle",
        ),
        "T",
    ),
    "push": (
        QT_TRANSLATE_NOOP("Tool", "Push"),
        QT_TRANSLATE_NOOP("Tool", "Push the garment softly; [ and ] change the brush"),
        "W",
    ),
    "edge": (
        QT_TRANSLATE_NOOP("Tool", "Pull an edge"),
        QT_TRANSLATE_NOOP("Tool", "Pull a hem, a sleeve or the neckline; what is beside it follows"),
        "D",
    ),
    "points": (
        QT_TRANSLATE_NOOP("Tool", "Control points"),
        QT_TRANSLATE_NOOP("Tool", "Move control points"),
        "M",
    ),
    "pin": (
        QT_TRANSLATE_NOOP("Tool", "Pin"),
        QT_TRANSLATE_NOOP("Tool", "Pin where the garment is to stay; click a pin to take it away"),
        "N",
    ),
}


def duration(seconds: float) -> str:
    """A time left or taken, as coarse as people say it."""
    if seconds < 1:
        return QCoreApplication.translate("Words", "less than a second")
    count = round(seconds)
    if count < 90:
        return Words().seconds(count)
    count = round(seconds / 60)
    if count < 90:
        return Words().minutes(count)
    hours, minutes = divmod(count, 60)
    return QCoreApplication.translate("Words", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def time_left(seconds: float | None) -> str:
    """ "about 2 minutes left", or nothing when it is not known."""
    if seconds is None:
        return ""
    if seconds < 1:
        return QCoreApplication.translate("Words", "less than a second left")
    return QCoreApplication.translate("Words", "about {time} left").format(time=duration(seconds))


def size_text(count: float) -> str:
    """Bytes with a binary unit: 1536 is "1.5 KiB"."""
    units = ("B", "KiB", "MiB", "GiB", "TiB")
    for unit in units[:-1]:
        if count < 1024:
            return f"{count:.0f} {unit}" if unit == "B" or count >= 100 else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} {units[-1]}"


def tool_name(key: str) -> str:
    """What a tool of the canvas is called."""
    return QCoreApplication.translate("Tool", str(_TOOLS[key][0]))


def tool_tip(key: str) -> str:
    """What a tool does, and with which keys held."""
    return QCoreApplication.translate("Tool", str(_TOOLS[key][1]))


def tool_key(key: str) -> str:
    """The key that takes a tool in hand while the picture has the focus, "" for none."""
    return _TOOLS[key][2]


def _spelled(english: str) -> str:
    name = english.replace("_", " ").strip()
    if len(name) > 2 and name[0] in "LR" and name[1].isupper() and not name.isupper():  # OpenPose: LElbow, RBigToe
        name = f"{'left' if name[0] == 'L' else 'right'} {name[1:]}"
    if not name.isupper():
        name = "".join(f" {c}" if c.isupper() and i and name[i - 1] != " " else c for i, c in enumerate(name))
    return name.lower()


def _words(context: str, table: Mapping[str, object], key: str) -> str:
    source = table.get(key)
    if source is None:
        return key[:1].upper() + key[1:].replace("_", " ")
    return QCoreApplication.translate(context, str(source))
