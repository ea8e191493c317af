"""Lines over a number, as an SVG drawn by hand: no plotting library is needed for two of them."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT, _LEFT, _BELOW, _RIGHT, _TOP = 720, 420, 70, 55, 170, 40
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c564b")  # Okabe and Ito's
_DASHES = ("", "6 3", "2 3")
_TICKS = 5


def plot(title: str, across: str, up: str, lines: Mapping[str, Points]) -> str:
    """An SVG of the lines, each with its name beside its end; across, up: what the axes say."""
    points = [one for line in lines.values() for one in line if not any(map(math.isnan, one))]
    if not points:
        points = [(0.0, 0.0)]
    x_span, y_span = (_span([one[axis] for one in points]) for axis in (0, 1))

    def place(point: tuple[float, float]) -> tuple[float, float]:
        x = _LEFT + (point[0] - x_span[0]) / (x_span[1] - x_span[0]) * (_WIDTH - _LEFT - _RIGHT)
        y = _HEIGHT - _BELOW - (point[1] - y_span[0]) / (y_span[1] - y_span[0]) * (_HEIGHT - _BELOW - _TOP)
        return round(x, 1), round(y, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>',
        _text(_WIDTH / 2, 22, title, "middle", 15),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, across, "middle"),
        f'<g transform="rotate(-90 16 {_HEIGHT / 2})">{_text(16, _HEIGHT / 2, up, "middle")}</g>',
    ]
    for x in _ticks(*x_span):
        left, low = place((x, y_span[0]))
        parts += [_line(left, low, left, _TOP, "#dddddd"), _text(left, low + 18, _number(x), "middle")]
    for y in _ticks(*y_span):
        left, low = place((x_span[0], y))
        parts += [_line(left, low, _WIDTH - _RIGHT, low, "#dddddd"), _text(left - 8, low + 4, _number(y), "end")]
    taken: list[float] = []
    for number, (name, line) in enumerate(lines.items()):
        parts += _drawn(name, [place(one) for one in line if not any(map(math.isnan, one))], number, taken)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _drawn(name: str, places: Points, number: int, taken: list[float]) -> list[str]:
    if not places:
        return []
    colour = _COLOURS[number % len(_COLOURS)]
    dash = _DASHES[number // len(_COLOURS) % len(_DASHES)]
    path = " ".join(f"{x},{y}" for x, y in places)
    height = places[-1][1]
    while any(abs(height - other) < 13 for other in taken):
        height += 13
    taken.append(height)
    dots = [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places]
    line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
    return [line, *dots, _text(_WIDTH - _RIGHT + 10, height + 4, name, "start", colour=colour)]


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between two, about five."""
    rough = (high - low) / _TICKS
    unit = 10 ** math.floor(math.log10(rough))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= rough)
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str, size: int = 12, colour: str = "#222222") -> str:
    about = f'text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f'<text x="{x}" y="{y}" {about}>{escape(text)}</text>'
