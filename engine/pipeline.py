"""The stages in order: from a person and a garment to the picture of the person wearing it.

VITON-HD (Choi et al., CVPR 2021): agnostic person, segmentation generator, geometric matching, ALIAS generator. Each
stage is one method with a typed result that can be shown, edited and given to the next. Stages hand over 8-bit arrays:
what a user sees is exactly what the next stage reads, whether it was computed, edited or loaded from a file.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine import agnostic as drawing
from engine import inputs
from engine.assembly import assemble
from engine.compositing import changed_region, composite
from engine.devices import CPU, Precision, autocast, check_precision, choose_device, is_out_of_memory, release_memory
from engine.errors import TryOnError
from engine.fitting import fit_points
from engine.hidden import telling
from engine.labels import ALIAS, Seg, one_hot, segmentation_to_alias
from engine.networks import matching, streaming, tps
from engine.networks.alias import MULTIPLE, AliasGenerator
from engine.networks.matching import GeometricMatching, control_points
from engine.networks.segmentation import SegmentationGenerator
from engine.networks.ticking import count_layers, ticking
from engine.progress import Abort, Progress, Watch
from engine.refinements import Refinements
from engine.stages import Agnostic, Array8, Garment, Person, Segmentation, Size, TryOnResult, Warp, check_sizes
from engine.tidying import tidied
from engine.weights import Pack, find_pack

STAGES = ("agnostic", "segmentation", "warp", "generation")
KINDS = ("segmentation", "matching", "alias")
LARGEST_SEED = 2**32 - 1
# The parse's noise is the same in every try-on: a seed varies the picture, not the shape of the garment, and a window
# that shows another seed has only the generator to compute.
PARSE_SEED = 0
# what share of a whole try-on is done when a stage begins and ends (measured on CPU with the published widths)
_SHARES = {"agnostic": (0.0, 0.03), "segmentation": (0.03, 0.15), "warp": (0.15, 0.2), "generation": (0.2, 1.0)}
_PATIENCE = 0.1  # seconds after which a thread that waits for its turn asks whether it is still wanted
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
    wanted = size or next(iter(found.sizes), (1024, 768))
    return TryOnPipeline(networks, device, precision, wanted, found.refinements)


@dataclass(frozen=True)
class Job:
    """One picture to make."""

    person: Person
    garment: Garment
    seed: int = 0


class TryOnPipeline:
    """The three networks and what lies between them.

    networks: "segmentation", "matching" and "alias", as `engine.networks.build` makes them. refinements: steps
    beside them, none as published. One pipeline serves any number of try-ons; `progress` and `abort` are given call by
    call. Several threads may use it: their stages take turns. The same seed, weights and input give the same picture on
    one machine with one number of threads; another seed varies the generator alone.
    """

    def __init__(
        self,
        networks: Mapping[str, nn.Module],
        device: str = "auto",
        precision: str = "fp32",
        size: Size = (1024, 768),
        refinements: Refinements = Refinements(),
    ) -> None:
        _check_size(size)
        self.refinements = refinements
        self.size = size
        self.device = CPU
        self.precision: Precision = check_precision(precision)
        self._networks = {kind: networks[kind].eval() for kind in KINDS}
        self._turns = Lock()
        if not self._moved_to(choose_device(device)):
            raise TryOnError(
                f"the networks do not fit into the memory of {device!r}; close other programs that use it, "
                "or use --device cpu"
            )

    def __getstate__(self) -> dict[str, Any]:
        """Without the lock, which copies must not share."""
        return {name: value for name, value in vars(self).items() if name != "_turns"}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        vars(self).update(state)
        self._turns = Lock()

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
        """`run` for several pairs at once; the order is kept.

        On a GPU the networks see them as one batch, and by rounding a picture may be a level of 255 off the one made
        alone. On a CPU, where a batch saves nothing, they are made one by one: every picture is the same.
        """
        if not jobs:
            return []
        watch, timings = Watch(progress, abort), dict[str, float]()

        def timed(name: str, stage: Callable[[], _R]) -> _R:
            started = time.perf_counter()
            made = stage()
            timings[name] = (time.perf_counter() - started) / len(jobs)
            return made

        people = [job.person.scaled(self.size) for job in jobs]
        garments = [job.garment.scaled(self.size) for job in jobs]
        seeds = [_checked_seed(job.seed) for job in jobs]
        agnostics = timed("agnostic", lambda: [self.agnostic(person, watch) for person in people])
        parse_seeds = [PARSE_SEED] * len(jobs)
        parses = timed("segmentation", lambda: self.segmentations(agnostics, garments, parse_seeds, watch))
        warps = timed("warp", lambda: self.warps(agnostics, parses, garments, watch))
        made = timed("generation", lambda: self.generations(agnostics, parses, warps, seeds, watch))
        parts = zip(made, people, garments, agnostics, parses, warps, strict=True)
        results = [self.finish(*part, keep_original=keep_original) for part in parts]
        return [
            replace(result, seed=seed, timings=timings, notes=tuple(watch.notes))
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
        self, agnostic: Agnostic, garment: Garment, seed: int = PARSE_SEED, watch: Watch | None = None
    ) -> Segmentation:
        """Predict the parse of the person wearing the garment."""
        return self.segmentations([agnostic], [garment], [seed], watch)[0]

    def segmentations(
        self,
        agnostics: Sequence[Agnostic],
        garments: Sequence[Garment],
        seeds: Sequence[int],
        watch: Watch | None = None,
    ) -> list[Segmentation]:
        """`segmentation` for several people of the same size at once."""
        return self._stage("segmentation", self._segmentations, watch, agnostics, garments, seeds)

    def _segmentations(
        self, watch: Watch, agnostics: Sequence[Agnostic], garments: Sequence[Garment], seeds: Sequence[int]
    ) -> list[Segmentation]:
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
        made = [Segmentation(one) for one in labels]
        return [tidied(one) for one in made] if self.refinements.tidy_parse else made

    def warp(
        self, agnostic: Agnostic, segmentation: Segmentation, garment: Garment, watch: Watch | None = None
    ) -> Warp:
        """Lay the garment onto the predicted clothes region."""
        return self.warps([agnostic], [segmentation], [garment], watch)[0]

    def warps(
        self,
        agnostics: Sequence[Agnostic],
        segmentations: Sequence[Segmentation],
        garments: Sequence[Garment],
        watch: Watch | None = None,
    ) -> list[Warp]:
        """`warp` for several people of the same size at once."""
        return self._stage("warp", self._warps, watch, agnostics, segmentations, garments)

    def _warps(
        self,
        watch: Watch,
        agnostics: Sequence[Agnostic],
        segmentations: Sequence[Segmentation],
        garments: Sequence[Garment],
    ) -> list[Warp]:
        size = agnostics[0].size
        check_sizes(size, *segmentations)
        clothes = self._masks((one.labels == Seg.UPPER).astype(np.uint8) * 255 for one in segmentations)
        pose = self._pictures(_for_matching(agnostic.pose_picture) for agnostic in agnostics)
        image = self._pictures(_for_matching(agnostic.image) for agnostic in agnostics)
        person = inputs.matching_input(clothes, pose, image)
        cloth = inputs.cloth_input(self._pictures(_for_matching(garment.scaled(size).image) for garment in garments))
        theta = self._forward(
            "warp", "matching", watch, lambda net: cast(GeometricMatching, net).offsets(person, cloth)
        )
        placed = control_points(theta).float()
        if self.refinements.fit_warp:
            masks = self._masks(garment.scaled(size).mask for garment in garments)
            placed = fit_points(placed, masks, clothes, self._masks(telling(one.labels) for one in segmentations))
        points = placed.cpu().numpy()
        return [self.warp_along(one, garment, size) for one, garment in zip(points, garments, strict=True)]

    @torch.inference_mode()
    def warp_along(self, points: NDArray[np.float32], garment: Garment, size: Size | None = None) -> Warp:
        """Warp the garment along control points (25, 2), the network's own or ones a user has dragged."""
        points = _checked_points(points)
        garment = garment.scaled(size or self.size)
        grid = tps.spline_grid(torch.tensor(points, device=self.device)[None], garment.size)
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

    def generations(
        self,
        agnostics: Sequence[Agnostic],
        segmentations: Sequence[Segmentation],
        warps: Sequence[Warp],
        seeds: Sequence[int],
        watch: Watch | None = None,
    ) -> list[Array8]:
        """`generate` for several people of the same size at once."""
        return self._stage("generation", self._generations, watch, agnostics, segmentations, warps, seeds)

    def _generations(
        self,
        watch: Watch,
        agnostics: Sequence[Agnostic],
        segmentations: Sequence[Segmentation],
        warps: Sequence[Warp],
        seeds: Sequence[int],
    ) -> list[Array8]:
        check_sizes(agnostics[0].size, *segmentations, *warps)
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

        def call(network: nn.Module) -> Tensor:
            picture: Tensor = network(x, parse, misaligned, generator=noise, report=watch.reach)
            return picture

        made = self._forward("generation", "alias", watch, call)
        # published rule: (y + 1) * 127.5, truncated
        pictures = ((made.float() + 1) * 127.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
        return list(pictures.contiguous().cpu().numpy())

    def finish(
        self,
        raw: Array8,
        person: Person,
        garment: Garment,
        agnostic: Agnostic,
        segmentation: Segmentation,
        warp: Warp,
        *,
        keep_original: bool = True,
    ) -> TryOnResult:
        """`engine.pipeline.finish` with the refinement that this pipeline's pack asks for."""
        parts = person, garment, agnostic, segmentation, warp
        return finish(raw, *parts, keep_original=keep_original, refinements=self.refinements)

    def _stage(self, name: str, work: Callable[..., list[_R]], watch: Watch | None, *items: Sequence[Any]) -> list[_R]:
        """`work(watch, *items)`; on a CPU, and where a GPU's memory is too small, one picture at a time.

        What does not fit into the GPU even so is done on the CPU.
        """
        watch = watch or Watch()
        with self._turn(watch):
            if self.device == CPU and len(items[0]) > 1:
                return self._one_by_one(name, work, watch, items)
            return self._together(name, work, watch, items)

    def _together(
        self, name: str, work: Callable[..., list[_R]], watch: Watch, items: Sequence[Sequence[Any]]
    ) -> list[_R]:
        try:
            with torch.inference_mode():
                return work(watch, *items)
        except RuntimeError as error:
            if self.device == CPU or not is_out_of_memory(error):
                raise
        finally:
            release_memory(self.device)
        # outside the except block: the traceback would keep the GPU's tensors alive
        if len(items[0]) > 1:
            watch.note("The GPU has too little memory for so many pictures at once; they were made one by one.")
            return self._one_by_one(name, work, watch, items)
        watch.note(f"The GPU ran out of memory during {name}; it was done on the CPU. A smaller size would fit.")
        with self._on_cpu():
            return self._together(name, work, watch, items)

    def _one_by_one(
        self, name: str, work: Callable[..., list[_R]], watch: Watch, items: Sequence[Sequence[Any]]
    ) -> list[_R]:
        made: list[_R] = []
        for number, one in enumerate(zip(*items, strict=True)):
            with watch.piece(number, len(items[0])):
                made += self._together(name, work, watch, [[item] for item in one])
        return made

    @contextmanager
    def _turn(self, watch: Watch) -> Iterator[None]:
        """One thread at a time, as networks move between devices and count layers; not to be entered from within."""
        while not self._turns.acquire(timeout=_PATIENCE):
            watch.check()
        try:
            yield
        finally:
            self._turns.release()

    def _forward(self, stage: str, kind: str, watch: Watch, call: Callable[[nn.Module], Tensor]) -> Tensor:
        network = self._networks[kind]
        watch.begin(stage, _SHARES[stage], count_layers(network))
        with ExitStack() as inside:
            inside.enter_context(ticking(network, watch.tick))
            if kind != "matching":  # its control points move the whole garment; half precision saves nothing there
                inside.enter_context(autocast(self.device, self.precision))
            made = call(network)
        watch.reach(1.0)
        return made

    @contextmanager
    def _on_cpu(self) -> Iterator[None]:
        gpu = self.device
        self._move_to(CPU)
        release_memory(gpu)
        try:
            yield
        finally:
            self._moved_to(gpu)

    def _moved_to(self, device: torch.device) -> bool:
        """Move the networks; False, and they are on the CPU, where `device` has no room for them."""
        try:
            self._move_to(device)
        except RuntimeError as error:
            if not is_out_of_memory(error):
                raise
            self._move_to(CPU)
            return False
        return True

    def _move_to(self, device: torch.device) -> None:
        for network in self._networks.values():
            network.to(device)
        alias = cast(AliasGenerator, self._networks["alias"])
        streaming.lay_out(alias)
        alias.workspace = streaming.Workspace() if device == CPU else None
        self.device = device

    def _pictures(self, arrays: Iterable[Array8]) -> Tensor:
        stacked = torch.from_numpy(np.stack(list(arrays))).to(self.device)
        return (stacked.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous()

    def _masks(self, arrays: Iterable[Array8]) -> Tensor:
        return torch.from_numpy(np.stack(list(arrays))).to(self.device)[:, None].float() / 255

    def _planes(self, arrays: Iterable[NDArray[np.float32]]) -> Tensor:
        return torch.from_numpy(np.stack(list(arrays))).to(self.device)


def _for_matching(picture: Array8) -> Array8:
    """The pixels that resizing to the matching network's size with nearest would leave, where it takes every n-th."""
    down, across = (side // small for side, small in zip(picture.shape, matching.SIZE, strict=False))
    whole = (down * matching.SIZE[0], across * matching.SIZE[1]) == picture.shape[:2]
    return picture[::down, ::across] if whole else picture


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
    refinements: Refinements = Refinements(),
) -> TryOnResult:
    """Put the photo's own pixels back where the garment changes nothing, and bind everything together.

    Where `refinements` say so, photo, cloth and new skin are laid together instead (`engine.assembly`).
    """
    check_sizes(agnostic.size, segmentation, warp)
    person, garment = person.scaled(agnostic.size), garment.scaled(agnostic.size)
    if not keep_original:
        layers, changed = raw, np.full(agnostic.size, 255, dtype=np.uint8)
    elif refinements.assemble:
        layers, changed = assemble(person, agnostic, raw, segmentation, warp)
    else:
        layers, changed = raw, changed_region(person, agnostic, segmentation)
    image = composite(person.image, layers, changed)
    misaligned = misalignment(segmentation, warp)
    return TryOnResult(image, raw, layers, changed, person, garment, agnostic, segmentation, warp, misaligned)


def _generator(seed: int, stage: str) -> torch.Generator:
    """A stage's own source of noise: another garment or an edited stage must not shift the others' noise."""
    return torch.Generator().manual_seed(_checked_seed(seed) * len(STAGES) + STAGES.index(stage))


def _checked_seed(seed: int) -> int:
    if not 0 <= seed <= LARGEST_SEED:
        raise TryOnError(f"the seed {seed} is not a whole number from 0 to {LARGEST_SEED}; choose another")
    return seed


def _checked_points(points: NDArray[Any]) -> NDArray[np.float32]:
    checked = np.array(points, dtype=np.float32)
    if checked.shape != tuple(tps.rest_points().shape) or not np.isfinite(checked).all():
        raise TryOnError("the control points of a warp are 25 pairs of finite numbers; reset them to the network's own")
    return checked


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
