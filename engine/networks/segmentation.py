"""Segmentation generator: what the person's parse will be once they wear the garment.

A U-Net on 256 x 192, stage 1 of VITON-HD (Choi et al., CVPR 2021, section 3.2). Key names and shapes are those of the
published `seg_final.pth`.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.networks.statistics import plain_statistics

SIZE = (256, 192)
IN_CHANNELS = 21
CLASSES = 13


@dataclass(frozen=True)
class SegmentationConfig:
    """Hyper-parameters; the defaults are the published network."""

    width: int = 64  # channels of the first level; each of the four below doubles them
    dropout: float = 0.5  # after the two lowest levels, in training only
    aligned: bool = False  # reads the garment as the flow lays it, and tells the neck (`Seg.NECK`)
    sees_worn: bool = False  # an ablation: reads the parse with the old clothes in it, not the agnostic one
    sees_limbs: bool = True  # reads what the agnostic parse leaves of bare limbs; else nothing but hands or feet


class _InstanceNorm(nn.InstanceNorm2d):
    """Instance norm that leaves channels-last memory as it is, where PyTorch's own copies it twice."""

    def forward(self, x: Tensor) -> Tensor:
        whole = x.dtype == torch.float32  # half precision needs the sums that PyTorch takes in float32
        if whole and len(x) == 1 and not x.is_contiguous() and x.is_contiguous(memory_format=torch.channels_last):
            # not `batch_norm`, whose float32 sums over a whole channels-last picture are less exact
            mean, rstd = plain_statistics(x[0].permute(1, 2, 0))
            return x.sub_(mean[0, :, None, None]).mul_(rstd[0, :, None, None])
        if x.requires_grad and x.device.type == "cpu" and x.is_contiguous(memory_format=torch.channels_last):
            # a training step is half again to twice as quick in bf16 (measured)
            return torch.cat([F.batch_norm(one, None, None, training=True, eps=self.eps) for one in torch.split(x, 1)])
        return super().forward(x)


def _double_conv(channels_in: int, channels_out: int) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for source in (channels_in, channels_out):
        layers += [
            nn.Conv2d(source, channels_out, 3, padding=1),
            _InstanceNorm(channels_out),
            nn.ReLU(inplace=True),
        ]
    return layers


def _up(channels_in: int, channels_out: int) -> nn.Sequential:
    conv = nn.Conv2d(channels_in, channels_out, 3, padding=1)
    return nn.Sequential(nn.Upsample(scale_factor=2), conv, _InstanceNorm(channels_out), nn.ReLU(inplace=True))


class SegmentationGenerator(nn.Module):
    """U-Net of five levels with instance normalisation.

    Input (B, 21, H, W), made by `engine.networks.inputs.segmentation_input`: cloth mask 1, masked cloth 3, agnostic
    parse 13, pose picture 3, noise 1. H and W are multiples of 16; the method uses 256 x 192. Output (B, 13, H, W) in
    (0, 1), one channel a class of `engine.labels.SEGMENTATION`.

    >>> SegmentationGenerator(SegmentationConfig(width=4)).eval()(torch.zeros(1, 21, 256, 192)).shape
    torch.Size([1, 13, 256, 192])
    """

    JOINED: ClassVar = ("conv6.0", "conv7.0", "conv8.0", "conv9.0")  # what reads a skip and what came up, side by side

    def __init__(self, config: SegmentationConfig = SegmentationConfig()) -> None:
        super().__init__()
        self.config = config
        w = config.width
        self.conv1 = nn.Sequential(*_double_conv(IN_CHANNELS, w))
        self.conv2 = nn.Sequential(*_double_conv(w, 2 * w))
        self.conv3 = nn.Sequential(*_double_conv(2 * w, 4 * w))
        self.conv4 = nn.Sequential(*_double_conv(4 * w, 8 * w))
        self.conv5 = nn.Sequential(*_double_conv(8 * w, 16 * w))
        self.up6 = _up(16 * w, 8 * w)
        self.conv6 = nn.Sequential(*_double_conv(16 * w, 8 * w))
        self.up7 = _up(8 * w, 4 * w)
        self.conv7 = nn.Sequential(*_double_conv(8 * w, 4 * w))
        self.up8 = _up(4 * w, 2 * w)
        self.conv8 = nn.Sequential(*_double_conv(4 * w, 2 * w))
        self.up9 = _up(2 * w, w)
        self.conv9 = nn.Sequential(*_double_conv(2 * w, w), nn.Conv2d(w, CLASSES, 3, padding=1))
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(config.dropout)

    def logits(self, x: Tensor) -> Tensor:
        """The 13 channels before the sigmoid, for losses that want them unbounded."""
        if x.device.type == "cpu" and len(x) == 1 and not torch.is_grad_enabled():
            x = x.contiguous(memory_format=torch.channels_last)  # a tenth to a quarter quicker (measured)
        level1 = self.conv1(x)
        level2 = self.conv2(self.pool(level1))
        level3 = self.conv3(self.pool(level2))
        level4 = self.drop(self.conv4(self.pool(level3)))  # published quirk: the skip is taken after the dropout
        level5 = self.drop(self.conv5(self.pool(level4)))
        y = self.conv6(torch.cat([level4, self.up6(level5)], dim=1))
        y = self.conv7(torch.cat([level3, self.up7(y)], dim=1))
        y = self.conv8(torch.cat([level2, self.up8(y)], dim=1))
        logits: Tensor = self.conv9(torch.cat([level1, self.up9(y)], dim=1))
        return logits

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.logits(x))
