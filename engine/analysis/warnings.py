"""What makes an analysis or a try-on doubtful: a stable word for programs and a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine import notes

_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "two_people": "The photo shows several people; the largest was taken. Draw a box around another to choose it.",
        "back_view": "The person seems to be seen from behind; the garment will be laid on as if from the front.",
        "side_view": "The person is turned to the side; try-ons work best from the front.",
        "lying": "The person does not stand or sit upright; turn the photo if it lies on its side.",
        "arms_crossed": "The arms lie over the chest; the garment may be wrong where they cover it.",
        "long_hair": "Hair falls over the chest; its ends may be painted over.",
        "coat": "A coat or an open jacket is worn; its outline may remain around the new garment.",
        "dress": "A dress is worn; what should be seen below the new top is a guess.",
        "covered": "Something hides much of the upper body; the garment may be wrong there.",
        "hips_guessed": "The hips are not in the photo; where the garment ends is a guess.",
        "shoulders_guessed": "A shoulder was not found; its place is a guess.",
        "head_cut": "The head is cut off or was not found; the neckline may be wrong.",
        "low_confidence": "Pose and parse are uncertain; look at them before you trust the result.",
        "small_person": "The person is small in the photo; the result will be less sharp than from a closer photo.",
        "misaligned": "The garment could not be laid onto the body well; parts of it are made up.",
        "distorted": "The garment was bent strongly to fit the pose; its pattern may look wrong.",
        "outline_uncertain": "Where the new garment ends on the body is uncertain; look at the predicted parse.",
        "much_changed": "The garments cover much of the picture, which is made anew there; look at the result closely.",
        "strong_pattern": "The garment has a strong pattern, on which every small shift and fold shows.",
        "garment_uncertain": "Garment and background are hard to tell apart; look at the mask.",
        "garment_cut": "The garment reaches over the edge of its photo; what is missing is made up.",
        "garment_small": "The garment is small in its photo; fine details will be missing.",
        "garment_worn": "The garment's photo shows skin; a photo of the garment alone works better.",
    }
)
CODES = frozenset(_SENTENCES)


@dataclass(frozen=True)
class Doubt:
    """`code` is a stable word, one of `CODES`; `sentence` says to the user what may go wrong and what helps."""

    code: str
    sentence: str


def doubt(code: str) -> Doubt:
    """The doubt with this code, or what a reader noted. KeyError for an unknown one."""
    return Doubt(code, _SENTENCES[code] if code in _SENTENCES else notes.SENTENCES[code])
