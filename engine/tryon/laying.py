"""What stages that use the flow have in common: from values of `engine.values` to its tensors."""

from collections.abc import Iterable, Sequence

from torch import Tensor

from engine.images import resize_labels
from engine.labels import SEGMENTATION, lip_to_segmentation, one_hot
from engine.networks.flow import SIZE
from engine.tryon.context import Context
from engine.values import Agnostic, Array8, Garment
from engine.warping import flow as warping


def agnostic_planes(context: Context, agnostic: Sequence[Agnostic]) -> Tensor:
    """The agnostic parses as one-hot planes (B, 13, 256, 192)."""
    return label_planes(context, (lip_to_segmentation(one.parse) for one in agnostic))


def label_planes(context: Context, labels: Iterable[Array8]) -> Tensor:
    """Labels (H, W) of the 13 classes as one-hot planes (B, 13, 256, 192)."""
    return context.planes(one_hot(resize_labels(one, SIZE), len(SEGMENTATION)) for one in labels)


def flow_of(context: Context, parse: Tensor, agnostic: Sequence[Agnostic], garment: Sequence[Garment]) -> Tensor:
    """The flow (B, 2, 64, 48) that sees these parses, in full precision: it moves the whole garment."""
    parts = (
        parse,
        context.pictures(one.pose_picture for one in agnostic),
        context.pictures(one.image for one in agnostic),
        context.pictures(one.image for one in garment),
        context.masks(one.mask for one in garment),
    )
    return context.forward(lambda network: warping.flow_of(network, *parts), full=True)
