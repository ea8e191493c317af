"""What a recipe is: the networks that learn, the losses they learn by, and how to tell whether it helps.

The loop (`engine.training.loop`) knows nothing but this. `Recipe.prepare` turns what the data loader gives into what
the phases read, a dict of tensors.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from engine.arrays import Picture, Size
from engine.networks import build, config_of
from engine.training.options import LoopOptions

if TYPE_CHECKING:
    from engine.data.augment import AugmentConfig
    from engine.data.cache import PackedCache
    from engine.data.raw.street_pairs import Dress
    from engine.training.data_source import Data
    from engine.training.fabric import Fabric

Prepared = dict[str, Tensor]
Losses = dict[str, Tensor]
Options_co = TypeVar("Options_co", bound=LoopOptions, covariant=True)


class Phase(nn.Module, ABC):
    """One network and the losses it learns by; a step of the loop goes through all phases of a recipe in order.

    Calling it with a prepared batch returns named losses, already weighted; `optimiser` minimises their sum.
    The whole call is what DistributedDataParallel and mixed precision wrap, so `network` is called only from in here.
    `part` numbers the parts of an accumulated step, for phases that hand something on to a later one.
    """

    def __init__(self, name: str, network: nn.Module, optimiser: Optimizer) -> None:
        super().__init__()
        self.name = name
        self.network = network
        self.optimiser = optimiser

    @abstractmethod
    def forward(self, batch: Prepared, part: int) -> Losses: ...


class Recipe(ABC):
    """One network of the try-on, with everything needed to train it."""

    kind: ClassVar[str]  # name in engine.training.recipes.RECIPES
    trains: ClassVar[str]  # name in engine.networks.KINDS of the network that is exported
    score: ClassVar[str]  # the validation number that decides which checkpoint is the best
    better: ClassVar[Literal["higher", "lower"]]

    options: LoopOptions
    phases: Sequence[Phase]
    # the run's precision, for frozen networks in `prepare` that bear it; the loop sets it
    autocast: Callable[[], AbstractContextManager[Any]] = nullcontext

    @property
    def network(self) -> nn.Module:
        """The network that is averaged and exported: the first phase's."""
        return self.phases[0].network

    def fresh_copy(self) -> nn.Module:
        """A second network of the same shape, for the running average."""
        return build(self.trains, config_of(self.network))

    def place(self, device: torch.device) -> None:  # noqa: B027 (most recipes have nothing to move)
        """Move what does not learn (a perceptual network, an earlier stage) to `device`."""

    def open_data(self, root: Path, fabric: "Fabric", cache: Path | None, workers: int) -> "Data":
        """What the run reads: pairs of a data set in the VITON-HD layout, unless a recipe needs something else."""
        from engine.training.data_source import open_data

        return open_data(
            root,
            self.options,
            self.size_at,
            fabric,
            cache=cache,
            workers=workers,
            augment=self.augment(),
            street=getattr(self.options, "street", ""),
            street_share=getattr(self.options, "street_share", 0.0),
            dress=self.dress,
        )

    def augment(self) -> "AugmentConfig":
        """How the training pairs are changed at random."""
        from engine.data.augment import AugmentConfig

        return AugmentConfig()

    def dress(self, studio: "PackedCache", names: Sequence[str]) -> "Dress | None":
        """What chooses garments of `studio`, of the people `names`, for those of street photos; None for their own."""
        return None

    @abstractmethod
    def size_at(self, step: int) -> Size:
        """(height, width) of the pictures that `prepare` is given at `step`."""

    def stage(self, step: int) -> int:
        """Number of the part of the run that `step` is in, for recipes that start with smaller pictures.

        Validation numbers of different stages are not compared: the best checkpoint is one of the last stage.
        """
        return 0

    def takes_part(self, phase: Phase, step: int) -> bool:
        """Whether a phase learns at `step` yet; the answer has to be the same in every process."""
        return True

    def notes(self) -> dict[str, Any]:
        """What a reader of the weights should know beside the options: plain values; of street photos their folder."""
        street = getattr(self.options, "street", "")
        return {"street": Path(street).name} if street else {}

    def lacks(self) -> str:
        """The code in `engine.messages` of what is missing for the results to be good; empty where nothing is."""
        return ""

    @abstractmethod
    def prepare(self, batch: Any, seeds: Sequence[int], step: int) -> Prepared:
        """Inputs and targets for the phases at `step` (0 is the first), from a batch of `open_data`.

        Everything drawn at random comes from `seeds`, one a pair, so that the number of processes a batch is spread
        over does not change the draws.
        """

    @abstractmethod
    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Numbers over prepared held-out batches, among them `score`."""

    @abstractmethod
    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """A picture to look at, one row a pair of the prepared batch."""


def generators(seeds: Sequence[int]) -> list[torch.Generator | None]:
    """One random generator a pair."""
    return [torch.Generator().manual_seed(seed) for seed in seeds]
