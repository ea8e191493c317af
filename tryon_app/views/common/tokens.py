"""The look in numbers: colours of both palettes, the spacing scale, and how contrast is measured."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32

# Greys are neutral: a tinted frame would shift how the colours of a garment look.
DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "window": "#18191b",
        "panel": "#1f2023",
        "raised": "#2a2c30",
        "hover": "#34373c",
        "pressed": "#3d4046",
        "line": "#33363b",
        "control": "#83898f",
        "text": "#eceded",
        "muted": "#a9aeb4",
        "disabled": "#73787e",
        "accent": "#8ea4ff",
        "accent_hover": "#a3b5ff",
        "accent_pressed": "#7a91f2",
        "on_accent": "#10131f",
        "accent_text": "#a9baff",
        "accent_soft": "#2b3150",
        "focus": "#a9baff",
        "danger": "#ff9a92",
        "danger_soft": "#3d2524",
        "warning": "#f2c46d",
        "warning_soft": "#373022",
        "success": "#7ed3a0",
        "success_soft": "#21342a",
        "canvas": "#111213",
        "canvas_text": "#a9aeb4",
        "tooltip": "#3a3d43",
    }
)
LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "window": "#f2f3f4",
        "panel": "#ffffff",
        "raised": "#f0f1f3",
        "hover": "#e6e8eb",
        "pressed": "#dadde1",
        "line": "#dcdfe3",
        "control": "#82888f",
        "text": "#1b1d20",
        "muted": "#575d64",
        "disabled": "#8d9399",
        "accent": "#4257c9",
        "accent_hover": "#3a4db8",
        "accent_pressed": "#3142a0",
        "on_accent": "#ffffff",
        "accent_text": "#3a4db8",
        "accent_soft": "#e7eafb",
        "focus": "#4257c9",
        "danger": "#b3261e",
        "danger_soft": "#fbe9e7",
        "warning": "#7a5200",
        "warning_soft": "#fdf2d8",
        "success": "#17683c",
        "success_soft": "#e2f3e8",
        "canvas": "#dfe1e4",
        "canvas_text": "#4d535a",
        "tooltip": "#ffffff",
    }
)

# (text, background) pairs that occur; each must reach 4.5:1 in both palettes.
READ_ON: Final[tuple[tuple[str, str], ...]] = (
    *((text, ground) for text in ("text", "muted") for ground in ("window", "panel", "raised", "hover")),
    *(("text", ground) for ground in ("pressed", "tooltip", "accent_soft", "warning_soft", "danger_soft", "canvas")),
    *(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")),
    *(("accent_text", ground) for ground in ("window", "panel", "raised", "accent_soft")),
    *((kind, ground) for kind in ("danger", "warning", "success") for ground in ("window", "panel", f"{kind}_soft")),
    ("canvas_text", "canvas"),
)
# What is seen but not read (edges of fields, focus rings): 3:1.
SEEN_ON: Final[tuple[tuple[str, str], ...]] = tuple(
    (mark, ground) for mark in ("control", "focus") for ground in ("window", "panel", "raised")
)


def luminance(colour: str) -> float:
    """Relative luminance 0..1 of "#rrggbb", as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast 1..21 between two colours "#rrggbb", as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
