"""The photo studio: camera, lights, backdrop, and how pictures and label maps are taken."""

import os
from pathlib import Path

import bpy
import numpy as np
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector
from PIL import Image

from resources.samples.render.base_mesh import Array
from resources.samples.render.materials import number, paper

SIZE = (1024, 768)  # height, width


def empty_scene(samples: int, size: tuple[int, int]) -> bpy.types.Scene:
    """A fresh scene for Cycles on one thread."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", int(os.environ.get("RENDER_THREADS", "1"))
    scene.render.resolution_y, scene.render.resolution_x = size
    scene.render.image_settings.color_mode = "RGBA"
    scene.view_settings.view_transform = "Standard"
    cycles = scene.cycles
    cycles.samples, cycles.use_denoising, cycles.denoiser = samples, True, "OPENIMAGEDENOISE"
    cycles.denoising_prefilter = "FAST"
    cycles.use_adaptive_sampling, cycles.adaptive_threshold, cycles.adaptive_min_samples = True, 0.02, 12
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 4, 2, 2
    cycles.transmission_bounces, cycles.transparent_max_bounces, cycles.sample_clamp_indirect = 2, 4, 3.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    scene.cycles_curves.shape = "RIBBONS"
    return scene


def camera(scene: bpy.types.Scene, target: Vector, height: float, lens: float = 85, distance: float = 0) -> None:
    """Look straight at the target so that `height` metres of it fill the picture from top to bottom."""
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_fit, data.sensor_height = lens, "VERTICAL", 36
    thing = bpy.data.objects.new("camera", data)
    thing.location = target + Vector((0, -(distance or height * lens / 36), 0))
    thing.rotation_euler = (np.pi / 2, 0, 0)
    bpy.context.collection.objects.link(thing)
    scene.camera = thing


def light(place: tuple[float, float, float], target: Vector, power: float, size: float, warm: float = 0.0) -> None:
    """A square soft box."""
    data = bpy.data.lights.new("softbox", "AREA")
    data.energy, data.size = power, size
    data.color = (1.0, 1.0 - 0.06 * warm, 1.0 - 0.14 * warm)
    thing = bpy.data.objects.new("softbox", data)
    thing.location = place
    thing.rotation_euler = (target - Vector(place)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(thing)


def ambient(scene: bpy.types.Scene, strength: float) -> None:
    """White light from everywhere."""
    world = bpy.data.worlds.new("world")
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs[0].default_value = (1, 1, 1, 1)
    world.node_tree.nodes["Background"].inputs[1].default_value = strength
    scene.world = world


def portrait_light(scene: bpy.types.Scene, chest: Vector) -> bpy.types.Object:
    """Key from the upper left, fill from the right, a rim from behind; returns the backdrop."""
    ambient(scene, 0.34)
    light((-1.5, -2.3, 1.75), chest + Vector((0, 0, 0.12)), 72, 1.1, warm=0.5)
    light((2.2, -2.2, 0.9), chest, 17, 1.8)
    light((1.3, 0.95, 1.7), chest + Vector((0, 0, 0.25)), 26, 0.7)
    light((0.0, -0.6, 2.6), Vector((0, 1.3, 0.6)), 7, 1.0)
    mesh = bpy.data.meshes.new("backdrop")
    mesh.from_pydata([(-4, 1.35, -3), (4, 1.35, -3), (4, 1.35, 5), (-4, 1.35, 5)], [], [(0, 1, 2, 3)])
    mesh.materials.append(paper())
    thing = bpy.data.objects.new("backdrop", mesh)
    bpy.context.collection.objects.link(thing)
    return thing


def product_light(scene: bpy.types.Scene, middle: Vector) -> None:
    """Even, bright light with just enough direction to show folds."""
    ambient(scene, 0.36)
    light((-1.5, -1.8, 1.7), middle, 44, 0.8)
    light((1.8, -2.0, 0.6), middle, 8, 1.6)


def take(scene: bpy.types.Scene, path: Path) -> Array:
    """Render to `path` (PNG) and return the picture, uint8 (H, W, 4)."""
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    return np.asarray(Image.open(path).convert("RGBA"))


def take_labels(scene: bpy.types.Scene, labels: dict[str, int | str], path: Path, scale: int = 2) -> Array:
    """Label map (H * scale, W * scale): `labels` names objects, each with a number or a mesh attribute of numbers."""
    for thing in [thing for thing in scene.objects if thing.type in ("MESH", "CURVES", "LIGHT")]:
        if thing.name not in labels:
            thing.hide_render = True
            continue
        value = labels[thing.name]
        thing.data.materials.clear()
        thing.data.materials.append(number(attribute=value) if isinstance(value, str) else number(value))
    ambient(scene, 0.0)
    scene.render.resolution_x *= scale
    scene.render.resolution_y *= scale
    scene.view_settings.view_transform = "Raw"
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.filter_width = 1, False, 0.01
    scene.cycles.use_adaptive_sampling, scene.cycles.max_bounces = False, 0
    scene.render.dither_intensity = 0
    return take(scene, path)[:, :, 0]


def projected(scene: bpy.types.Scene, points: Array) -> Array:
    """Pixels (N, 2) at which points (N, 3) are seen."""
    bpy.context.view_layer.update()
    seen = np.array([world_to_camera_view(scene, scene.camera, Vector(point))[:2] for point in points.tolist()])
    width, height = scene.render.resolution_x, scene.render.resolution_y
    return np.stack([seen[:, 0] * width - 0.5, (1 - seen[:, 1]) * height - 0.5], axis=1)
