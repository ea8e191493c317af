"""Garments photographed at home whose label tells how long their sleeves are."""

from pathlib import Path

import numpy as np
import pytest

from engine.data.raw.labelled_garments import labelled_garments
from engine.errors import TryOnError
from engine.imaging.images import save_mask, save_picture

SIZE = (96, 72)
LABELS = ("T-Shirt", "Longsleeve", "Shirt")


def home(root: Path, count: int = 60) -> Path:
    """Garments of three labels, the last of which says nothing of sleeves; the left half of each is its mask."""
    names = [f"{number:03d}" for number in range(count)]
    mask = np.zeros(SIZE, np.uint8)
    mask[:, :36] = 255
    for folder in ("cloth", "cloth-mask"):
        (root / folder).mkdir(parents=True)
    for number, name in enumerate(names):
        save_picture(root / "cloth" / f"{name}.png", np.full((*SIZE, 3), 4 * number, np.uint8))
        save_mask(root / "cloth-mask" / f"{name}.png", mask)
    rows = [f"{name}.png,{LABELS[number % 3]}" for number, name in enumerate(names)]
    (root / "labels.csv").write_text("\n".join(["image,label", *rows, "missing.png,T-Shirt"]))
    return root


def test_labels_set_limits_and_some_garments_are_held_out(tmp_path: Path) -> None:
    train, held_out = labelled_garments(home(tmp_path), SIZE)
    assert len(train) + len(held_out) == 40
    assert 0 < len(held_out) < 12
    assert train.pictures.shape == (len(train), *SIZE, 3)
    assert train.reach[train.reach[:, 0] < 1] == pytest.approx(
        np.array([[0.2, 0.8]] * int((train.reach[:, 0] < 1).sum()))
    )
    assert set(np.unique(train.reach[:, 0] > 1)) == {False, True}


def test_a_seed_draws_the_same_garment_in_the_same_place(tmp_path: Path) -> None:
    train, _ = labelled_garments(home(tmp_path), SIZE)
    one, again, other = train.changed([1, 2, 3]), train.changed([1, 2, 3]), train.changed([4, 5, 6])
    assert np.array_equal(one.pictures, again.pictures)
    assert not np.array_equal(one.pictures, other.pictures)
    assert set(np.unique(one.masks)) <= {0, 255}
    middle = [int(picture[mask == 255].mean()) for picture, mask in zip(one.pictures, one.masks, strict=True)]
    assert all(abs(value / 4 - round(value / 4)) < 0.6 for value in middle)


def test_some_are_mirrored(tmp_path: Path) -> None:
    train, _ = labelled_garments(home(tmp_path), SIZE)
    masks = train.changed(range(40)).masks
    left = masks[:, :, :36].mean(axis=(1, 2)) > masks[:, :, 36:].mean(axis=(1, 2))
    assert 8 < left.sum() < 32


@pytest.mark.parametrize("table", [None, "name,kind\na,b\n", "image,label\n000.png,Shirt\n"])
def test_a_folder_without_labels_is_refused(tmp_path: Path, table: str | None) -> None:
    root = home(tmp_path)
    if table is None:
        (root / "labels.csv").unlink()
    else:
        (root / "labels.csv").write_text(table)
    with pytest.raises(TryOnError, match=r"labels|labelled"):
        labelled_garments(root, SIZE)
