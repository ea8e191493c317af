"""Where hair grows, and the strands: everything in the body's rest pose, afterwards moved along with the posed head.

A bundle of strands is an array (N, P, 3) of N curves with P points each, in metres.
"""

from dataclasses import dataclass

import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from PIL import Image

from resources.samples.render.base_mesh import Array, data_folder, groups
from resources.samples.render.cast import Person

# azimuth from the front in degrees, height of the hairline over the eyes as a part of the height of the skull there
HAIRLINE = np.array(
    [
        *((0, 0.60), (28, 0.585), (45, 0.50), (58, 0.30), (70, 0.10), (80, 0.06), (90, 0.24), (108, 0.16)),
        *((122, -0.15), (145, -0.50), (180, -0.58)),
    ]
)


@dataclass(frozen=True)
class Head:
    """Landmarks of a head in the rest pose, its surface, and the way from the rest pose to the pose."""

    vertices: Array
    faces: Array  # triangles of the head
    ear: Array  # (V,) how much of a vertex is ear
    eyes: Array  # (2, 3) left, right
    centre: Array
    skull: float  # height of the top over the eyes
    tree: BVHTree

    def above_hairline(self, points: Array) -> Array:
        """Metres over the hairline, about: positive where hair grows."""
        off = points - self.centre
        azimuth = np.degrees(np.arctan2(np.abs(off[:, 0]), -off[:, 1]))
        line = np.interp(azimuth, *HAIRLINE.T) * self.skull + self.eyes[0, 2]
        return points[:, 2] - line

    def surface(self, directions: Array) -> Array:
        """Where rays (N, 3) from the head's centre leave the skin; ears and holes aside."""
        out = np.empty_like(directions)
        for row, ray in enumerate(directions):
            hit = self.tree.ray_cast(Vector(self.centre + 0.3 * ray), Vector(-ray))[0]
            out[row] = hit if hit is not None else self.centre + 0.1 * ray
        return out


def head_of(body: dict[str, Array]) -> Head:
    """The head of a body as body.py wrote it."""
    vertices = body["vertices"][0].astype(float)
    bones = dict(zip(body["bone_names"].tolist(), body["rest_bones"], strict=True))
    eyes = np.array([vertices[np.unique(groups()[f"helper-{side}-eye"].faces)].mean(axis=0) for side in "lr"])
    group = groups()["body"]
    low = bones["head"][2] - 0.05
    ear = vertex_mask("ears", len(vertices))
    near = (vertices[group.faces, 2] > low).all(axis=1)
    quads = group.faces[near]
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    smooth = faces[ear[faces].max(axis=1) < 0.3]
    top = vertices[np.unique(quads), 2].max()
    middle = vertices[np.unique(quads), 1]
    centre = np.array([0.0, (middle.min() + middle.max()) / 2 + 0.01, eyes[0, 2] + 0.02])
    tree = BVHTree.FromPolygons(vertices.tolist(), smooth.tolist())
    return Head(vertices, smooth, ear, eyes, centre, float(top - eyes[0, 2]), tree)


def vertex_mask(name: str, count: int) -> Array:
    """One of MakeHuman's skin masks read at the vertices of the body, 0 to 1."""
    picture = np.asarray(Image.open(data_folder() / f"textures/mpfb_{name}.jpg").convert("L"), dtype=float) / 255
    group, height = groups()["body"], picture.shape[0]
    pixel = np.clip((group.uv * (1, -1) + (0, 1)) * height, 0, height - 1).astype(int)
    values = np.zeros(count)
    values[group.faces.ravel()] = picture[pixel[..., 1], pixel[..., 0]].ravel()
    return values


def moved(head: Head, posed: Array, points: Array) -> Array:
    """Points (..., 3) near the head in the rest pose, carried rigidly to the posed head."""
    rows = np.unique(head.faces[(head.vertices[head.faces, 2] > head.eyes[0, 2]).all(axis=1)])
    a, b = head.vertices[rows], posed[rows].astype(float)
    u, _, v = np.linalg.svd((a - a.mean(axis=0)).T @ (b - b.mean(axis=0)))
    turn = u @ np.diag([1, 1, np.sign(np.linalg.det(u @ v))]) @ v
    return (points - a.mean(axis=0)) @ turn + b.mean(axis=0)


def roots(head: Head, count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Points on the scalp (N, 3), evenly over its area and thinner at the hairline, and the normals there."""
    corners = head.vertices[head.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(normals, axis=1)
    area[head.above_hairline(corners.mean(axis=1)) < -0.02] = 0
    face = random.choice(len(area), size=count, p=area / area.sum())
    a, b = np.sort(random.random((2, count)), axis=0)
    weights = np.stack([a, b - a, 1 - b], axis=1)[:, :, None]
    points = (corners[face] * weights).sum(axis=1)
    ragged = 0.003 * np.sin(points[:, 0] * 900) * np.sin(points[:, 1] * 700) + random.normal(0, 0.0025, count)
    keep = head.above_hairline(points) + ragged > 0.001
    return points[keep], (normals / area[:, None].clip(1e-12))[face][keep]


def cropped(head: Head, person: Person, count: int = 34000) -> Array:
    """Short coily hair: longer on top than at the sides, every strand a small random coil."""
    random = np.random.default_rng(person.seed)
    points, normals = roots(head, count, random)
    height = np.clip((points[:, 2] - head.eyes[0, 2]) / head.skull, 0, 1)
    length = (0.0035 + 0.010 * height**1.5) * random.uniform(0.75, 1.15, len(points))
    step = np.linspace(0, 1, 6)[None, :, None]
    lean = random.normal(0, 0.5, points.shape)
    out = points[:, None] + (normals[:, None] * step + 0.7 * lean[:, None] * step**2) * length[:, None, None]
    phase = random.uniform(0, 2 * np.pi, (len(points), 1, 3))
    return out + 0.0007 * np.sin(phase + step * 12) * step


def tied_back(head: Head, person: Person, count: int = 26000) -> Array:
    """Hair combed from a side parting over the temples to a knot at the back of the head."""
    random = np.random.default_rng(person.seed)
    points, _ = roots(head, count, random)
    start = points - head.centre
    start /= np.linalg.norm(start, axis=1, keepdims=True)
    side = np.where(points[:, 0] > 0.022 + random.normal(0, 0.0008, len(points)), 1.0, -1.0)
    over = np.stack([side * 0.86, np.full(len(side), 0.15), 0.42 + 0.9 * (start[:, 2] - 0.5).clip(0)], axis=1)
    over = over + 0.35 * start
    knot = np.array([0.0, 0.95, 0.05]) + random.normal(0, 0.07, (len(points), 3))
    front = np.clip(-start[:, 1] + 0.35, 0.15, 1)[:, None]  # only hair of the front takes the way over the temple
    bend = front * over * 1.15 + (1 - front) * (start + knot) / 2
    t = np.linspace(0, 1, 14)[None, :, None]
    way = (1 - t) ** 2 * start[:, None] + 2 * t * (1 - t) * bend[:, None] + t**2 * knot[:, None]
    way /= np.linalg.norm(way, axis=2, keepdims=True)
    ground = head.surface(way.reshape(-1, 3)).reshape(way.shape)
    lift = 0.0015 + random.gamma(2.0, 0.0016, (len(points), 1, 1)).clip(0, 0.006) + waves(points)[:, None, None]
    return ground + way * lift * np.sqrt(np.clip(t * 5, 0, 1))


def bob(head: Head, person: Person, count: int = 26000, length: float = 0.145) -> Array:
    """Straight hair from a side parting, over the temples and ears, falling to the jaw and turning in a little."""
    random = np.random.default_rng(person.seed)
    points, _ = roots(head, count, random)
    start = points - head.centre
    reach = np.linalg.norm(start, axis=1, keepdims=True)
    start = start / reach
    side = np.where(points[:, 0] > 0.02 + random.normal(0, 0.0008, len(points)), 1.0, -1.0)
    azimuth = np.arctan2(np.abs(start[:, 0]), -start[:, 1])
    end = np.clip(0.80 + 0.68 * azimuth + random.normal(0, 0.04, len(points)), 1.08, np.pi)  # where around it hangs
    ear = np.stack([side * np.sin(end), -np.cos(end), np.full(len(side), 0.12)], axis=1)
    over = start + ear + (0, -0.25, 0.55) * np.stack([side * 0, np.cos(azimuth).clip(0), start[:, 2].clip(0)], axis=1)
    t = np.linspace(0, 1, 11)[None, :, None]
    way = (1 - t) ** 2 * start[:, None] + t * (1 - t) * over[:, None] + t**2 * ear[:, None]
    way /= np.linalg.norm(way, axis=2, keepdims=True)
    ground = head.surface(way.reshape(-1, 3)).reshape(way.shape)
    locks = waves(points)[:, None, None]
    lift = 0.003 + random.gamma(2.0, 0.0018, (len(points), 1, 1)).clip(0, 0.007) + locks + 0.006 * t**2
    crown = ground + way * lift * np.sqrt(np.clip(t * 8 + 0.2, 0, 1))
    drop = np.linspace(0, 1, 9)[1:][None, :, None]
    last = crown[:, -1:]
    bottom = head.eyes[0, 2] - length + random.normal(0, 0.006, (len(points), 1, 1)) + 4 * locks
    falls = np.repeat(last, 8, axis=1)
    falls[:, :, 2:] += (bottom - last[:, :, 2:]) * drop
    inward = 1 - 0.07 * drop - 0.16 * drop**4
    falls[:, :, :2] = head.centre[:2] + (falls[:, :, :2] - head.centre[:2]) * inward
    falls[:, :, :1] += 0.0025 * np.sin(drop * 5 + 800 * locks)
    out = np.concatenate([crown, falls], axis=1)
    for _ in range(5):  # no kink where the hair leaves the head
        out[:, 1:-1] = (out[:, :-2] + 2 * out[:, 1:-1] + out[:, 2:]) / 4
    return out


def waves(points: Array) -> Array:
    """Millimetres that whole locks stand out, so that combed hair is not a smooth helmet."""
    angle = np.arctan2(points[:, 0], points[:, 2])
    return 0.0012 * (1 + np.sin(angle * 37 + 2 * np.sin(angle * 11))) * (0.6 + 0.4 * np.sin(points[:, 0] * 310))


def brows(head: Head, person: Person) -> Array:
    """Both eyebrows, hairs that lie flat and point outwards."""
    random = np.random.default_rng(person.seed + 1)
    thick = person.brows
    count = int(420 + 200 * thick)
    u, v = random.beta(1.0, 1.15, count), random.normal(0, 0.42, count).clip(-1, 1)
    width = (0.0042 - 0.0028 * u) * thick
    x = 0.0125 + 0.041 * u
    z = 0.0185 + 0.0055 * np.sin(np.pi * 0.8 * u) - 0.001 * u + v * width
    length = random.uniform(0.0045, 0.0075, count) * (1 - 0.35 * u)
    rise = np.interp(u, [0, 0.25, 0.6, 1], [1.1, 0.35, 0.0, -0.4]) - 0.35 * v
    bundles = []
    for eye, side in zip(head.eyes, (1, -1), strict=True):
        hairs = np.zeros((count, 5, 3))
        for p, part in enumerate(np.linspace(0, 1, 5)):
            run = part * length / np.hypot(1, rise)
            for row in range(count):
                at = Vector((side * (x[row] + run[row]), eye[1] - 0.2, eye[2] + z[row] + run[row] * rise[row]))
                hit = head.tree.ray_cast(at, Vector((0, 1, 0)))[0]
                hairs[row, p] = hit if hit is not None else at + Vector((0, 0.15, 0))
                hairs[row, p, 1] -= 0.0002 + 0.0009 * np.sin(part * np.pi * 0.8)
        bundles.append(hairs)
    return np.concatenate(bundles)


def lashes(head: Head, person: Person) -> Array:
    """Upper and lower lashes, from the lid outwards along the helper strips of the base mesh."""
    random = np.random.default_rng(person.seed + 2)
    bundles = []
    for side, eye in zip("lr", head.eyes, strict=True):
        for strip in (1, 2):
            rows = np.unique(groups()[f"helper-{side}-eyelashes-{strip}"].faces)
            points = head.vertices[rows]
            far = np.linalg.norm(points - eye, axis=1)
            root, tip = points[far < np.median(far)], points[far >= np.median(far)]
            bundles.append(lash_row(root[np.argsort(root[:, 0])], tip[np.argsort(tip[:, 0])], random))
    return np.concatenate(bundles)


def lash_row(root: Array, tip: Array, random: np.random.Generator, count: int = 70) -> Array:
    """Hairs between two rows of points that run along the lid."""
    u = np.sort(random.random(count))
    a, b = (
        np.stack([np.interp(u, np.linspace(0, 1, len(row)), row[:, axis]) for axis in range(3)], axis=1)
        for row in (root, tip)
    )
    t = np.linspace(0, 1, 5)[None, :, None]
    droop = np.array([0, 0, -0.0012]) * np.sin(t * np.pi)
    return a[:, None] + (b - a)[:, None] * t * random.uniform(0.5, 0.85, (count, 1, 1)) + droop


def strands(head: Head, person: Person) -> Array:
    """The hair of the head in the person's style."""
    return {"short": cropped, "bob": bob, "tied": tied_back}[person.hair](head, person)


def lid_shadow(head: Head) -> Array:
    """0 to 1 per vertex: the skin right at the lashes is darker."""
    rims = [np.unique(groups()[f"helper-{side}-eyelashes-{strip}"].faces) for side in "lr" for strip in (1, 2)]
    rim = head.vertices[np.concatenate(rims)]
    near = np.full(len(head.vertices), 1.0)
    rows = np.flatnonzero(np.abs(head.vertices[:, 2] - head.eyes[0, 2]) < 0.03)
    near[rows] = np.linalg.norm(head.vertices[rows, None] - rim[None], axis=2).min(axis=1)
    return 0.55 * np.clip(1 - near / 0.004, 0, 1)
