"""What skin, eyes, hair, fabric and backdrop look like."""

from functools import partial

import bpy

from resources.samples.render.base_mesh import data_folder
from resources.samples.render.cast import Colour, Person, Top
from resources.samples.render.nodes import Shader, Socket


def scaled(colour: Colour, factor: float, red: float = 1.0) -> Colour:
    """A colour made lighter or darker, and redder."""
    return (min(colour[0] * factor * red, 1), min(colour[1] * factor, 1), min(colour[2] * factor, 1))


def mask(shader: Shader, name: str) -> Socket:
    """One of MakeHuman's skin masks, 0 to 1."""
    picture = bpy.data.images.load(str(data_folder() / f"textures/mpfb_{name}.jpg"), check_existing=True)
    picture.colorspace_settings.name = "Non-Color"
    return shader.node("ShaderNodeTexImage", image=picture).outputs["Color"]


def skin(person: Person) -> bpy.types.Material:
    """Skin with scattering light, blotches, pores, lips, redder cheeks and ears; darker where hair covers the scalp."""
    s = Shader("skin")
    tone = person.skin
    blotches = s.ramp(s.noise(28, 4, 0.6), 0.3, 0.75)
    fine = s.ramp(s.noise(420, 2, 0.6), 0.35, 0.7)
    colour = s.mix(blotches, scaled(tone, 0.95), scaled(tone, 1.04, 1.02))
    colour = s.mix(s.maths("MULTIPLY", fine, 0.22), colour, scaled(tone, 0.82, 1.05))
    colour = s.mix(s.maths("MULTIPLY", s.attribute("flush").outputs["Fac"], 0.55), colour, scaled(tone, 0.88, 1.16))
    colour = s.mix(s.maths("MULTIPLY", mask(s, "ears"), 0.4), colour, scaled(tone, 0.9, 1.15))
    lip_line = s.ramp(mask(s, "lips"), 0.05, 0.95)
    lip_colour = s.mix(s.ramp(s.noise(300, 2), 0.3, 0.7), person.lips, scaled(person.lips, 0.82))
    colour = s.mix(s.maths("MULTIPLY", lip_line, 0.85), colour, lip_colour)
    colour = s.mix(s.attribute("shadow").outputs["Fac"], colour, scaled(tone, 0.45))
    colour = s.mix(s.attribute("scalp").outputs["Fac"], colour, scaled(person.hair_colour, 1.0))
    pores = s.bump(s.noise(1500, 2, 0.6), 0.00025, 0.35)
    normal = s.bump(s.noise(130, 3, 0.55), 0.0006, 0.3, pores)
    rough = s.mix(lip_line, (0.47, 0.47, 0.47), (0.33, 0.33, 0.33))
    inputs = {"Base Color": colour, "Roughness": rough, "Normal": normal, "Specular IOR Level": 0.42}
    inputs |= {"Subsurface Weight": 0.28, "Subsurface Radius": (1.0, 0.32, 0.16), "Subsurface Scale": 0.008}
    inputs |= {"Sheen Weight": 0.06, "Sheen Roughness": 0.4}
    return s.finish(s.node("ShaderNodeBsdfPrincipled", inputs, subsurface_method="BURLEY"))


def eye(person: Person) -> bpy.types.Material:
    """An eyeball looking along -y: white with a little red, iris with spokes and a dark rim, pupil, wet surface."""
    s = Shader("eye")
    where = s.node("ShaderNodeTexCoord").outputs["Object"]  # the ball has radius 1 there
    axes = s.node("ShaderNodeSeparateXYZ", {0: where})
    off = s.node("ShaderNodeCombineXYZ", {0: axes.outputs[0], 1: 0.0, 2: axes.outputs[2]}).outputs[0]
    radius = s.node("ShaderNodeVectorMath", {0: off}, operation="LENGTH").outputs["Value"]
    direction = s.node("ShaderNodeVectorMath", {0: off}, operation="NORMALIZE").outputs["Vector"]
    spokes = s.noise(9, 3, 0.6, direction)
    iris = s.mix(s.ramp(spokes, 0.3, 0.7), scaled(person.iris, 0.6), scaled(person.iris, 1.7))
    iris = s.mix(s.ramp(radius, 0.15, 0.34), scaled(person.iris, 2.0), iris)
    iris = s.mix(s.ramp(radius, 0.38, 0.475), iris, scaled(person.iris, 0.22))
    white = s.mix(s.ramp(s.noise(3, 3, 0.6, where), 0.45, 0.8), (0.74, 0.70, 0.67), (0.66, 0.54, 0.50))
    white = s.mix(s.ramp(radius, 0.55, 0.95), white, (0.56, 0.42, 0.38))
    colour = s.mix(s.ramp(radius, 0.465, 0.51), iris, white)
    colour = s.mix(s.ramp(radius, 0.165, 0.195), (0.004, 0.004, 0.004), colour)
    inputs = {"Base Color": colour, "Roughness": 0.22, "Coat Weight": 1.0, "Coat Roughness": 0.02, "Coat IOR": 1.38}
    return s.finish(s.node("ShaderNodeBsdfPrincipled", inputs))


def hair(colour: Colour, shine: float = 1.0) -> bpy.types.Material:
    """Strands that shine along their length, each a little different."""
    s = Shader("hair")
    info = s.node("ShaderNodeHairInfo")
    tint = s.mix(info.outputs["Random"], scaled(colour, 0.65), scaled(colour, 1.6))
    inputs = {"Color": tint, "Roughness": 0.32 / max(shine, 0.4), "Radial Roughness": 0.45, "Coat": 0.0}
    made = s.node("ShaderNodeBsdfHairPrincipled", model="CHIANG", parametrization="COLOR")
    for name, value in inputs.items():
        s.feed(made.inputs[name], value)
    return s.finish(made)


def fabric(top: Top) -> bpy.types.Material:
    """Knitted cotton with seams along its edges, a ribbed collar, and stripes or a printed text."""
    s = Shader("fabric")
    edge = {name: s.attribute(name).outputs["Fac"] for name in ("hem", "sleeve", "neck")}
    past, along = (s.attribute(name).outputs["Fac"] for name in ("armhole", "along"))
    rest = s.attribute("rest").outputs["Vector"]
    height = s.node("ShaderNodeSeparateXYZ", {0: rest}).outputs[2]
    on_arm = s.maths("GREATER_THAN", past, 0.0)
    colour: Socket = s.mix(s.noise(60, 4, 0.7, rest), scaled(top.colour, 0.94), scaled(top.colour, 1.05))
    if top.stripes is not None:
        colour = s.mix(stripes(s, on_arm, along, height), colour, top.stripes)
    if top.text:
        colour = s.mix(text_mask(s), colour, top.text_colour)
    dark = partial(scaled, top.colour)
    collar = s.maths("LESS_THAN", edge["neck"], 0.016 if top.sleeve else 0.009)
    collar_colour = top.stripes or dark(0.93)
    colour = s.mix(s.maths("MULTIPLY", collar, 0.0 if top.stripes else 1.0), colour, collar_colour)
    seams = [(edge["hem"], 0.022), (edge["sleeve"], 0.02), (edge["neck"], 0.017 if top.sleeve else 0.01)]
    lines: Socket = s.maths("MULTIPLY", groove(s, past, 0.0, 0.0016), float(top.sleeve > 0))
    for distance, at in seams:
        lines = s.maths("MAXIMUM", lines, groove(s, distance, at, 0.0016))
    colour = s.mix(s.maths("MULTIPLY", lines, 0.3), colour, dark(0.45))
    normal = s.bump(s.maths("SUBTRACT", 1.0, lines), 0.0012, 0.8)
    normal = s.bump(s.noise(1100, 2, 0.7, rest), 0.0004, 0.35, normal)
    normal = s.bump(s.noise(36, 3, 0.55, rest), 0.004, 0.22, normal)
    inputs = {"Base Color": colour, "Roughness": 0.88, "Specular IOR Level": 0.2, "Normal": normal}
    inputs |= {"Sheen Weight": 0.18, "Sheen Roughness": 0.5}
    return s.finish(s.node("ShaderNodeBsdfPrincipled", inputs))


def groove(s: Shader, value: Socket, at: float, width: float) -> Socket:
    """1 where the value is at `at`, falling to 0 at `width` away."""
    return s.ramp(s.maths("ABSOLUTE", s.maths("SUBTRACT", value, at)), 0.0, width, 1.0, 0.0)


def stripes(s: Shader, on_arm: Socket, along: Socket, height: Socket, period: float = 0.034) -> Socket:
    """1 in a stripe: level around the trunk, around the arms along them."""
    level = s.mix(on_arm, height, s.maths("MULTIPLY", along, -1.0))
    phase = s.maths("FLOORED_MODULO", s.maths("DIVIDE", level, period), 1.0)
    return s.maths("LESS_THAN", phase, 0.4)


def text_mask(s: Shader) -> Socket:
    """The printed text, projected onto the front; "print" holds picture coordinates, 0 to 1 inside the print."""
    picture = bpy.data.images["print"]
    where = s.attribute("print").outputs["Vector"]
    axes = s.node("ShaderNodeSeparateXYZ", {0: where})
    ink = s.node("ShaderNodeTexImage", {0: where}, image=picture, extension="CLIP").outputs["Color"]
    return s.maths("MULTIPLY", ink, axes.outputs[2])


def trousers(colour: Colour) -> bpy.types.Material:
    """Woven cloth with creases across the hips."""
    s = Shader("trousers")
    where = s.node("ShaderNodeTexCoord").outputs["Object"]
    tint = s.mix(s.noise(500, 2, 0.7), scaled(colour, 0.75), scaled(colour, 1.35))
    stretched = s.node("ShaderNodeMapping", {0: where, 3: (9, 9, 16)}).outputs[0]
    normal = s.bump(s.noise(1.0, 2, 0.45, stretched), 0.02, 0.5, s.bump(s.noise(1300, 2), 0.0004, 0.5))
    inputs = {"Base Color": tint, "Roughness": 0.85, "Specular IOR Level": 0.25, "Normal": normal, "Sheen Weight": 0.1}
    return s.finish(s.node("ShaderNodeBsdfPrincipled", inputs))


def paper(colour: Colour = (0.66, 0.66, 0.67)) -> bpy.types.Material:
    """The studio's matt backdrop."""
    s = Shader("paper")
    return s.finish(s.node("ShaderNodeBsdfPrincipled", {"Base Color": colour, "Roughness": 0.95}))


def number(value: Socket = None, attribute: str = "") -> bpy.types.Material:
    """Glows with value / 255, for label pictures; the value is given or read from a mesh attribute."""
    s = Shader("number")
    glow = s.maths("DIVIDE", s.attribute(attribute).outputs["Fac"] if attribute else float(value), 255.0)
    return s.finish(s.node("ShaderNodeEmission", {"Color": glow, "Strength": 1.0}))
