"""The dialog before a training: live check, price, and nothing to start that is known to fail."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.engine.data.raw.test_photos import write_street
from tryon_app.model.faults import said
from tryon_app.model.packs import Packs
from tryon_app.model.runs import Runs
from tryon_app.model.training import Checked, Choices, Device, Finding, Obstacle, Spec, obstacles
from tryon_app.views.train import findings
from tryon_app.views.train.findings import FindingsDialog
from tryon_app.views.train.train_dialog import TrainDialog
from tryon_app.views.words.training import obstacle_sentence

LONG = 240_000
CPU = Device("cpu", "CPU", 8000, 4000, ("fp32", "bf16"))
FINE = Checked("root", 45, 45, 36, 9, ())
READY = Spec("matching", data="root", name="mine", batch=4)
PLENTY = 1 << 40


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"spec": Spec("matching", name="mine")}, ["data_missing"]),
        ({"checked": None}, ["data_checking"]),
        ({"checked": None, "problem": said("no data")}, ["failed"]),
        ({"checked": Checked("root", 5, 5, 3, 1, ())}, ["data_few"]),
        ({"checked": Checked("root", 4, 4, 4, 0, ())}, ["data_few"]),
        ({"spec": Spec("matching", data="root", name="../evil", batch=4)}, ["name_bad"]),
        ({"taken": True}, ["name_taken"]),
        ({"spec": replace(READY, kind="alias", takes=frozenset({"matching"}))}, ["matching_missing"]),
        ({"spec": replace(READY, kind="composer", takes=frozenset({"flow", "street"}))}, ["flow_missing"]),
        ({"spec": replace(READY, kind="segmentation", takes=frozenset({"flow", "street"}))}, []),
        (
            {"spec": replace(READY, kind="segmentation", street="S", takes=frozenset({"flow", "street"}))},
            ["flow_missing"],
        ),
        ({"device": None}, ["device_missing"]),
        ({"spec": Spec("matching", data="root", name="mine", batch=4, precision="fp16")}, ["precision"]),
        ({"free_disk": 5}, ["disk"]),
    ],
)
def test_obstacles(changes: dict[str, object], codes: list[str]) -> None:
    state = {"spec": READY, "checked": FINE, "problem": None, "device": CPU, "taken": False, "free_disk": PLENTY}
    assert [one.code for one in obstacles(**(state | changes))] == codes


def test_arguments_say_everything() -> None:
    spec = Spec("alias", "D", "n", "base", "warps", "smoke", "384x512", 9, 2, "cuda", "bf16", extra={"width": 4})
    spec = replace(spec, takes=frozenset({"matching"}))
    words = spec.arguments()
    assert words[:5] == ["alias", "--data", "D", "--preset", "smoke"]
    chosen = {words[i + 1] for i, word in enumerate(words) if word == "--set"}
    assert chosen == {"at_256=0.5", "at_512=0.5", "width=4", "matching=warps"}
    assert words[-6:] == ["--from", "base", "--device", "cuda", "--precision", "bf16"]


def test_a_flow_lays_the_garments_of_what_takes_one() -> None:
    words = Spec("composer", "D", warps="mine", takes=frozenset({"flow", "street"})).arguments()
    assert words[words.index("--set") + 1] == "flow=mine"
    assert "--set" not in Spec("parser", "D", warps="mine").arguments()


def test_street_photos_belong_to_the_networks_that_see_raw_photos() -> None:
    parser = Spec("parser", "D", street="S", takes=frozenset({"street"}))
    words = parser.arguments()
    assert words[words.index("--set") + 1] == "street=S"
    assert parser.launch("base")["street"] == "S"
    assert "street" not in Spec("matching", "D").launch("base")


@pytest.fixture
def dialog(tryon_home: Path, runs: Runs, choices: Choices, qtbot: QtBot) -> Iterator[TrainDialog]:
    packs = Packs()
    made = TrainDialog("matching", choices, packs, runs)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(choices.recipes) and not packs.busy, timeout=LONG)
    yield made
    made.reject()
    packs.close()


def test_presets_are_called_as_on_the_command_line(dialog: TrainDialog, choices: Choices) -> None:
    shown = [dialog.form.preset.itemText(number) for number in range(dialog.form.preset.count())]
    assert shown == [*choices.recipes[dialog.form.kind]["presets"]]
    assert "small" in shown, "as the researchers' guide has it"


def test_training_is_chosen_measured_and_started(dialog: TrainDialog, pairs: Path, runs: Runs, qtbot: QtBot) -> None:
    form = dialog.form
    assert form.preset.key == "small"
    assert not dialog.start_button.isEnabled()
    form.choose(preset="smoke")
    assert form.steps.value() == 60
    form.steps.setValue(500)
    form.batch.setValue(2)
    form.threads.setValue(1)
    qtbot.keyClicks(form.data.edit, str(pairs))
    qtbot.keyClick(form.data.edit, Qt.Key.Key_Return)
    assert dialog.obstacles() == [Obstacle("data_checking")]
    qtbot.waitUntil(lambda: dialog.checked is not None, timeout=LONG)
    assert dialog.checked is not None
    assert (dialog.checked.samples, dialog.checked.broken, dialog.checked.held_out) == (30, 0, 6)
    assert dialog.start_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.cost.cost is not None, timeout=LONG)
    cost = dialog.cost.cost
    assert cost is not None
    assert cost.seconds == pytest.approx(500 * cost.seconds_a_step)
    assert 50 < cost.memory_mb < 4000
    assert cost.measured
    form.batch.setValue(100)
    assert dialog.cost.cost is None, "the price of other choices is not shown"
    assert [one.code for one in dialog.obstacles()] == ["data_few"]
    dialog.start()
    assert runs.runs == []
    form.batch.setValue(2)
    with qtbot.waitSignal(dialog.started) as started:
        dialog.start_button.click()
    (run,) = started.args
    assert run.name == "matching"
    assert run.launch["machine"] == ["--device", "cpu", "--precision", "fp32", "--threads", "1"]
    pid = run._trainer.pid or 0
    qtbot.waitUntil(lambda: run.record.step >= 2, timeout=LONG)  # it has written checkpoints
    run.cancel()
    with qtbot.waitSignal(runs.removed, timeout=LONG):
        pass
    assert list(runs.folder.iterdir()) == []
    assert runs.runs == []
    qtbot.waitUntil(lambda: not psutil.pid_exists(pid), timeout=LONG)


def test_garments_are_laid_by_a_pack_that_can(dialog: TrainDialog, choices: Choices) -> None:
    form = dialog.form
    for kind, flags in (("composer", ["flow=default"]), ("segmentation", ["flow=default"]), ("flow", [])):
        form.kind = kind
        form.fill()
        words = form.spec().arguments()
        assert [words[i + 1] for i, word in enumerate(words) if word == "--set"] == flags
        assert form.warps_row.control.isVisibleTo(form) == bool(flags)
    form.kind = "segmentation"
    form.fill()
    form.warps.choose("")
    assert "--set" not in form.spec().arguments()  # the published method


def damage(root: Path) -> None:
    """Ten kinds of it, one a pair."""
    names = sorted(path.stem for path in (root / "train" / "image").iterdir())
    file = {folder: sorted((root / "train" / folder).iterdir()) for folder in ("image", "cloth", "cloth-mask")}
    file |= {folder: sorted((root / "train" / folder).iterdir()) for folder in ("image-parse", "openpose-json")}
    assert all(len(paths) == len(names) for paths in file.values())
    file["image"][0].write_bytes(b"not a picture")
    file["cloth"][1].unlink()
    file["cloth-mask"][2].unlink()
    file["openpose-json"][3].write_text('{"people": []}')
    file["openpose-json"][4].write_text("{")
    shape = np.asarray(Image.open(file["image-parse"][5])).shape
    Image.fromarray(np.zeros(shape, np.uint8)).save(file["image-parse"][5])
    Image.fromarray(np.full(shape, 99, np.uint8)).save(file["image-parse"][6])
    Image.fromarray(np.zeros(shape, np.uint8)).save(file["cloth-mask"][7])
    Image.fromarray(np.full(shape, 255, np.uint8)).save(file["cloth-mask"][8])
    Image.new("RGB", (300, 300)).save(file["image"][9])
    shutil.copyfile(file["image"][11], file["image"][10])


def test_damaged_data_is_counted_and_skipped(dialog: TrainDialog, pairs: Path, tmp_path: Path, qtbot: QtBot) -> None:
    root = Path(shutil.copytree(pairs, tmp_path / "damaged", ignore=shutil.ignore_patterns(".cache")))
    damage(root)
    dialog.form.data.set_path(str(root))
    qtbot.waitUntil(lambda: dialog.checked is not None, timeout=LONG)
    checked = dialog.checked
    assert checked is not None
    assert checked.samples == 30
    assert checked.broken >= 7
    kinds = {one.kind for one in checked.problems if one.severity != "note"}
    assert len(kinds) >= 8, kinds
    assert f"{checked.broken} broken" in dialog.data_status.text.text()
    listed = FindingsDialog(checked.problems)
    qtbot.addWidget(listed)
    assert listed.tree.topLevelItemCount() == len(checked.problems)
    first = listed.tree.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "broken"
    assert checked.train + checked.held_out <= checked.usable
    dialog.form.batch.setValue(2)
    assert dialog.start_button.isEnabled(), [card.notice.text for card in dialog.notices.cards()]


def test_findings_are_counted_as_they_are_listed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [Finding(f"{i % 3}", f"/d/{i}.jpg", "kind", "error", said("bad")) for i in range(4)]
    assert Checked("root", 9, 5, 4, 1, tuple(problems)).broken == 3
    monkeypatch.setattr(findings, "SHOWN", 4)
    whole = FindingsDialog(problems)
    monkeypatch.setattr(findings, "SHOWN", 3)
    cut = FindingsDialog(problems)
    for one in (whole, cut):
        qtbot.addWidget(one)
    assert (whole.tree.topLevelItemCount(), cut.tree.topLevelItemCount()) == (4, 3)
    assert "shown" not in whole.head.text()
    assert "4 of them, 3 shown" in cut.head.text()


def test_no_data_set_is_said_in_the_engine_s_words(dialog: TrainDialog, tmp_path: Path, qtbot: QtBot) -> None:
    dialog.form.data.set_path(str(tmp_path))
    qtbot.waitUntil(lambda: bool(dialog.data_status.text.text()) and dialog._problem is not None, timeout=LONG)
    assert "is missing; give the folder that holds train/ or test/" in dialog.data_status.text.text()
    assert not dialog.start_button.isEnabled()


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(dialog: TrainDialog) -> None:
    form = dialog.form
    for control in (form.preset, form.base, form.side, form.steps, form.batch, form.device, form.precision, form.name):
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_return_in_a_field_opens_nothing(dialog: TrainDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt makes the first button of a dialog its default, which here would open the file dialog."""
    opened: list[object] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: opened.append(1) or "")  # type: ignore[func-returns-value]
    dialog.show()
    qtbot.keyClick(dialog.form.data.edit, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.form.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not opened


def test_street_photos_are_chosen_and_looked_at(
    tryon_home: Path, runs: Runs, choices: Choices, pairs: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    packs = Packs()
    made = TrainDialog("parser", choices, packs, runs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(choices.recipes) and not packs.busy, timeout=LONG)
    assert made.form.street.isVisible()
    made.form.choose(preset="smoke")
    made.form.batch.setValue(2)
    made.form.threads.setValue(1)
    made.form.street.set_path(str(tmp_path))
    made.form.data.set_path(str(pairs))
    qtbot.waitUntil(lambda: any(one.code == "failed" for one in made.obstacles()), timeout=LONG)
    assert "holds no photos" in obstacle_sentence(made.obstacles()[0])
    made.form.street.set_path(str(write_street(tmp_path / "street", 6)))
    assert not any(one.code == "failed" for one in made.obstacles()), "it was about another folder"
    qtbot.waitUntil(lambda: made.cost.cost is not None, timeout=LONG)
    assert made.start_button.isEnabled()
    made.reject()
    packs.close()


def test_other_networks_have_no_street_photos(dialog: TrainDialog) -> None:
    dialog.show()
    assert not dialog.form.street.isVisible()
    dialog.form.street.set_path("somewhere")
    assert dialog.form.spec().street == ""
