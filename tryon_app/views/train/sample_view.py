"""The sample grid of a training: the same held-out pairs again and again, and how they became."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from tryon_app.model.runs import Run
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import M, S


class FittedPicture(QWidget):
    """A picture, as large as its place allows; smaller ones are not blown up beyond three times."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: QImage | None = None
        self.setMinimumSize(QSize(160, 160))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_picture(self, picture: QImage | None) -> None:
        self.picture = picture
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """No higher than the picture, so that what belongs to it follows at once."""
        if self.picture is None or self.picture.isNull():
            return self.minimumHeight()
        return min(width, 3 * self.picture.width()) * self.picture.height() // self.picture.width()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self.picture is None:
            return
        size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        size = size.boundedTo(self.picture.size() * 3)
        place = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.picture)


class SampleView(Translated, QWidget):
    """The newest grid, or an earlier one by the slider under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._shown = ""
        self.title, self.step = label("heading"), label("caption")
        self.picture, self.empty = FittedPicture(), label("hint", wrap=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(lambda _: self._show())
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, 0, S)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.picture)
        column.addWidget(self.slider)
        column.addStretch()
        Theme.current().changed.connect(self.picture.update)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Samples"))
        self.empty.setText(self.tr("Pairs that are never learned from appear here once the first are painted."))
        self.picture.setAccessibleName(self.tr("Sample pictures of this training"))
        self.slider.setAccessibleName(self.tr("Earlier and later samples"))
        self._show()

    def set_run(self, run: Run) -> None:
        """Show the samples of another run."""
        self._run, self._shown = run, ""
        self.slider.setRange(0, 0)
        self.refresh()

    def refresh(self) -> None:
        """New samples may be there; the newest is shown unless the user went back to an earlier one."""
        count = len(self._run.record.samples) if self._run else 0
        newest = self.slider.value() >= self.slider.maximum()
        self.slider.setRange(0, max(count - 1, 0))
        if newest:
            self.slider.setValue(self.slider.maximum())
        self._show()

    def _show(self) -> None:
        samples = self._run.record.samples if self._run else []
        self.empty.setVisible(not samples)
        self.picture.setVisible(bool(samples))
        self.slider.setVisible(len(samples) > 1)
        if self._run is None or not samples:
            self.step.setText("")
            return
        step, path = samples[min(self.slider.value(), len(samples) - 1)]
        self.step.setText(self.tr("step {step}").format(step=step))
        if self._shown != path:
            picture = QImage(str(self._run.folder / path))
            self._shown = path
            self.picture.set_picture(None if picture.isNull() else picture)
