"""What a drop, a paste and a drag out carry; nothing is decoded here, a worker does that."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from tryon_app.views.common.view_types import Dropped

# Best first: lossless, then what a browser hands over.
_FORMS = ("image/png", "image/webp", "image/tiff", "image/jpeg", "image/bmp", "image/gif", "image/avif", "image/heic")


def dropped_of(mime: QMimeData) -> Dropped | None:
    """Local files before picture data, since a browser offers both and the file is the original. None for neither."""
    paths = tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile())
    if paths:
        return Dropped(paths=paths)
    form = next((form for form in _FORMS if mime.hasFormat(form)), None)
    if form is not None:
        return Dropped(data=bytes(mime.data(form).data()), form=form)
    if mime.hasImage():
        return Dropped(image=QImage(mime.imageData()), form="image")
    return None


def can_drop(mime: QMimeData) -> bool:
    """Whether `dropped_of` would find something, without fetching it."""
    return any(url.isLocalFile() for url in mime.urls()) or mime.hasImage() or any(map(mime.hasFormat, _FORMS))


def clipboard_content() -> Dropped | None:
    """Files or a picture on the clipboard, None if there is neither."""
    mime = QGuiApplication.clipboard().mimeData()
    return dropped_of(mime) if mime is not None else None


def drag_out(source: QWidget, paths: Sequence[str], picture: QImage | None = None) -> None:
    """Drag saved files, or a picture without a file, into another program; returns when the drag has ended."""
    mime = QMimeData()
    if paths:
        mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    elif picture is not None:
        mime.setImageData(picture)
    drag = QDrag(source)
    drag.setMimeData(mime)
    if picture is not None and not picture.isNull():
        small = QPixmap.fromImage(picture).scaled(
            96, 128, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drag.setPixmap(small)
        drag.setHotSpot(small.rect().center())
    drag.exec(Qt.DropAction.CopyAction)
