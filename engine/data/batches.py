"""Samples as batches of tensors for training: drawn as uint8 on the CPU, made into floats where they are used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.category.agnostic import agnostic_image, agnostic_parse, bare_limbs
from engine.category.sleeves import sleeve_lengths
from engine.data.layout import pose_picture
from engine.data.sample import Sample
from engine.labels import IGNORE, SEGMENTATION, lip_to_segmentation

_PICTURES = ("image", "cloth", "agnostic_image", "pose")
_HUNDRED = 100


@dataclass(frozen=True, eq=False)
class RawBatch:
    """A batch as uint8 arrays, an eighth of its size as floats: what travels between processes and to the GPU.

    `arrays` holds (B, H, W, 3) pictures image, cloth, agnostic_image, pose; and (B, H, W) cloth_mask (0/255), parse
    (LIP), labels and agnostic_labels (the 13 classes of the segmentation generator), bare_limbs (0/1); and (B, limbs)
    sleeves, in hundredths of a bone, 255 where not known. Only the keypoints, (B, 25, 3), are float32.
    """

    names: tuple[str, ...]
    cloth_names: tuple[str, ...]
    arrays: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, eq=False)
class Batch:
    """What the networks are trained on; B samples of (H, W).

    image, cloth, agnostic_image, pose: float (B, 3, H, W) in [-1, 1]; cloth_mask: float (B, 1, H, W) of 0 and 1;
    parse: int64 (B, H, W) LIP labels; labels: int64 (B, H, W) of the 13 classes, 255 where not known; segmentation and
    agnostic_parse: float (B, 13, H, W) one-hot, all zero where not known; bare_limbs: bool (B, H, W), what the agnostic
    parse still shows of limbs without hands or feet; sleeves: float (B, limbs), how far the garment reaches along each
    (`engine.category.sleeves`), nan where not known; keypoints: float (B, 25, 3), of `engine.pose.Pose`.
    """

    names: tuple[str, ...]
    cloth_names: tuple[str, ...]
    image: Tensor
    cloth: Tensor
    cloth_mask: Tensor
    parse: Tensor
    labels: Tensor
    segmentation: Tensor
    agnostic_parse: Tensor
    bare_limbs: Tensor
    sleeves: Tensor
    keypoints: Tensor
    agnostic_image: Tensor
    pose: Tensor

    def __len__(self) -> int:
        return len(self.names)


def raw_batch(samples: Sequence[Sample]) -> RawBatch:
    """Draw agnostic image, agnostic parse and pose of every sample (4 ms each at 256 x 192) and stack everything."""
    rows = [_row(sample) for sample in samples]
    arrays = {key: np.stack([row[key] for row in rows]) for key in rows[0]}
    return RawBatch(tuple(s.name for s in samples), tuple(s.cloth_name for s in samples), arrays)


def to_batch(raw: RawBatch, device: torch.device | str = "cpu") -> Batch:
    """Send the uint8 arrays to the device, from pinned memory where that is a GPU, and make them floats there."""
    moved = {key: _sent(array, torch.device(device)) for key, array in raw.arrays.items()}
    pictures = {key: _picture(moved[key]) for key in _PICTURES}
    return Batch(
        names=raw.names,
        cloth_names=raw.cloth_names,
        image=pictures["image"],
        cloth=pictures["cloth"],
        cloth_mask=(moved["cloth_mask"] >= 128).float().unsqueeze(1),
        parse=moved["parse"].long(),
        labels=moved["labels"].long(),
        segmentation=one_hot(moved["labels"], len(SEGMENTATION)),
        agnostic_parse=one_hot(moved["agnostic_labels"], len(SEGMENTATION)),
        bare_limbs=moved["bare_limbs"].bool(),
        sleeves=torch.where(moved["sleeves"] == IGNORE, torch.nan, moved["sleeves"] / _HUNDRED),
        keypoints=moved["keypoints"],
        agnostic_image=pictures["agnostic_image"],
        pose=pictures["pose"],
    )


def one_hot(labels: Tensor, classes: int) -> Tensor:
    """(B, H, W) to float (B, classes, H, W); labels beyond the classes, as 255, are zero everywhere."""
    known = (labels < classes).unsqueeze(1)
    hot = torch.zeros(labels.shape[0], classes, *labels.shape[1:], device=labels.device)
    return hot.scatter_(1, labels.unsqueeze(1).long() * known, known.float())


def _picture(array: Tensor) -> Tensor:
    """uint8 (B, H, W, 3) to float (B, 3, H, W) in [-1, 1], the same numbers as `engine.imaging.images.to_tensor`."""
    return array.permute(0, 3, 1, 2).contiguous().float().div_(127.5).sub_(1)


def _row(sample: Sample) -> dict[str, NDArray[Any]]:
    agnostic = agnostic_parse(sample.parse, sample.pose, sample.category)
    labels = lip_to_segmentation(sample.parse)
    sleeves = sleeve_lengths(labels, sample.pose, sample.category)
    return {
        "image": sample.image,
        "cloth": sample.cloth,
        "cloth_mask": sample.cloth_mask,
        "parse": sample.parse,
        "labels": labels,
        "agnostic_labels": lip_to_segmentation(agnostic),
        "bare_limbs": bare_limbs(agnostic, sample.pose, sample.category).astype(np.uint8),
        "sleeves": np.nan_to_num(np.rint(_HUNDRED * sleeves), nan=IGNORE).astype(np.uint8),
        "keypoints": sample.pose.keypoints,
        "agnostic_image": agnostic_image(sample.image, sample.parse, sample.pose, sample.category),
        "pose": pose_picture(sample),
    }


def _sent(array: NDArray[Any], device: torch.device) -> Tensor:
    tensor = torch.from_numpy(array)
    if device.type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)
