"""ALIAS generator: the picture of the person wearing the garment.

Stage 3 of VITON-HD (Choi et al., CVPR 2021, section 3.4): a multi-scale refinement of residual blocks whose
normalisation is modulated by the predicted parse and treats the region the warped cloth fails to cover separately. Key
names and shapes are those of the published `alias_final.pth`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.labels import Alias
from engine.networks.alias import modulation, streaming
from engine.networks.alias.block import AliasBlock
from engine.networks.alias.conditional import ConditionalNorm
from engine.networks.alias.noise import NoiseSource
from engine.networks.alias.norm import AliasNorm, Maps
from engine.networks.alias.normalisation import LEAK, SCALES
from engine.networks.threads import Report

IN_CHANNELS = 9
CLASSES = 7
MULTIPLE = 2 ** (SCALES - 1)  # picture sides are multiples of this

Normalisation = Literal["alias", "spade", "instance", "conditional_batch", "adaptive_instance"]
NORMALISATIONS: tuple[Normalisation, ...] = get_args(Normalisation)
_WHOLE = ("conditional_batch", "adaptive_instance")  # told the label map as a whole, which the quick form does not do


@dataclass(frozen=True)
class AliasConfig:
    """Hyper-parameters; the defaults are the published network."""

    width: int = 64  # the smallest scale has 16 times, the largest half of that many channels
    # the paper's ablations: "spade" ignores the misalignment, "instance" the parse, the others see it as a whole
    normalisation: Normalisation = "alias"
    multi_scale: bool = True  # an ablation: False brings the pictures in at the smallest scale alone

    def __post_init__(self) -> None:
        if self.width < 4 or self.width % 4:
            raise ValueError(f"the ALIAS generator's width must be a multiple of 4, not {self.width}")
        if self.normalisation not in NORMALISATIONS:
            raise ValueError(f"normalisation must be one of {', '.join(NORMALISATIONS)}, not {self.normalisation!r}")

    @property
    def published(self) -> bool:
        """Whether the quick form can do it; it is made for the published network."""
        return self.multi_scale and self.normalisation not in _WHOLE


class AliasGenerator(nn.Module):
    """Synthesises the try-on picture.

    x (B, 9, H, W): agnostic image 3, pose picture 3, warped cloth 3, all in [-1, 1], from
    `engine.networks.inputs.alias_input`. parse (B, 7, H, W): one-hot map of `engine.labels.ALIAS`. misalignment (B, 1,
    H, W) in [0, 1]: where the upper clothes are not covered by the warped cloth. generator: where the noise comes from;
    one CPU generator for the batch, or one a sample (then the batch size does not change the pictures), or None for
    PyTorch's own. Returns (B, 3, H, W) in [-1, 1]. H and W are multiples of 128.

    Gamma and beta come from tables (`engine.networks.alias.modulation`), and without gradients all the work is done by
    `engine.networks.alias.streaming`, which reports its progress to `report`. `dense = True` selects the published
    form, for comparisons; a `parse` that is not one-hot needs it anyway.

    >>> parse = torch.eye(7)[torch.zeros(1, 128, 256, dtype=torch.long)].permute(0, 3, 1, 2)
    >>> inputs = torch.zeros(1, 9, 128, 256), parse, torch.zeros(1, 1, 128, 256)
    >>> with torch.no_grad():
    ...     AliasGenerator(AliasConfig(width=4)).eval()(*inputs).shape
    torch.Size([1, 3, 128, 256])
    """

    def __init__(self, config: AliasConfig = AliasConfig()) -> None:
        super().__init__()
        self.config = config
        self.dense = False
        self.workspace: streaming.Workspace | None = None  # kept between pictures by an owner who makes many
        w = config.width
        self.conv_0 = nn.Conv2d(IN_CHANNELS, 16 * w, 3, padding=1)
        for scale in range(1, SCALES if config.multi_scale else 1):
            self.add_module(f"conv_{scale}", nn.Conv2d(IN_CHANNELS, w // 4, 3, padding=1))
        joined = w // 4 if config.multi_scale else 0
        self.head_0 = self._block(0, 16 * w, 16 * w)
        self.G_middle_0 = self._block(1, 16 * w + joined, 16 * w)
        self.G_middle_1 = self._block(2, 16 * w + joined, 16 * w)
        for step in range(5):
            source, target = 2 ** (4 - step) * w, 2 ** (3 - step) * w
            self.add_module(
                f"up_{step}", self._block(3 + step, max(source, 1) + joined, target if step < 4 else w // 2)
            )
        self.conv_img = nn.Conv2d(w // 2, 3, 3, padding=1)

    def is_modulated(self) -> bool:
        """Whether the norms see the parse."""
        return self.config.normalisation != "instance"

    def is_masked(self, scale: int) -> bool:
        """Whether the block at `scale` (0 the smallest) normalises the misaligned region by itself: 0 to 4."""
        return self.config.normalisation == "alias" and scale < 5

    def _block(self, scale: int, channels_in: int, channels_out: int) -> AliasBlock:
        labels, hidden = CLASSES + self.is_masked(scale) if self.is_modulated() else 0, 2 * self.config.width
        if self.config.normalisation in _WHOLE:
            batch = self.config.normalisation == "conditional_batch"
            return AliasBlock(
                channels_in, channels_out, lambda channels: ConditionalNorm(channels, labels, hidden, batch)
            )
        return AliasBlock(channels_in, channels_out, lambda channels: AliasNorm(channels, labels, hidden))

    def encoder(self, scale: int) -> nn.Conv2d:
        """The convolution that brings the input in at `scale`."""
        return getattr(self, f"conv_{scale}")  # type: ignore[no-any-return]

    def blocks(self) -> list[AliasBlock]:
        """The eight residual blocks, smallest scale first."""
        names = ["head_0", "G_middle_0", "G_middle_1", *(f"up_{step}" for step in range(5))]
        return [getattr(self, name) for name in names]

    def forward(
        self,
        x: Tensor,
        parse: Tensor,
        misalignment: Tensor,
        generator: torch.Generator | Sequence[torch.Generator] | None = None,
        report: Report | None = None,
    ) -> Tensor:
        _check_shapes(x, parse, misalignment)
        noise = NoiseSource(generator, active=self.has_noise())
        noise.check(len(x))
        codes = None if self.dense or not self.config.published else modulation.class_numbers(parse)
        if codes is None or torch.is_grad_enabled():
            return self._whole(x, parse, misalignment, noise, codes)
        if torch.is_autocast_enabled(x.device.type):
            x = x.to(torch.get_autocast_dtype(x.device.type))
        with torch.autocast(x.device.type, enabled=False):  # what may be halved and what may not is decided in there
            return torch.cat([self._one(x, codes, misalignment, noise, number, report) for number in range(len(x))])

    def _one(
        self, x: Tensor, codes: Tensor, misalignment: Tensor, noise: NoiseSource, number: int, report: Report | None
    ) -> Tensor:
        one = slice(number, number + 1)
        own, part = noise.of_sample(number), streaming.part_of(report, number, len(x))
        workspace = self.workspace or streaming.Workspace()
        with workspace.lock:
            return streaming.generate(self, x[one], codes[one], misalignment[one], own, part, workspace)

    def _whole(
        self, x: Tensor, parse: Tensor, misalignment: Tensor, noise: NoiseSource, codes: Tensor | None
    ) -> Tensor:
        """Scale by scale as a whole, differentiable; without `codes` the published form, which convolves label maps."""
        y: Tensor | None = None
        for scale, block in enumerate(self.blocks()):
            size = scale_size(x, scale)
            shrunk = F.interpolate(x, size=size).contiguous(memory_format=torch.channels_last)
            features = [self.encoder(scale)(shrunk)] if y is None or self.config.multi_scale else []
            maps = make_maps(parse, misalignment, size, self.is_masked(scale))
            if codes is not None and self.is_modulated():
                maps = _with_table(maps, streaming.shrink(codes, scale))
            y = torch.cat(features if y is None else [F.interpolate(y, scale_factor=2.0), *features], dim=1)
            y = block(y, maps, noise)
        assert y is not None
        return torch.tanh(self.conv_img(F.leaky_relu(y, LEAK)))

    def has_noise(self) -> bool:
        """Whether any norm adds noise; a network in training always does, since its factors are being learned."""
        if self.training:
            return True
        return any(bool(p.any()) for name, p in self.named_parameters() if name.endswith("noise_scale"))


def prepare(network: AliasGenerator, device: torch.device) -> None:
    """Make a network ready for where it has been moved to: laid out, and on a CPU with a workspace."""
    streaming.lay_out(network)
    network.workspace = streaming.Workspace() if device == torch.device("cpu") else None


def scale_size(x: Tensor, scale: int) -> tuple[int, int]:
    """(height, width) of `scale` (0 smallest .. 7 full size) for a picture tensor (B, C, H, W)."""
    factor = 2 ** (SCALES - 1 - scale)
    return x.shape[2] // factor, x.shape[3] // factor


def make_maps(parse: Tensor, misalignment: Tensor, size: tuple[int, int], masked: bool) -> Maps:
    """The label map and mask at one scale, both shrunk with nearest as published.

    Where `masked`, the misalignment is taken out of the garment and appended as an eighth class.
    """
    labels = F.interpolate(parse, size=size)
    if not masked:
        return Maps(labels, None)
    mask = F.interpolate(misalignment, size=size)
    first, end = Alias.GARMENT, Alias.GARMENT + 1
    divided = torch.cat([labels[:, :first], labels[:, first:end] - mask, labels[:, end:], mask], dim=1)
    return Maps(divided, mask)


def _with_table(maps: Maps, codes: Tensor) -> Maps:
    distinct = modulation.find_neighbourhoods(codes, CLASSES, maps.mask, Alias.GARMENT)
    return replace(maps, distinct=distinct) if distinct.share <= modulation.WORTHWHILE else maps


def _check_shapes(x: Tensor, parse: Tensor, misalignment: Tensor) -> None:
    expected = [(len(x), channels, *x.shape[2:]) for channels in (IN_CHANNELS, CLASSES, 1)]
    if [tuple(t.shape) for t in (x, parse, misalignment)] != expected or x.shape[2] % MULTIPLE or x.shape[3] % MULTIPLE:
        shapes = ", ".join(str(tuple(t.shape)) for t in (x, parse, misalignment))
        raise ValueError(
            f"the ALIAS generator takes (B, 9, H, W), (B, 7, H, W) and (B, 1, H, W) "
            f"with H and W multiples of {MULTIPLE}, not {shapes}"
        )
