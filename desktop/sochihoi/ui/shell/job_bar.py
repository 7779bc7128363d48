"""Slow work: nothing for 300 ms, then a thin bar; over two seconds the words, the count and "Dừng lại"."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sochihoi.i18n import _, number
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.jobs import Job

BAR_MS, WORDS_MS = 300, 2_000
STEPS = 10  # so many at most are parts of one work, not things that are counted


class JobBar(QFrame):
    """Shows the job that was started last."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        column.addWidget(self.bar)
        self._words = QWidget()
        row = QHBoxLayout(self._words)
        row.setContentsMargins(size.space_5, size.space_1, size.space_4, size.space_1)
        self.text = label("")
        row.addWidget(self.text)
        row.addStretch(1)
        self.stops = label("", "small")
        row.addWidget(self.stops)
        self.stop_button = button(_("Stop"), self._stop, "quiet")
        row.addWidget(self.stop_button)
        column.addWidget(self._words)
        self._soon, self._late = QTimer(self), QTimer(self)
        for timer, wait, show in ((self._soon, BAR_MS, self.show_bar), (self._late, WORDS_MS, self.show_words)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(show)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show how far a job is until it ends."""
        self._job = job
        self._words.hide()
        self.bar.setRange(0, 0)
        self.text.setText(job.title)
        self.stops.setText(job.stop_says)
        self.stop_button.setVisible(bool(job.stop_says))
        self.stop_button.setEnabled(True)
        job.progress.moved.connect(self._moved, Qt.ConnectionType.QueuedConnection)
        # the frame may be built anew meanwhile: another language, another text size
        job.finished.connect(self._ended)
        self._soon.start()
        self._late.start()

    def show_bar(self) -> None:
        """The thin bar on top."""
        self.show()

    def show_words(self) -> None:
        """What is going on, how far, and the way to stop."""
        self.show()
        self._words.show()

    def _moved(self, done: int, total: int) -> None:
        if self._job is None:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        # a few steps are told by the bar; a count says something only of many things
        self.text.setText(self._job.title if 0 < total <= STEPS else f"{self._job.title} {number(done)}")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.progress.stop()
            self.stop_button.setEnabled(False)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._soon.stop()
            self._late.stop()
            self.hide()
