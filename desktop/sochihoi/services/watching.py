"""A receiver without a window: whatever appears in a folder is taken in, and return files are written beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.errors import Cancelled
from sochihoi.domain.exchange import NotAReceiver, Outcome

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.receiving import Verdict

ANSWERS = "answers"
"""The folder below a watched one that return files go to. What lies in it is never taken in."""
Look = tuple[int, int]


@dataclass
class Watch:
    """Looks again and again. A file is taken once it looked the same twice: one that is still being copied is not.

    ``told`` gets the verdicts of each round, ``answered`` the return files that were written. ``stopped``: asked
    between two files and two rounds; what was taken in until then stays, the rest is found when it is started again.
    """

    office: Office
    places: Sequence[Path]
    told: Callable[[tuple[Verdict, ...]], None]
    answered: Callable[[tuple[Path, ...]], None] = lambda _files: None
    stopped: Callable[[], bool] = lambda: False
    dry_run: bool = False
    _seen: dict[Path, Look] = field(default_factory=dict)
    _done: dict[Path, Look] = field(default_factory=dict)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Each folder is watched by one program at a time. Raises ``NotAReceiver``, ``FolderInUse``,
        ``FolderUnwritable``.
        """
        from sochihoi.storage.folder import DataFolder

        if not self.office.is_receiver:
            raise NotAReceiver
        with ExitStack() as locks:
            for place in self.places:
                if place.is_dir() and not self.dry_run:
                    lock = DataFolder(place / ANSWERS)
                    lock.acquire()
                    locks.callback(lock.release)
            yield

    def look(self) -> None:
        """One round."""
        for place in self.places:
            ready = self._ready(place)
            if not ready or self.stopped():
                continue
            try:
                verdicts = self.office.receiving.receive(ready, dry_run=self.dry_run, progress=self)
            except Cancelled:
                return
            self.told(verdicts)
            if place.is_dir() and not self.dry_run:
                self._answer(place / ANSWERS, verdicts)

    def step(self, _done: int, _total: int) -> None:
        """Between two files. Raises ``Cancelled``."""
        if self.stopped():
            raise Cancelled

    def _ready(self, place: Path) -> list[Path]:
        from sochihoi.services.receiving import files_of

        ready = []
        for file in files_of([place]):
            if place.is_dir() and file.is_relative_to(place / ANSWERS):
                continue
            try:
                stat = file.stat()
            except OSError:
                continue
            now = (stat.st_size, stat.st_mtime_ns)
            if self._seen.get(file) == now != self._done.get(file):
                ready.append(file)
                self._done[file] = now
            self._seen[file] = now
        return ready

    def _answer(self, folder: Path, verdicts: Sequence[Verdict]) -> None:
        units = {
            one.line.unit_code
            for one in verdicts
            if one.line is not None and one.line.unit_code and one.outcome is not Outcome.HELD
        }
        if units:
            self.answered(self.office.receiving.answers.write(folder, units))
