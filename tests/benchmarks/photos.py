"""Catalogues of raw photos, made of the few rendered samples: mirrored, brighter and darker, all different."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def write_photos(folder: Path, people: int, garments: int, seed: int = 3) -> None:
    """Write FOLDER/people/pNN.jpg and FOLDER/garments/gNN.jpg, 576 x 768."""
    chance = np.random.default_rng(seed)
    for kind, count in (("people", people), ("garments", garments)):
        (folder / kind).mkdir(parents=True)
        samples = sorted((SAMPLES / kind).glob("*.jpg"))
        for number in range(count):
            photo = Image.open(samples[number % len(samples)]).convert("RGB").resize((576, 768))
            photo = ImageOps.mirror(photo) if number % 4 > 1 else photo
            photo = ImageEnhance.Brightness(photo).enhance(float(chance.uniform(0.8, 1.15)))
            photo.save(folder / kind / f"{kind[0]}{number:02d}.jpg", quality=92)
