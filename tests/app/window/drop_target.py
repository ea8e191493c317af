"""A small window to drop files on, as another program's: it prints the path of what was dropped."""

import sys

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE, SIZE = (1300, 400), (200, 200)


class Target(QLabel):
    """Takes files."""

    def __init__(self) -> None:
        super().__init__("Drop here")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        event.acceptProposedAction()
        sys.stdout.write(event.mimeData().urls()[0].toLocalFile() + "\n")
        sys.stdout.flush()


def main() -> None:
    """Show it until it is ended."""
    app = QApplication(sys.argv[:1])
    target = Target()
    target.setWindowTitle("Drop target")
    target.setGeometry(*PLACE, *SIZE)
    target.show()
    app.exec()


if __name__ == "__main__":
    main()
