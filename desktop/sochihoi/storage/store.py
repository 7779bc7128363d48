"""The only doors to the data: ``store.read()`` and ``store.write()``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, select

from sochihoi.domain.errors import UserError
from sochihoi.domain.ids import IdMaker, new_id
from sochihoi.storage import journal, schema
from sochihoi.storage.damage import Damage
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.local_book import Book, book_of
from sochihoi.storage.work import Work

Now = Callable[[], datetime]


class Store:
    """An open commune. ``now`` gives UTC; nothing in the data depends on it but what is shown as information.

    ``server``: the address of the PostgreSQL server that a level above's book is made on, or has moved to; otherwise
    the folder says where its book is.
    """

    def __init__(
        self,
        folder: DataFolder,
        key: bytes,
        *,
        now: Now,
        ids: IdMaker = new_id,
        demo: bool = False,
        server: str = "",
    ) -> None:
        self.folder = folder
        self.key = key
        self.now = now
        self.new_id = ids
        self.demo = demo
        self.account_id = ""
        self.acts = 0  # committed since it was opened
        folder.acquire()
        folder.sweep()
        self.unclean = folder.marker.exists()
        self._engine: Engine | None = None
        try:
            self.book: Book = book_of(folder, key, server)
            self.migrated_from = self.book.prepare(now())
            self._engine = self.book.open()
            folder.marker.touch()
            self.floor = self._last_time()
        except BaseException:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
            folder.release()  # a damaged book is restored into its folder: nobody may hold that
            raise

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A unit of work that sees one state and changes nothing."""
        with self.book.translated(), self._open().connect() as connection:
            yield Work(connection, identity=self.book.identity)

    @contextmanager
    def write(self, act: str, *, batch: str | None = None) -> Iterator[Work]:
        """A unit of work that commits on a clean exit and rolls back on any exception.

        ``act`` is what the officer does, as a code (``member.transfer``); ``batch`` groups several into one undo.
        """
        author = journal.Author(self.account_id, f"{self.now():%Y-%m-%dT%H:%M:%SZ}", self.clock_suspect())
        engine = self._open()
        with (
            self.book.translated(),
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield Work(connection, author, batch or self.new_id(), act, identity=self.book.identity)
        self.acts += 1

    @property
    def is_open(self) -> bool:
        """Whether it was not given back yet."""
        return self._engine is not None

    def clock_suspect(self) -> bool:
        """Whether this PC's clock runs before the last change here, or far ahead of it (a dead battery)."""
        if self.floor is None or self.demo:
            return False
        now = self.now()
        return now < self.floor - timedelta(days=1) or now > self.floor + timedelta(days=400)

    def _last_time(self) -> datetime | None:
        with self.read() as work:
            at = work.value(select(schema.journal.c.at).order_by(schema.journal.c.n.desc()).limit(1))
        return None if at is None else datetime.fromisoformat(at)

    def today(self) -> date:
        """The local day."""
        return self.now().astimezone().date()

    def findings(self, *, quick: bool = False) -> tuple[Damage, ...]:
        """What a check of the file and of the journal's chain says; empty when all is whole. Any thread may ask."""
        return self.book.findings(quick=quick)

    @property
    def server(self) -> str:
        """The server that holds the book, without its password; empty when the book is in the folder."""
        return self.book.server

    def close(self, *, clean: bool = True) -> None:
        """Fold the log in, give the folder back, and say that the end was a clean one (unless it was not).

        On a full or failing disk the log stays beside the database, which loses nothing; so does the mark of an open
        book, and the next start looks.
        """
        if self._engine is None:
            return
        engine, self._engine = self._engine, None
        try:
            with suppress(UserError, OSError):
                with self.book.translated(), engine.connect() as connection:
                    self.book.fold(connection)
                if clean:
                    self.folder.marker.unlink(missing_ok=True)
        finally:
            engine.dispose()
            self.folder.release()

    def _open(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("the store is closed")
        return self._engine
