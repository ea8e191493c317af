"""The choices of a training, each explained in words; what comes out is a `Spec`."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from tryon_app.model.packs import Packs
from tryon_app.model.training import SIZES, Choices, Device, Spec
from tryon_app.views.common.forms import Choice, FolderField, Form
from tryon_app.views.common.language import Translated
from tryon_app.views.words import training as words
from tryon_app.views.words.names import licence_text, size_text

_FIXED_SIZE = "192x256"  # where the recipe lets no size be chosen
_SHARE = "at_512"  # an option of those that do
_FIRST_PRESET = "small"
_MOST_STEPS, _MOST_BATCH = 10_000_000, 512


class TrainForm(Translated, QWidget):
    """Everything that is chosen before a training; `changed` after any of it."""

    changed = Signal()
    data_changed = Signal(str)

    def __init__(self, kind: str, choices: Choices, packs: Packs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._choices, self._packs = choices, packs
        self.data, self.street = FolderField(), FolderField()
        self.base, self.warps, self.preset = Choice(), Choice(), Choice()
        self.side, self.precision, self.device = Choice(), Choice(), Choice()
        self.steps, self.batch, self.threads = _spin(1, _MOST_STEPS), _spin(1, _MOST_BATCH), _spin(0, 256)
        self.name = QLineEdit(maxLength=64)
        self.form = Form()
        self._add_rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self._connect()
        self.retranslate()
        self.fill()

    def _add_rows(self) -> None:
        form = self.form
        self.data_row = form.add(self.data, self.data.edit)
        self.below_data = QVBoxLayout()
        self.below_data.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self.below_data)
        form.add_wide(holder)
        self.street_row = form.add(self.street, self.street.edit)
        self.preset_row = form.add(self.preset)
        self.base_row = form.add(self.base)
        self.warps_row = form.add(self.warps)
        self.size_row = form.add(self.side)
        self.steps_row, self.batch_row = form.add(self.steps), form.add(self.batch)
        self.device_row, self.precision_row = form.add(self.device), form.add(self.precision)
        self.threads_row = form.add(self.threads)
        self.name_row = form.add(self.name)
        form.finish()

    def _connect(self) -> None:
        self.data.changed.connect(self.data_changed)
        self.street.changed.connect(lambda _: self.changed.emit())
        self.preset.chosen.connect(self._on_preset)
        self.device.chosen.connect(self._on_device)
        for choice in (self.base, self.warps, self.side, self.precision):
            choice.chosen.connect(self._explain)
        for spin in (self.steps, self.batch, self.threads):
            spin.valueChanged.connect(self.changed)
        self.name.textChanged.connect(self.changed)
        self._choices.loaded.connect(self.fill)
        self._packs.changed.connect(self.fill)

    def spec(self) -> Spec:
        """What is chosen now."""
        takes = self._choices.takes(self.kind)
        return Spec(
            kind=self.kind,
            data=self.data.path,
            name=self.name.text().strip(),
            base=self.base.key,
            warps=self.warps.key,
            street=self.street.path if "street" in takes else "",
            preset=self.preset.key,
            size=self.side.key if _SHARE in takes else "",
            steps=self.steps.value(),
            batch=self.batch.value(),
            device=self.device.key,
            precision=self.precision.key,
            threads=self.threads.value() if self.device.key == "cpu" else 0,
            takes=takes,
        )

    def spec_without_name(self) -> Spec:
        """What a measurement depends on."""
        return replace(self.spec(), name="")

    def chosen_device(self) -> Device | None:
        return self._choices.device(self.device.key)

    def fill(self) -> None:
        """Offer what there is: presets and devices once they are known, packs as they come and go."""
        takes = self._choices.takes(self.kind)
        self.street_row.show("street" in takes)
        presets = list(self._choices.recipes.get(self.kind, {}).get("presets", {}))
        first = bool(presets) and not self.preset.count()
        self.preset.set_entries([(name, name) for name in presets])  # as the command line calls them
        if first:
            self.preset.choose(_FIRST_PRESET)
        self.device.set_entries([(device.name, words.device_name(device.text)) for device in self._choices.devices])
        self._offer_precisions()
        packs = [(pack.name, pack.name) for pack in self._packs.with_network(self._choices.network(self.kind))]
        self.base.set_entries([("", self.tr("Nothing: random weights")), *packs])
        self._offer_warps()
        sizes = SIZES if _SHARE in takes else (_FIXED_SIZE,)
        self.side.set_entries([(size, words.size_name(size)) for size in sizes])
        self.side.setEnabled(_SHARE in takes)
        self._explain()

    def _offer_warps(self) -> None:
        """Packs whose network can lay the garments, where the recipe wants some laid."""
        spec = replace(self.spec(), warps="", street="")
        self.warps_row.show(bool(spec.warper))
        packs = [(pack.name, pack.name) for pack in self._packs.with_network(spec.warper)] if spec.warper else []
        none = [] if spec.needs_warps else [("", self.tr("Nothing: garments as photographed"))]
        self.warps.set_entries([*packs, *none])

    def choose(self, preset: str = "", device: str = "") -> None:
        """Where the dialog begins, as far as there is such a thing."""
        self.preset.choose(preset)
        self.device.choose(device)

    def _on_preset(self, name: str) -> None:
        options = self._choices.options(self.kind, name)
        if options:
            for spin, value in ((self.steps, options["steps"]), (self.batch, options["batch"])):
                spin.setValue(value)
        self._explain()

    def _on_device(self, name: str) -> None:
        self._offer_precisions()
        self.threads_row.show(name == "cpu")
        self._explain()

    def _offer_precisions(self) -> None:
        """Those in which the chosen device can train."""
        device = self._choices.device(self.device.key) if self.device.key else None
        known = device.precisions if device else ("fp32",)
        self.precision.set_entries([(one, words.precision_name(one)) for one in known])

    def retranslate(self) -> None:
        self.data.title = self.tr("Folder of the data set")
        self.data_row.set(self.tr("&Data folder"), self.tr("It holds train/image, train/cloth and so on."))
        self.street.title = self.tr("Folder of street photos")
        self.street.edit.setPlaceholderText(self.tr("None"))
        self.street_row.set(self.tr("Street ph&otos"), words.street_hint(self.kind))
        self.name_row.set(self.tr("&Name"), self.tr("Of the run, and of the weight pack that can be made of it."))
        self.threads.setSpecialValueText(self.tr("All"))
        threads = self.tr("Fewer leave more of the CPU to the window and to other programs.")
        self.threads_row.set(self.tr("&Threads"), threads)
        steps = self.tr("How often the weights are corrected. More is better up to a point; you can stop early.")
        self.steps_row.set(self.tr("&Steps"), steps)
        batch = self.tr("Pairs looked at in a step. More is steadier, and takes more memory and time.")
        self.batch_row.set(self.tr("&Batch"), batch)
        self.fill()

    def _explain(self) -> None:
        self.preset_row.set(self.tr("&Preset"), words.preset_hint(self.preset.key))
        self.base_row.set(self.tr("Start &from"), self._about_base())
        self.warps_row.set(self.tr("&Warps by"), self.tr("This pack's network lays the garments that are learned on."))
        fixed = self.tr("This network always works at this size, whatever the size of the photos.")
        self.size_row.set(self.tr("P&icture size"), words.size_hint(self.side.key) if self.side.isEnabled() else fixed)
        self.precision_row.set(self.tr("P&recision"), words.precision_hint(self.precision.key))
        self.device_row.set(self.tr("De&vice"), self._about_device())
        self.changed.emit()

    def _about_base(self) -> str:
        pack = self._packs.row(self.base.key)
        if pack is None:
            return self.tr("Learns from nothing. A pack as the start needs far fewer steps.")
        return self.tr("Goes on from the weights of this pack, at its width. Licence: {licence}").format(
            licence=licence_text(pack.licence)
        )

    def _about_device(self) -> str:
        device = self.chosen_device()
        if device is None:
            return ""
        free, total = (size_text(megabytes * 2**20) for megabytes in (device.memory_free_mb, device.memory_mb))
        return self.tr("{free} of {total} of memory free").format(free=free, total=total)


def _spin(least: int, most: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setGroupSeparatorShown(True)
    spin.setAccelerated(True)
    return spin
