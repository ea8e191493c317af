"""What a run of the person parser reads: changed photos to train on, held-out ones as they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.ahead import AheadFeed
from engine.data.photo_batches import PhotoBatch, PhotoMaker
from engine.data.photos import StreetPhotos
from engine.data.sampler import EpochSampler
from engine.training.feed import Data, open_cache_of, split_of
from engine.training.options import check
from engine.training.recipe import Recipe

if TYPE_CHECKING:
    from lightning_fabric import Fabric

_STREET_SAMPLES = 3  # of the sample grid


class DeviceFeed:
    """Training batches, sent to the device."""

    def __init__(self, ahead: "AheadFeed[Any]", device: Any) -> None:
        self._ahead, self._device = ahead, device

    def __next__(self) -> Any:
        return next(self._ahead).to(self._device)

    def state_dict(self) -> dict[str, Any]:
        return dict(self._ahead.state_dict())

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._ahead.load_state_dict(state)

    def close(self) -> None:
        self._ahead.close()


def open_photos(
    root: Path, street: Path | None, share: float, recipe: Recipe, fabric: "Fabric", *, cache: Path | None, workers: int
) -> Data:
    """Photos of ROOT/train and of a folder of street photos. TryOnError where they cannot be used.

    share: of the training pictures, how many are street photos.
    """
    options = recipe.options
    packed = open_cache_of(root, cache, fabric)
    split = split_of(packed, options, root)
    rows = {name: row for row, name in enumerate(packed.names)}
    photos = StreetPhotos(street) if street else None
    maker = PhotoMaker(packed, [rows[name] for name in split.train], photos, street_share=share, seed=options.seed)
    part = check(options, fabric.world_size)
    sampler = EpochSampler(len(split.train), options.seed, part, fabric.global_rank, fabric.world_size)
    ahead = AheadFeed(lambda draw, number: maker(draw, recipe.size_at(number // options.accumulate)), sampler, workers)
    held_out = [rows[name] for name in split.validation]
    streets = photos.validation if photos else []
    spread = held_out[:: max(1, len(held_out) // options.samples)][: options.samples]

    def validation(step: int) -> Iterator[PhotoBatch]:
        size = recipe.size_at(step)
        for first in range(0, len(held_out), part):
            yield maker.batch(held_out[first : first + part], (), size).to(fabric.device)
        for first in range(0, len(streets), part):
            yield maker.batch((), streets[first : first + part], size).to(fabric.device)

    def samples(step: int) -> PhotoBatch:
        return maker.batch(spread, streets[:_STREET_SAMPLES], recipe.size_at(step)).to(fabric.device)

    return Data(feed=DeviceFeed(ahead, fabric.device), validation=validation, samples=samples)
