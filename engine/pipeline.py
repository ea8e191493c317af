"""The stages in order: from a person and a garment to the picture of the person wearing it.

VITON-HD (Choi et al., CVPR 2021): agnostic person, segmentation generator, geometric matching, ALIAS generator. Each
stage is one method with a typed result that can be shown, edited and given to the next. Stages hand over 8-bit arrays:
what a user sees is exactly what the next stage reads, whether it was computed, edited or loaded from a file.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TypeVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine import agnostic as drawing
from engine import inputs
from engine.compositing import changed_region, composite
from engine.devices import Precision, autocast, check_precision, choose_device, is_out_of_memory, release_memory
from engine.errors import TryOnError
from engine.labels import ALIAS, Seg, one_hot, segmentation_to_alias
from engine.networks import tps
from engine.networks.alias import MULTIPLE, AliasGenerator
from engine.networks.matching import GeometricMatching, control_points
from engine.networks.segmentation import SegmentationGenerator
from engine.progress import Abort, Progress, Watch, count_layers, ticking
from engine.stages import Agnostic, Array8, Garment, Person, Segmentation, Size, TryOnResult, Warp
from engine.weights import Pack, find_pack

STAGES = ("agnostic", "segmentation", "warp", "generation")
KINDS = ("segmentation", "matching", "alias")
# what share of a whole try-on is done when a stage begins and ends (measured on CPU with the published widths)
_SHARES = {"agnostic": (0.0, 0.03), "segmentation": (0.03, 0.15), "warp": (0.15, 0.2), "generation": (0.2, 1.0)}
_R = TypeVar("_R")


def load_pipeline(
    pack: str | Pack = "default", device: str = "auto", precision: str = "fp32", size: Size | None = None
) -> "TryOnPipeline":
    """A pipeline on the weights of a pack (its name, its folder, or a `Pack`).

    size: (height, width) of the pictures to make, 3:4 and multiples of 128; the pack's first size when None.
    Raises TryOnError when the pack, one of its networks, the device or the size cannot be had.
    """
    found = pack if isinstance(pack, Pack) else find_pack(pack)
    missing = [kind for kind in KINDS if kind not in found.configs]
    if missing:
        raise TryOnError(
            f"the weight pack {found.name!r} has no {missing[0]} network; choose another pack for a try-on"
        )
    networks = {kind: found.load(kind) for kind in KINDS}
    return TryOnPipeline(networks, device, precision, size or found.sizes[0])


@dataclass(frozen=True)
class Job:
    """One picture to make."""

    person: Person
    garment: Garment
    seed: int = 0


class TryOnPipeline:
    """The three networks and what lies between them.

    networks: "segmentation", "matching" and "alias", as `engine.networks.build` makes them. One pipeline serves any
    number of try-ons; `progress` and `abort` are given call by call. The same seed, weights and input give the same
    picture.
    """

    def __init__(
        self,
        networks: Mapping[str, nn.Module],
        device: str = "auto",
        precision: str = "fp32",
        size: Size = (1024, 768),
    ) -> None:
        _check_size(size)
        self.size = size
        self.device = choose_device(device)
        self.precision: Precision = check_precision(precision)
        self._networks = {kind: networks[kind].eval() for kind in KINDS}
        self._place(self.device)

    def run(
        self,
        person: Person,
        garment: Garment,
        seed: int = 0,
        keep_original: bool = True,
        progress: Progress | None = None,
        abort: Abort | None = None,
    ) -> TryOnResult:
        """All stages. keep_original: take the photo's own pixels where the garment changes nothing.

        Raises `engine.errors.Aborted` between two layers once `abort()` is True. When a GPU runs out of memory the
        stage is done again on the CPU, and the result's notes say so.
        """
        return self.run_batch([Job(person, garment, seed)], keep_original, progress, abort)[0]

    def run_batch(
        self,
        jobs: Sequence[Job],
        keep_original: bool = True,
        progress: Progress | None = None,
        abort: Abort | None = None,
    ) -> list[TryOnResult]:
        """`run` for several pairs at once: on a GPU the networks see them as one batch; the order is kept."""
        watch, timings, notes = Watch(progress, abort), dict[str, float](), list[str]()

        def stage(name: str, work: Callable[[], _R]) -> _R:
            started = time.perf_counter()
            made = self._with_retry(name, work, notes)
            timings[name] = (time.perf_counter() - started) / len(jobs)
            return made

        people = [job.person.scaled(self.size) for job in jobs]
        garments = [job.garment.scaled(self.size) for job in jobs]
        seeds = [job.seed for job in jobs]
        agnostics = stage("agnostic", lambda: [self.agnostic(person, watch) for person in people])
        parses = stage("segmentation", lambda: self.segmentations(agnostics, garments, seeds, watch))
        warps = stage("warp", lambda: self.warps(agnostics, parses, garments, watch))
        made = stage("generation", lambda: self.generations(agnostics, parses, warps, seeds, watch))
        parts = zip(made, people, garments, agnostics, parses, warps, strict=True)
        results = [finish(*part, keep_original=keep_original) for part in parts]
        return [
            replace(result, seed=seed, timings=timings, notes=tuple(notes))
            for result, seed in zip(results, seeds, strict=True)
        ]

    def agnostic(self, person: Person, watch: Watch | None = None) -> Agnostic:
        """Take the worn top out of the person's photo and parse, and draw the pose."""
        (watch or Watch()).begin("agnostic", _SHARES["agnostic"])
        person = person.scaled(self.size)
        pose = person.pose.completed()
        return Agnostic(
            image=drawing.agnostic_image(person.image, person.parse, pose),
            parse=drawing.agnostic_parse(person.parse, pose),
            pose_picture=person.pose.draw() if person.pose_picture is None else person.pose_picture,
        )

    def segmentation(
        self, agnostic: Agnostic, garment: Garment, seed: int = 0, watch: Watch | None = None
    ) -> Segmentation:
        """Predict the parse of the person wearing the garment."""
        return self.segmentations([agnostic], [garment], [seed], watch)[0]

    @torch.inference_mode()
    def segmentations(
        self,
        agnostics: Sequence[Agnostic],
        garments: Sequence[Garment],
        seeds: Sequence[int],
        watch: Watch | None = None,
    ) -> list[Segmentation]:
        """`segmentation` for several people of the same size at once."""
        size = agnostics[0].size
        garments = [garment.scaled(size) for garment in garments]
        x = inputs.segmentation_input(
            self._masks(garment.mask for garment in garments),
            self._pictures(garment.image for garment in garments),
            self._planes(agnostic.parse_planes for agnostic in agnostics),
            self._pictures(agnostic.pose_picture for agnostic in agnostics),
            inputs.segmentation_noise([_generator(seed, "segmentation") for seed in seeds]),
        )
        probabilities = self._forward("segmentation", "segmentation", watch, lambda net: net(x))
        labels = inputs.segmentation_labels(probabilities, size).to(torch.uint8).cpu().numpy()
        return [Segmentation(one) for one in labels]

    def warp(
        self, agnostic: Agnostic, segmentation: Segmentation, garment: Garment, watch: Watch | None = None
    ) -> Warp:
        """Lay the garment onto the predicted clothes region."""
        return self.warps([agnostic], [segmentation], [garment], watch)[0]

    @torch.inference_mode()
    def warps(
        self,
        agnostics: Sequence[Agnostic],
        segmentations: Sequence[Segmentation],
        garments: Sequence[Garment],
        watch: Watch | None = None,
    ) -> list[Warp]:
        """`warp` for several people of the same size at once."""
        size = agnostics[0].size
        clothes = self._masks((one.labels == Seg.UPPER).astype(np.uint8) * 255 for one in segmentations)
        pose = self._pictures(agnostic.pose_picture for agnostic in agnostics)
        image = self._pictures(agnostic.image for agnostic in agnostics)
        person = inputs.matching_input(clothes, pose, image)
        cloth = inputs.cloth_input(self._pictures(garment.scaled(size).image for garment in garments))
        theta = self._forward(
            "warp", "matching", watch, lambda net: cast(GeometricMatching, net).offsets(person, cloth)
        )
        points = control_points(theta).float().cpu().numpy()
        return [self.warp_along(one, garment, size) for one, garment in zip(points, garments, strict=True)]

    @torch.inference_mode()
    def warp_along(self, points: NDArray[np.float32], garment: Garment, size: Size | None = None) -> Warp:
        """Warp the garment along control points (25, 2), the network's own or ones a user has dragged."""
        garment = garment.scaled(size or self.size)
        grid = tps.spline_grid(torch.from_numpy(points)[None].to(self.device), garment.size)
        cloth, mask = inputs.warp(self._pictures([garment.image]), self._masks([garment.mask]), grid)
        # nearest 8-bit value, not the truncation of the published output: this is an input of the next stage
        cloth8 = ((cloth[0] + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
        mask8 = (mask[0, 0] * 255).round().clamp(0, 255).to(torch.uint8)
        return Warp(points, cloth8.cpu().numpy(), mask8.cpu().numpy())

    def generate(
        self, agnostic: Agnostic, segmentation: Segmentation, warp: Warp, seed: int = 0, watch: Watch | None = None
    ) -> Array8:
        """The generator's picture (H, W, 3) of the person wearing the warped garment."""
        return self.generations([agnostic], [segmentation], [warp], [seed], watch)[0]

    @torch.inference_mode()
    def generations(
        self,
        agnostics: Sequence[Agnostic],
        segmentations: Sequence[Segmentation],
        warps: Sequence[Warp],
        seeds: Sequence[int],
        watch: Watch | None = None,
    ) -> list[Array8]:
        """`generate` for several people of the same size at once."""
        classes = len(ALIAS.names)
        parse = self._planes(one_hot(segmentation_to_alias(one.labels), classes) for one in segmentations)
        pairs = zip(segmentations, warps, strict=True)
        misaligned = self._masks(misalignment(*pair) for pair in pairs)
        x = inputs.alias_input(
            self._pictures(agnostic.image for agnostic in agnostics),
            self._pictures(agnostic.pose_picture for agnostic in agnostics),
            self._pictures(warp.cloth for warp in warps),
        )
        noise = [_generator(seed, "generation") for seed in seeds]
        made = self._forward("generation", "alias", watch, lambda net: net(x, parse, misaligned, generator=noise))
        # published rule: (y + 1) * 127.5, truncated
        pictures = ((made.float() + 1) * 127.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
        return list(pictures.contiguous().cpu().numpy())

    def _forward(self, stage: str, kind: str, watch: Watch | None, call: Callable[[nn.Module], Tensor]) -> Tensor:
        network, watch = self._networks[kind], watch or Watch()
        watch.begin(stage, _SHARES[stage], count_layers(network))
        with ExitStack() as inside:
            inside.enter_context(ticking(network, watch.tick))
            if kind != "matching":  # its control points move the whole garment; half precision saves nothing there
                inside.enter_context(autocast(self.device, self.precision))
            return call(network)

    def _with_retry(self, stage: str, work: Callable[[], _R], notes: list[str]) -> _R:
        try:
            return work()
        except RuntimeError as error:
            if self.device.type == "cpu" or not is_out_of_memory(error):
                raise
        # outside the except block: the traceback would keep the GPU's tensors alive
        full = self.device
        notes.append(f"The GPU ran out of memory during {stage}; it was done on the CPU. A smaller size would fit.")
        self._place(torch.device("cpu"))
        release_memory(full)
        try:
            return work()
        finally:
            self._place(full)

    def _place(self, device: torch.device) -> None:
        self.device = device
        for network in self._networks.values():
            network.to(device)

    def _pictures(self, arrays: Iterable[Array8]) -> Tensor:
        stacked = torch.from_numpy(np.stack(list(arrays))).to(self.device)
        return (stacked.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous()

    def _masks(self, arrays: Iterable[Array8]) -> Tensor:
        return torch.from_numpy(np.stack(list(arrays))).to(self.device)[:, None].float() / 255

    def _planes(self, arrays: Iterable[NDArray[np.float32]]) -> Tensor:
        return torch.from_numpy(np.stack(list(arrays))).to(self.device)


def misalignment(segmentation: Segmentation, warp: Warp) -> Array8:
    """(H, W): 255 where predicted clothes are not covered by the warped cloth, soft at the cloth's edge."""
    uncovered = 255 - warp.mask
    return np.where(segmentation.labels == Seg.UPPER, uncovered, 0).astype(np.uint8)


def finish(
    raw: Array8,
    person: Person,
    garment: Garment,
    agnostic: Agnostic,
    segmentation: Segmentation,
    warp: Warp,
    *,
    keep_original: bool = True,
) -> TryOnResult:
    """Put the photo's own pixels back where the garment changes nothing, and bind everything together."""
    person, garment = person.scaled(agnostic.size), garment.scaled(agnostic.size)
    everything = np.full(agnostic.size, 255, dtype=np.uint8)
    changed = changed_region(person, agnostic, segmentation) if keep_original else everything
    image = composite(person.image, raw, changed) if keep_original else raw
    misaligned = misalignment(segmentation, warp)
    return TryOnResult(image, raw, changed, person, garment, agnostic, segmentation, warp, misaligned)


def _generator(seed: int, stage: str) -> torch.Generator:
    """A stage's own source of noise: another garment or an edited stage must not shift the others' noise."""
    return torch.Generator().manual_seed(seed * len(STAGES) + STAGES.index(stage))


def _check_size(size: Size) -> None:
    height, width = size
    if height % MULTIPLE or width % MULTIPLE or height * 3 != width * 4 or height < MULTIPLE:
        raise TryOnError(
            f"pictures of {width} x {height} cannot be made; sizes are 3:4 in steps of 384 x 512: "
            "384 x 512, 768 x 1024, 1152 x 1536, 1536 x 2048"
        )


def networks_of(pipeline: TryOnPipeline) -> tuple[SegmentationGenerator, GeometricMatching, AliasGenerator]:
    """The three networks a pipeline runs, in order, for inspection and benchmarks."""
    segmentation, matching, alias = (pipeline._networks[kind] for kind in KINDS)
    return cast(SegmentationGenerator, segmentation), cast(GeometricMatching, matching), cast(AliasGenerator, alias)
