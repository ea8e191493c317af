"""Preferences: where networks run, how the window looks, what is remembered. Every choice works at once."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from tryon_app.model.app_model import AppModel
from tryon_app.model.settings import Settings
from tryon_app.model.training import Choices
from tryon_app.views.common import icons
from tryon_app.views.common.dialogs import confirm
from tryon_app.views.common.forms import Choice, Form, no_button_by_return
from tryon_app.views.common.language import LANGUAGES, Language, Translated
from tryon_app.views.common.parts import label, line, push_button
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import L, M, S
from tryon_app.views.words import training as words

_CACHE = (64, 16_384, 64)  # MiB: least, most, step


class Preferences(Translated, QDialog):
    """Settings that are read where they matter; there is nothing to apply."""

    def __init__(self, studio: AppModel, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio, self.settings, self._choices = studio, studio.settings, choices
        self.device, self.precision, self.theme, self.language = Choice(), Choice(), Choice(), Choice()
        self.threads, self.cache = QSpinBox(), QSpinBox()
        self.threads.setRange(0, max(os.cpu_count() or 1, 1))
        self.cache.setRange(_CACHE[0], _CACHE[1])
        self.cache.setSingleStep(_CACHE[2])
        self.draft, self.precompute, self.remember = QCheckBox(), QCheckBox(), QCheckBox()
        self.form = Form()
        self.truth, self.lock = label(wrap=True), label()
        Theme.current().changed.connect(self._paint_lock)
        self._paint_lock()
        self.lock.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.delete_button = push_button("danger", "trash")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self.retranslate()
        self._read()
        self._connect()
        choices.load()
        no_button_by_return(self)
        self.resize(560, self.minimumSizeHint().height())

    def _paint_lock(self) -> None:
        self.lock.setPixmap(icons.pixmap("lock", 18, "success"))

    def _lay_out(self) -> None:
        add = self.form.add
        self._rows = {
            "device": add(self.device),
            "precision": add(self.precision),
            "threads": add(self.threads),
            "cache": add(self.cache),
            "draft": add(self.draft),
            "precompute": add(self.precompute),
            "theme": add(self.theme),
            "language": add(self.language),
            "remember": add(self.remember),
        }
        self.form.finish()
        truth = QHBoxLayout()
        truth.setSpacing(S)
        truth.addWidget(self.lock)
        truth.addWidget(self.truth, 1)
        truth.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(self.form, 1)
        column.addWidget(line())
        column.addLayout(truth)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        settings = self.settings
        self.device.chosen.connect(lambda key: self._set("device", key))
        self.precision.chosen.connect(lambda key: self._set("precision", key))
        self.theme.chosen.connect(self._on_theme)
        self.language.chosen.connect(self._on_language)
        self.threads.editingFinished.connect(self._set_threads)
        self.cache.valueChanged.connect(lambda value: self._set("cache_mb", value))
        for name in ("draft", "precompute", "remember"):
            getattr(self, name).toggled.connect(lambda on, name=name: self._set(name, on))
        self.delete_button.clicked.connect(self._delete)
        self.buttons.rejected.connect(self.reject)
        self._choices.loaded.connect(self._fill_devices)
        settings.changed.connect(self._on_setting)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Preferences"))
        systems = self.tr("Like the system")
        self.theme.set_entries([("system", systems), ("light", self.tr("Light")), ("dark", self.tr("Dark"))])
        self.language.set_entries([(code, name or systems) for code, name in LANGUAGES])
        self.threads.setSpecialValueText(self.tr("All"))
        self.cache.setSuffix(" MiB")
        self.draft.setText(self.tr("Show a small picture first"))
        self.precompute.setText(self.tr("Prepare the next garments while idle"))
        self.remember.setText(self.tr("Keep finished pictures in the history"))
        hints = {
            "device": (self.tr("&Device"), self.tr("Where the networks run. The fastest one is found by itself.")),
            "precision": (self.tr("P&recision"), ""),
            "threads": (self.tr("&Threads"), self.tr("Of the CPU; the engine starts again with another number.")),
            "cache": (self.tr("&Cache"), self.tr("Memory for finished stages, so that they are not computed twice.")),
            "draft": (self.tr("Dra&ft"), ""),
            "precompute": (self.tr("&Ahead"), ""),
            "theme": (self.tr("The&me"), ""),
            "language": (self.tr("&Language"), ""),
            "remember": (self.tr("&History"), ""),
        }
        for key, (title, hint) in hints.items():
            self._rows[key].set(title, hint)
        self.truth.setText(self.tr("Nothing leaves this machine: no account, no upload, no download, no statistics."))
        self.delete_button.setText(self.tr("Delete all photos and history…"))
        self._fill_devices()
        self._explain()

    def _fill_devices(self) -> None:
        found = [(device.name, words.device_name(device.text)) for device in self._choices.devices]
        chosen = self.settings.device
        known = {"auto", *(name for name, _ in found)}
        other = [] if chosen in known else [(chosen, chosen)]
        blocked = self.device.blockSignals(True)
        self.device.set_entries([("auto", self.tr("The fastest")), *found, *other])
        self.device.choose(chosen)
        self.device.blockSignals(blocked)
        self._fill_precisions()

    def _fill_precisions(self) -> None:
        device = self._choices.device(self.settings.device)
        known = ("auto", *(device.precisions if device else ("fp32", "bf16", "fp16")))
        blocked = self.precision.blockSignals(True)
        self.precision.set_entries([(one, words.precision_name(one)) for one in known])
        self.precision.choose(self.settings.precision)
        self.precision.blockSignals(blocked)

    def _explain(self) -> None:
        self._rows["precision"].say(words.precision_hint(self.settings.precision))

    def _read(self) -> None:
        settings: Settings = self.settings
        self.threads.setValue(settings.threads)
        self.cache.setValue(settings.cache_mb)
        self.theme.choose(settings.theme)
        self.language.choose(settings.language)
        for name in ("draft", "precompute", "remember"):
            getattr(self, name).setChecked(getattr(settings, name))

    def _set(self, name: str, value: object) -> None:
        setattr(self.settings, name, value)

    def _set_threads(self) -> None:
        """Once the number is final: the engine starts again with it."""
        self._set("threads", self.threads.value())

    def done(self, result: int) -> None:
        self._set_threads()
        super().done(result)

    def _on_setting(self, name: str) -> None:
        if name == "device":
            self._fill_precisions()
            if self.precision.key != self.settings.precision:  # the new device cannot do the old one
                self._set("precision", self.precision.key)
        self._explain()

    def _on_theme(self, key: str) -> None:
        self._set("theme", key)
        Theme.current().choose(key)

    def _on_language(self, key: str) -> None:
        self._set("language", key)
        if Language._current is not None:
            Language._current.choose(key)

    def _delete(self) -> None:
        agreed = confirm(
            self,
            self.tr("Delete all photos and results that this program has kept?"),
            self.tr("The history, pasted pictures and the list of recent files go; your own files stay."),
            self.tr("Delete"),
        )
        if agreed:
            self.studio.delete_everything()
