"""How well parses and joints agree with the truth, as a number each."""

import torch
from torch import Tensor

from engine.labels import Lip
from engine.metrics.overlap import ClassOverlap
from engine.pose.skeleton import Joint

# what a try-on needs to know apart; data sets do not agree on finer classes of clothes
GROUPS: dict[str, tuple[int, ...]] = {
    "hair": (Lip.HAIR,),
    "face": (Lip.FACE,),
    "neck": (Lip.NECK,),
    "upper": (Lip.UPPER, Lip.DRESS, Lip.COAT),
    "lower": (Lip.PANTS, Lip.SKIRT),
    "left arm": (Lip.LEFT_ARM,),
    "right arm": (Lip.RIGHT_ARM,),
}
SCORED = (
    Joint.NOSE, Joint.NECK, Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, Joint.LEFT_SHOULDER,
    Joint.LEFT_ELBOW, Joint.LEFT_WRIST, Joint.RIGHT_HIP, Joint.LEFT_HIP,
)  # fmt: skip
_CLASSES = 20


class ParseScore:
    """Collects parses over many pictures; pixels whose truth is 255 are left out."""

    def __init__(self) -> None:
        self._overlap = ClassOverlap(_CLASSES)
        self._merge = torch.arange(256)
        for group in GROUPS.values():
            self._merge[list(group)] = group[0]

    def add(self, predicted: Tensor, truth: Tensor) -> None:
        """Two integer (B, H, W) of LIP labels."""
        merge = self._merge.to(truth.device)
        self._overlap.add(merge[predicted], merge[truth])

    def accuracy(self) -> float:
        """Share of the known pixels that are right, tops merged and lower garments merged."""
        counts = self._overlap.counts
        return float(counts.diagonal().sum() / counts.sum().clamp_min(1))

    def ious(self) -> dict[str, float]:
        """IoU over all pixels of every group of `GROUPS`."""
        iou = self._overlap.iou()
        return {name: iou[group[0]] for name, group in GROUPS.items()}

    def mean_iou(self) -> float:
        """Mean over the groups that occur."""
        return float(torch.tensor(list(self.ious().values())).nanmean())


class JointScore:
    """Collects joints over many pictures: how often one lies within 0.2 shoulder widths of the truth (PCK).

    Joints that the truth does not have are left out, and pictures whose truth lacks a shoulder.
    """

    def __init__(self, share: float = 0.2) -> None:
        self.share = share
        self.pictures = 0
        self._right, self._all = torch.zeros(len(SCORED)), torch.zeros(len(SCORED))

    def add(self, found: Tensor, truth: Tensor) -> None:
        """Two (B, 25, 3) of x, y and a number that is above 0 where the joint is there; found ones all count."""
        shoulders = truth[:, [Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER]]
        width = (shoulders[:, 0, :2] - shoulders[:, 1, :2]).norm(dim=1)
        usable = (shoulders[..., 2] > 0).all(dim=1) & (width > 0)
        distance = (found[:, SCORED, :2] - truth[:, SCORED, :2]).norm(dim=2)
        counted = (truth[:, SCORED, 2] > 0) & usable[:, None]
        right = (distance <= self.share * width[:, None]) & counted
        self._right += right.sum(dim=0).cpu()
        self._all += counted.sum(dim=0).cpu()
        self.pictures += len(found)

    def pck(self) -> float:
        """Over all joints of `SCORED` together."""
        return float(self._right.sum() / self._all.sum().clamp_min(1))

    def by_joint(self) -> dict[str, float]:
        """A number a joint; NaN where none was counted."""
        names = [Joint(joint).name.lower().replace("_", " ") for joint in SCORED]
        return dict(zip(names, (self._right / self._all).tolist(), strict=True))
