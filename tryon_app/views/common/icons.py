"""The line icons of resources/icons, coloured by the theme when they are painted, sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tryon_app.views.common.assets import asset
from tryon_app.views.common.theme import Theme

NAMES = tuple(sorted(path.stem for path in asset("icons").glob("*.svg") if path.stem != "app"))


class _Engine(QIconEngine):
    """Paints one SVG in the theme's colour of the moment, so that a change of theme needs no new icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatio() if painter.device() else 1.0
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802
        """Since Qt 6.8 `size` is in device-independent pixels."""
        width, height = round(size.width() * scale), round(size.height() * scale)
        picture = QPixmap(_drawn(self._name, width, height, self._colour(mode, state)))
        picture.setDevicePixelRatio(scale)
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def key(self) -> str:
        return "tryon-line"

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tokens = Theme.current().tokens
        if mode is QIcon.Mode.Disabled:
            return tokens["disabled"]
        if state is QIcon.State.On and self._token == "text":
            return tokens["accent_text"]
        return tokens[self._token]


@lru_cache(maxsize=512)
def _drawn(name: str, width: int, height: int, colour: str) -> QPixmap:
    return _render(name, width, height, colour)


def _render(name: str, width: int, height: int, colour: str) -> QPixmap:
    picture = QPixmap(max(width, 1), max(height, 1))
    picture.fill(Qt.GlobalColor.transparent)
    side = min(picture.width(), picture.height())
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _svg(name, colour).render(
            painter, QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        )
    return picture


def _svg(name: str, colour: str) -> QSvgRenderer:
    path = asset("icons", f"{name}.svg")
    return QSvgRenderer(QByteArray(path.read_bytes().replace(b"currentColor", colour.encode())))


# Python owns an engine as well as Qt does: without this the engine would go when the last reference here goes.
_icons: dict[tuple[str, str], QIcon] = {}


def icon(name: str, token: str = "text") -> QIcon:
    """The icon `name` (see `NAMES`) in the colour of a theme token; KeyError for a name that is not there."""
    if name not in NAMES:
        raise KeyError(name)
    if (name, token) not in _icons:
        Theme.current()  # installed later, by the first icon painted, it would take the style from under that widget
        _icons[name, token] = QIcon(_Engine(name, token))
    return _icons[name, token]


def pixmap(name: str, size: int, token_or_colour: str = "text", scale: float | None = None) -> QPixmap:
    """The icon as a pixmap of `size` device-independent pixels, in a token's colour or in "#rrggbb"."""
    colour = token_or_colour if token_or_colour.startswith("#") else Theme.current().tokens[token_or_colour]
    ratio = scale or _scale()
    picture = QPixmap(_drawn(name, round(size * ratio), round(size * ratio), QColor(colour).name()))
    picture.setDevicePixelRatio(ratio)
    return picture


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(asset("icons", "app.svg")))


def forget() -> None:
    """Drop the drawn pixmaps; called before the application ends, since they may not outlive it."""
    _drawn.cache_clear()
    _icons.clear()


def _scale() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
