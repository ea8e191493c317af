"""One training or test sample: a person photo and a garment photo with everything that is known about them."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.arrays import Labels, Picture, Size
from engine.category import UPPER, Category
from engine.imaging.images import resize_labels, resize_picture
from engine.pose import Pose


@dataclass(frozen=True, eq=False)
class Sample:
    """Border arrays of one person and one garment, all of one size (H, W).

    `image` and `cloth` are uint8 (H, W, 3) RGB, `cloth_mask` uint8 (H, W) with 0 and 255, `parse` uint8 (H, W) LIP
    labels (255 = not known), `pose` in pixels of that size. `name` is the person's, `cloth_name` the garment's; where
    they agree the person wears the garment. `pose_picture` is the data set's own, or None where it is to be drawn from
    the pose. `category` is the garment's kind.
    """

    name: str
    cloth_name: str
    image: Picture
    cloth: Picture
    cloth_mask: Picture
    parse: Labels
    pose: Pose
    pose_picture: Picture | None = None
    category: Category = UPPER

    @property
    def size(self) -> Size:
        height, width = self.parse.shape
        return height, width

    @property
    def paired(self) -> bool:
        """Whether the person wears this garment, so that the photo is the truth."""
        return self.name == self.cloth_name


def resized(sample: Sample, size: Size) -> Sample:
    """The sample at another size: photos bilinearly, labels and mask nearest, keypoints scaled.

    Enlarging gives the labels and the mask smooth outlines instead of square steps, because what follows a predicted
    segmentation in use is smooth too.
    """
    if size == sample.size:
        return sample
    labels = enlarged_labels if size[0] > sample.size[0] else resize_labels
    picture = sample.pose_picture
    return replace(
        sample,
        image=resize_picture(sample.image, size),
        cloth=resize_picture(sample.cloth, size),
        cloth_mask=labels(sample.cloth_mask, size),
        parse=labels(sample.parse, size),
        pose=sample.pose.scaled(size),
        pose_picture=None if picture is None else resize_picture(picture, size),
    )


def enlarged_labels(labels: Labels, size: Size) -> Labels:
    """A larger label map uint8 (H, W) with smooth outlines: each pixel takes the class that is bilinearly strongest."""
    height, width = size
    best, result = np.zeros(size, dtype=np.uint8), np.zeros(size, dtype=np.uint8)
    for label in np.unique(labels):
        share = cv2.GaussianBlur((labels == label) * np.uint8(255), (3, 3), 0.7, borderType=cv2.BORDER_REPLICATE)
        share = cv2.resize(share, (width, height), interpolation=cv2.INTER_LINEAR)
        cv2.copyTo(np.full_like(result, label), cv2.compare(share, best, cv2.CMP_GT), result)
        cv2.max(share, best, best)
    return result
