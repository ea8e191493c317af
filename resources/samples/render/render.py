"""Render the samples: `python -m resources.samples.render.render BODIES OUT [NAME ...]`. See README.md here."""

import argparse
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image, ImageDraw, ImageFont

from resources.samples.render import head as heads
from resources.samples.render import index, studio, truth
from resources.samples.render.base_mesh import Array, groups
from resources.samples.render.cast import PEOPLE, TOPS, Person, Top
from resources.samples.render.drape import drape
from resources.samples.render.folds import folded
from resources.samples.render.garment import Garment, grow, mesh_object, vertex_normals
from resources.samples.render.materials import eye, fabric, hair, scaled, skin, trousers

Body = dict[str, Array]


def main(bodies: Path, out: Path, names: list[str], samples: int, size: tuple[int, int]) -> None:
    """Every sample, or those named."""
    for person in PEOPLE:
        if not names or person.name in names:
            render_person(person, dict(np.load(bodies / f"{person.name}.npz")), out / "people", samples, size)
    for top in TOPS:
        if not names or top.name in names:
            render_top(top, dict(np.load(bodies / "hanger.npz")), out / "garments", samples, size)
    index.write(out)


def render_person(person: Person, body: Body, out: Path, samples: int, size: tuple[int, int]) -> None:
    """Photo, parse and pose of one person."""
    scene = studio.empty_scene(samples, size)
    posed = body["vertices"][-1]
    put_top(person.top, body)
    put_trousers(person, posed)
    put_skin(person, body)
    put_head(person, body)
    crown = float(posed[np.unique(groups()["body"].faces), 2].max())
    hip = float(joints_of(body)["left_hip"][2])
    bottom, top = hip - 0.25, crown + 0.07
    studio.camera(scene, Vector((0, 0, (bottom + top) / 2)), top - bottom)
    studio.portrait_light(scene, Vector((0, -0.1, crown - 0.35)))
    out.mkdir(parents=True, exist_ok=True)
    picture = studio.take(scene, out / f".{person.name}.png")
    Image.fromarray(grained(picture[:, :, :3], person.seed)).save(out / f"{person.name}.jpg", quality=93, subsampling=0)
    names = body["joint_names"].tolist()
    truth.save_pose(
        out / f"{person.name}_keypoints.json",
        dict(zip(names, studio.projected(scene, body["joints"]), strict=True)),
        size,
    )
    labels = {"top": truth.UPPER, "trousers": truth.PANTS, "hair": truth.HAIR, "brows": truth.FACE}
    labels |= {"lashes": truth.FACE, "eye.l": truth.FACE, "eye.r": truth.FACE}
    fine = studio.take_labels(scene, {**labels, "body": "region"}, out / f".{person.name}.png")
    truth.save_parse(out / f"{person.name}_parse.png", truth.parse_of(fine, 2))
    (out / f".{person.name}.png").unlink()


def render_top(top: Top, body: Body, out: Path, samples: int, size: tuple[int, int]) -> None:
    """Product photo of one garment on an invisible body, and its mask."""
    scene = studio.empty_scene(samples, size)
    scene.render.film_transparent = True
    thing = put_top(top, body)
    points = np.array([vertex.co for vertex in thing.data.vertices])
    low, high = points.min(axis=0), points.max(axis=0)
    height = max((high[2] - low[2]) / 0.86, (high[0] - low[0]) / 0.90 * 4 / 3)
    middle = Vector(((low[0] + high[0]) / 2, float(np.median(points[:, 1])), (low[2] + high[2]) / 2))
    studio.camera(scene, middle, height, lens=120)
    studio.product_light(scene, middle)
    out.mkdir(parents=True, exist_ok=True)
    picture = studio.take(scene, out / f".{top.name}.png").astype(np.float32)
    alpha = picture[:, :, 3:] / 255
    on_white = picture[:, :, :3] * alpha + 255 * (1 - alpha)
    Image.fromarray(on_white.round().astype(np.uint8)).save(out / f"{top.name}.jpg", quality=93, subsampling=0)
    Image.fromarray(np.where(alpha[:, :, 0] >= 0.5, 255, 0).astype(np.uint8)).save(out / f"{top.name}_mask.png")
    (out / f".{top.name}.png").unlink()


def grained(picture: Array, seed: int, strength: float = 1.3) -> Array:
    """A little sensor noise over what the denoiser left too clean."""
    noise = np.random.default_rng(seed).normal(0, strength, picture.shape[:2])
    return (picture + noise[:, :, None]).round().clip(0, 255).astype(np.uint8)


def joints_of(body: Body) -> dict[str, Array]:
    """Key points by name."""
    return dict(zip(body["joint_names"].tolist(), body["joints"], strict=True))


def put_top(top: Top, body: Body) -> bpy.types.Object:
    """The top, draped and folded."""
    garment = grow(top, body, dict(zip(body["bone_names"].tolist(), body["rest_bones"], strict=True)))
    fallen = folded(garment, drape(garment, body["vertices"]), seed=len(top.title))
    rim = np.clip(1 - garment.fields["neck"] / 0.015, 0, 1)[:, None] > 0
    fallen = fallen + vertex_normals(fallen, garment.faces) * np.where(rim, 0.0012, 0.0)
    thing = mesh_object("top", fallen, garment.faces)
    set_fields(thing, garment, top)
    thing.modifiers.new("smooth", "SUBSURF").render_levels = 2
    thick = thing.modifiers.new("thick", "SOLIDIFY")
    thick.thickness, thick.offset = 0.0022, 1
    if top.text:
        draw_text(top.text)
    thing.data.materials.append(fabric(top))
    return thing


def set_fields(thing: bpy.types.Object, garment: Garment, top: Top) -> None:
    """Mesh attributes that the fabric reads."""
    for name, values in garment.fields.items():
        attribute = thing.data.attributes.new(name, "FLOAT", "POINT")
        attribute.data.foreach_set("value", values.astype(np.float32))
    rest = garment.vertices
    chest = rest[(garment.fields["arm"] < 0.5) & (np.abs(rest[:, 0]) < 0.03)]
    middle = chest[:, 2].max() - 0.19
    front = rest[:, 1] < float(np.median(rest[garment.fields["arm"] < 0.5, 1]))
    print_at = np.stack([rest[:, 0] / 0.23 + 0.5, (rest[:, 2] - middle) / 0.23 + 0.5, front], axis=1)
    for name, vectors in (("rest", rest), ("print", print_at)):
        attribute = thing.data.attributes.new(name, "FLOAT_VECTOR", "POINT")
        attribute.data.foreach_set("vector", vectors.astype(np.float32).ravel())


def draw_text(text: str, size: int = 512) -> None:
    """The image "print": white letters on black, drawn with Pillow's own font."""
    picture = Image.new("L", (size, size))
    pen = ImageDraw.Draw(picture)
    lines = text.split("\n")
    font = ImageFont.load_default(size=128)
    for row, line in enumerate(lines):
        pen.text((size / 2, size * (row + 0.7) / (len(lines) + 0.4)), line, 255, font, anchor="mm", stroke_width=3)
    image = bpy.data.images.new("print", size, size)
    image.colorspace_settings.name = "Non-Color"
    flipped = np.asarray(picture, dtype=np.float32)[::-1] / 255
    image.pixels.foreach_set(np.repeat(flipped[:, :, None], 4, axis=2).ravel())
    image.pack()


def put_trousers(person: Person, posed: Array) -> None:
    """The body suit from the waist down, a little off the body."""
    faces = groups()["helper-tights"].faces
    waist = joints_hip(posed) + 0.10
    legs = faces[(posed[faces, 2] < waist).all(axis=1) & (np.abs(posed[faces, 0]) < 0.24).all(axis=1)]
    used, inverse = np.unique(legs, return_inverse=True)
    quads = inverse.reshape(legs.shape)
    points = posed[used].astype(float)
    points += vertex_normals(points, quads) * 0.0035
    thing = mesh_object("trousers", points, quads)
    thing.modifiers.new("smooth", "SUBSURF").render_levels = 2
    thing.data.materials.append(trousers(person.trousers))


def joints_hip(posed: Array) -> float:
    """Height of the crotch: the lowest point of the suit between the legs, near the middle."""
    suit = posed[np.unique(groups()["helper-tights"].faces)]
    return float(suit[np.abs(suit[:, 0]) < 0.01, 2].min())


def put_skin(person: Person, body: Body) -> None:
    """The bare body with texture coordinates and, per vertex, its region, flush and scalp."""
    group, head = groups()["body"], heads.head_of(body)
    thing = mesh_object("body", body["vertices"][-1], group.faces)
    layer = thing.data.uv_layers.new(name="skin")
    layer.data.foreach_set("uv", group.uv.astype(np.float32).ravel())
    regions = np.array([truth.region(str(bone)) for bone in body["bone_names"]], dtype=np.float32)[body["strongest"]]
    joint = body["rest_bones"][body["bone_names"].tolist().index("upperarm01.L")]
    trunk = (np.abs(head.vertices[:, 0]) < joint[0] - 0.012) & (head.vertices[:, 2] > joint[2] - 0.1)
    regions[trunk & np.isin(regions, (truth.LEFT_ARM, truth.RIGHT_ARM))] = truth.NECK
    scalp = np.clip(head.above_hairline(head.vertices) / 0.006, 0, 1) * (head.ear < 0.3)
    scalp *= head.vertices[:, 2] > head.eyes[0, 2] - 0.1
    regions[scalp > 0.5] = truth.HAIR
    face_region = np.sort(regions[group.faces], axis=1)[:, 1]
    for name, values, domain in (
        ("region", face_region, "FACE"),
        ("scalp", scalp * 0.9, "POINT"),
        ("flush", flush(head), "POINT"),
        ("shadow", heads.lid_shadow(head), "POINT"),
    ):
        attribute = thing.data.attributes.new(name, "FLOAT", domain)
        attribute.data.foreach_set("value", values.astype(np.float32))
    thing.modifiers.new("smooth", "SUBSURF").render_levels = 1
    thing.data.materials.append(skin(person))


def flush(head: heads.Head) -> Array:
    """Where the face is redder: cheeks and the tip of the nose, 0 to 1 per vertex."""
    points, eyes = head.vertices, head.eyes
    total = np.zeros(len(points))
    nose = np.array([0, points[:, 1].min(), eyes[0, 2] - 0.035])
    for centre, radius, strength in (
        (eyes[0] + (0.012, -0.01, -0.037), 0.022, 0.8),
        (eyes[1] + (-0.012, -0.01, -0.037), 0.022, 0.8),
        (nose, 0.014, 0.6),
    ):
        total += strength * np.exp(-(((points - centre) / radius) ** 2)[:, [0, 2]].sum(axis=1))
    return np.clip(total * (points[:, 1] < eyes[0, 1] + 0.04), 0, 1)


def put_head(person: Person, body: Body) -> None:
    """Eyes, brows, lashes and hair."""
    head, posed = heads.head_of(body), body["vertices"][-1]
    for side in "lr":
        ball = posed[np.unique(groups()[f"helper-{side}-eye"].faces)].astype(float)
        put_eye(person, f"eye.{side}", ball)
    brown = scaled(person.hair_colour, 0.8 if person.hair == "short" else 1.8)
    for name, bundle, radius, colour in (
        ("hair", heads.strands(head, person), 0.00022 if person.hair == "short" else 0.0002, person.hair_colour),
        ("brows", heads.brows(head, person), 0.00015, brown),
        ("lashes", heads.lashes(head, person), 0.00013, (0.01, 0.008, 0.007)),
    ):
        put_strands(
            name, heads.moved(head, posed, bundle), radius, hair(colour, 0.55 if person.hair == "short" else 1.0)
        )


def put_eye(person: Person, name: str, ball: Array) -> None:
    """A round eyeball in place of the base mesh's coarse one."""
    bpy.ops.mesh.primitive_uv_sphere_add(segments=48, ring_count=32, radius=1)
    thing = bpy.context.object
    low, high = ball.min(axis=0), ball.max(axis=0)
    thing.name, thing.location, thing.scale = name, (low + high) / 2, (float((high - low)[[0, 2]].mean() / 2),) * 3
    thing.data.polygons.foreach_set("use_smooth", np.ones(len(thing.data.polygons), bool))
    thing.data.materials.append(eye(person))


def put_strands(name: str, bundle: Array, radius: float, material: bpy.types.Material) -> None:
    """Curves (N, P, 3) that taper to their tips."""
    count, length = bundle.shape[:2]
    curves = bpy.data.hair_curves.new(name)
    curves.add_curves([length] * count)
    curves.attributes["position"].data.foreach_set("vector", bundle.astype(np.float32).ravel())
    taper = radius * (1 - 0.75 * np.linspace(0, 1, length) ** 3)
    attribute = curves.attributes.get("radius") or curves.attributes.new("radius", "FLOAT", "POINT")
    attribute.data.foreach_set("value", np.tile(taper, count).astype(np.float32))
    curves.materials.append(material)
    bpy.context.collection.objects.link(bpy.data.objects.new(name, curves))


def command_line() -> argparse.Namespace:
    """What to render, where to and how well."""
    parser = argparse.ArgumentParser(description="Render the samples.")
    parser.add_argument("bodies", type=Path, help="folder that body.py wrote")
    parser.add_argument("out", type=Path, help="folder to write people/, garments/ and samples.json to")
    parser.add_argument("names", nargs="*", help="only these; all when none are named")
    parser.add_argument("--samples", type=int, default=48, help="rays a pixel, before denoising")
    parser.add_argument("--draft", action="store_true", help="small pictures")
    return parser.parse_args()


if __name__ == "__main__":
    asked = command_line()
    main(asked.bodies, asked.out, asked.names, asked.samples, (448, 336) if asked.draft else studio.SIZE)
