"""Two packs measured on the same pairs, in a child, and shown side by side."""

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.engine.data.raw.test_photos import write_street
from tests.packs import narrow_pack
from tryon_app.model.evaluation import Plan, Row, Table
from tryon_app.model.packs import Packs
from tryon_app.model.training import Choices
from tryon_app.views.evaluate.evaluate_dialog import EvaluateDialog

LONG = 400_000


def test_the_better_number_is_known_in_both_directions() -> None:
    def rows(better: str) -> Table:
        return Table((Row("a", "m", 1.0, better, "p"), Row("b", "m", 2.0, better, "p")))

    assert rows("higher").best("m") == "b"
    assert rows("lower").best("m") == "a"
    assert Table((Row("a", "m", 1.0, "lower", "p"), Row("b", "m", 1.0, "lower", "p"))).best("m") == ""


def test_arguments_of_both_evaluations() -> None:
    both = Plan("D", ("a", "b"), limit=0, unpaired=True, precision="bf16").arguments("O")
    assert both[:2] == ["evaluate", "tryon"]
    assert [both[i + 1] for i, word in enumerate(both) if word == "--weights"] == ["a", "b"]
    assert {"--unpaired", "--events", "bf16"} <= set(both)
    assert both[both.index("--limit") + 1] == "0"
    assert "--street" not in Plan("D", ("a",), street="S").arguments("O")
    street = Plan("D", ("a",), "analysis", street="S").arguments("O")
    assert street[street.index("--street") + 1] == "S"
    photos = Plan("D", ("a",), "analysis", limit=0).arguments("O")
    assert "--split" not in photos
    assert int(photos[photos.index("--limit") + 1]) > 500


def test_two_packs_are_evaluated(
    tryon_home: Path,
    choices: Choices,
    pairs: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    narrow_pack(tryon_home / "weights" / "one", "one")
    narrow_pack(tryon_home / "weights" / "two", "two", noise=0.1)
    packs = Packs()
    dialog = EvaluateDialog(packs, choices, "one", "cpu")
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.list.count() >= 2 and bool(choices.recipes) and not packs.busy, timeout=LONG)
    assert dialog.chosen_packs() == ("one",)
    assert not dialog.run_button.isEnabled()
    dialog.tick("one", "two")
    dialog.data.set_path(str(pairs))
    dialog.limit.setValue(1)
    assert dialog.run_button.isEnabled()
    seen: list[dict[str, object]] = []
    dialog.evaluation.progressed.connect(seen.append)
    dialog.start()
    assert dialog.evaluation.busy
    qtbot.waitUntil(lambda: not dialog.evaluation.busy, timeout=LONG)
    assert not dialog.notices.cards()
    table = dialog.evaluation.table
    assert table.packs == ["one", "two"]
    assert "ssim (pasted)" in table.metrics
    assert {event["pack"] for event in seen} == {"one", "two"}
    assert dialog.table.rowCount() == len(table.metrics)
    cell = dialog.table.item(0, 2)
    assert cell is not None
    assert cell.toolTip() == table.rows[0].protocol
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.csv"), ""))
    dialog.csv_button.click()
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["metric", "better", "one", "two", "protocol"]
    assert len(lines) == len(table.metrics) + 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.png"), ""))
    dialog.png_button.click()
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    dialog.reject()
    packs.close()


def test_the_analysis_is_evaluated_with_street_photos(
    tryon_home: Path, choices: Choices, pairs: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """With the pack that ships: people have to be found."""
    narrow_pack(tryon_home / "weights" / "blind", "blind")
    packs = Packs()
    dialog = EvaluateDialog(packs, choices, "default", "cpu")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.subject.count() == 2 and bool(choices.recipes) and not packs.busy, timeout=LONG)
    assert dialog.street.isHidden()
    dialog.subject.choose("analysis")
    assert not dialog.street.isHidden()
    assert (dialog.split.isHidden(), dialog.unpaired.isHidden()) == (True, True)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["default"]
    dialog.data.set_path(str(pairs))
    dialog.street.set_path(str(write_street(tmp_path / "street", 1)))
    dialog.limit.setValue(1)
    stages: list[object] = []
    dialog.evaluation.progressed.connect(lambda event: stages.append(event["stage"]))
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.evaluation.busy, timeout=LONG)
    assert [card.notice.text for card in dialog.notices.cards()] == []
    assert {"studio photos", "street photos", "garments"} <= set(stages)
    metrics = dialog.evaluation.table.metrics
    assert {"studio: mean IoU", "street: PCK", "garment: mask IoU"} <= set(metrics)
    assert dialog.evaluation.contact is not None
    dialog.reject()
    packs.close()


def test_what_cannot_be_measured_is_said_and_leaves_nothing(
    tryon_home: Path, choices: Choices, tmp_path: Path, qtbot: QtBot
) -> None:
    narrow_pack(tryon_home / "weights" / "one", "one")
    packs = Packs()
    dialog = EvaluateDialog(packs, choices, "one", "cpu")
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.list.count() >= 1 and bool(choices.recipes) and not packs.busy, timeout=LONG)
    dialog.tick("one")
    dialog.data.set_path(str(tmp_path))
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.evaluation.busy, timeout=LONG)
    assert "is missing" in dialog.notices.cards()[0].notice.text
    assert not list((tryon_home / "evaluations").glob("*"))
    dialog.reject()
    packs.close()
