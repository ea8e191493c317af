"""Folds finer than the simulated cloth: they fan out from the armpits, hang from the chest and ring the sleeves."""

import numpy as np

from resources.samples.render.base_mesh import Array
from resources.samples.render.garment import Garment, left_side, vertex_normals

FAN, HANG, RING = 0.0036, 0.0034, 0.0030  # metres


def folded(garment: Garment, fallen: Array, seed: int) -> Array:
    """The draped vertices (V, 3) with folds raised along their normals; edges move less, so that hems stay even."""
    random = np.random.default_rng(seed)
    past, arm = garment.fields["armhole"], garment.fields["arm"]
    height = hanging(garment, fallen, random) * np.clip(-past / 0.05, 0, 1)
    for side in (1, -1):
        own = fallen[:, 0] * side > 0
        pit = armpit(garment, fallen, side)
        height += fan(fallen, pit, random) * np.where(own, 1.0, 0.35)
        height += rings(garment, random) * own * np.clip(past / 0.03, 0, 1) * (arm > 0.3)
    edge = np.minimum.reduce([garment.fields[name] for name in ("hem", "sleeve", "neck")])
    held = np.clip(edge / 0.05, 0.35, 1) * np.clip(garment.fields["neck"] / 0.09, 0.08, 1)
    return fallen + vertex_normals(fallen, garment.faces) * (height * held)[:, None]


def armpit(garment: Garment, fallen: Array, side: int) -> Array:
    """Where the armhole is lowest on the garment's side (1 left, -1 right), or near it where there is no sleeve."""
    near = (np.abs(garment.fields["armhole"] + 0.01) < 0.016) & (garment.vertices[:, 0] * side > 0)
    rows = np.flatnonzero(near)
    return fallen[rows[np.argsort(fallen[rows, 2])[:6]]].mean(axis=0)


def ridge(phase: Array) -> Array:
    """A periodic fold from -0.5 to 1: rounded hills, wider valleys."""
    return (0.5 + 0.5 * np.sin(phase)) ** 1.8 * 1.5 - 0.5


def fan(points: Array, pit: Array, random: np.random.Generator) -> Array:
    """Folds that run from the armpit like spokes, strongest a hand's breadth from it."""
    off = points - pit
    far = np.hypot(off[:, 0], off[:, 2])
    angle = np.arctan2(off[:, 2], np.abs(off[:, 0]) * np.sign(-pit[0] * off[:, 0] + 1e-12))
    bend = 0.5 * np.sin(far * random.uniform(18, 26) + random.uniform(0, 6))
    spokes = ridge(angle * random.uniform(8, 10) + bend + random.uniform(0, 6))
    spokes += 0.6 * ridge(angle * random.uniform(13, 16) - bend + random.uniform(0, 6))
    strength = np.exp(-((far / 0.17) ** 2)) * (1 - np.exp(-((far / 0.04) ** 2)))
    front_or_back = 1 - 0.4 * np.exp(-((off[:, 1] / 0.03) ** 2))
    return FAN * strength * spokes * front_or_back


def hanging(garment: Garment, points: Array, random: np.random.Generator) -> Array:
    """Soft folds that lean a little and deepen towards the hem, with slight drags across the waist."""
    torso = points[garment.fields["arm"] < 0.5]
    x, z = points[:, 0], points[:, 2] - np.median(torso[:, 2])
    deep = np.clip(1.1 - garment.fields["hem"] / 0.26, 0.12, 1)
    total = np.zeros(len(points))
    for _ in range(3):
        lean, length = random.uniform(-0.45, 0.45), random.uniform(0.055, 0.11)
        phase = (x + lean * z + 0.012 * np.sin(z * random.uniform(15, 30))) / length * 2 * np.pi + random.uniform(0, 6)
        patch = 0.5 + 0.5 * np.sin(x * random.uniform(9, 16) + z * random.uniform(8, 14) + random.uniform(0, 6))
        total += ridge(phase + points[:, 1] * 9) * patch
    for _ in range(2):
        slope, length = random.choice((-1, 1)) * random.uniform(0.35, 0.7), random.uniform(0.05, 0.08)
        patch = np.exp(-(((z - random.uniform(-0.06, 0.03)) / 0.06) ** 2)) * np.clip(np.abs(x) / 0.08, 0, 1)
        total += 1.1 * ridge((z + slope * np.abs(x)) / length * 2 * np.pi + random.uniform(0, 6)) * patch
    return HANG * total * deep


def rings(garment: Garment, random: np.random.Generator) -> Array:
    """Slanting folds around the sleeves, most at the elbow and just above the cuff."""
    along, points = garment.fields["along"], left_side(garment.vertices)
    slant = random.uniform(0.3, 0.6) * points[:, 1] + random.uniform(-0.3, 0.3) * points[:, 0]
    phase = (along + slant) / random.uniform(0.045, 0.06) * 2 * np.pi + random.uniform(0, 6)
    patch = 0.35 + 0.65 * np.exp(-(((along - 0.27) / 0.08) ** 2))
    return RING * patch * ridge(phase + 0.8 * np.sin(along * 40))
