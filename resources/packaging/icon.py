"""The program's icon as a PNG: PyInstaller makes of it what Windows and macOS want."""

from pathlib import Path

from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SVG = Path(__file__).parents[1] / "icons" / "app.svg"


def draw(path: Path, side: int = 1024) -> str:
    """Write `side` x `side` pixels; the file's path."""
    picture = QImage(side, side, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(_SVG)).render(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(path))
    return str(path)
