"""Garments with the inside of their collars drawn."""

from pathlib import Path

import numpy as np
import pytest

from engine.data.raw.drawn_collars import drawn_collars
from engine.errors import TryOnError
from engine.imaging.images import save_mask, save_picture

SIZE = (96, 72)


def drawn(root: Path, count: int = 30) -> Path:
    """Garments in the middle, each lighter than the one before, the top quarter of it the collar's inside; of every
    third nothing is seen."""
    for folder in ("cloth", "cloth-mask", "collar"):
        (root / folder).mkdir(parents=True)
    mask = np.zeros(SIZE, np.uint8)
    mask[16:80, 12:60] = 255
    inside = np.where(np.arange(SIZE[0])[:, None] < 32, mask, 0).astype(np.uint8)
    for number in range(count):
        name = f"{number:03d}"
        save_picture(root / "cloth" / f"{name}.png", np.full((*SIZE, 3), 60 + number, np.uint8))
        save_mask(root / "cloth-mask" / f"{name}.png", mask)
        save_mask(root / "collar" / f"{name}.png", inside if number % 3 else np.zeros_like(inside))
    save_picture(root / "cloth" / "alone.png", np.zeros((*SIZE, 3), np.uint8))
    return root


def test_some_are_held_out_and_what_is_not_complete_is_left_out(tmp_path: Path) -> None:
    train, held_out = drawn_collars(drawn(tmp_path), SIZE)
    assert len(train) + len(held_out) == 30
    assert 0 < len(held_out) < 10
    assert train.pictures.shape == (len(train), *SIZE, 3)
    assert set(np.unique(train.collars)) == {0, 255}
    empty = ~train.collars.any(axis=(1, 2))
    assert 0 < empty.sum() < len(train)


def test_picture_mask_and_collar_are_changed_alike(tmp_path: Path) -> None:
    train, _ = drawn_collars(drawn(tmp_path), SIZE)
    made, again = train.changed(range(40)), train.changed(range(40))
    assert np.array_equal(made.pictures, again.pictures)
    assert not (made.collars[made.masks == 0]).any(), "the inside is a part of the garment"
    lit = [picture[mask > 0].mean() for picture, mask in zip(made.pictures, made.masks, strict=True)]
    assert np.ptp(lit) > 60, "in other light"
    shares = [one.mean() / mask.mean() for one, mask in zip(made.collars, made.masks, strict=True) if one.any()]
    assert np.allclose(shares, 0.25, atol=0.04)


def test_a_folder_without_drawn_ones_is_refused(tmp_path: Path) -> None:
    root = drawn(tmp_path)
    for file in (root / "collar").iterdir():
        file.unlink()
    with pytest.raises(TryOnError, match="collar"):
        drawn_collars(root, SIZE)
