"""The networks of a weight pack as estimators: pictures of any shape in, probabilities and joints out."""

from typing import cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.analysis.common.estimators import Estimate
from engine.arrays import Picture, Planes
from engine.errors import TryOnError
from engine.imaging.images import to_tensor
from engine.imaging.planes import padded
from engine.labels import LIP
from engine.networks.parser import HEAT_STRIDE, MULTIPLE, SIZE, find_joints
from engine.pose.skeleton import MIRRORED
from engine.system.devices import choose_device
from engine.weights import Pack, find_pack

_LONGEST = 1.5  # of the height a network learnt on: the longer side it sees, whatever the shape


def load_person_estimator(pack: str | Pack = "default", device: str = "auto") -> "ParserEstimator":
    """The person parser of a pack, and its network for what is worn over tops, if it has one.

    TryOnError where the pack or its parser is missing; it says what to do instead.
    """
    found = _pack(pack)
    outer = found.load("outer") if "outer" in found.configs else None
    return ParserEstimator(_load(found, "parser"), choose_device(device), outer=outer)


def load_garment_estimator(pack: str | Pack = "default", device: str = "auto") -> "GarmentMaskEstimator | None":
    """The garment network of a pack; None where the pack has none, since `cut_out` does plain backgrounds without."""
    found = _pack(pack)
    if "garment" not in found.configs:
        return None
    return GarmentMaskEstimator(found.load("garment"), choose_device(device))


def find_garment_estimator(pack: str, device: str = "auto") -> "GarmentMaskEstimator | None":
    """As `load_garment_estimator`; None also where there is no such pack, since a garment may do without."""
    try:
        find_pack(pack)
    except TryOnError:
        return None
    return load_garment_estimator(pack, device)


def find_people_estimator(pack: str, device: str = "auto") -> "ParserEstimator | None":
    """As `load_person_estimator`; None where there is no such pack or it has no parser: a lone garment needs none."""
    try:
        return load_person_estimator(pack, device)
    except TryOnError:
        return None


def _pack(pack: str | Pack) -> Pack:
    return pack if isinstance(pack, Pack) else find_pack(pack)


def _load(pack: str | Pack, kind: str) -> nn.Module:
    found = _pack(pack)
    if kind not in found.configs:
        raise TryOnError("pack.no_analysis", name=found.name, kind=kind)
    return found.load(kind)


class ParserEstimator:
    """`engine.networks.parser.PersonParser` as a `PersonEstimator`.

    mirrored: also look at the mirrored picture and take the mean, which steadies both heads at twice the time. outer:
    an `engine.networks.outer.OuterLayer` of the same height that looks too, but not at a glance.
    """

    def __init__(
        self, network: nn.Module, device: torch.device, mirrored: bool = True, outer: nn.Module | None = None
    ) -> None:
        self._network = network.eval().to(device)
        self._outer = None if outer is None else outer.eval().to(device)
        self._height = _height_of(network)
        self._device = device
        self._mirrored = mirrored

    def estimate(self, picture: Picture) -> Estimate:
        return self._look(picture, self._mirrored, self._outer)

    def glance(self, picture: Picture) -> Estimate:
        """As `estimate`, without the mirrored picture."""
        return self._look(picture, False)

    @torch.inference_mode()
    def _look(self, picture: Picture, mirrored: bool, outer: nn.Module | None = None) -> Estimate:
        seen, inside = _prepared(picture, self._height)
        x = to_tensor(seen)[None].to(self._device).contiguous(memory_format=torch.channels_last)  # a third quicker
        parse, heat = self._network(torch.cat([x, x.flip(3)]) if mirrored else x)
        probabilities, heat = torch.softmax(parse.float(), dim=1), heat.float()
        if mirrored:
            probabilities = _with_mirror(probabilities, LIP.mirrored)
            heat = torch.logit(_with_mirror(torch.sigmoid(heat), MIRRORED), eps=1e-6)
        joints = find_joints(heat)[0].cpu().numpy().astype(np.float32)
        height, width = inside
        scale = np.array([picture.shape[1] / width, picture.shape[0] / height], dtype=np.float32)
        joints[:, :2] = (joints[:, :2] + 0.5) * scale - 0.5
        maps = torch.sigmoid(heat[0, :, : height // HEAT_STRIDE, : width // HEAT_STRIDE]).contiguous().cpu().numpy()
        over = None if outer is None else _outer_of(outer, x)[0, :, :height, :width].contiguous().cpu().numpy()
        return Estimate(probabilities[0, :, :height, :width].contiguous().cpu().numpy(), joints, maps, over)


class GarmentMaskEstimator:
    """`engine.networks.garment.GarmentMask` as a `GarmentEstimator`; the mean over the picture and its mirror image."""

    def __init__(self, network: nn.Module, device: torch.device) -> None:
        self._network = network.eval().to(device)
        self._device = device

    @torch.inference_mode()
    def probability(self, picture: Picture) -> Planes:
        """As `GarmentEstimator.probability`, in about as many cells as the network learnt on."""
        seen, (height, width) = _prepared(picture, _height_of(self._network))
        x = to_tensor(seen)[None].to(self._device)
        made: Tensor = torch.sigmoid(self._network(torch.cat([x, x.flip(3)])).float())
        mean = (made[0] + made[1].flip(2)) / 2
        return cast(NDArray[np.float32], mean[0, :height, :width].contiguous().cpu().numpy())


def _outer_of(network: nn.Module, x: Tensor) -> Tensor:
    """(1, 3, H, W): the mean of what the network says of a picture and of its mirror image."""
    made: Tensor = torch.softmax(network(torch.cat([x, x.flip(3)])).float(), dim=1)
    return _with_mirror(made, tuple(range(made.shape[1])))


def _with_mirror(maps: Tensor, mirrored: tuple[int, ...]) -> Tensor:
    """The mean of the maps of a picture and of its mirror image, (2, C, H, W) -> (1, C, H, W)."""
    return (maps[:1] + maps[1:].flip(3)[:, list(mirrored)]) / 2


def _height_of(network: nn.Module) -> int:
    """Of the 3:4 pictures that a network learnt on."""
    return int(getattr(network.config, "height", SIZE[0]))


def _prepared(picture: Picture, learnt: int) -> tuple[Picture, tuple[int, int]]:
    """The picture in about as many pixels as the network learnt on, padded to what it divides by; its part in it."""
    height, width = working_size((picture.shape[0], picture.shape[1]), learnt)
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return padded(np.asarray(small, dtype=np.uint8), MULTIPLE), (height, width)


def working_size(size: tuple[int, int], learnt: int) -> tuple[int, int]:
    """(height, width) in which a picture of `size` is looked at: the area of 3:4 pictures `learnt` pixels high."""
    area = learnt * learnt * 3 / 4
    scale = min((area / (size[0] * size[1])) ** 0.5, _LONGEST * learnt / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
