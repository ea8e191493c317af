"""A thin layer over Blender's shader nodes: build a material by naming what feeds what."""

from collections.abc import Sequence
from typing import Any

import bpy

Socket = Any  # a node's output, or a plain value


class Shader:
    """One material under construction. Methods return output sockets that later calls take as inputs."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.output = self.tree.nodes.new("ShaderNodeOutputMaterial")

    def node(self, kind: str, inputs: dict[Any, Socket] | None = None, **settings: Any) -> Any:
        """A node with its settings and inputs (by name or number); values are set, sockets are linked."""
        made = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(made, name, value)
        for key, value in (inputs or {}).items():
            self.feed(made.inputs[key], value)
        return made

    def feed(self, socket: Any, value: Socket) -> None:
        """Link or set one input; colours may be given as three numbers."""
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, Sequence) and socket.type == "RGBA" and len(value) == 3:
            socket.default_value = (*value, 1.0)
        else:
            socket.default_value = value

    def attribute(self, name: str) -> Any:
        """A mesh attribute's node (outputs "Fac", "Vector", "Color")."""
        return self.node("ShaderNodeAttribute", attribute_name=name)

    def noise(self, scale: float, detail: float = 3, roughness: float = 0.5, vector: Socket = None) -> Socket:
        """Noise 0 to 1 over the vector (by default the object's own coordinates, metres)."""
        where = vector if vector is not None else self.node("ShaderNodeTexCoord").outputs["Object"]
        inputs = {"Vector": where, "Scale": scale, "Detail": detail, "Roughness": roughness}
        return self.node("ShaderNodeTexNoise", inputs).outputs["Fac"]

    def maths(self, operation: str, a: Socket, b: Socket = 0.0, clamp: bool = False) -> Socket:
        """One arithmetic operation."""
        return self.node("ShaderNodeMath", {0: a, 1: b}, operation=operation, use_clamp=clamp).outputs[0]

    def ramp(self, value: Socket, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0) -> Socket:
        """A smooth step from (low -> to_low) to (high -> to_high)."""
        inputs = {"Value": value, 1: low, 2: high, 3: to_low, 4: to_high}
        return self.node("ShaderNodeMapRange", inputs, interpolation_type="SMOOTHSTEP").outputs["Result"]

    def mix(self, factor: Socket, a: Socket, b: Socket, blend: str = "MIX") -> Socket:
        """Two colours mixed."""
        made = self.node("ShaderNodeMix", data_type="RGBA", blend_type=blend)
        for number, value in ((0, factor), (6, a), (7, b)):
            self.feed(made.inputs[number], value)
        return made.outputs[2]

    def bump(self, height: Socket, distance: float, strength: float = 1.0, normal: Socket = None) -> Socket:
        """A normal bent by a height map of `distance` metres."""
        inputs = {"Height": height, "Distance": distance, "Strength": strength}
        if normal is not None:
            inputs["Normal"] = normal
        return self.node("ShaderNodeBump", inputs).outputs["Normal"]

    def finish(self, shader: Any) -> bpy.types.Material:
        """End with this surface shader (a node)."""
        self.tree.links.new(shader.outputs[0], self.output.inputs["Surface"])
        return self.material
