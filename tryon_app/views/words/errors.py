"""What the engine says about files, settings and its own end, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tryon_app.model.faults import SENTENCES, Fault


def fault_sentence(fault: Fault) -> str:
    """The sentence of a fault; beside the program's name some begin small and have no stop, here they are whole."""
    text = QCoreApplication.translate("Fault", SENTENCES[fault.code])
    text = text[:1].upper() + text[1:]
    filled = text.format_map(fault.values)
    return filled if not filled or filled.endswith((".", "!", "?")) else filled + "."
