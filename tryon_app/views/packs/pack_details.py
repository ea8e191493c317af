"""Everything known about one weight pack."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from tryon_app.model.packs import PackRow
from tryon_app.views.common.language import Translated
from tryon_app.views.common.theme import Theme
from tryon_app.views.words import training as words
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import licence_text, size_text
from tryon_app.views.words.number_words import number_name


def origin_text(pack: PackRow) -> str:
    """Where a pack comes from, in two or three words."""
    if pack.problem and not pack.kinds:
        return "–"
    if pack.shipped:
        return QCoreApplication.translate("PackDetails", "this program")
    text = pack.provenance if isinstance(pack.provenance, str) else str(pack.provenance.get("source", ""))
    if "published" in text:
        return QCoreApplication.translate("PackDetails", "published files")
    return QCoreApplication.translate("PackDetails", "your training")


class PackDetails(Translated, QTextBrowser):
    """Networks with size, width and validation numbers, licence, provenance; or what is wrong and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack: PackRow | None = None
        self.setOpenLinks(False)
        Theme.current().changed.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("About the selected pack"))
        self._show()

    def show_pack(self, pack: PackRow | None) -> None:
        """Show this one, or nothing."""
        if pack != self._pack:
            self._pack = pack
            self._show()

    def _show(self) -> None:
        pack = self._pack
        if pack is None:
            muted = Theme.current().tokens["muted"]
            text = escape(self.tr("Choose a pack to see what it holds."))
            self.setHtml(f'<p style="color:{muted}">{text}</p>')
            return
        self.setHtml("".join((self._head(pack), self._networks(pack), self._from(pack))))

    def _head(self, pack: PackRow) -> str:
        tokens = Theme.current().tokens
        lines = [f"<h3>{escape(pack.name)} {escape(pack.version)}</h3>"]
        if pack.problem:
            lines.append(f'<p style="color:{tokens["danger"]}">{escape(fault_sentence(pack.problem))}</p>')
        if pack.licence:
            title = self.tr("Licence")
            lines.append(f"<p><b>{escape(title)}</b><br>{escape(licence_text(pack.licence))}</p>")
        return "".join(lines)

    def _networks(self, pack: PackRow) -> str:
        if not pack.networks:
            return ""
        rows = []
        for kind, network in pack.networks.items():
            width = network["config"].get("width", "–")
            about = self.tr("{size}, width {width}").format(size=size_text(network["bytes"]), width=width)
            numbers = (pack.numbers or {}).get(kind, {})
            said = ", ".join(f"{number_name(name)} {value:.4g}" for name, value in numbers.items())
            lines = "<br>".join(escape(text) for text in (about, said) if text)
            rows.append(f"<p><b>{escape(words.kind_name(kind))}</b><br>{lines}</p>")
        return "".join(rows)

    def _from(self, pack: PackRow) -> str:
        """What the pack's own file says about where it is from."""
        muted = Theme.current().tokens["muted"]
        lines = [pack.folder]
        if isinstance(pack.provenance, str):
            lines.append(pack.provenance)
        elif isinstance(pack.provenance, Mapping):
            for kind, made_by in pack.provenance.items():
                if isinstance(made_by, Mapping) and made_by.get("command"):
                    continued = made_by.get("continued")
                    lines.append(f"{words.kind_name(kind)}: {made_by['command']}")
                    lines += map(str, continued) if isinstance(continued, list) else ()
        body = "<br>".join(escape(line) for line in lines)
        return f'<p style="color:{muted}">{body}</p>'
