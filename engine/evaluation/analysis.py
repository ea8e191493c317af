"""How well raw photos are understood: parse, joints and garment masks against labelled pictures.

Studio photos are the held-out ones of a data set in the VITON-HD layout and are looked at as they are, since they are
framed already. Street photos go through the whole of `engine.analysis.analyse`: finding, framing, parse; what it frames
is compared, and a photo in which nobody is found counts as all wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.analysis.common.estimators import Estimate, GarmentEstimator, PersonEstimator
from engine.analysis.garment.cut_out import find_garment
from engine.analysis.person.analyse import AnalysedPerson, analyse
from engine.arrays import Keypoints, Labels, Picture, Size
from engine.data.check_rules import check_garment, check_mask
from engine.data.layout import Record, read_sample
from engine.data.raw.photos import Photo, StreetPhotos, seen, try_on_view
from engine.data.sample import Sample
from engine.errors import TryOnError
from engine.imaging.sheets import sheet
from engine.labels import LIP, colourise, mirror
from engine.metrics.parse_scores import JointScore, ParseScore
from engine.system.progress import ProgressTracker

SIZE: Size = (256, 192)


@dataclass
class People:
    """Collects the parses and joints of one kind of photo."""

    parses: ParseScore = field(default_factory=ParseScore)
    joints: JointScore = field(default_factory=JointScore)
    failed: list[str] = field(default_factory=list)
    seen: list[tuple[Picture, Picture, Picture]] = field(default_factory=list)

    def add(self, picture: Picture, found: tuple[Labels, Keypoints], truth: tuple[Labels, Keypoints]) -> None:
        """Labels (H, W) and keypoints (25, 3) in pixels of one picture (H, W, 3)."""
        self.parses.add(*(torch.tensor(labels)[None].long() for labels, _ in (found, truth)))
        self.joints.add(*(torch.tensor(points)[None] for _, points in (found, truth)))
        self.seen.append((picture, _drawn(*found), _drawn(*truth)))

    def numbers(self) -> dict[str, float]:
        """Accuracy, IoU and PCK, the last two also by class and by joint; what no picture has is left out."""
        whole = {"accuracy": self.parses.accuracy(), "mean IoU": self.parses.mean_iou(), "PCK": self.joints.pck()}
        classes = {f"IoU, {name}": value for name, value in self.parses.ious().items()}
        joints = {f"PCK, {name}": value for name, value in self.joints.by_joint().items()}
        return {name: value for name, value in (whole | classes | joints).items() if not np.isnan(value)}


def studio_people(records: Sequence[Record], estimator: PersonEstimator, tracker: ProgressTracker) -> People:
    """Held-out photos of a data set in the VITON-HD layout."""
    people = People()
    for sample in _samples(records, tracker):
        estimate = estimator.estimate(sample.image)
        found = labels_of(estimate, sample.size), estimate.keypoints
        people.add(sample.image, found, (sample.parse, sample.pose.keypoints))
    return people


def street_people(
    photos: StreetPhotos, names: Sequence[str], estimator: PersonEstimator, tracker: ProgressTracker
) -> People:
    """Street photos, found and framed by the analysis itself."""
    people = People()
    for place, name in enumerate(names):
        tracker.reach(place / len(names))
        photo = photos.photo(name)
        try:
            person = analyse(photo.image, estimator, size=SIZE)
        except TryOnError:
            people.failed.append(name)
            picture, parse, points = seen(photo, try_on_view(photo), SIZE)
            people.add(picture, (np.zeros_like(parse), np.zeros_like(points)), (parse, points))
            continue
        people.add(person.image, (person.parse, person.pose.keypoints), _truth_in(photo, person))
    return people


def flip_agreement(records: Sequence[Record], estimator: PersonEstimator, tracker: ProgressTracker) -> float:
    """Share of pixels whose label in the mirrored photo is the mirrored label; `estimator` has to look once only."""
    same = []
    for sample in _samples(records, tracker):
        one = labels_of(estimator.estimate(sample.image), sample.size)
        other = labels_of(estimator.estimate(np.ascontiguousarray(sample.image[:, ::-1])), sample.size)
        same.append(float((mirror(one, LIP) == other).mean()))
    return float(np.mean(same))


@dataclass
class Garments:
    """IoU of every garment's mask by name, and the names whose reference is not usable."""

    iou: dict[str, float] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


def garment_masks(records: Sequence[Record], network: GarmentEstimator | None, tracker: ProgressTracker) -> Garments:
    """Masks found in product photos against the data set's own; references that the checks object to are dropped."""
    garments = Garments()
    for record, sample in zip(records, _samples(records, tracker), strict=True):
        path = record.cloth_mask
        if [*check_mask(sample.cloth_mask, path), *check_garment(sample.cloth, sample.cloth_mask, path)]:
            garments.dropped.append(record.cloth_name)
            continue
        found, truth = find_garment(sample.cloth, network).mask >= 128, sample.cloth_mask >= 128
        garments.iou[record.cloth_name] = float((found & truth).sum() / max(1, int((found | truth).sum())))
    return garments


def labels_of(estimate: Estimate, size: Size) -> Labels:
    """The likeliest LIP class of every pixel, uint8 of `size` (height, width)."""
    planes = estimate.parse_probabilities
    if planes.shape[1:] != size:
        planes = np.stack([cv2.resize(plane, size[::-1], interpolation=cv2.INTER_LINEAR) for plane in planes])
    return np.asarray(planes.argmax(axis=0), dtype=np.uint8)


def contact_sheet(people: People, title: str, columns: int = 3, most: int = 24) -> Picture:
    """Photo, what was found, what is true; evenly from all pictures. `title` says of what, over the first column."""
    spread = people.seen[:: max(1, len(people.seen) // most)][:most]
    blank = np.full_like(spread[0][0], 255)
    spread += [(blank, blank, blank)] * (-len(spread) % columns)
    lines = [spread[first : first + columns] for first in range(0, len(spread), columns)]
    heads = ["photo", "found", "truth"] * columns
    return sheet([[picture for three in line for picture in three] for line in lines], [title, *heads[1:]])


def _samples(records: Sequence[Record], tracker: ProgressTracker) -> Iterator[Sample]:
    for place, record in enumerate(records):
        tracker.reach(place / len(records))
        yield read_sample(record, SIZE)


def _truth_in(photo: Photo, person: AnalysedPerson) -> tuple[Labels, Keypoints]:
    """The photo's labels and joints in the person's frame; what the frame shows beside the photo is not known."""
    height, width = person.framed.size
    corners = np.array([[0.0, 0.0], [1000.0, 0.0], [0.0, 1000.0]])
    affine = cv2.getAffineTransform(corners.astype(np.float32), person.framed.to_frame(corners).astype(np.float32))
    parse = cv2.warpAffine(photo.parse, affine, (width, height), flags=cv2.INTER_NEAREST, borderValue=255)
    points: NDArray[np.float32] = photo.keypoints.copy()
    points[:, :2] = points[:, :2] @ affine[:, :2].T + affine[:, 2]
    inside = ((points[:, :2] >= 0) & (points[:, :2] < (width, height))).all(axis=1)
    points[~inside | (photo.keypoints[:, 2] <= 0)] = 0
    return parse.astype(np.uint8, copy=False), points


def _drawn(labels: Labels, points: Keypoints) -> Picture:
    picture = colourise(labels, LIP)
    for x, y, there in points:
        if there > 0:
            cv2.circle(picture, (round(float(x)), round(float(y))), 2, (255, 255, 255), -1)
    return picture
