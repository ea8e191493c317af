"""The engine's doubts about a photo or a try-on in the window's language, by their code."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tryon_app.model.faults import SENTENCES

# Where the window offers more than a file does, it says so in words of its own.
_OWN = {
    "two_people": QT_TRANSLATE_NOOP(
        "Doubt", "The photo shows several people; the largest was taken. Click the box of another to choose it."
    )
}


def doubt_sentence(code: str) -> str:
    """The sentence of a doubt of the engine."""
    if code in _OWN:
        return QCoreApplication.translate("Doubt", str(_OWN[code]))
    return QCoreApplication.translate("Fault", SENTENCES[f"doubt.{code}"])
