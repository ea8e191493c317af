"""From any photo to a `Person`: who is in it, framed as VITON-HD frames people, with pose, parse and doubts.

Three looks with one estimator: at the whole photo to find people, at the chosen person to place the frame, and at the
frame itself, whose parse is then brought to full size along the picture's edges.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine import notes
from engine.analysis.common.doubt import Doubt, doubt
from engine.analysis.common.estimators import Estimate, PersonEstimator, glance
from engine.analysis.common.refine import refined_labels
from engine.analysis.person.among_hair import with_clothes_among_hair
from engine.analysis.person.colours import smooth_lab
from engine.analysis.person.doubts import doubts_of
from engine.analysis.person.forearms import along_forearms, in_sleeves, with_whole_sleeves
from engine.analysis.person.lost_tops import with_lost_tops
from engine.analysis.person.multi_scale import Look, survey
from engine.analysis.person.outer import with_cloth_beside_things, with_outer
from engine.analysis.person.people import Found, find_people
from engine.analysis.person.portrait import context_box, portrait_box
from engine.analysis.person.sleeves import with_sleeves
from engine.analysis.person.upright import upright_turn
from engine.analysis.person.waist import with_one_waist, with_skirt_of_a_dress
from engine.analysis.person.wrists import (
    with_wrists_at_raised_hands,
    with_wrists_before_tips,
    with_wrists_on_arms,
    without_stray_wrists,
)
from engine.arrays import FULL_SIZE, Box, Labels, Picture, Size, Turn
from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.imaging.components import small_parts, without_enclosed, without_islands
from engine.imaging.framing import Framed, frame
from engine.imaging.guided import GuidedFilter
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint
from engine.system.progress import Abort, Progress, ProgressTracker
from engine.values import Person

TURNED: dict[Turn, str] = {90: "photo.turned_left", 180: "photo.upside_down", 270: "photo.turned_right"}
"""Degrees by which a photo has to be turned clockwise: the code that says so."""
LEAST_CONFIDENCE = 0.06  # of a joint, to count as found: 98.6 % of those labelled in 50 street photos have more
_FACED_JOINT = 0.1  # at least one of shoulders and neck, and the nose, of somebody whose face is seen
_CLOSE_LOOK = (512, 384)
_SURE_JOINT = 0.3  # at least one of the shoulders and the neck of a person has this confidence
_FACELESS, _LEAST_FACE = 0.35, 0.002  # confidence below which a person needs a face; a face's share of the frame
_GOOD_JOINT = 0.45  # a confidence that need not be higher
_LEAST_PERSON = 0.02  # of the frame, for a person
_LEAST_TORSO = 0.15  # of the person: clothes on the upper body, arms and neck together
_SAME_PERSON = 0.3  # overlap of a drawn box and a found one that make them the same person
_SMALL = 3.0  # frame pixels a photo pixel from which a person counts as small
_UPPER_BODY = (Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.NECK, Lip.LEFT_ARM, Lip.RIGHT_ARM)
_LEGS = (
    (Joint.RIGHT_HIP, Joint.LEFT_HIP, Joint.MID_HIP),
    (Joint.RIGHT_KNEE, Joint.LEFT_KNEE),
    (Joint.RIGHT_ANKLE, Joint.LEFT_ANKLE),
)
_FOOT = 0.15  # of the body's height, from the ankle down; the box may include a shadow
_LEAST_THIGH = 0.3  # of the leg's height in the picture, for somebody who stands
# clothes, arms and heads are in one piece, or in a few large ones where a bag or hair lies over them
_WHOLE: dict[tuple[int, ...], float] = {
    (Lip.UPPER, Lip.DRESS, Lip.COAT): 0.04,
    (Lip.PANTS, Lip.SKIRT): 0.06,
    (Lip.HAT, Lip.HAIR, Lip.SUNGLASSES, Lip.FACE): 0.04,
    (Lip.LEFT_ARM,): 0.12,
    (Lip.RIGHT_ARM,): 0.12,
}
_STRAY = 0.03  # of the person: islands of the parse smaller than this belong to something else


@dataclass(frozen=True, eq=False, kw_only=True)
class AnalysedPerson(Person):
    """A `Person` made from a photo of any shape.

    framed: where the frame lies in the photo. boxes: everybody in the photo as (left, top, right, bottom) in photo
    pixels, the largest first; chosen: which of them this is. estimated: joints that were not found and that
    `Pose.completed` guesses. confidence: how sure parse and joints are together, 0..1. category: of the garment
    that the warnings are about. turn: degrees by which the photo's file was turned clockwise first; "the photo" above
    is the turned one.
    """

    framed: Framed
    boxes: tuple[Box, ...]
    chosen: int
    estimated: frozenset[int]
    warnings: tuple[Doubt, ...]
    confidence: float
    category: Category = UPPER
    turn: Turn = 0

    def scaled(self, size: Size) -> "AnalysedPerson":
        if size == self.size:
            return self
        person = super().scaled(size)
        framed = Framed(person.image, self.framed.box, self.framed.photo_size)
        drawn = person.pose_picture
        return replace(
            self, image=person.image, pose=person.pose, parse=person.parse, pose_picture=drawn, framed=framed
        )


def analyse(
    photo: Picture,
    parser: PersonEstimator | None = None,
    *,
    box: Box | None = None,
    size: Size = FULL_SIZE,
    category: Category = UPPER,
    progress: Progress | None = None,
    abort: Abort | None = None,
) -> AnalysedPerson:
    """The person in a photo uint8 (H, W, 3), framed to `size` (height, width).

    parser: the estimator, that of the default pack when None. box: the person to take, in photo pixels, where it is not
    the largest. category: of the garment to be put on, which decides what is a warning. TryOnError, with a sentence for
    the user, where nobody is found; everything less is a warning.
    """
    tracker = ProgressTracker(progress, abort)
    _check_photo(photo)
    estimator = parser if parser is not None else _default_estimator()
    tracker.begin("people", (0.0, 0.4))
    found = find_people(photo, estimator, tracker)
    if not found and box is None:
        raise _nobody(photo, estimator)
    bodies, chosen = _choose(found, box, (photo.shape[0], photo.shape[1]))
    tracker.begin("pose", (0.4, 0.6))
    place, whole = _frame_of(photo, bodies, chosen, estimator)
    tracker.begin("parse", (0.6, 1.0))
    framed = frame(photo, size, place, fill="edge")
    estimate = survey(photo, framed, estimator, lambda one: _without_others(one, bodies, chosen), whole)
    tracker.reach(0.5)
    return _person(framed, estimate, bodies, chosen, photo, estimator, category)


def _default_estimator() -> PersonEstimator:
    from engine.analysis.common.pack_estimators import load_person_estimator

    return load_person_estimator()


def _check_photo(photo: Picture) -> None:
    if photo.dtype != np.uint8 or photo.ndim != 3 or photo.shape[2] != 3 or not photo.size:
        raise TryOnError("photo.array", type=photo.dtype, shape=photo.shape)
    if float(photo[:: max(1, photo.shape[0] // 64), :: max(1, photo.shape[1] // 64)].std()) < 1.5:
        raise TryOnError("photo.one_colour")


def _choose(found: Sequence[Found], box: Box | None, photo_size: Size) -> tuple[tuple[Box, ...], int]:
    """Everybody's boxes and which to take: the largest, or the one drawn, which may be somebody who was not found."""
    boxes = tuple(one.box for one in found)
    if box is None:
        return boxes, 0
    height, width = photo_size
    drawn = (max(0.0, box[0]), max(0.0, box[1]), min(float(width), box[2]), min(float(height), box[3]))
    if drawn[2] - drawn[0] < 8 or drawn[3] - drawn[1] < 8:
        raise TryOnError("box.nobody", box=box)
    overlaps = [_overlap(drawn, one) for one in boxes]
    if overlaps and max(overlaps) >= _SAME_PERSON:
        return boxes, int(np.argmax(overlaps))
    return (*boxes, drawn), len(boxes)


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes."""
    across = max(0.0, min(one[2], other[2]) - max(one[0], other[0]))
    down = max(0.0, min(one[3], other[3]) - max(one[1], other[1]))
    both = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1])
    return across * down / max(both - across * down, 1e-9)


def _frame_of(photo: Picture, bodies: Sequence[Box], chosen: int, estimator: PersonEstimator) -> tuple[Box, Look]:
    """The frame of the chosen person, from a close look at the whole of them; and that look."""
    photo_size = (photo.shape[0], photo.shape[1])
    close = frame(photo, _CLOSE_LOOK, context_box(bodies[chosen], photo_size), fill="edge")
    estimate = glance(estimator, _without_others(close, bodies, chosen))
    keypoints = _found_joints(estimate.keypoints, close)
    keypoints[:, :2] = np.where(keypoints[:, 2:] > 0, close.to_photo(keypoints[:, :2]), 0)
    pose = Pose(keypoints, photo_size)
    if not any(pose.found(joint) for joint in (Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER)):
        raise _nobody(photo, estimator)
    place = portrait_box(pose, bodies[chosen], photo_size, to_the_feet=_stands_whole(pose, bodies[chosen]))
    return place, (close, estimate)


def _stands_whole(pose: Pose, body: Box) -> bool:
    """Whether the ankles are seen at the lower end of the body, and the knees half-way between them and the hips, as
    they are not in people who sit."""
    hips, knees, ankles = ([pose.point(j)[1] for j in joints if pose.found(j)] for joints in _LEGS)
    if not hips or len(ankles) < 2:
        return False
    hip, ankle = float(np.mean(hips)), max(ankles)
    at_the_end = body[3] - ankle < _FOOT * (body[3] - body[1])
    return at_the_end and (not knees or _LEAST_THIGH * (ankle - hip) < float(np.mean(knees)) - hip)


def _without_others(framed: Framed, bodies: Sequence[Box], chosen: int) -> Picture:
    """The frame's picture with the other people's boxes in one colour, so that no joint is found on them."""
    if len(bodies) < 2:
        return framed.image
    hidden = _others(framed, bodies, chosen)
    picture = framed.image.copy()
    picture[hidden] = np.asarray(framed.image.reshape(-1, 3).mean(axis=0), dtype=np.uint8)
    return picture


def _others(framed: Framed, bodies: Sequence[Box], chosen: int) -> NDArray[np.bool_]:
    """Where in the frame (H, W) the other people's boxes lie outside the chosen one's."""
    hidden = np.zeros(framed.size, dtype=np.bool_)
    for index, body in enumerate(bodies):
        if index != chosen:
            hidden[_slices(framed, body)] = True
    hidden[_slices(framed, bodies[chosen])] = False
    return hidden


def _slices(framed: Framed, body: Box) -> tuple[slice, slice]:
    (left, top), (right, bottom) = framed.to_frame(np.reshape(body, (2, 2))).clip(0).round().astype(int)
    return slice(top, bottom), slice(left, right)


def _found_joints(keypoints: NDArray[np.float32], framed: Framed) -> NDArray[np.float32]:
    """A copy in which joints that are unsure, or outside the frame or the photo, are zero."""
    kept = keypoints.copy()
    height, width = framed.size
    photo_height, photo_width = framed.photo_size
    inside = ((kept[:, :2] >= 0) & (kept[:, :2] < (width, height))).all(axis=1)
    places = framed.to_photo(kept[:, :2])
    inside &= ((places >= -0.5) & (places <= (photo_width, photo_height))).all(axis=1)
    kept[(kept[:, 2] < LEAST_CONFIDENCE) | ~inside] = 0
    return kept


def _person(
    framed: Framed,
    estimate: Estimate,
    bodies: tuple[Box, ...],
    chosen: int,
    photo: Picture,
    estimator: PersonEstimator,
    category: Category,
) -> AnalysedPerson:
    pose = Pose(_found_joints(estimate.keypoints, framed), framed.size)
    probabilities = estimate.parse_probabilities
    sleeves = along_forearms(pose, (probabilities.shape[1], probabilities.shape[2]))
    guided = GuidedFilter(framed.image)
    labels, certainty = refined_labels(with_one_waist(probabilities, sleeves), guided)
    parse = with_sleeves(framed.image, _of_one_person(labels, framed, bodies, chosen))
    colours = smooth_lab(framed.image)
    parse = with_lost_tops(colours, with_clothes_among_hair(colours, parse))
    if not _is_person(parse, pose):
        raise _nobody(photo, estimator)
    if _on_the_head(pose):
        raise TryOnError("photo.upside_down")
    pose = without_stray_wrists(pose, parse)
    if estimate.heat is not None:
        pose = with_wrists_on_arms(pose, parse, estimate.heat)
    pose = with_wrists_at_raised_hands(with_wrists_before_tips(pose, parse), parse)
    parse = with_outer(with_whole_sleeves(colours, parse, pose), estimate.outer, guided)
    parse = with_cloth_beside_things(colours, parse)
    parse = with_skirt_of_a_dress(parse, pose, in_sleeves(parse, pose))
    confidence = _confidence(parse, certainty, pose)
    if confidence < _FACELESS and not _has_face(parse, pose):
        raise _nobody(photo, estimator)  # a coat on a hanger has shoulders and sleeves too
    person = Person(framed.image, pose, parse)
    warnings = doubts_of(person, confidence, category)
    if len(bodies) > 1:
        warnings = (doubt("two_people"), *warnings)
    if framed.scale > _SMALL:
        warnings = (*warnings, doubt("small_person"))
    return AnalysedPerson(
        framed.image,
        pose,
        parse,
        framed=framed,
        boxes=bodies,
        chosen=chosen,
        estimated=pose.completed().estimated,
        warnings=warnings,
        confidence=confidence,
        category=category,
    )


def _of_one_person(labels: Labels, framed: Framed, bodies: Sequence[Box], chosen: int) -> Labels:
    """The parse without other people and without small islands away from the person."""
    parse = labels.copy()
    if len(bodies) > 1:
        parse[_others(framed, bodies, chosen)] = Lip.BACKGROUND
    parse[small_parts(parse > 0, 8, share=1.0 if len(bodies) > 1 else _STRAY)] = Lip.BACKGROUND
    # trousers inside a top are a print that looks like trousers
    return without_enclosed(without_islands(parse, _WHOLE), (Lip.PANTS, Lip.SKIRT), (Lip.UPPER, Lip.DRESS, Lip.COAT))


def _is_person(parse: Labels, pose: Pose) -> bool:
    """Whether what was found can be a person: shoulders or a neck, and an upper body beneath them."""
    core = pose.keypoints[[Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER], 2]
    person = parse > 0
    sure = _FACED_JOINT if _shows_face(parse) else _SURE_JOINT  # hair or backlight may hide the shoulders
    if person.mean() < _LEAST_PERSON or core.max() < sure:
        return False
    return bool(np.isin(parse[person], _UPPER_BODY).mean() > _LEAST_TORSO)


def _has_face(parse: Labels, pose: Pose) -> bool:
    return _shows_face(parse) and bool(pose.keypoints[Joint.NOSE, 2] > _FACED_JOINT)


def _shows_face(parse: Labels) -> bool:
    return bool((parse == Lip.FACE).mean() > _LEAST_FACE)


def _on_the_head(pose: Pose) -> bool:
    neck, hip = (pose.point(joint)[1] for joint in (Joint.NECK, Joint.MID_HIP))
    return pose.found(Joint.NECK) and pose.found(Joint.MID_HIP) and neck - hip > 0.15 * pose.size[0]


def _confidence(parse: Labels, certainty: NDArray[np.float32], pose: Pose) -> float:
    """How sure the parse is on the person, times how sure the upper body's joints are."""
    joints = [Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.RIGHT_ELBOW, Joint.LEFT_ELBOW]
    found = pose.keypoints[joints, 2]
    sure = float(found[found > 0].mean()) if found.any() else 0.0
    return float(certainty[parse > 0].mean()) * min(1.0, sure / _GOOD_JOINT)


def _nobody(photo: Picture, estimator: PersonEstimator) -> TryOnError:
    """What to say of a photo without a person: it may only lie on its side or stand on its head."""
    return TryOnError(TURNED.get(upright_turn(photo, estimator), "photo.nobody"))


def with_parse(person: AnalysedPerson, parse: Labels) -> AnalysedPerson:
    """The person with another parse (H, W), corrected by hand for example; warnings are found again."""
    return _judged(replace(person, parse=parse))


def with_pose(person: AnalysedPerson, pose: Pose) -> AnalysedPerson:
    """The person with another pose, in frame pixels; warnings are found again."""
    return _judged(replace(person, pose=pose, estimated=pose.completed().estimated))


def _judged(person: AnalysedPerson) -> AnalysedPerson:
    kept = tuple(one for one in person.warnings if one.code in {"two_people", "small_person", *notes.CODES})
    return replace(person, warnings=kept + doubts_of(person, person.confidence, person.category))
