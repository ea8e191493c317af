"""Pictures of training, packs, evaluation and preferences for `make screenshots`; everything shown is drawn by us."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from tests.rendered import write_rendered_dataset
from tryon_app.model.training import Spec
from tryon_app.views.train.findings import FindingsDialog

if TYPE_CHECKING:
    from tryon_app.model.runs import Run
    from tryon_app.views.train.train_dialog import TrainDialog
    from tryon_app.views.train.training_menu import TrainingMenu
    from tryon_app.views.window.main_window import MainWindow

Shot = tuple[str, QWidget]
_PAIRS, _STEPS, _SEEN = 45, 1000, 30
_PATIENCE = 900  # seconds for anything a child is asked for


def shots(window: MainWindow) -> Iterator[Shot]:
    """Every dialog, the monitor in mid-run and after a crash, and the list of packs."""
    menu = window.training
    root = _data(menu)
    menu.open_monitor()
    monitor = menu.monitor
    assert monitor is not None
    with _closed(monitor):
        yield "monitor-empty", monitor
    yield from _training_dialog(menu, root)
    yield from _monitor(menu, root)
    yield from _packs(menu)
    yield from _evaluation(menu, root)
    yield from _old_and_new(menu)
    window.open_preferences()
    preferences = window.preferences
    assert preferences is not None
    with _closed(preferences):
        yield "preferences", preferences


def until(condition: Callable[[], object], seconds: float = _PATIENCE) -> None:
    """Let the window live until something has happened; TimeoutError where it does not."""
    for _ in range(round(seconds * 20)):
        if condition():
            return
        loop = QEventLoop()
        QTimer.singleShot(50, loop.quit)
        loop.exec()
    raise TimeoutError(f"waited {seconds} s in vain")


def _data(menu: TrainingMenu) -> Path:
    root = menu.runs.folder.parent / "pairs"
    if not root.exists():
        write_rendered_dataset(root, _PAIRS)
        damaged = sorted((root / "train" / "image").iterdir())
        damaged[0].write_bytes(b"not a picture")
        (root / "train" / "cloth" / damaged[1].name).unlink()
    return root


@contextmanager
def _closed(dialog: QDialog | None) -> Iterator[None]:
    yield
    if dialog is not None:
        dialog.close()


def _training_dialog(menu: TrainingMenu, root: Path) -> Iterator[Shot]:
    for kind in ("matching", "parser", "alias"):
        menu.open_training(kind)
        dialog = menu.train_dialog
        assert dialog is not None
        with _closed(dialog):
            until(lambda: menu.choices.recipes and not menu.packs.busy)
            if kind != "matching":
                dialog.form.data.set_path("")
                yield f"train-{kind}", dialog
                continue
            dialog.form.choose(preset="smoke")
            dialog.form.data.set_path(str(root))
            until(partial(_known, dialog))
            yield "train-matching", dialog
            assert dialog.checked is not None
            findings = FindingsDialog(dialog.checked.problems, dialog)
            findings.show()
            with _closed(findings):
                yield "train-findings", findings


def _known(dialog: TrainDialog) -> bool:
    """Whether data and price are known."""
    return dialog.checked is not None and dialog.cost.cost is not None


def _monitor(menu: TrainingMenu, root: Path) -> Iterator[Shot]:
    extra = {"width": 8, "log_every": 1, "validate_every": 10, "sample_every": 10}
    spec = Spec("matching", str(root), preset="smoke", steps=_STEPS, batch=2, threads=1, extra=extra)
    run = menu.runs.start(menu.runs.free_name("summer-shirts"), spec.arguments(), spec.launch(menu.studio.pack))
    menu.open_monitor(run)
    monitor = menu.monitor
    assert monitor is not None
    with _closed(monitor), _ended(run):
        _reach(run, _SEEN)
        monitor.page.curves.smooth.setValue(70)
        yield "monitor", monitor
        monitor.page.tabs.setCurrentIndex(1)
        yield "monitor-validation", monitor
        run._trainer.kill()
        until(lambda: run.state == "died")
        monitor.page.tabs.setCurrentIndex(0)
        yield "monitor-crashed", monitor


@contextmanager
def _ended(run: Run) -> Iterator[None]:
    """Trainings outlive the window, but not this program."""
    try:
        yield
    finally:
        run._trainer.kill()
        until(lambda: not run.live)
        run.cancel()


def _reach(run: Run, step: int) -> None:
    def there() -> bool:
        if not run.live:
            raise RuntimeError(f"the training {run.name} ended: {run.state}: {list(run.log)[-5:]}")
        return run.record.step >= step

    until(there)


def _packs(menu: TrainingMenu) -> Iterator[Shot]:
    in_use = menu.studio.pack_info
    menu.open_packs()
    dialog = menu.packs_dialog
    assert dialog is not None
    with _closed(dialog):
        until(lambda: not menu.packs.busy)
        for name in ("demo", "summer-shirts"):
            if in_use is not None and menu.packs.row(name) is None:
                menu.packs.take_in([in_use.folder], name)
        until(lambda: not menu.packs.busy)
        menu.packs.verify()
        until(lambda: not menu.packs.busy)
        dialog.notices.set([])
        dialog.tree.setCurrentItem(dialog.tree.topLevelItem(0))
        yield "packs", dialog


def _old_and_new(menu: TrainingMenu) -> Iterator[Shot]:
    """The result with another pack beside it; here both are the same weights under two names."""
    menu._compare("summer-shirts")
    dialog = menu.compare_dialog
    assert dialog is not None
    with _closed(dialog):
        until(lambda: dialog.pictures["new"] is not None and not dialog.running)
        yield "compare-weights", dialog


def _evaluation(menu: TrainingMenu, root: Path) -> Iterator[Shot]:
    menu.open_evaluation()
    dialog = menu.evaluate_dialog
    assert dialog is not None
    with _closed(dialog):
        until(lambda: not menu.packs.busy)
        dialog.data.set_path(str(root))
        dialog.tick(*(pack.name for pack in menu.packs.with_network("segmentation")))
        dialog.limit.setValue(1)
        until(dialog.run_button.isEnabled)
        dialog.start()
        until(lambda: not dialog.evaluation.busy)
        yield "evaluate", dialog
        dialog.tabs.setCurrentIndex(1)
        yield "evaluate-sheet", dialog
        dialog.tabs.setCurrentIndex(0)
        dialog.subject.choose("analysis")
        yield "evaluate-analysis", dialog
        dialog.subject.choose("tryon")
