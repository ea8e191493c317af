"""Weight packs as the window manages them: good and hostile files, with the real command in the child."""

import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from engine import networks
from engine.weights.strict import unfilled
from tests.packs import KINDS, filled_state, narrow_pack
from tryon_app.model.packs import Packs
from tryon_app.views.packs.packs_dialog import PacksDialog

LONG = 240_000


@pytest.fixture
def packs(tryon_home: Path, qtbot: QtBot) -> Iterator[Packs]:
    made = Packs()
    yield made
    made.close()


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack that is not installed."""
    return narrow_pack(tmp_path_factory.mktemp("packs") / "mine", "mine").folder


@pytest.fixture
def dialog(packs: Packs, qtbot: QtBot) -> PacksDialog:
    made = PacksDialog(packs)
    qtbot.addWidget(made)
    idle(qtbot, packs)
    return made


def idle(qtbot: QtBot, packs: Packs) -> None:
    qtbot.waitUntil(lambda: not packs.busy, timeout=LONG)


def drop(dialog: PacksDialog, *paths: Path) -> None:
    """What the file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))


def said(dialog: PacksDialog) -> str:
    return " ".join(card.notice.text for card in dialog.notices.cards())


def names(packs: Packs) -> list[str]:
    return [row.name for row in packs.rows if not row.problem]


def checkpoints(folder: Path) -> dict[str, Path]:
    """Three published checkpoints, called by names that say nothing."""
    folder.mkdir()
    paths = {kind: folder / f"download-{number}.pth" for number, kind in enumerate(KINDS)}
    for kind, path in paths.items():
        torch.save(filled_state(kind, networks.config_of(unfilled(kind, {"width": 4}))), path)
    return paths


def test_pack_folder_is_dropped_used_checked_and_deleted(
    dialog: PacksDialog, packs: Packs, narrow: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(dialog, narrow)
    idle(qtbot, packs)
    assert names(packs)[-1] == "mine"
    assert "Licence: none" in said(dialog)
    assert dialog.selected() == "mine"
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.buttons["use"].click()
    assert chosen.args == ["mine"]
    assert not dialog.buttons["use"].isEnabled()
    dialog.buttons["verify"].click()
    idle(qtbot, packs)
    row = packs.row("mine")
    assert row is not None
    assert row.verified
    assert row.kinds == KINDS
    assert "width 4" in dialog.details.toPlainText()
    packs.delete("mine")
    idle(qtbot, packs)
    assert "mine" not in names(packs)


def test_damage_is_named_with_its_file_and_remedy(
    dialog: PacksDialog, packs: Packs, narrow: Path, qtbot: QtBot, tryon_home: Path
) -> None:
    folder = tryon_home / "weights" / "mine"
    shutil.copytree(narrow, folder)
    file = folder / "alias.safetensors"
    content = bytearray(file.read_bytes())
    content[-5] ^= 255
    file.write_bytes(content)
    broken = tryon_home / "weights" / "half"
    broken.mkdir()
    (broken / "pack.json").write_text("{")
    packs.refresh()
    packs.verify("mine")
    idle(qtbot, packs)
    mine, half = packs.row("mine"), packs.row("half")
    assert mine is not None
    assert half is not None
    assert "alias.safetensors was changed or damaged" in str(mine.problem)
    assert "remove the pack" in str(mine.problem)
    assert "half/pack.json is damaged" in str(half.problem)
    lines = [dialog.tree.topLevelItem(line) for line in range(dialog.tree.topLevelItemCount())]
    assert [line.text(4) for line in lines if line is not None][-2:] == ["damaged", "damaged"]
    assert not dialog.buttons["use"].isEnabled()


class Hostile:
    """A pickle that makes a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_hostile_files_are_refused_and_not_run(
    dialog: PacksDialog, packs: Packs, qtbot: QtBot, tmp_path: Path, tryon_home: Path
) -> None:
    found = checkpoints(tmp_path / "files")
    traces = tmp_path / "was-run"
    torch.save({"state_dict": Hostile(traces)}, found["matching"])
    drop(dialog, *found.values())
    idle(qtbot, packs)
    assert "could run a stranger's code" in said(dialog)
    found["matching"].write_bytes(pickle.dumps(Hostile(traces)))
    drop(dialog, *found.values())
    idle(qtbot, packs)
    assert "download-1.pth" in said(dialog)
    assert not traces.exists()
    assert names(packs) == [name for name in names(packs) if name == "default"]
    assert list((tryon_home / "weights").glob("*")) == [] if (tryon_home / "weights").exists() else True


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: [folder / "nothing.pth"], "is not there"),
        (lambda folder: [_written(folder / "empty.pth", b"")], "download it again"),
        (lambda folder: [_written(folder / "photo.pth", b"\x89PNG" + bytes(99))], "not a PyTorch checkpoint"),
        (lambda folder: [folder], "holds neither a weight pack"),
        (lambda folder: [_written(folder / "pack.json", b"[1").parent], "is damaged"),
    ],
)
def test_what_is_no_weights_gets_a_sentence(
    make, sentence: str, dialog: PacksDialog, packs: Packs, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    drop(dialog, *make(folder))
    idle(qtbot, packs)
    assert sentence in said(dialog)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
