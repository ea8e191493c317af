"""The sample grid: one PNG of the same held-out pairs again and again, to see with one's own eyes what a run learns."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from engine.arrays import Picture
from engine.system.files import atomic_path
from engine.training.events import write_failed

FOLDER = "samples"


def pictures(batch: Tensor) -> list[Picture]:
    """(B, 3, H, W) in [-1, 1], or (B, 1, H, W) in [0, 1] as a grey mask -> B pictures (H, W, 3)."""
    values = batch.detach().float().cpu()
    if values.shape[1] == 1:
        values = values.expand(-1, 3, -1, -1) * 2 - 1
    numbers = ((values.clamp(-1, 1) + 1) * 127.5).to(torch.uint8).permute(0, 2, 3, 1).numpy()
    return [np.ascontiguousarray(picture) for picture in numbers]


def grid(columns: Sequence[Sequence[Picture]]) -> Picture:
    """Columns of pictures of one size, one row a pair -> one picture."""
    return np.concatenate([np.concatenate(list(row), axis=1) for row in zip(*columns, strict=True)], axis=0)


def save_grid(folder: Path, step: int, picture: Picture) -> str:
    """Write RUN/samples/STEP.png; returns its path relative to `folder`."""
    relative = f"{FOLDER}/{step:08d}.png"
    try:
        with atomic_path(folder / relative) as temporary:
            Image.fromarray(picture).save(temporary)
    except OSError as error:
        raise write_failed(folder / relative, error) from error
    return relative
