"""What has to be known and chosen before a training starts, and what stands in its way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from tryon_app.model.faults import Fault, fault_from
from tryon_app.workers.commands import Command, Ending

# What the largest picture means for the shares of a run that takes them; "" leaves the preset's.
SIZES: Mapping[str, Mapping[str, float]] = {
    "": {},
    "192x256": {"at_256": 1.0, "at_512": 0.0},
    "384x512": {"at_256": 0.5, "at_512": 0.5},
    "768x1024": {"at_256": 0.5, "at_512": 0.35},
}
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
_LEAST_DISK = 1 << 30  # bytes for checkpoints and packed data of even a small run


@dataclass(frozen=True)
class Device:
    """A place to train: name for `--device`, text for people, memory in MB, precisions that work there."""

    name: str
    text: str
    memory_mb: float
    memory_free_mb: float
    precisions: tuple[str, ...]


@dataclass(frozen=True)
class Spec:
    """Everything chosen in the dialog. size: a key of SIZES; threads 0 takes all; base "": random weights.

    warps: the pack that lays the garments which the network learns on; "" for none. street: a folder of street photos
    beside the data set; "" for none. takes: the names of the recipe's options.
    """

    kind: str
    data: str = ""
    name: str = ""
    base: str = ""
    warps: str = ""
    preset: str = "small"
    size: str = ""
    steps: int = 0
    batch: int = 0
    device: str = "cpu"
    precision: str = "fp32"
    threads: int = 0
    street: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    takes: frozenset[str] = frozenset()

    @property
    def warper(self) -> str:
        """The network of `warps` that lays the garments, "flow" or "matching"; "" where none are laid."""
        return next((name for name in ("flow", "matching") if name in self.takes), "")

    @property
    def needs_warps(self) -> bool:
        """Whether nothing can be learned without `warps`; the published segmentation reads garments as they are."""
        return bool(self.warper) and (self.kind != "segmentation" or bool(self.street))

    @property
    def machine(self) -> list[str]:
        """Arguments that a resumed run needs too."""
        threads = ["--threads", str(self.threads)] if self.threads else []
        return ["--device", self.device, "--precision", self.precision, *threads]

    def arguments(self) -> list[str]:
        """The arguments of `tryon train` but for the run's folder."""
        settings: dict[str, object] = {**SIZES[self.size], **self.extra}
        settings |= {
            name: value for name, value in ((self.warper, self.warps), ("street", self.street)) if name and value
        }
        chosen = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
        counts = [
            part for flag, n in (("--steps", self.steps), ("--batch", self.batch)) if n for part in (flag, str(n))
        ]
        base = ["--from", self.base] if self.base else []
        return [self.kind, "--data", self.data, "--preset", self.preset, *counts, *chosen, *base, *self.machine]

    def launch(self, pack: str) -> dict[str, Any]:
        """What the run's folder keeps: `pack` is the pack in use, which the result is to be combined with."""
        found = {"kind": self.kind, "steps": self.steps, "base": pack, "machine": self.machine, "data": self.data}
        return found | ({"street": self.street} if "street" in self.takes else {})


@dataclass(frozen=True)
class Finding:
    """What is wrong with one file of a data set; see `engine.data.report.Problem`."""

    name: str
    file: str
    kind: str
    severity: str
    fault: Fault

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Finding:
        return cls(entry["name"], entry["file"], entry["kind"], entry["severity"], fault_from(entry))


@dataclass(frozen=True)
class Checked:
    """What the check of a data folder found."""

    root: str
    samples: int
    usable: int
    train: int
    held_out: int
    problems: tuple[Finding, ...]

    @property
    def broken(self) -> int:
        """Names that an error speaks against: a pair that is listed twice counts in `samples`, but only once here."""
        return len({one.name for one in self.problems if one.severity == "error" and one.name})


@dataclass(frozen=True)
class Cost:
    """What the dry run measured; see `engine.training.cost.Cost`."""

    seconds: float
    packing_seconds: float
    seconds_a_step: float
    images_per_second: float
    memory_mb: float
    memory_free_mb: float
    measured: bool  # whether every stage was, rather than estimated


@dataclass(frozen=True)
class Obstacle:
    """Why a training cannot start: a stable word, a number or the engine's fault to say it with."""

    code: str
    detail: str = ""
    fault: Fault | None = None


def obstacles(
    spec: Spec, checked: Checked | None, problem: Fault | None, device: Device | None, taken: bool, free_disk: int
) -> list[Obstacle]:
    """Every reason known by now; `problem` is what made a check or dry run fail."""
    found = []
    if not spec.data:
        found.append(Obstacle("data_missing"))
    elif problem:
        found.append(Obstacle("failed", fault=problem))
    elif checked is None:
        found.append(Obstacle("data_checking"))
    elif checked.train < max(spec.batch, 1) or checked.held_out < 1:
        found.append(Obstacle("data_few", str(checked.train)))
    if not _NAME.fullmatch(spec.name):
        found.append(Obstacle("name_bad"))
    elif taken:
        found.append(Obstacle("name_taken"))
    if spec.needs_warps and not spec.warps:
        found.append(Obstacle(f"{spec.warper}_missing"))
    if device is None:
        found.append(Obstacle("device_missing", spec.device))
    elif spec.precision not in device.precisions:
        found.append(Obstacle("precision", spec.precision))
    if free_disk < _LEAST_DISK:
        found.append(Obstacle("disk"))
    return found


class _Question(QObject):
    """One command at a time whose answer is waited for; a new question drops the one before."""

    failed = Signal(object)  # Fault
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command: Command | None = None

    @property
    def busy(self) -> bool:
        return self._command is not None

    def ask(self, *arguments: str) -> None:
        """Start the command; answers of an older one are not listened to any more."""
        self.drop()
        command = Command(arguments, self)
        self._command = command
        command.told.connect(self._told)
        command.ended.connect(lambda ending: self._over(command, ending))
        command.start()
        self.busy_changed.emit(True)

    def drop(self) -> None:
        """Stop asking."""
        command, self._command = self._command, None
        if command is not None:
            command.told.disconnect(self._told)
            command.stop()
            self.busy_changed.emit(False)

    def close(self) -> None:
        """End every child now."""
        for command in self.findChildren(Command):
            command.kill()

    def _over(self, command: Command, ending: Ending) -> None:
        command.deleteLater()
        if command is self._command:
            self._command = None
            self.busy_changed.emit(False)
            self._ended(ending)

    def _told(self, event: dict[str, Any]) -> None:
        raise NotImplementedError

    def _ended(self, ending: Ending) -> None:
        if ending.code != 0 and not ending.asked:
            self.failed.emit(ending.fault)


class Choices(_Question):
    """Recipes with their presets, and devices, asked for once: `tryon recipes --json`."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recipes: dict[str, dict[str, Any]] = {}
        self.devices: tuple[Device, ...] = ()
        self.evaluations: tuple[str, ...] = ("tryon",)

    def load(self) -> None:
        if not self.recipes and not self.busy:
            self.ask("recipes", "--json")

    def options(self, kind: str, preset: str) -> dict[str, Any]:
        """All options of a preset; empty where it is not known (yet)."""
        return dict(self.recipes.get(kind, {}).get("presets", {}).get(preset, {}))

    def takes(self, kind: str) -> frozenset[str]:
        """The names of a recipe's options."""
        presets = self.recipes.get(kind, {}).get("presets", {})
        return frozenset(name for options in presets.values() for name in options)

    def network(self, kind: str) -> str:
        """The kind of the network that a recipe trains."""
        return str(self.recipes.get(kind, {}).get("network", kind))

    def device(self, name: str) -> Device | None:
        """The device of that name; "auto" is the fastest."""
        named = [device for device in self.devices if name in (device.name, "auto")]
        return named[0] if named else None

    def _told(self, event: dict[str, Any]) -> None:
        self.recipes = event["recipes"]
        self.evaluations = tuple(event["evaluations"])
        self.devices = tuple(
            Device(one["name"], one["text"], one["memory_mb"], one["memory_free_mb"], tuple(one["precisions"]))
            for one in event["devices"]
        )
        self.loaded.emit()


class DataCheck(_Question):
    """A look at a data folder in the background: `tryon data check ROOT --events`."""

    progressed = Signal(float)
    found = Signal(object)  # Checked

    def check(self, root: str) -> None:
        self.ask("data", "check", root, "--paired", "--events")

    def _told(self, event: dict[str, Any]) -> None:
        if event["event"] == "progress":
            self.progressed.emit(float(event["share"]))
        elif event["event"] == "report":
            self._reported = True
            report, training = event["report"], event["training"]
            self.found.emit(
                Checked(
                    root=report["root"],
                    samples=report["samples"],
                    usable=len(report["usable"]),
                    train=training["train"],
                    held_out=training["held_out"],
                    problems=tuple(map(Finding.of, report["problems"])),
                )
            )

    def _ended(self, ending: Ending) -> None:
        """Exit code 1 after a report only says that there are findings."""
        if not getattr(self, "_reported", False):
            super()._ended(ending)
        self._reported = False


class DryRun(_Question):
    """A few real steps that tell time and memory: `tryon train ... --dry-run`."""

    measured = Signal(object)  # Cost

    def measure(self, spec: Spec) -> None:
        self.ask("train", *spec.arguments(), "--dry-run")

    def _told(self, event: dict[str, Any]) -> None:
        names = Cost.__dataclass_fields__.keys() - {"measured"}
        measured = all(stage["measured"] for stage in event["stages"])
        self.measured.emit(Cost(**{name: float(event[name]) for name in names}, measured=measured))
