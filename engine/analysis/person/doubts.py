"""What about a person makes a try-on doubtful. Every rule looks at the pose and the parse in the frame.

Proportions of frame and shoulders were measured on poses of the VITON training set, where most people face the camera.
How sure an analysis must be, and how much hair on the chest matters, was chosen on held-out photos and try-ons; the
other thresholds are judgement.
"""

from collections.abc import Iterator

import numpy as np

from engine.analysis.common.doubt import Doubt, doubt
from engine.analysis.common.in_front import is_thing_in_front
from engine.analysis.person.open_coat import open_coat
from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint
from engine.pose.torso import torso_of
from engine.values import Person

LOW_CONFIDENCE = 0.55  # half of the street photos that were seen badly are below, and no studio photo
_NARROW = 0.45  # shoulders over torso; 0.67 from the front
_TILTED = 0.6  # of the torso's length that the neck stands above the hips
_ARMS_ON_CHEST = 0.12  # of the torso
_HAIR_ON_CHEST = 0.08
_HIDDEN = 0.25
_OTHER_KIND = 0.35  # of all clothes that the garment replaces
_LEAST_FACE = 0.12  # of the head
_SHOULDERS = (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER)
_HIPS = (Joint.RIGHT_HIP, Joint.LEFT_HIP, Joint.MID_HIP)


def doubts_of(person: Person, confidence: float = 1.0, category: Category = UPPER) -> tuple[Doubt, ...]:
    """Everything doubtful about a person in the frame who is to wear a garment of the category, worst first.

    confidence: the analysis's own, 0..1.
    """
    try:
        pose = person.pose.completed()
    except TryOnError:
        return (doubt("shoulders_guessed"), doubt("low_confidence"))
    codes = [*_about_view(person, pose), *(_about_cover(person, pose, category) if category.torso else ())]
    codes += [*_about_clothes(person, category), *_about_gaps(person)]
    if confidence < LOW_CONFIDENCE:
        codes.append("low_confidence")
    return tuple(doubt(code) for code in codes)


def _about_view(person: Person, pose: Pose) -> Iterator[str]:
    """From behind, from the side, lying."""
    right, left = (np.array(pose.point(joint)) for joint in _SHOULDERS)
    neck, hip = (np.array(pose.point(joint)) for joint in (Joint.NECK, Joint.MID_HIP))
    torso = max(float(np.linalg.norm(hip - neck)), 1.0)
    if _back(person, float(right[0] - left[0]) / torso):
        yield "back_view"
    elif float(np.linalg.norm(right - left)) / torso < _NARROW and not pose.estimated & set(_SHOULDERS):
        yield "side_view"
    if (hip[1] - neck[1]) / torso < _TILTED:
        yield "lying"


def _back(person: Person, swapped: float) -> bool:
    """The right shoulder on the right, or a head that is all hair."""
    face = int(np.isin(person.parse, (Lip.FACE, Lip.SUNGLASSES)).sum())
    hair = int(np.isin(person.parse, (Lip.HAIR, Lip.HAT)).sum())
    head_seen = face + hair > 0.004 * person.parse.size
    return swapped > 0.2 or (head_seen and face < _LEAST_FACE * (face + hair) and not person.pose.found(Joint.NOSE))


def _about_cover(person: Person, pose: Pose, category: Category) -> Iterator[str]:
    """Arms, hair or a thing in front of the chest."""
    torso = torso_of(pose)
    area = max(int(torso.sum()), 1)
    inside = person.parse[torso] if torso.any() else np.zeros(1, dtype=np.uint8)
    if _arms_on_chest(inside, pose, torso):
        yield "arms_crossed"
    if _chest_hair(person, pose) / area > _HAIR_ON_CHEST:
        yield "long_hair"
    hidden = np.isin(inside, (Lip.BACKGROUND, 255, Lip.SCARF)).sum()
    if hidden / area > _HIDDEN:
        yield "covered"
    elif is_thing_in_front(person.image, np.isin(person.parse, category.worn)):
        yield "in_front"


def _arms_on_chest(inside: Labels, pose: Pose, torso: BoolMask) -> bool:
    """Bare arms cover much of it, or both wrists lie on it and have changed sides or come close."""
    if np.isin(inside, (Lip.LEFT_ARM, Lip.RIGHT_ARM)).mean() > _ARMS_ON_CHEST:
        return True
    if not (pose.found(Joint.RIGHT_WRIST) and pose.found(Joint.LEFT_WRIST)):
        return False
    wrists = [np.array(pose.point(joint)) for joint in (Joint.RIGHT_WRIST, Joint.LEFT_WRIST)]
    height, width = torso.shape
    places = [np.clip(point.astype(int), 0, (width - 1, height - 1)) for point in wrists]
    on_it = [bool(torso[y, x]) for x, y in places]
    side = np.sign(pose.point(Joint.LEFT_SHOULDER)[0] - pose.point(Joint.RIGHT_SHOULDER)[0])
    crossed = (wrists[1][0] - wrists[0][0]) * side < 0
    return all(on_it) or (any(on_it) and crossed)


def _chest_hair(person: Person, pose: Pose) -> int:
    """Pixels of hair below the shoulders, between and a little beside them."""
    xs, ys = zip(*(pose.point(joint) for joint in _SHOULDERS), strict=True)
    beside = 0.1 * (max(xs) - min(xs))
    top, left, right = max(0, int(np.mean(ys))), max(0, int(min(xs) - beside)), max(0, int(max(xs) + beside))
    return int((person.parse[top:, left:right] == Lip.HAIR).sum())


def _about_clothes(person: Person, category: Category) -> Iterator[str]:
    """What other kind of garment is worn instead, by its share; a coat that can stay on is none."""
    areas = {label: int((person.parse == label).sum()) for label in category.worn}
    total = max(sum(areas.values()), 1)
    for label in category.unlike:
        if areas[label] / total > _OTHER_KIND and not (label == Lip.COAT and open_coat(person).any()):
            yield label.name.lower()


def _about_gaps(person: Person) -> Iterator[str]:
    """Joints that the drawing of the clothing-agnostic person needs and the photo does not show."""
    pose = person.pose
    if not all(pose.found(joint) for joint in _SHOULDERS):
        yield "shoulders_guessed"
    if not any(pose.found(joint) for joint in _HIPS):
        yield "hips_guessed"
    if not (np.isin(person.parse, (Lip.FACE, Lip.HAIR, Lip.HAT)).mean() > 0.004):
        yield "head_cut"
