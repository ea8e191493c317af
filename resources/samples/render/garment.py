"""Tops grown from the body: the smooth body suit of the base mesh, cut at hem, sleeves and neck, made wider.

The result is a `Garment` in the body's rest pose, ready to be draped (drape.py). Lengths are metres.
"""

from dataclasses import dataclass

import bpy
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.spatial import cKDTree

from resources.samples.render.base_mesh import Array, groups
from resources.samples.render.cast import Top

ARM_BONES = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
HEM, SLEEVE, NECK = "hem", "sleeve", "neck"


@dataclass
class Garment:
    """Vertices (V, 3) in the rest pose, quads (F, 4), and per vertex what the fabric's shader reads."""

    vertices: Array
    faces: Array
    fields: dict[
        str, Array
    ]  # "arm" 0..1, "along" the arm, past the "armhole", distances from the edges: "hem", "sleeve", "neck"


def mesh_object(name: str, vertices: Array, faces: Array) -> bpy.types.Object:
    """A smooth-shaded mesh in the scene; vertices that no face uses stay, so that numbers keep their meaning."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(vertices.tolist(), [], faces.tolist())
    mesh.polygons.foreach_set("use_smooth", np.ones(len(faces), bool))
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(thing)
    return thing


@dataclass(frozen=True)
class Arm:
    """The joints of the left arm in the rest pose; the right arm is its mirror image."""

    shoulder: Array
    elbow: Array
    wrist: Array

    @property
    def length(self) -> float:
        """From shoulder to wrist."""
        upper, lower = self.elbow - self.shoulder, self.wrist - self.elbow
        return float(np.linalg.norm(upper) + np.linalg.norm(lower))

    def axis(self, points: Array) -> tuple[Array, Array, Array]:
        """For points (N, 3) of the left arm: length along it, nearest point on its axis, the axis's direction there."""
        upper, lower = self.elbow - self.shoulder, self.wrist - self.elbow
        a, b = float(np.linalg.norm(upper)), float(np.linalg.norm(lower))
        first = (points - self.shoulder) @ (upper / a)
        second = np.maximum((points - self.elbow) @ (lower / b), 0)
        beyond = (first > a)[:, None]
        soft = np.clip((first - a) / 0.1 + 0.5, 0, 1)
        along = (1 - soft) * first + soft * (a + (points - self.elbow) @ (lower / b))
        near = np.where(beyond, self.elbow + second[:, None] * lower / b, self.shoulder + first[:, None] * upper / a)
        return along, near, np.where(beyond, lower / b, upper / a)


def arm_of(bones: dict[str, Array]) -> Arm:
    """The left arm of a body."""
    return Arm(bones["upperarm01.L"], bones["lowerarm01.L"], bones["wrist.L"])


def is_arm(strongest: Array, names: Array) -> Array:
    """Which vertices belong to an arm, by the bone that moves them most."""
    return np.array([str(name).startswith(ARM_BONES) for name in names])[strongest]


def grow(top: Top, body: dict[str, Array], bones: dict[str, Array]) -> Garment:
    """A top for the body in its rest pose."""
    arms = is_arm(body["strongest"], body["bone_names"]).astype(np.float32)
    vertices, faces, arm = subdivided(body["vertices"][0], groups()["helper-tights"].faces, arms)
    edges = Edges(top, arm_of(bones), bones, vertices)
    keep = edges.inside(vertices, arm)
    vertices, faces, arm = cut(vertices, faces, arm, keep)
    border = border_vertices(faces)
    kinds = edges.snap(vertices, arm, border, means(border_edges(faces), len(vertices))[border])
    fields = {"arm": arm, "along": along_arm(edges.arm, vertices)}
    fields |= {"armhole": edges.past_armhole(vertices)} | distances(vertices, faces, kinds)
    return Garment(widened(vertices, faces, fields, top, edges), faces, fields)


def subdivided(vertices: Array, faces: Array, value: Array, levels: int = 1) -> tuple[Array, ...]:
    """Catmull-Clark: smooth vertices, quads and the per-vertex value carried along."""
    mesh = bpy.data.meshes.new("suit")
    used, inverse = np.unique(faces, return_inverse=True)
    mesh.from_pydata(vertices[used].tolist(), [], inverse.reshape(faces.shape).tolist())
    mesh.attributes.new("value", "FLOAT", "POINT").data.foreach_set("value", value[used].astype(np.float32))
    thing = bpy.data.objects.new("suit", mesh)
    bpy.context.collection.objects.link(thing)
    modifier = thing.modifiers.new("smooth", "SUBSURF")
    modifier.levels = levels
    fine = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
    points, quads, values = (
        np.zeros(len(fine.vertices) * 3),
        np.zeros(len(fine.loops), int),
        np.zeros(len(fine.vertices)),
    )
    fine.vertices.foreach_get("co", points)
    fine.loops.foreach_get("vertex_index", quads)
    fine.attributes["value"].data.foreach_get("value", values)
    bpy.data.objects.remove(thing)
    return points.reshape(-1, 3), quads.reshape(-1, 4), values


class Edges:
    """Where a top ends: positive distances lie beyond its edge."""

    def __init__(self, top: Top, arm: Arm, bones: dict[str, Array], suit: Array) -> None:
        self.top, self.arm = top, arm
        self.hem = float(bones["upperleg01.L"][2]) - 0.055 + top.length
        self.spine_y = float(bones["neck01"][1])
        band = suit[np.abs(np.abs(suit[:, 0]) - top.neck_width) < 0.006]
        self.neck_z = float(band[:, 2].max())
        self.pit_z = float(bones["neck01"][2]) - 0.005

    def beyond(self, points: Array, arm: Array) -> Array:
        """(3, N) for hem, sleeve and neck: > 0 where the point has to go, about metres."""
        hem = np.where(arm > 0.5, -1.0, self.hem - points[:, 2])
        return np.stack([hem, self._sleeve(left_side(points), arm), self._neck(points)])

    def _sleeve(self, points: Array, arm: Array) -> Array:
        if self.top.sleeve == 0:
            return self.past_armhole(points) + 0.012
        return np.where(arm > 0.3, self.arm.axis(points)[0] - self.top.sleeve * self.arm.length, -1.0)

    def past_armhole(self, points: Array) -> Array:
        """Metres from the armhole's seam towards the arm, for points of either side."""
        off = left_side(points) - self.arm.shoulder
        return off[:, 0] + 0.016 + 0.25 * off[:, 2]

    def _neck(self, points: Array) -> Array:
        front = np.clip((self.spine_y + 0.02 - points[:, 1]) / 0.05, 0, 1)
        depth = 0.022 + front * (self.neck_z - self.pit_z + self.top.neck_depth - 0.022)
        down = np.maximum(self.neck_z - points[:, 2], 0) / np.maximum(depth, 0.015)
        across = points[:, 0] / (self.top.neck_width + 0.5 * np.maximum(points[:, 2] - self.neck_z, 0))
        return (1 - np.sqrt(across**2 + down**2)) * self.top.neck_width

    def inside(self, points: Array, arm: Array) -> Array:
        """Which points are kept; those just beyond an edge are, because they are then moved onto it."""
        return self.beyond(points, arm).max(axis=0) < 0.006

    def snap(self, points: Array, arm: Array, border: Array, along_border: csr_matrix) -> dict[str, Array]:
        """Move border points onto the edge they are nearest to, in place; say which points lie on which edge."""
        beyond = self.beyond(points[border], arm[border])
        kind = beyond.argmax(axis=0)
        for _ in range(8):
            points[border] = along_border @ points
            for which in range(3):
                rows = border[kind == which]
                self._step(points, arm, rows, which)
        return {name: border[kind == which] for which, name in enumerate((HEM, SLEEVE, NECK))}

    def _step(self, points: Array, arm: Array, rows: Array, which: int) -> None:
        """One Newton step down the numerical gradient of the distance."""
        if not len(rows):
            return
        here, size = self.beyond(points[rows], arm[rows])[which], 1e-4
        slope = np.stack(
            [(self.beyond(points[rows] + size * axis, arm[rows])[which] - here) / size for axis in np.eye(3)], axis=1
        )
        step = slope * (here / np.maximum((slope**2).sum(axis=1), 0.2))[:, None]
        points[rows] -= np.clip(step, -0.01, 0.01)


def left_side(points: Array) -> Array:
    """Points of the right half mirrored to the left."""
    return np.concatenate([np.abs(points[:, :1]), points[:, 1:]], axis=1)


def along_arm(arm: Arm, points: Array) -> Array:
    """Metres from the shoulder along the nearer arm."""
    return arm.axis(left_side(points))[0]


def cut(vertices: Array, faces: Array, arm: Array, keep: Array) -> tuple[Array, ...]:
    """Only the faces whose corners are all kept, without teeth at the border, renumbered."""
    kept = faces[keep[faces].all(axis=1)]
    for _ in range(3):
        count = np.bincount(kept.ravel(), minlength=len(vertices))
        loose = count == 1
        kept = kept[~loose[kept].any(axis=1)]
    used, inverse = np.unique(kept, return_inverse=True)
    return vertices[used].copy(), inverse.reshape(kept.shape), arm[used]


def edge_pairs(faces: Array) -> Array:
    """All edges (E, 2), smaller number first, once per face they belong to."""
    return np.sort(np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2), axis=1)


def border_edges(faces: Array) -> Array:
    """Edges (E, 2) that only one face has."""
    pairs, count = np.unique(edge_pairs(faces), axis=0, return_counts=True)
    return pairs[count == 1]


def border_vertices(faces: Array) -> Array:
    """Vertices of the border, each once."""
    return np.unique(border_edges(faces))


def distances(vertices: Array, faces: Array, kinds: dict[str, Array]) -> dict[str, Array]:
    """Per edge kind each vertex's distance to it, at most 0.3 m; a seam runs beside an edge, where straight is near."""
    border, steps = border_edges(faces), np.linspace(0, 1, 9)[:, None, None]
    found = {}
    for name, rows in kinds.items():
        own = border[np.isin(border, rows).all(axis=1)]
        line = ((1 - steps) * vertices[own[:, 0]] + steps * vertices[own[:, 1]]).reshape(-1, 3)
        found[name] = np.minimum(cKDTree(line).query(vertices)[0], 0.3) if len(line) else np.full(len(vertices), 0.3)
    return found


def vertex_normals(vertices: Array, faces: Array) -> Array:
    """Unit normals (V, 3), outwards as the quads are wound."""
    corners = vertices[faces]
    normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    total = np.zeros_like(vertices)
    for corner in range(4):
        np.add.at(total, faces[:, corner], normal)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def means(pairs: Array, count: int) -> csr_matrix:
    """The sparse matrix (count, count) that replaces every vertex by the mean of itself and of its neighbours' mean."""
    i, j = np.concatenate([pairs, pairs[:, ::-1]]).T
    matrix = coo_matrix((np.ones(len(i)), (i, j)), shape=(count, count)).tocsr()
    matrix = matrix.multiply(0.5 / np.maximum(matrix.sum(axis=1), 1)).tocsr()
    return (matrix + coo_matrix((np.full(count, 0.5), (np.arange(count), np.arange(count))))).tocsr()


def widened(vertices: Array, faces: Array, fields: dict[str, Array], top: Top, edges: Edges) -> Array:
    """The cut suit moved off the body: everywhere by the ease, below the chest out to the chest's own outline."""
    arm, snug = fields["arm"], np.clip(fields["neck"] / 0.08, 0.3, 1)[:, None]
    out = vertices + vertex_normals(vertices, faces) * top.ease * snug
    chest_z = edges.arm.shoulder[2] - 0.13
    torso = arm < 0.5
    centre = np.array([0.0, float(np.median(vertices[torso, 1]))])
    flat = out[:, :2] - centre
    turn = (np.arctan2(flat[:, 1], flat[:, 0]) + np.pi) / (2 * np.pi) * 48
    radius = np.linalg.norm(flat, axis=1)
    near = torso & (np.abs(out[:, 2] - chest_z) < 0.03)
    chest = np.array([radius[near & (np.abs((turn - k + 24) % 48 - 24) < 1.5)].mean() for k in range(48)])
    outline = np.interp(turn, np.arange(49), np.append(chest, chest[0]))
    below = np.clip((chest_z - out[:, 2]) / 0.06, 0, 1) * torso
    wanted = np.maximum(radius, outline * (0.80 + 8.0 * top.ease))
    out[:, :2] += flat * ((wanted / np.maximum(radius, 1e-6) - 1) * below)[:, None]
    blur, border = means(np.unique(edge_pairs(faces), axis=0), len(out)), border_vertices(faces)
    along, inner = means(border_edges(faces), len(out))[border], np.setdiff1d(np.arange(len(out)), border)
    for _ in range(4):
        out[inner], out[border] = (blur @ out)[inner], along @ out
    return out
