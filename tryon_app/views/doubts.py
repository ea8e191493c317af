"""The engine's doubts about a photo or a try-on in the window's language, by their code."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# In English word for word what the engine says, except where the window offers more than a file does.
_DOUBTS = {
    "two_people": QT_TRANSLATE_NOOP(
        "Doubt", "The photo shows several people; the largest was taken. Click the box of another to choose it."
    ),
    "back_view": QT_TRANSLATE_NOOP(
        "Doubt", "The person seems to be seen from behind; the garment will be laid on as if from the front."
    ),
    "side_view": QT_TRANSLATE_NOOP("Doubt", "The person is turned to the side; try-ons work best from the front."),
    "lying": QT_TRANSLATE_NOOP(
        "Doubt", "The person does not stand or sit upright; turn the photo if it lies on its side."
    ),
    "arms_crossed": QT_TRANSLATE_NOOP(
        "Doubt", "The arms lie over the chest; the garment may be wrong where they cover it."
    ),
    "long_hair": QT_TRANSLATE_NOOP("Doubt", "Hair falls over the chest; its ends may be painted over."),
    "coat": QT_TRANSLATE_NOOP(
        "Doubt", "A coat or an open jacket is worn; its outline may remain around the new garment."
    ),
    "dress": QT_TRANSLATE_NOOP("Doubt", "A dress is worn; what should be seen below the new top is a guess."),
    "covered": QT_TRANSLATE_NOOP("Doubt", "Something hides much of the upper body; the garment may be wrong there."),
    "hips_guessed": QT_TRANSLATE_NOOP("Doubt", "The hips are not in the photo; where the garment ends is a guess."),
    "shoulders_guessed": QT_TRANSLATE_NOOP("Doubt", "A shoulder was not found; its place is a guess."),
    "head_cut": QT_TRANSLATE_NOOP("Doubt", "The head is cut off or was not found; the neckline may be wrong."),
    "low_confidence": QT_TRANSLATE_NOOP(
        "Doubt", "Pose and parse are uncertain; look at them before you trust the result."
    ),
    "small_person": QT_TRANSLATE_NOOP(
        "Doubt", "The person is small in the photo; the result will be less sharp than from a closer photo."
    ),
    "misaligned": QT_TRANSLATE_NOOP(
        "Doubt", "The garment could not be laid onto the body well; parts of it are made up."
    ),
    "distorted": QT_TRANSLATE_NOOP(
        "Doubt", "The garment was bent strongly to fit the pose; its pattern may look wrong."
    ),
    "outline_uncertain": QT_TRANSLATE_NOOP(
        "Doubt", "Where the new garment ends on the body is uncertain; look at the predicted parse."
    ),
    "much_changed": QT_TRANSLATE_NOOP(
        "Doubt", "The garments cover much of the picture, which is made anew there; look at the result closely."
    ),
    "strong_pattern": QT_TRANSLATE_NOOP(
        "Doubt", "The garment has a strong pattern, on which every small shift and fold shows."
    ),
    "garment_uncertain": QT_TRANSLATE_NOOP("Doubt", "Garment and background are hard to tell apart; look at the mask."),
    "garment_cut": QT_TRANSLATE_NOOP(
        "Doubt", "The garment reaches over the edge of its photo; what is missing is made up."
    ),
    "garment_small": QT_TRANSLATE_NOOP("Doubt", "The garment is small in its photo; fine details will be missing."),
    "garment_worn": QT_TRANSLATE_NOOP(
        "Doubt", "The garment's photo shows skin; a photo of the garment alone works better."
    ),
}
CODES = frozenset(_DOUBTS)


def doubt_sentence(code: str, english: str) -> str:
    """The sentence of a doubt; `english`, the engine's own, for a code that has no translation."""
    source = _DOUBTS.get(code)
    return english if source is None else QCoreApplication.translate("Doubt", str(source))
