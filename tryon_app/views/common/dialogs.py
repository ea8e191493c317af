"""Questions and errors: one sentence, what to do, and the details to copy."""

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from tryon_app.model.about import TITLE
from tryon_app.model.faults import Fault
from tryon_app.model.report import report
from tryon_app.views.words.errors import fault_sentence


def show_error(parent: QWidget | None, fault: Fault, details: str = "") -> QMessageBox:
    """Say what went wrong without waiting for an answer. With details there is a button that copies a report."""
    sentence = fault_sentence(fault)
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, sentence, QMessageBox.StandardButton.Close, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setObjectName("error")
    box.setDefaultButton(QMessageBox.StandardButton.Close)
    if details:
        copy = box.addButton(QCoreApplication.translate("Dialogs", "Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # else the box would close
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report(fault, details)))
    box.open()
    return box


def confirm(parent: QWidget | None, question: str, consequence: str, yes: str) -> bool:
    """Ask before something that cannot be undone; the safe answer is the one that Escape gives."""
    box = question_box(parent, question, consequence, yes)
    box.exec()
    clicked = box.clickedButton()
    return clicked is not None and box.buttonRole(clicked) is QMessageBox.ButtonRole.DestructiveRole


def question_box(parent: QWidget | None, question: str, consequence: str, yes: str) -> QMessageBox:
    """What `confirm` asks with."""
    box = QMessageBox(QMessageBox.Icon.Question, TITLE, question, QMessageBox.StandardButton.Cancel, parent)
    box.setInformativeText(consequence)
    box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    return once(box)


Asked = TypeVar("Asked", bound=QDialog)


def once(dialog: Asked) -> Asked:
    """It goes once it is closed. Qt would keep it, with all that it shows, for as long as the window it belongs to."""
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def to_front(dialog: QDialog) -> None:
    """Show a dialog that may be open already, over the others."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def show_file(path: str) -> None:
    """Open a file or folder with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
