"""What of the things that street photos leave without a class is carried, and what goes with the clothes."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.data.cache import cached
from engine.data.layout import VitonDataset
from engine.data.raw.backgrounds import Backgrounds
from engine.data.raw.batches import PhotoMaker
from engine.data.raw.photos import Photo, StreetPhotos
from engine.data.raw.things import THING, with_things
from engine.labels import IGNORE, Lip
from tests.engine.data.raw.test_photos import drawn_photo, write_street
from tests.rendered import write_rendered_dataset


def dressed(*places: tuple[slice, slice]) -> Photo:
    """Somebody 200 pixels high, trousers from row 120 on, with what has no class at the places."""
    parse = np.zeros((200, 150), np.uint8)
    parse[20:40, 65:85], parse[40:46, 70:80] = Lip.FACE, Lip.NECK
    parse[46:120, 50:100], parse[120:200, 50:100] = Lip.UPPER, Lip.PANTS
    for place in places:
        parse[place] = IGNORE
    return replace(drawn_photo(3), image=np.zeros((200, 150, 3), np.uint8), parse=parse)


def told(*places: tuple[slice, slice]) -> list[int]:
    """What the middles of the places are."""
    parse = with_things(dressed(*places)).parse
    return [int(parse[(rows.start + rows.stop) // 2, (columns.start + columns.stop) // 2]) for rows, columns in places]


BAG, STRAP = (slice(110, 150), slice(85, 125)), (slice(50, 90), slice(60, 64))
CLUTCH, BELT = (slice(80, 92), slice(55, 85)), (slice(116, 124), slice(50, 100))
BELT_OF_A_COAT, NECKLACE, RING = (
    (slice(90, 96), slice(52, 98)),
    (slice(46, 58), slice(68, 82)),
    (slice(70, 73), slice(90, 93)),
)


def test_bags_straps_and_what_hands_hold_are_things() -> None:
    assert told(BAG, STRAP) == [THING, THING]
    assert told(CLUTCH) == [THING]


def test_belts_are_trousers_and_jewellery_stays_unknown() -> None:
    assert told(BELT) == [Lip.PANTS]
    assert told(BELT_OF_A_COAT) == [Lip.PANTS]
    assert told(NECKLACE, RING) == [IGNORE, IGNORE]


def test_the_rest_and_the_photo_itself_stay() -> None:
    photo = dressed(BAG)
    made = with_things(photo)
    assert (photo.parse[BAG] == IGNORE).all()
    assert np.array_equal(made.parse[photo.parse != IGNORE], photo.parse[photo.parse != IGNORE])
    assert made.image is photo.image


def test_things_are_a_class_only_where_they_are_asked_for(tmp_path: Path) -> None:
    cache = cached(VitonDataset(write_rendered_dataset(tmp_path, 4), "train", paired=True, size=(256, 192)))
    street = StreetPhotos(write_street(tmp_path / "street", 2))
    name = street.train[0]
    height, width = street.photo(name).parse.shape
    street.photo(name).parse[height // 4 : height // 3, width * 2 // 5 : width // 2] = IGNORE
    for things in (False, True):
        maker = PhotoMaker(cache, range(3), street, Backgrounds([], []), things=things)
        batch = maker.batch((), [name], (256, 192))
        assert bool((batch.parse == THING).any()) == things
        assert bool((batch.parse == IGNORE).any()) != things
