"""The canvas's tools by their names."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from tryon_app.views.canvas.surface import Surface
from tryon_app.views.canvas.tools import BoxTool, Brush, Fill, JointTool, Lasso, PointTool, Tool
from tryon_app.views.canvas.warp_tools import EdgeTool, FrameTool, PinTool, PushTool

_MADE: Final[Mapping[str, Callable[[Surface], Tool]]] = {
    "hand": Tool,
    "box": BoxTool,
    "brush": Brush,
    "eraser": partial(Brush, erase=True),
    "fill": Fill,
    "lasso": Lasso,
    "joints": JointTool,
    "frame": FrameTool,
    "push": PushTool,
    "edge": EdgeTool,
    "points": PointTool,
    "pin": PinTool,
}
TOOLS: Final = tuple(_MADE)


def tool(name: str, canvas: Surface) -> Tool:
    """The tool with this name; KeyError for another."""
    return _MADE[name](canvas)
