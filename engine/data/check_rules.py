"""What one pair of a data set must fulfil. Each rule looks at arrays and yields what is wrong with them.

The thresholds of the warnings were set by looking at the 5,036 distinct pairs of the VITON training set at 256 x 192
(the share of them that each one flags is given beside it); all measures are relative, so they hold at any size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels, Picture
from engine.category import UPPER, Category
from engine.data.layout import Record
from engine.data.report import Kind, Problem, Severity
from engine.data.sample import Sample, resized
from engine.errors import TryOnError
from engine.imaging.framing import is_three_to_four
from engine.labels import Lip
from engine.messages import Fault, fault
from engine.pose import Joint, Point, Pose

LARGEST = (256, 192)  # rules look at pictures no larger than this

EMPTY, FULL = 0.005, 0.995
LEAST_TOP = 0.01
RAGGED_MASK = 9.0  # contour length over the root of the area; 4.1 %, a T-shirt has 5
LEFT_OUT = 0.10  # garment pixels outside of the mask over those inside; 0.8 %
RAGGED_NECK = 7.0  # as for the mask; 2.0 %
TORSO_HOLES = 0.08  # background in the middle of the torso; 2.7 %
OTHER_COLOUR = 60  # between the labels of one top, 0..255; 2.7 %
WORN_COLOUR = 35  # between worn and flat garment, 0..255; 1.2 %
_BACKDROP_TOLERANCE = 16


@dataclass(frozen=True)
class Finding:
    """A problem before it is known which sample it belongs to."""

    path: Path
    kind: Kind
    fault: Fault
    severity: Severity = Severity.ERROR

    def of(self, name: str) -> Problem:
        return Problem(name, str(self.path), self.kind, self.fault, self.severity)


Findings = Iterator[Finding]


def error(path: Path, kind: Kind, code: str, **values: object) -> Finding:
    """What makes a sample unusable; the sentence of `code` names the path."""
    return Finding(path, kind, fault(code, path=path, **values))


def warning(path: Path, kind: Kind, code: str, **values: object) -> Finding:
    """What speaks against training on a sample."""
    return Finding(path, kind, fault(code, path=path, **values), Severity.WARNING)


def check_sizes(image: Picture, cloth: Picture, mask: Picture, parse: Labels, record: Record) -> Findings:
    """Everything is 3:4; parse and photo, mask and product photo had better be of one size too."""
    arrays = {record.image: image, record.cloth: cloth, record.cloth_mask: mask, record.parse: parse}
    sizes = {path: (array.shape[0], array.shape[1]) for path, array in arrays.items()}
    for path, (height, width) in sizes.items():
        if not is_three_to_four((height, width)):
            yield error(path, Kind.SHAPE, "found.not_3_to_4", width=width, height=height)
    for path, other in ((record.parse, record.image), (record.cloth_mask, record.cloth)):
        if sizes[path] != sizes[other]:
            found, wanted = (f"{width} x {height}" for height, width in (sizes[path], sizes[other]))
            name = f"{other.parent.name}/{other.name}"
            yield warning(path, Kind.SIZES, "found.sizes", found=found, other=name, wanted=wanted)


def check_sample(sample: Sample, record: Record) -> Findings:
    """All rules for a pair whose files could be read; how they fit matters only where nothing is plainly wrong."""
    alone = [*check_parse(sample.parse, record.parse, sample.category)]
    alone += check_mask(sample.cloth_mask, record.cloth_mask)
    alone += check_pose(sample.pose, record.pose)
    yield from alone
    if any(finding.severity is Severity.ERROR for finding in alone):
        return
    small = resized(sample, min(sample.size, LARGEST))  # enough for these, and quicker
    yield from check_garment(small.cloth, small.cloth_mask, record.cloth_mask)
    yield from check_agreement(small.parse, small.pose, record.parse)
    yield from check_worn(small, record)


def check_parse(parse: Labels, path: Path, category: Category = UPPER) -> Findings:
    """A person, a garment, and a neck that is not in tatters."""
    if (parse == Lip.BACKGROUND).mean() > FULL:
        yield error(path, Kind.NO_PERSON, "found.background")
    elif _among(parse, category.worn).mean() < LEAST_TOP:
        yield error(path, Kind.NO_TOP, category.missing)
    elif raggedness(parse == Lip.NECK) > RAGGED_NECK:
        yield warning(path, Kind.NECK, "found.neck")


def check_mask(mask: Picture, path: Path) -> Findings:
    """Neither empty, nor full, nor inverted, nor frayed."""
    cloth = mask > 0
    share, border = cloth.mean(), np.r_[cloth[0], cloth[-1], cloth[:, 0], cloth[:, -1]].mean()
    height, width = cloth.shape
    middle = cloth[height // 3 : height * 2 // 3, width // 3 : width * 2 // 3].mean()
    if share < EMPTY:
        yield error(path, Kind.MASK_EMPTY, "found.mask_empty")
    elif share > FULL:
        yield error(path, Kind.MASK_FULL, "found.mask_full")
    elif border > 0.5 and middle < border:
        yield error(path, Kind.MASK_INVERTED, "found.mask_inverted")
    elif raggedness(cloth) > RAGGED_MASK:
        yield warning(path, Kind.MASK_RAGGED, "found.mask_holes")


def check_garment(cloth: Picture, mask: Picture, mask_path: Path) -> Findings:
    """Parts of the garment that the mask leaves out show against an even backdrop."""
    inside = mask > 0
    border = np.concatenate([cloth[0], cloth[-1], cloth[:, 0], cloth[:, -1]])
    backdrop = np.median(border, axis=0)
    seen = cv2.inRange(cloth, backdrop - _BACKDROP_TOLERANCE, backdrop + _BACKDROP_TOLERANCE) == 0
    uneven = np.r_[seen[0], seen[-1], seen[:, 0], seen[:, -1]].mean() > 0.1
    if not uneven and (seen & ~inside).sum() > LEFT_OUT * inside.sum() and raggedness(inside) <= RAGGED_MASK:
        yield warning(mask_path, Kind.MASK_RAGGED, "found.mask_parts")


def check_pose(pose: Pose, path: Path) -> Findings:
    """Shoulders, neck and hips place the grey torso of the agnostic image; joints outside hint at another photo."""
    points = pose.keypoints[pose.keypoints[:, 2] > 0, :2]
    height, width = pose.size
    outside = (points < 0) | (points >= (width, height))
    if outside.any(axis=1).mean() > 0.25:
        yield error(path, Kind.POSE_OUTSIDE, "found.pose_outside", width=width, height=height)
    shoulders, hips = (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER), (Joint.RIGHT_HIP, Joint.LEFT_HIP)
    if not any(pose.found(joint) for joint in (*shoulders, Joint.NECK)):
        yield error(path, Kind.POSE, "found.no_shoulders")
    elif not all(pose.found(joint) for joint in shoulders):
        yield warning(path, Kind.POSE_GAPS, "found.one_shoulder")
    elif not any(pose.found(joint) for joint in hips):
        yield warning(path, Kind.POSE_GAPS, "found.no_hips")


def check_worn(sample: Sample, record: Record) -> Findings:
    """A person who wears the garment shows its colour, and the labels it may have are one garment."""
    image, parse, worn = sample.image, sample.parse, sample.category.worn
    apart = _colour_difference((image, _among(parse, worn)), (sample.cloth, sample.cloth_mask > 0))
    if sample.paired and apart > WORN_COLOUR:
        yield warning(record.cloth, Kind.COLOURS, "found.colours", image=record.image)
    other = _among(parse, sample.category.unlike)
    own = _among(parse, worn) & ~other
    enough = min(own.sum(), other.sum()) > 0.006 * parse.size
    if enough and _colour_difference((image, own), (image, other)) > OTHER_COLOUR:
        yield warning(record.parse, Kind.TOP_MIXED, "found.top_mixed")


def check_agreement(parse: Labels, pose: Pose, path: Path) -> Findings:
    """The torso between shoulders and hips is covered, and each arm lies along its own joints."""
    try:
        pose = pose.completed()
    except TryOnError:
        return
    inside = _torso(pose)
    if inside.any() and (parse[inside] == Lip.BACKGROUND).mean() > TORSO_HOLES:
        yield warning(path, Kind.TOP_HOLES, "found.top_holes")
    if _arms_swapped(parse, pose):
        yield warning(path, Kind.POSE_PARSE, "found.arms")


def raggedness(region: BoolMask) -> float:
    """Length of all outlines over the root of the area: 3.5 for a disc, 4 for a square, more the more it is frayed."""
    area = int(region.sum())
    if area < EMPTY / 10 * region.size:
        return 0.0
    outlines, _ = cv2.findContours(region.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return float(sum(cv2.arcLength(outline, True) for outline in outlines) / np.sqrt(area))


def _among(parse: Labels, labels: Sequence[int]) -> BoolMask:
    table = np.zeros(256, dtype=np.bool_)
    table[list(labels)] = True
    return table[parse]


def _colour_difference(*parts: tuple[Picture, BoolMask]) -> float:
    """Greatest difference, over the channels, of the mean colours of two regions."""
    first, second = (cv2.mean(picture, region.astype(np.uint8)) for picture, region in parts)
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


def _torso(pose: Pose) -> BoolMask:
    """The inner part of the quadrilateral between shoulders and hips."""
    joints = (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
    corners = np.array([pose.point(joint) for joint in joints])
    middle = corners.mean(axis=0)
    corners = middle + (corners - middle) * (0.8, 0.85)
    inside = np.zeros(pose.size, dtype=np.uint8)
    cv2.fillPoly(inside, [corners.astype(np.int32)], 1)
    return np.asarray(inside > 0)


def _arms_swapped(parse: Labels, pose: Pose) -> bool:
    chains = {
        Lip.RIGHT_ARM: [Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST],
        Lip.LEFT_ARM: [Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST],
    }
    points = {label: pose.points(chain) for label, chain in chains.items()}
    margins = []
    for label, other in ((Lip.RIGHT_ARM, Lip.LEFT_ARM), (Lip.LEFT_ARM, Lip.RIGHT_ARM)):
        pixels = np.argwhere(parse == label)[::8, ::-1]
        if len(pixels) * 8 < 0.003 * parse.size or len(points[label]) < 2 or len(points[other]) < 2:
            return False
        own, crossed = _median_distance(pixels, points[label]), _median_distance(pixels, points[other])
        margins.append((own - crossed) / parse.shape[0])
    return bool(min(margins) > 0.03)


def _median_distance(pixels: NDArray[np.int64], chain: list[Point]) -> float:
    """Median distance of pixels (N, 2) to a chain of points, in pixels."""
    nearest = np.full(len(pixels), np.inf)
    for first, second in pairwise(chain):
        start, along = np.array(first), np.subtract(second, first)
        share = np.clip((pixels - start) @ along / max(float(along @ along), 1e-6), 0, 1.25)  # the hand lies beyond
        nearest = np.minimum(nearest, np.hypot(*(pixels - start - share[:, None] * along).T))
    return float(np.median(nearest))
