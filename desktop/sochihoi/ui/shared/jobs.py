"""Slow work: one worker thread, and exactly one of done / failed / cancelled follows on the UI thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from sochihoi.domain.errors import Cancelled, UserError

T = TypeVar("T")
log = logging.getLogger(__name__)
_BETWEEN = 0.05  # seconds between two reports of progress: the bar need not move faster than it is painted


class Progress(QObject):
    """What a use case is given to say how far it is. Safe to call from the worker thread."""

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stopped = False
        self._last = 0.0

    def step(self, done: int, total: int = 0) -> None:
        """``done`` of ``total`` (0: not known). Raises ``Cancelled`` after the officer pressed "Dừng lại"."""
        if self._stopped:
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _BETWEEN or done == total:
            self._last = now
            self.moved.emit(done, total)

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """True once the officer asked to stop."""
        return self._stopped


class Job(QObject):
    """One piece of work on its way. The shell shows its progress; pages only pass functions to ``shell.run_job``."""

    _ended = Signal(object, object)  # result, error
    finished = Signal(object)  # this job, after exactly one of the three

    def __init__(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        *,
        title: str,
        stop_says: str = "",
    ) -> None:
        super().__init__()
        self.title = title
        self.stop_says = stop_says
        self.progress = Progress()
        self._work: Callable[[Progress], Any] = work
        self._done: Callable[[Any], None] = done
        self._failed = failed
        self._silent = False
        # queued: whatever thread emits, the answer arrives on the thread that made this job
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self) -> None:
        """On the worker thread."""
        result: object = None
        error: BaseException | None = None
        try:
            result = self._work(self.progress)
        except Cancelled as stop:
            error = stop
        except UserError as problem:
            error = problem
        except BaseException as crash:  # noqa: BLE001 - handed to the UI thread, which shows the crash page
            error = crash
        self._ended.emit(result, error)

    def silence(self) -> None:
        """Nobody is there any more to hear how it ends: the window closes."""
        self._silent = True

    def _deliver(self, result: object, error: BaseException | None) -> None:
        if self._silent:
            return
        try:
            if error is None:
                self._done(result)
            elif not isinstance(error, Cancelled):
                self._failed(error)
        finally:
            self.finished.emit(self)


class Jobs(QObject):
    """The queue of work: one thread, so that two works never write the book at once."""

    started = Signal(object)  # Job
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._running: list[Job] = []

    def start(self, job: Job) -> None:
        """Queue a job; ``finished`` of the job follows on this thread."""
        self._running.append(job)
        job.finished.connect(self._ended)  # no closure: a job that its own signal held would never go
        self.started.emit(job)
        self._pool.submit(job.run)

    @property
    def busy(self) -> bool:
        """True while work is queued or going on."""
        return bool(self._running)

    def _ended(self, job: Job) -> None:
        self._running.remove(job)
        if not self._running:
            self.idle.emit()

    def close(self) -> None:
        """Stop what runs and wait for it: the write under way rolls back."""
        for job in self._running:
            job.silence()
            job.progress.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
