"""Cloth simulation: a garment falls onto the body while the body moves from its rest pose into its pose.

Position-based dynamics with many small steps (Macklin et al., "Small steps in physics simulation", 2019): threads do
not stretch, the weave shears a little, bending is soft; the body is its suit, near enough to be planes at points.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from resources.samples.render.base_mesh import Array, groups
from resources.samples.render.garment import Garment, edge_pairs, subdivided, vertex_normals

FRAMES, MOVING, SUBSTEPS = 40, 22, 20
FRAME = 1 / 24  # seconds
THICKNESS = 0.0045  # metres that the fabric stays off the body suit
DRAG, FRICTION, CREASES = 0.98, 0.3, 0.004


@dataclass(frozen=True)
class Springs:
    """Pairs of vertices that share none, their lengths at rest, and how much of a deviation one step takes back."""

    pairs: Array
    rest: Array
    give: float  # against stretching
    push: float  # against shortening

    def relax(self, points: Array) -> None:
        """Bring the pairs nearer to their lengths, in place."""
        i, j = self.pairs.T
        way = points[j] - points[i]
        length = np.sqrt(np.einsum("ij,ij->i", way, way)) + 1e-9
        error = length - self.rest
        move = way * (error * np.where(error > 0, self.give, self.push) / (2 * length))[:, None]
        points[i] += move
        points[j] -= move


def drape(garment: Garment, steps: Array, softness: float = 1.0) -> Array:
    """The garment's vertices (V, 3) after the body went through the poses `steps` (S, V, 3)."""
    points = creased(garment)
    springs, bodies = weave(garment, softness), Bodies(steps)
    dt = FRAME / SUBSTEPS
    speed, collar = np.zeros_like(points), np.flatnonzero(garment.fields["neck"] < 0.02)
    held = bodies.at(0)[0].tree.query(points[collar])[1]
    off = garment.vertices[collar] - bodies.points(0)[held]
    for frame in range(FRAMES):
        body, drift = bodies.at(frame)
        for substep in range(SUBSTEPS):
            body.shift = drift * substep / SUBSTEPS
            before = points.copy()
            speed[:, 2] -= 9.81 * dt
            points += speed * dt
            for spring in springs:
                spring.relax(points)
            body.push_out(points, before, drift / SUBSTEPS)
            points[collar] = (body.points + body.shift)[held] + off  # the ribbed collar keeps its shape
            speed = (points - before) / dt * DRAG
            fast = np.linalg.norm(speed, axis=1, keepdims=True)
            speed *= np.minimum(1, 2.0 / np.maximum(fast, 1e-9))
    return points


class Body:
    """The suit at one frame: points, outward normals and a tree to find the nearest."""

    def __init__(self, points: Array, faces: Array) -> None:
        self.points, self.normals, self.tree = points, vertex_normals(points, faces), cKDTree(points)
        self.shift = np.zeros_like(points)

    def push_out(self, cloth: Array, before: Array, moved: Array) -> None:
        """Lift cloth out of the body and let it stick a little to what moves under it, in place."""
        near = self.tree.query(cloth)[1]
        normal = self.normals[near]
        depth = THICKNESS - np.einsum("ij,ij->i", cloth - self.points[near] - self.shift[near], normal)
        touching = np.flatnonzero((depth > 0) & (depth < 0.05))
        n = normal[touching]
        cloth[touching] += n * depth[touching, None]
        slide = cloth[touching] - before[touching] - moved[near[touching]]
        slide -= n * np.einsum("ij,ij->i", slide, n)[:, None]
        cloth[touching] -= FRICTION * slide


class Bodies:
    """The suit through time, between the poses in equal parts."""

    def __init__(self, steps: Array) -> None:
        faces = groups()["helper-tights"].faces
        nothing = np.zeros(steps.shape[1], np.float32)
        fine = [subdivided(step, faces, nothing) for step in steps]
        self.steps, self.faces = np.stack([points for points, _, _ in fine]), fine[0][1]

    def points(self, frame: float) -> Array:
        """Where the suit is at a frame."""
        place = min(frame / MOVING, 1.0) * (len(self.steps) - 1)
        low = min(int(place), len(self.steps) - 2)
        return self.steps[low] + (place - low) * (self.steps[low + 1] - self.steps[low])

    def at(self, frame: int) -> tuple[Body, Array]:
        """The suit at the start of a frame and the way each of its points goes during it."""
        now = self.points(frame)
        return Body(now, self.faces), self.points(frame + 1) - now


def weave(garment: Garment, softness: float) -> list[Springs]:
    """All springs in groups that can be relaxed at once."""
    faces = garment.faces
    threads = np.unique(edge_pairs(faces), axis=0)
    diagonals = np.sort(np.concatenate([faces[:, [0, 2]], faces[:, [1, 3]]]), axis=1)
    kinds = [(threads, 1.0, 0.4), (diagonals, 0.4, 0.12), (across(faces), 0.01, 0.025 / softness)]
    cloth = creased(garment)
    return [
        Springs(part, np.linalg.norm(cloth[part[:, 0]] - cloth[part[:, 1]], axis=1), a, b)
        for pairs, a, b in kinds
        for part in apart(pairs)
    ]


def creased(garment: Garment) -> Array:
    """The garment with small waves: more fabric than the body needs, so that it folds where it is not drawn."""
    random, at = np.random.default_rng(0), garment.vertices
    height = np.zeros(len(at))
    for wave in range(14):
        direction = random.normal(size=3) * (1, 1, 0.25)  # mostly upright folds: gravity keeps them
        direction *= 2 * np.pi / random.uniform(0.05, 0.13) / np.linalg.norm(direction)
        height += np.sin(at @ direction + wave)
    return at + vertex_normals(at, garment.faces) * (CREASES * height / np.sqrt(7))[:, None]


def across(faces: Array) -> Array:
    """Pairs of vertices two threads apart, on both sides of an edge: what keeps cloth from folding sharply."""
    owner: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for face in faces.tolist():
        for corner in range(4):
            a, b, c, d = (face[(corner + k) % 4] for k in range(4))
            owner.setdefault((min(a, b), max(a, b)), []).append((d if a < b else c, c if a < b else d))
    return np.array(
        [(one[side], two[side]) for one, two in (p for p in owner.values() if len(p) == 2) for side in (0, 1)]
    )


def apart(pairs: Array) -> list[Array]:
    """The pairs in groups within which no vertex comes twice."""
    busy: list[set[int]] = []
    sorted_in: list[list[tuple[int, int]]] = []
    for a, b in pairs.tolist():
        free = next((k for k, used in enumerate(busy) if a not in used and b not in used), len(busy))
        if free == len(busy):
            busy.append(set())
            sorted_in.append([])
        sorted_in[free].append((a, b))
        busy[free].update((a, b))
    return [np.array(group) for group in sorted_in]
