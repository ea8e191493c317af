"""What runs of the networks that look at photos read: changed photos to train on, held-out ones as they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.arrays import Size
from engine.data.cache import PackedCache
from engine.data.prefetch import Prefetcher
from engine.data.raw.augment import PhotoAugment
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.batches import PhotoMaker
from engine.data.raw.garment_batches import GarmentMaker
from engine.data.raw.hair_batches import HairMaker
from engine.data.raw.photos import StreetPhotos
from engine.data.sampler import Draw, EpochSampler
from engine.training.data_source import Data, open_cache_of, split_of
from engine.training.options import check
from engine.training.recipe import Recipe

if TYPE_CHECKING:
    from engine.training.fabric import Fabric

_STREET_SAMPLES = 3  # of the sample grid
_TEXTURES = 500  # garments whose cloth is used as background


@dataclass(frozen=True)
class _Rows:
    """A packed data set with the numbers of its training and held-out samples, and the street photos beside it."""

    cache: PackedCache
    train: list[int]
    held_out: list[int]
    street: StreetPhotos | None

    def backgrounds(self) -> Backgrounds:
        """Streets without their people, and the cloth of garments."""
        street = self.street
        streets = [partial(street.photo, name) for name in street.train] if street else []
        return Backgrounds(streets, [partial(_cloth, self.cache, row) for row in self.train[:_TEXTURES]])


class DeviceFeed:
    """Training batches, sent to the device."""

    def __init__(self, ahead: "Prefetcher[Any]", device: Any) -> None:
        self._ahead, self._device = ahead, device

    def __next__(self) -> Any:
        return next(self._ahead).to(self._device)

    def state_dict(self) -> dict[str, Any]:
        """The position, as plain numbers."""
        return dict(self._ahead.state_dict())

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken."""
        self._ahead.load_state_dict(state)

    def close(self) -> None:
        """Stop what makes batches ahead."""
        self._ahead.close()


class Shares(NamedTuple):
    """Of the training pictures, how many are street photos; of the tops that can be made into open coats, how many are;
    of what is worn in the street, how much is dyed."""

    street: float
    open_coats: float = 0.0
    dyed: float = 0.0


def open_photos(
    root: Path,
    street: str,
    shares: Shares,
    recipe: Recipe,
    fabric: "Fabric",
    cache: Path | None,
    workers: int,
    things: bool = False,
) -> Data:
    """Photos of people of ROOT/train and of a folder of street photos. TryOnError where they cannot be used.

    street: the folder, "" for none. things: what is carried there is a class of its own.
    """
    rows = _open(root, street, recipe, fabric, cache)
    of = rows.cache, rows.train, rows.street, rows.backgrounds()
    maker = PhotoMaker(
        *of,
        street_share=shares.street,
        open_coats=shares.open_coats,
        things=things,
        seed=recipe.options.seed,
        config=PhotoAugment(dye=shares.dyed),
    )
    names = rows.street.validation if rows.street else []

    held_out = _held_out(
        recipe,
        fabric,
        (lambda some, size: maker.batch(some, (), size), rows.held_out),
        (lambda some, size: maker.batch((), some, size), names),
    )

    def samples(step: int) -> Any:
        spread = _spread(rows.held_out, recipe.options.samples)
        return maker.batch(spread, names[:_STREET_SAMPLES], recipe.size_at(step)).to(fabric.device)

    return Data(_feed(maker, rows, recipe, fabric, workers), held_out, samples)


def open_garments(root: Path, street: str, recipe: Recipe, fabric: "Fabric", cache: Path | None, workers: int) -> Data:
    """Garments and masks of ROOT/train, and a folder of street photos as backgrounds ("" for none)."""
    rows = _open(root, street, recipe, fabric, cache)
    maker = GarmentMaker(rows.cache, rows.train, rows.backgrounds(), recipe.options.seed)

    # as they are, and once more on other backgrounds
    held_out = _held_out(recipe, fabric, (maker.batch, rows.held_out), (maker.elsewhere, rows.held_out))

    def samples(step: int) -> Any:
        spread = _spread(rows.held_out, recipe.options.samples)
        return maker.elsewhere(spread, recipe.size_at(step)).to(fabric.device)

    return Data(_feed(maker, rows, recipe, fabric, workers), held_out, samples)


def open_hair(root: Path, recipe: Recipe, fabric: "Fabric", cache: Path | None, workers: int) -> Data:
    """People of ROOT/train before a plain wall, whose hair is laid before the cloth of its garments."""
    rows = _open(root, "", recipe, fabric, cache)
    maker = HairMaker(root, rows.cache, rows.train, rows.backgrounds(), recipe.options.seed)
    look, places = partial(maker.batch, rows.held_out), range(len(rows.held_out))

    def samples(step: int) -> Any:
        return look(_spread(places, recipe.options.samples), recipe.size_at(step)).to(fabric.device)

    held_out = _held_out(recipe, fabric, (look, places))
    return Data(_feed(maker, rows, recipe, fabric, workers), held_out, samples)


def _held_out(
    recipe: Recipe, fabric: "Fabric", *looks: tuple[Callable[[Sequence[Any], Size], Any], Sequence[Any]]
) -> Callable[[int], Iterator[Any]]:
    """Batches of held-out items, for each look (how a batch is made, and of which items) one after the other."""

    def held_out(step: int) -> Iterator[Any]:
        size, part = recipe.size_at(step), check(recipe.options, fabric.world_size)
        for look, items in looks:
            yield from (look(some, size).to(fabric.device) for some in _parts(items, part))

    return held_out


def _open(root: Path, street: str, recipe: Recipe, fabric: "Fabric", cache: Path | None) -> _Rows:
    packed = open_cache_of(root, recipe.options, cache, fabric)
    split = split_of(packed, recipe.options, root)
    rows = {name: row for row, name in enumerate(packed.names)}
    photos = StreetPhotos(Path(street).expanduser()) if street else None
    return _Rows(packed, [rows[name] for name in split.train], [rows[name] for name in split.validation], photos)


def _feed(
    maker: Callable[[Draw, Size], Any], rows: _Rows, recipe: Recipe, fabric: "Fabric", workers: int
) -> DeviceFeed:
    options = recipe.options
    part = check(options, fabric.world_size)
    sampler = EpochSampler(len(rows.train), options.seed, part, fabric.global_rank, fabric.world_size)
    make = lambda draw, number: maker(draw, recipe.size_at(number // options.accumulate))  # noqa: E731
    return DeviceFeed(Prefetcher(make, sampler, workers), fabric.device)


def _cloth(cache: PackedCache, row: int) -> Any:
    return cache[row].cloth


def _parts(items: Sequence[Any], part: int) -> Iterator[Sequence[Any]]:
    return (items[first : first + part] for first in range(0, len(items), part))


def _spread(rows: Sequence[int], count: int) -> Sequence[int]:
    return rows[:: max(1, len(rows) // count)][:count]
