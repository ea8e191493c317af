"""Street photos as pairs: the person, and what they wear cut out of the same photo as the garment.

A data set of studio pairs knows one light, one wall and few postures. Nobody photographed the garments of street photos
alone, but what a composer has to learn from them (skin in daylight, hair over a collar, a street behind an arm) needs a
garment that lies about right, not a product photo. What needs product photos chooses some (`Dress`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.arrays import Size
from engine.category import CATEGORIES, Category
from engine.data.cache import PackedCache
from engine.data.raw.photos import Photo, StreetPhotos, seen, try_on_view
from engine.data.sample import Sample
from engine.errors import TryOnError
from engine.labels import IGNORE, Lip
from engine.pose import Pose

_LEAST = 0.06  # of the frame that the garment fills
_WHITE = 255


Dress = Callable[[Sample, int], Sample | None]  # a pair, how often it was shown before -> in another garment


@dataclass(frozen=True, eq=False)
class WithStreet:
    """The samples of a data set and, behind them, those of the street photos that show a garment.

    `names` are the data set's and then the street photos', each as often as `times` says. Where `dress` finds no
    garment for one, the next one takes its place. TryOnError where none has a garment.
    """

    studio: PackedCache
    street: StreetPhotos
    pairs: tuple[str, ...]  # of the street photos
    times: int
    dress: Dress | None = None

    @property
    def names(self) -> list[str]:
        return [*self.studio.names, *self.added]

    @property
    def added(self) -> list[str]:
        """The names of the street photos' samples."""
        return [f"street {number} {name}" for number in range(self.times) for name in self.pairs]

    def __getitem__(self, index: int) -> Sample:
        if index < len(self.studio):
            return self.studio[index]
        time, first = divmod(index - len(self.studio), len(self.pairs))
        for name in self.pairs[first:] + self.pairs[:first]:
            pair = street_pair(self.street.photo(name), self.studio.header.size, _category(self.studio))
            if pair is not None and self.dress is not None:
                pair = self.dress(pair, time)
            if pair is not None:
                return pair
        raise TryOnError("data.no_garments_worn", path=self.street.root)


def with_street(
    studio: PackedCache, train: Collection[str], folder: str, share: float, dress: Dress | None = None
) -> WithStreet:
    """Street photos beside the data set's `train` samples, so that they make about `share` (0 to 1) of both.

    TryOnError where the folder has no photos or one cannot be read.
    """
    street, size = StreetPhotos(Path(folder).expanduser()), studio.header.size
    pairs = tuple(name for name in street.train if street_pair(street.photo(name), size, _category(studio)))
    times = round(len(train) * share / (1 - share) / max(1, len(pairs)))
    return WithStreet(studio, street, pairs, times, dress)


def street_pair(photo: Photo, size: Size, category: Category) -> Sample | None:
    """The photo framed as a try-on photo of `size`, with what is worn cut out on white; None where little is worn."""
    image, parse, keypoints = seen(photo, try_on_view(photo), size)
    # things that hide the garment stay in the photo as the background does
    parse = np.where(parse == IGNORE, np.uint8(Lip.BACKGROUND), parse)
    worn = np.isin(parse, category.worn)
    if worn.mean() < _LEAST:
        return None
    points = keypoints.copy()
    points[points[:, 2] <= 0] = 0
    return Sample(
        name=photo.name,
        cloth_name=photo.name,
        image=image,
        cloth=np.where(worn[..., None], image, np.uint8(_WHITE)),
        cloth_mask=worn.astype(np.uint8) * np.uint8(255),
        parse=parse,
        pose=Pose(points, size),
        category=category,
    )


def _category(studio: PackedCache) -> Category:
    return CATEGORIES[studio.header.category]
