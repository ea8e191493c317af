"""A small window to drag files out of, as a file manager's: one field for each file; it prints what was taken."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

PLACE, SIZE = (1300, 0), (200, 200)


class File(QLabel):
    """Press and move to drag the file."""

    def __init__(self, path: str) -> None:
        super().__init__(path[-20:])
        self.path = path

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            mime = QMimeData()
            mime.setUrls([QUrl.fromLocalFile(self.path)])
            drag = QDrag(self)
            drag.setMimeData(mime)
            if drag.exec(Qt.DropAction.CopyAction) is Qt.DropAction.CopyAction:
                sys.stdout.write(self.path + "\n")
                sys.stdout.flush()


def main() -> None:
    """Show the files below each other, in equal parts of the window."""
    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.setWindowTitle("Drag source")
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for path in sys.argv[1:]:
        column.addWidget(File(path))
    window.setGeometry(*PLACE, *SIZE)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
